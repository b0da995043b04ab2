"""Reads which release brought each operator of torch: registry_torch_releases.py PYTHON…, of releases in their order.

Each Python has a torch; what the first one has is in all of them.
"""

import json
import re
import subprocess
import sys

from registry import Registry

CODE = """
import json, torch
print(json.dumps([torch.__version__, sorted({schema.name for schema in torch._C._jit_get_all_schemas()})]))
"""
SPACES = ("aten", "quantized", "prim")


def operators(python):
    """The release, and the operators that code and archives name; those of aten without their namespace."""
    out = subprocess.run([python, "-c", CODE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    version, names = json.loads(out.decode().splitlines()[-1])
    release = ".".join(re.split(r"[.+]", version)[:2])
    parts = [name.split("::") for name in names]
    return release, {
        name if space == "aten" else f"{space}.{name}"
        for space, name in parts if space in SPACES and "foreach" not in name and "backward" not in name}


if __name__ == "__main__":
    registry = Registry(
        "PyTorch/TorchOperatorReleases.swift", "TorchOperatorReleases",
        "Operators of torch by the first release among those read that has them.",
        "TestArtifacts/make/registry_torch_releases.py")
    before, known = operators(sys.argv[1])
    for python in sys.argv[2:]:
        release, names = operators(python)
        registry.add(
            "since" + release.replace(".", "x"), names - known, f"Those that {before} has not and {release} has.")
        before, known = release, known | names
    registry.write()
