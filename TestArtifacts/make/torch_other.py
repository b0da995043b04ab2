"""Writes torch-package/, torchserve-mar/ and torch-dcp/ with torch 2.13.0 and torch-model-archiver 0.12.0."""

import importlib.util
import io
import json
import shutil
import subprocess
import sys
import zipfile

import torch

import common
from networks import small_net
from torch_truth import MAKE, VERSIONS, count_module, count_state_dict, is_storage_entry, loads, unsafe_classes

LABELS = {"0": "water", "1": "forest", "2": "field", "3": "road", "4": "roof"}


# ---------------------------------------------------------------- torch-package


def packaged():
    """A package with the source of the network, its pickle, a text and two modules left outside."""
    from torch.package import PackageExporter

    net = small_net(100)
    path = common.place("torch-package", "net.pt")
    with PackageExporter(path) as exporter:
        exporter.extern(["torch.**"])
        exporter.intern("networks")
        exporter.save_pickle("model", "model.pkl", net)
        exporter.save_text("model", "labels.txt", "\n".join(LABELS.values()))
    call = f'torch.package.PackageImporter("{path.name}").load_pickle("model", "model.pkl")'
    if not loads(path, call):
        raise RuntimeError("the package does not load")
    with zipfile.ZipFile(path) as archive:
        externs = archive.read(next(name for name in archive.namelist() if name.endswith("extern_modules"))).decode()
    imports = common.zip_pickle_imports(path)
    facts = {
        "framework": "PyTorch",
        "artifact_type": "torch.package.PackageExporter",
        "architecture": "Net",
        "parameters": count_module(net),
    }
    known = {
        "verdict": "model",
        "format": {"id": "torch-package"},
        "facts": facts,
        "loading": {"verdict": "needs-code", "call": call, "classes": unsafe_classes(imports)},
    }
    payload = common.stored_ranges(path, lambda name: name.endswith(".storage"))
    how = (
        f"the module's class lies in the package as source (networks.py); extern modules: {', '.join(externs.split())}"
    )
    common.write_truth(path, written_by=VERSIONS, how=how, record=known, pickles=imports, payload=payload)


def packaged_plain():
    """A package whose pickle has no extension and is a dict that holds a network."""
    from torch.package import PackageExporter

    net = small_net(105)
    path = common.place("torch-package", "plain.pt")
    with PackageExporter(path) as exporter:
        exporter.extern(["torch.**"])
        exporter.intern("networks")
        exporter.save_pickle("models", "segmenter", {"net": net, "labels": list(LABELS.values())})
    call = f'torch.package.PackageImporter("{path.name}").load_pickle("models", "segmenter")'
    if not loads(path, call):
        raise RuntimeError("the package does not load")
    imports = common.zip_pickle_imports(path, lambda name: name.endswith("/models/segmenter"))
    known = {
        "verdict": "model",
        "format": {"id": "torch-package"},
        "facts": {
            "framework": "PyTorch",
            "artifact_type": "torch.package.PackageExporter",
            "architecture": "Net",
            "parameters": count_module(net),
        },
        "loading": {"verdict": "needs-code", "call": call, "classes": unsafe_classes(imports)},
    }
    payload = common.stored_ranges(path, lambda name: name.endswith(".storage"))
    how = "a dict of a module and its labels under a name without .pkl"
    common.write_truth(path, written_by=VERSIONS, how=how, record=known, pickles=imports, payload=payload)


# ---------------------------------------------------------------- torchserve-mar

HANDLER = '''"""Handles requests for a small network."""

from ts.torch_handler.image_classifier import ImageClassifier


class Handler(ImageClassifier):
    topk = 3
'''


def archive(name, how, files, facts, *options):
    """Runs torch-model-archiver on files (name to text, or None when it exists) and writes the truth."""
    if not importlib.util.find_spec("model_archiver"):
        return common.skip("torch-model-archiver is not installed")
    path = common.place("torchserve-mar", f"{name}.mar")
    for file, text in files.items():
        (common.SCRATCH / file).write_text(text)
    command = [sys.executable, "-m", "model_archiver.model_packaging", "--model-name", name, "--version", "1.2"]
    subprocess.run([*command, *options, "--export-path", str(path.parent), "--force"], check=True, cwd=common.SCRATCH)
    with zipfile.ZipFile(path) as entries:
        manifest = json.loads(entries.read("MAR-INF/MANIFEST.json"))
        entries.extract(manifest["model"]["serializedFile"], f"{name}_unpacked")
    load = torch.jit.load if facts["artifact_type"] == "torch.jit.save" else torch.load
    load(f"{name}_unpacked/{manifest['model']['serializedFile']}")
    facts = {"framework": "PyTorch", **facts}
    known = {"verdict": "model", "format": {"id": "torchserve-mar"}, "facts": facts}
    versions = {**VERSIONS, "torch-model-archiver": manifest["archiverVersion"]}
    common.write_truth(path, written_by=versions, how=how, record=known, payload=[])


def mar_scripted():
    net = torch.jit.script(small_net(101))
    net.save("scripted.pt")
    files = {"index_to_name.json": json.dumps(LABELS), "handler.py": HANDLER}
    facts = {
        "artifact_type": "torch.jit.save",
        "architecture": "Net",
        "parameters": count_module(net),
        "inputs": [{"name": "x"}],
    }
    how = "a TorchScript file, a handler and index_to_name.json, all deflated"
    options = ["--serialized-file", "scripted.pt", "--handler", "handler.py", "--extra-files", "index_to_name.json"]
    archive("scripted", how, files, facts, *options)


def mar_state_dict():
    net = small_net(102)
    torch.save(net.state_dict(), "weights.pth")
    shutil.copy(MAKE / "networks.py", "model.py")
    facts = {"artifact_type": "torch.save", "parameters": count_state_dict(net.state_dict())}
    how = "a state_dict, the Python file that defines the network, and a handler that TorchServe has itself"
    options = ["--serialized-file", "weights.pth", "--model-file", "model.py", "--handler", "image_classifier"]
    archive("eager", how, {}, facts, *options)


# ---------------------------------------------------------------- torch-dcp


def distributed(name, state, how, parameters):
    """Saves a state_dict with torch.distributed.checkpoint and writes the truth."""
    from torch.distributed import checkpoint

    path = common.place("torch-dcp", name)
    shutil.rmtree(name, ignore_errors=True)
    checkpoint.save(state, checkpoint_id=name, no_dist=True)
    shutil.copytree(name, path)
    code = "import sys, torch, torch.distributed.checkpoint.format_utils as f; f.dcp_to_torch_save(*sys.argv[1:])"
    common.fresh(code, path, f"{name}.pt")
    loaded = torch.load(f"{name}.pt", weights_only=True)
    assert loaded.keys() == state.keys()
    metadata = (path / ".metadata").read_bytes()
    imports = {".metadata": common.pickle_imports(metadata)}
    items = item_imports(path)
    payload = {}
    for file in sorted(path.glob("*.distcp")):
        data, ranges = file.read_bytes(), []
        for info in checkpoint.FileSystemReader(path).read_metadata().storage_data.values():
            if info.relative_path == file.name:
                part = data[info.offset : info.offset + info.length]
                ranges += common.stored_ranges(part, is_storage_entry, base=info.offset)
        payload[file.name] = sorted(ranges)
    known = {
        "verdict": "model",
        "format": {"id": "torch-dcp"},
        "facts": {
            "framework": "PyTorch",
            "artifact_type": "torch.distributed.checkpoint.save",
            "parameters": parameters,
        },
        "loading": {"verdict": "needs-code", "classes": unsafe_classes(imports)},
    }
    common.write_truth(path, written_by=VERSIONS, how=how, record=known, pickles={**imports, **items}, payload=payload)


def item_imports(path):
    """What the pickle of each item imports: each is an archive of torch.save, a piece of a file."""
    from torch.distributed import checkpoint

    imports = {}
    for index, info in checkpoint.FileSystemReader(path).read_metadata().storage_data.items():
        data = (path / info.relative_path).read_bytes()[info.offset : info.offset + info.length]
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith("data.pkl") and (found := common.pickle_imports(archive.read(name))):
                    imports[f"{info.relative_path}, {index.fqn}: {name}"] = found
    return imports


def dcp_model():
    state = small_net(103).state_dict()
    distributed("model", state, "a state_dict saved by a single process", count_state_dict(state))


def dcp_training():
    net = small_net(104).train()
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.randn(4, 3, 16, 16)).square().mean().backward()
    optimizer.step()
    state = {"model": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "note": "third epoch"}
    parameters = count_state_dict(net.state_dict())
    distributed("training", state, "model, Adam state, a number and a text; names are flattened", parameters)


FUNCTIONS = [packaged, packaged_plain, mar_scripted, mar_state_dict, dcp_model, dcp_training]

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
