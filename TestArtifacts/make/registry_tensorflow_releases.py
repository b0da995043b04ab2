"""Reads which releases of TensorFlow brought which operators and take which graphs: registry_tensorflow_releases.py [UV]

Installs one release after the other with uv, each in an environment of its own that is removed again. An operator that the
first release has is taken to be in all before it.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from registry import Registry

RELEASES = {
    "3.7": "1.13.2 1.14.0 1.15.5 2.0.4 2.1.4 2.2.3 2.3.4 2.4.4 2.5.3 2.6.5 2.7.4 2.8.4 2.9.3 2.10.1 2.11.0",
    "3.11": "2.12.1 2.13.1 2.14.1 2.15.1 2.16.2 2.17.1 2.18.1 2.19.1 2.20.0 2.21.0",
}
HERE = Path(__file__).resolve().parent
CODE = """
import json
from registry_tensorflow import operators
import tensorflow as tf
print(json.dumps([tf.version.GRAPH_DEF_VERSION, sorted(operators())]))
"""


def read(uv, python, release):
    """The version of graph definitions that the release takes, and its operators."""
    name = "tensorflow" if release.startswith(("1.", "2.0")) else "tensorflow-cpu"
    # What was built by an older protoc takes no newer protobuf.
    others = ["protobuf<3.21", "numpy<1.22", "setuptools<60"] if python == "3.7" else ["setuptools<80"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([uv, "venv", "-q", "--python", python, folder + "/env"], check=True)
        interpreter = folder + "/env/bin/python"
        install = [uv, "pip", "install", "-q", "--no-cache", "--python", interpreter, f"{name}=={release}"]
        subprocess.run(install + others, check=True)
        out = subprocess.run([interpreter, "-c", CODE], cwd=HERE, stdout=subprocess.PIPE, check=True).stdout
    version, names = json.loads(out.decode().splitlines()[-1])
    return version, set(names)


def is_plain(name):
    """Whether an operator stands in saved graphs, and is in every build: not so those of optimizers, XLA and TPUs."""
    return not name.startswith(("_", "Xla")) and "TPU" not in name


def main(uv):
    registry = Registry(
        "TensorFlow/TensorFlowReleases.swift", "TensorFlowReleases",
        "Operators of TensorFlow by the first release among those read that has them.",
        "TestArtifacts/make/registry_tensorflow_releases.py")
    graphs, found = [], []
    for python, releases in RELEASES.items():
        for release in releases.split():
            short = ".".join(release.split(".")[:2])
            version, names = read(uv, python, release)
            print(release, version, len(names), flush=True)
            graphs.append(f"{short}:{version}")
            found.append((short, names))
    registry.add("graphVersions", graphs, "The newest version of graph definitions that each release takes.")
    added, known = set(), found[0][1]
    for short, names in found[1:]:
        added |= {f"{short}:{name}" for name in names - known if is_plain(name)}
        known = known | names
    registry.add("added", added, "Operators that no release before has.")
    registry.write()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "uv")
