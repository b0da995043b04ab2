"""Writes TestArtifacts/README.md: how the artifacts are made, and the origin of each as its truth states it."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INTRODUCTION = """# Test artifacts

Small artifacts, each written by the real framework and loaded again by it. A folder is named after the format id that has
to come out; `hostile/` holds what is broken or malicious on purpose, each named by its fault.

Beside an artifact NAME.ext stand

- `NAME.truth.json`: what its framework says of it, written by the script that wrote the artifact. `record` is a part of the
  record that has to come out, `pickles` the imports that `pickletools` sees in each pickle, `payload` where tensors of 1 KiB
  or more lie in the file;
- `NAME.expected.json`: the whole record as it is today, rewritten by `UPDATE_EXPECTED=1 swift test`.

The scripts are in `make/`, one function an artifact, named like it: `torch_*.py` need what `requirements-torch.txt` lists
(torch 2.13 for the CPU), `onnx_*.py` and `safetensors_files.py` need `requirements-onnx.txt`, `onnx_old.py` an environment of
its own with `requirements-old-onnx.txt`, `hostile.py` nothing but Python; `hostile_torch.py`,
`hostile_onnx.py` and `hostile_tf.py` what their first lines say. `registry_*.py` read what loaders know by themselves into
`Sources/ModelFormats`, once in an environment of each release. `torch_versions.py` runs once in an environment of
each release it names: `pip install torch==VERSION "numpy<2"`, Python 3.7 for torch 1.x and 3.11 for 2.x, `TORCH_TODAY` set to
a Python that has torch 2.13. `keras_*.py`, `tf_*.py`, `tflite_*.py` and `tfjs_*.py` run in an environment of each release
that they name, `huggingface_folders.py` and `gguf_files.py` with `requirements-huggingface.txt`, `keras_hub_presets.py` with `requirements-keras-hub.txt`, `adapterhub_folders.py` with `requirements-adapterhub.txt`, `pmml_files.py` with `requirements-pmml.txt` (and Java), `trees_*.py` with `requirements-trees.txt` and, of older
releases, in environments that their first lines name, `sklearn_models.py` with `requirements-sklearn.txt` and once more with
`requirements-old-sklearn.txt`, `sklearn_oldest.py` as its first lines say. `r_models.R` and `r_formulas.R` run in Debian's R with the packages that
they name, `jax_models.py` and `julia_files.py` with `requirements-jax.txt`, `other_formats.py` with `requirements-other-formats.txt`,
`no_models.py` with `requirements-no-models.txt`. `library_models.py` and `library_graphs.py` run in environments that
their first lines name. `tensors_truth.py` asks the frameworks for the tensors and operators of what is
there. `readme.py` writes this file.

| artifact | what it is | written by |
|---|---|---|
"""


def artifact(truth):
    """The artifact beside a truth: what has its name, or the file whose name begins with the truth's."""
    name = truth.name.removesuffix(".truth.json")
    if (truth.parent / name).exists():
        return truth.parent / name
    endings = (".truth.json", ".expected.json")
    found = [path for path in truth.parent.glob(f"{name}.*") if not path.name.endswith(endings)]
    return min(found, key=lambda path: (len(path.name), path.suffix == ".bin", path.name))


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def main():
    rows = []
    for truth in sorted(ROOT.glob("*/*.truth.json")):
        known = json.loads(truth.read_text())
        writers = ", ".join(f"{name} {version}" for name, version in known.get("written_by", {}).items())
        rows.append(f"| {artifact(truth).relative_to(ROOT)} | {cell(known['how'])} | {writers or 'by hand'} |\n")
    (ROOT / "README.md").write_text(INTRODUCTION + "".join(rows))


if __name__ == "__main__":
    main()
