"""Writes what libraries around PyTorch, MLX and TensorFlow Lite save, each with two releases, with their truths.

Run once in an environment of each release. Functions whose library is not there are skipped: fastai 2.8.12 and 2.7.19,
torchao 0.18.0 and 0.16.0, all with torch 2.13.0; mlx 0.32.4 with mlx-lm 0.32.2, and 0.29.3 with 0.28.3; mediapipe 1.2.3 and
0.10.14; sagemaker 2.257.7 and 2.221.0. `with_settings` is made with torch 2.13.0 and with Debian's 1.13.
"""

import importlib.util
import json
import subprocess
import sys
import types
import warnings
import zipfile
from importlib import metadata

import common

warnings.simplefilter("ignore")


def versions(*packages):
    """The versions of these packages, as their own metadata say them."""
    return {package: metadata.version(package) for package in packages}


def release(package):
    return "_".join(metadata.version(package).split(".")[:2])


def works(path, first, call):
    code = f"{first}\nimport torch\nloaded = {call}"
    return subprocess.run([sys.executable, "-c", code], cwd=path.parent, capture_output=True).returncode == 0


def learner():
    """What Learner.export writes: the model, its data without the items, and its training."""
    import torch
    from fastai.data.block import CategoryBlock, DataBlock, TransformBlock
    from fastai.data.transforms import IndexSplitter, ItemGetter
    from fastai.learner import Learner, load_learner
    from fastai.losses import CrossEntropyLossFlat
    from torch import nn

    torch.manual_seed(0)
    items = [(torch.randn(6), name) for name in ("dune", "reed", "scree") for _ in range(3)]
    block = DataBlock(
        (TransformBlock, CategoryBlock), get_x=ItemGetter(0), get_y=ItemGetter(1), splitter=IndexSplitter([0, 4, 8]))
    loaders = block.dataloaders(items, bs=2)
    model = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))
    path = common.place("torch-module", f"learner_{release('fastai')}.pkl")
    made = Learner(loaders, model, loss_func=CrossEntropyLossFlat(), path=path.parent)
    made.export(path.name)
    again = load_learner(path)
    count = sum(parameter.numel() for parameter in again.model.parameters())
    call = f'torch.load("{path.name}", weights_only=False)'
    assert works(path, "", call)
    record = {
        "verdict": "model", "format": {"id": "torch-module"},
        "facts": {"framework": "PyTorch", "architecture": "Sequential", "labels": list(again.dls.vocab),
                  "parameters": {"total": count}},
        "loading": {"verdict": "needs-code", "call": call},
    }
    common.write_truth(
        path, written_by=versions("fastai", "torch"), how="Learner.export of fastai, with the vocabulary of its classes",
        record=record, pickles=common.zip_pickle_imports(path),
        payload=common.stored_ranges(path, lambda name: "/data/" in name))


def quantized():
    """What is quantised by the graph of torch.export, whose operators torchao registers."""
    import torch
    from torch_export_truth import payload
    from torch import nn
    from torchao.quantization.pt2e.quantize_pt2e import convert_pt2e, prepare_pt2e
    from torchao.quantization.pt2e.quantizer import x86_inductor_quantizer as x86

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Conv2d(4, 6, 3)

        def forward(self, image):
            return torch.relu(self.first(image))

    torch.manual_seed(0)
    sample = (torch.randn(1, 4, 9, 9),)
    program = torch.export.export(Net().eval(), sample)
    quantizer = x86.X86InductorQuantizer().set_global(x86.get_default_x86_inductor_quantization_config())
    prepared = prepare_pt2e(program.module(), quantizer)
    prepared(*sample)
    path = common.place("torch-export", f"quantized_ao_{release('torchao')}.pt2")
    torch.export.save(torch.export.export(convert_pt2e(prepared), sample), path)
    call = f'torch.export.load("{path.name}")'
    assert not works(path, "", call) and works(path, "import torchao.quantization.pt2e", call)
    record = {
        "verdict": "model", "format": {"id": "torch-export"},
        "facts": {"framework": "PyTorch", "framework_version": torch.__version__,
                  "inputs": [{"name": "image", "shape": [1, 4, 9, 9], "data_type": "float32"}],
                  "parameters": {"total": sum(value.numel() for value in Net().parameters())}},
        "loading": {"verdict": "needs-code", "call": call, "first": ["torchao.quantization.pt2e"]},
    }
    common.write_truth(
        path, written_by=versions("torch", "torchao"), how="quantised by prepare_pt2e and convert_pt2e of torchao",
        record=record, payload=payload(path))


def with_settings():
    """A model with its own settings, beside those of its training, as libraries of chemistry keep it."""
    import torch
    from torch import nn

    settings = {"hidden": [8, 4], "dropout": 0.0, "readout": "mean", "num_classes": 3}
    state = nn.Linear(6, 3).state_dict()
    path = common.place("torch-checkpoint", f"with_settings_{release('torch')}.pt")
    kept = {"model": {"state_dict": state, "model_args": settings}, "optimizer": {}, "history": {"loss": [0.5, 0.25]}}
    torch.save(kept, path)
    assert torch.load(path)["model"]["model_args"] == settings
    record = {
        "verdict": "model", "format": {"id": "torch-checkpoint"},
        "facts": {"framework": "PyTorch", "hyperparameters": settings, "parameters": {"total": 21}},
        "loading": {"verdict": "data-only", "weights_only": True},
    }
    common.write_truth(
        path, written_by={"torch": str(torch.__version__)}, how="a model that is kept with its own settings", record=record,
        pickles=common.zip_pickle_imports(path), payload=common.stored_ranges(path, lambda name: "/data/" in name))


def mlx_folder():
    """What mlx_lm.convert writes with -q: quantised weights and the configuration that says how."""
    import mlx.core as mx
    import mlx.nn as nn
    from mlx.utils import tree_flatten
    from mlx_lm.models import llama
    from mlx_lm.utils import quantize_model, save_config, save_model

    config = {
        "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 1,
        "intermediate_size": 64, "num_attention_heads": 2, "num_key_value_heads": 2, "rms_norm_eps": 1e-5, "vocab_size": 32,
        "tie_word_embeddings": True,
    }
    mx.random.seed(0)
    model = llama.Model(llama.ModelArgs.from_dict(config))
    total = sum(value.size for _, value in tree_flatten(model.parameters()))
    model, config = quantize_model(model, config, 32, 8)
    path = common.place("huggingface", f"mlx_8_bits_{release('mlx')}")
    path.mkdir()
    save_model(path, model, donate_model=False)
    save_config(config, path / "config.json")
    assert json.loads((path / "config.json").read_text())["quantization"]["bits"] == 8
    record = {
        "verdict": "model", "format": {"id": "huggingface"},
        "facts": {"framework": "MLX", "parameters": {"total": total, "bits": 8}},
        "loading": {"verdict": "data-only", "requires": ["mlx-lm"]},
    }
    payload = {}
    for file in sorted(path.glob("*.safetensors")):
        head = int.from_bytes(file.read_bytes()[:8], "little")
        tensors = json.loads(file.read_bytes()[8:8 + head])
        payload[file.name] = sorted(
            [8 + head + entry["data_offsets"][0], entry["data_offsets"][1] - entry["data_offsets"][0]]
            for name, entry in tensors.items()
            if name != "__metadata__" and entry["data_offsets"][1] - entry["data_offsets"][0] >= common.PAYLOAD_MINIMUM)
    common.write_truth(
        path, written_by=versions("mlx", "mlx-lm"), how="weights of 8 bits in groups of 32, as mlx_lm.convert -q saves them",
        record=record, payload=payload)


def bundle():
    """A bundle of MediaPipe's tasks: models of TensorFlow Lite in a zip archive, stored at multiples of four."""
    from mediapipe.tasks.python.metadata.metadata_writers.model_asset_bundle_utils import create_model_asset_bundle

    here = common.place("tflite", "none").parent
    files = {"detector.tflite": "float_cnn.tflite", "landmarks.tflite": "several_ports.tflite"}
    path = common.place("not-a-model", f"bundle_{release('mediapipe')}.task")
    create_model_asset_bundle({name: (here / file).read_bytes() for name, file in files.items()}, str(path))
    assert sorted(zipfile.ZipFile(path).namelist()) == sorted(files)
    common.write_truth(
        path, written_by=versions("mediapipe"), how="a bundle of two models, as MediaPipe's tasks take it",
        record={"verdict": "unrecognised", "findings": [{"severity": "note", "code": "format.zip"}]})


def repacked():
    """What SageMaker deploys: an archive of the model with the code that serves it."""
    import tarfile

    from sagemaker.session_settings import SessionSettings
    from sagemaker.utils import repack_model

    place = common.SCRATCH / "repacked"
    place.mkdir(exist_ok=True)
    source = common.place("torch-state-dict", "none").parent / "cnn_1_13.pt"
    with tarfile.open(place / "given.tar.gz", "w:gz") as archive:
        archive.add(source, "model.pth")
    (place / "inference.py").write_text("def model_fn(model_dir):\n    raise NotImplementedError\n")
    path = common.place("not-a-model", f"sagemaker_{release('sagemaker')}.tar.gz")
    repack_model(str(place / "inference.py"), None, None, f"file://{place}/given.tar.gz", f"file://{path}",
                 types.SimpleNamespace(settings=SessionSettings()))
    names = [member.name for member in tarfile.open(path) if member.isfile()]
    assert sorted(names) == ["code/inference.py", "model.pth"], names
    common.write_truth(
        path, written_by=versions("sagemaker"), how="a model and the code that serves it, as SageMaker packs them",
        record={"verdict": "unrecognised", "findings": [{"severity": "note", "code": "format.tar"}]})


FUNCTIONS = {
    learner: "fastai", quantized: "torchao", with_settings: "torch", mlx_folder: "mlx_lm", bundle: "mediapipe",
    repacked: "sagemaker",
}

if __name__ == "__main__":
    arguments = common.start(__doc__, neutral=True)
    common.run_all([made for made, library in FUNCTIONS.items() if importlib.util.find_spec(library)], arguments.names)
