"""Reads which release of onnxruntime brought which operator of com.microsoft: registry_onnxruntime_releases.py [UV]

Installs one release after the other with uv. Counted is what has a kernel for the CPU. Releases before 1.16 do not tell, so that
of what 1.16.0 has nothing is said.
"""

import json
import subprocess
import sys
import tempfile

from registry import Registry

RELEASES = {
    "3.10": "1.16.0 1.16.1 1.16.2 1.16.3 1.17.0 1.17.1 1.17.3 1.18.0 1.18.1 1.19.0 1.19.2 "
            "1.20.0 1.20.1 1.21.0 1.21.1 1.22.0 1.22.1 1.23.0 1.23.2",
    "3.11": "1.24.1 1.25.0 1.26.0 1.32.0",
}
CODE = """
import json
from onnxruntime.capi import onnxruntime_pybind11_state as state
print(json.dumps(sorted({kernel.op_name for kernel in state.get_all_opkernel_def() if kernel.domain == "com.microsoft"})))
"""


def main(uv):
    registry = Registry(
        "ONNX/ONNXRuntimeOperators.swift", "ONNXRuntimeOperators",
        "Operators of com.microsoft by the first release of onnxruntime among those read that has them.",
        "TestArtifacts/make/registry_onnxruntime_releases.py")
    added, known = set(), None
    with tempfile.TemporaryDirectory() as folder:
        for python, releases in RELEASES.items():
            subprocess.run([uv, "venv", "-q", "--clear", "--python", python, folder + "/env"], check=True)
            interpreter = folder + "/env/bin/python"
            for release in releases.split():
                install = [uv, "pip", "install", "-q", "--python", interpreter, f"onnxruntime=={release}", "numpy<2"]
                if subprocess.run(install).returncode:
                    continue  # not every number was released
                out = subprocess.run([interpreter, "-c", CODE], stdout=subprocess.PIPE, check=True).stdout
                names = set(json.loads(out))
                print(release, len(names), flush=True)
                if known is not None:
                    added |= {f"{release.removesuffix('.0')}:{name}" for name in names - known}
                known = names | (known or set())
    registry.add("added", added, "Operators that no release before has.")
    registry.write()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "uv")
