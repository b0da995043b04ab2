"""Writes files whose call, whose needs or whose words for the draft are the point (torch 2.13.0).

Every call is executed here before it becomes the truth.
"""

import json
import pickle
import warnings
import zipfile

import numpy as np
import torch
from torch import nn

import common

from torch_truth import VERSIONS, count_state_dict, record

warnings.simplefilter("ignore")


def saved(format_id, name, value, change=None):
    """Saves with torch, and once more entry by entry when something is to be changed."""
    path = common.place(format_id, name)
    torch.save(value, path)
    if change:
        common.rewrite_zip(path, change)
    return path


def truth(path, how, facts, loading, **others):
    known = record(path.parent.name, facts, loading) | others
    common.write_truth(
        path, written_by=VERSIONS, how=how, record=known, pickles=common.zip_pickle_imports(path),
        payload=common.stored_ranges(path, lambda name: "/data/" in name))


def check(path, call, preamble=""):
    """The call must work as it is pasted."""
    common.fresh(f"import torch, warnings\nwarnings.simplefilter('ignore')\n{preamble}\n{call}", cwd=path.parent)
    return call


def refused(path):
    """torch must refuse the file."""
    try:
        torch.load(path, weights_only=True)
    except Exception:
        return
    raise RuntimeError(f"{path.name} loads")


def other_device():
    state = nn.Linear(2, 3).state_dict()
    on_gpu = lambda name, data: data.replace(b"X\x03\0\0\0cpu", b"X\x06\0\0\0cuda:0")
    path = saved("torch-state-dict", "other_device.pt", state, on_gpu)
    call = check(path, 'torch.load("other_device.pt", map_location="cpu", weights_only=True)')
    how = "its storages are on cuda:0, which not every machine has"
    truth(path, how, {"parameters": count_state_dict(state)},
          {"verdict": "data-only", "call": call, "requires": ["torch>=1.13"], "weights_only": True})


def unsigned():
    state = {"table.weight": torch.zeros(3, dtype=torch.uint16), "scale.weight": torch.zeros(4, dtype=torch.float8_e5m2)}
    path = saved("torch-state-dict", "unsigned.pt", state)
    call = check(path, 'torch.load("unsigned.pt", weights_only=True)')
    how = "uint16 and float8_e5m2: on the list of weights_only since torch 2.6 and 2.2"
    truth(path, how, {"parameters": count_state_dict(state)},
          {"verdict": "data-only", "call": call, "requires": ["torch>=2.6"], "weights_only": True})


def broken():
    state = nn.Linear(4, 4).state_dict()
    lost = lambda name, data: None if name.endswith("/data/1") else data
    path = saved("torch-state-dict", "storage_missing.pt", state, lost)
    refused(path)
    truth(path, "the storage of one tensor is not in the archive", {"parameters": count_state_dict(state)},
          {"verdict": "incomplete", "requires": ["torch>=1.13"]})
    short = lambda name, data: data[:8] if name.endswith("/data/0") else data
    path = saved("torch-state-dict", "storage_short.pt", state, short)
    refused(path)
    truth(path, "a storage has fewer bytes than its elements take", {"parameters": count_state_dict(state)},
          {"verdict": "incomplete"})
    path = saved("torch-state-dict", "no_top_folder.pt", state)
    with zipfile.ZipFile(path) as archive:
        entries = [(name.split("/", 1)[1], archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    refused(path)
    truth(path, "zipped again without the folder that torch wants", {"parameters": count_state_dict(state)},
          {"verdict": "incomplete"})


def numpy_numbers():
    state = nn.Linear(2, 1).state_dict()
    path = saved("torch-checkpoint", "numpy_numbers.pt", {"state_dict": state, "best": np.float32(0.5), "epoch": 4})
    # With its name beside it, since it calls itself otherwise in numpy 1.26.
    scalar = '(numpy._core.multiarray.scalar, "numpy._core.multiarray.scalar")'
    names = [scalar, "numpy.dtype", "numpy.dtypes.Float32DType"]
    load = 'torch.load("numpy_numbers.pt", weights_only=True)'
    call = f"with torch.serialization.safe_globals([{', '.join(names)}]): loaded = {load}"
    check(path, call, "import numpy, numpy._core.multiarray, numpy.dtypes")
    how = "a number of numpy 2 beside the weights: numpy._core, and three names that make weights_only=True pass"
    truth(path, how, {"parameters": count_state_dict(state)},
          {"verdict": "needs-code", "call": call, "requires": ["torch>=2.6", "numpy>=1.26.1"],
           "first": ["numpy", "numpy._core.multiarray", "numpy.dtypes"], "safe_globals": names, "weights_only": False})


def types_of_python():
    """Also by torch 2.5.0, whose release is then in the name."""
    release = "" if torch.__version__.startswith("2.13.") else "_" + "_".join(torch.__version__.split(".")[:2])
    name = f"types_of_python{release}.pt"
    state = nn.Linear(2, 3).state_dict()
    params = {"model_name": "Tiny", "num_filters": 3, "class_names": ["ash", "elm", "oak"]}
    path = saved("torch-checkpoint", name, {"state_dict": state, "params": params, "kinds": {"count": int, "rows": list}})
    call = check(
        path, f'with torch.serialization.safe_globals([int, list]): loaded = torch.load("{name}", weights_only=True)')
    how = "types of Python itself, of which protocol 2 calls int by its name in Python 2; settings called params"
    truth(path, how,
          {"parameters": count_state_dict(state), "architecture": "Tiny", "labels": params["class_names"], "hyperparameters": params},
          {"verdict": "needs-code", "call": call, "requires": ["torch>=2.5"], "safe_globals": ["builtins.int", "builtins.list"],
           "weights_only": False})


def settings():
    state = nn.Conv2d(3, 2, 1).state_dict()
    hyper = {
        "task": "segmentation", "lr": 0.001, "class_names": ["cloud", "clear"],
        "model_args": {"backbone": "resnet18", "decoder": "unet", "bands": ["RED", "GREEN", "BLUE"], "num_classes": 2},
    }
    checkpoint = {"state_dict": state, "hyper_parameters": hyper, "torch_version": torch.__version__}
    path = saved("torch-checkpoint", "settings.pt", checkpoint)
    call = check(
        path, "with torch.serialization.safe_globals([torch.torch_version.TorchVersion]): "
        'loaded = torch.load("settings.pt", weights_only=True)')
    how = "settings as trainers of segmentation nest them: task, classes, bands, decoder and backbone; torch's own version"
    truth(path, how,
          {"parameters": count_state_dict(state), "framework_version": str(torch.__version__), "tasks": ["segmentation"],
           "architecture": "unet with resnet18", "labels": ["cloud", "clear"], "bands": ["RED", "GREEN", "BLUE"],
           "hyperparameters": hyper},
          {"verdict": "needs-code", "call": call})


def pretrained_configuration():
    state = nn.Conv2d(3, 4, 1).state_dict()
    configuration = {
        "architecture": "resnet10t", "input_size": (3, 64, 64), "mean": (0.5, 0.5, 0.5), "std": (0.25, 0.25, 0.25),
        "num_classes": 4, "license": "mit", "interpolation": "bilinear",
    }
    path = saved("torch-checkpoint", "pretrained_configuration.pt",
                 {"arch": "resnet10t", "state_dict": state, "pretrained_cfg": configuration})
    call = check(path, 'torch.load("pretrained_configuration.pt", weights_only=True)')
    scaling = [{"type": "z-score", "mean": 127.5, "stddev": 63.75}] * 3
    truth(path, "pretrained_cfg as timm's models have it: size, mean and deviation, classes, licence",
          {"parameters": count_state_dict(state), "architecture": "resnet10t", "tasks": ["classification"],
           "license": "MIT",
           "inputs": [{"name": "x", "shape": [-1, 3, 64, 64], "data_type": "float32",
                       "dim_order": ["batch", "channel", "height", "width"], "value_scaling": scaling,
                       "resize_type": "interpolation-linear"}],
           "outputs": [{"name": "logits", "shape": [-1, 4], "data_type": "float32", "dim_order": ["batch", "class"]}]},
          {"verdict": "data-only", "call": call, "requires": ["torch>=2.0"]})


def open_mmlab():
    state = nn.Conv2d(4, 3, 1).state_dict()
    meta = {"mmdet_version": "3.3.0", "mmengine_version": "0.10.4", "epoch": 12,
            "dataset_meta": {"classes": ("field", "barn", "road"), "palette": [(1, 2, 3)] * 3}}
    path = saved("torch-checkpoint", "open_mmlab.pth", {"meta": meta, "state_dict": state, "message_hub": {}})
    call = check(path, 'torch.load("open_mmlab.pth", weights_only=True)')
    truth(path, "meta as mmengine writes it, with the classes of the data set",
          {"parameters": count_state_dict(state), "tasks": ["object-detection"], "labels": ["field", "barn", "road"],
           "producer": {"name": "mmdet", "version": "3.3.0"}},
          {"verdict": "data-only", "call": call})


def described_script():
    path = common.place("torchscript", "described.pt")
    extra = {"classes.txt": "water\nforest\nrock\n", "config.txt": json.dumps({"task": "segment", "stride": 32})}
    model = torch.jit.script(nn.Sequential(nn.Conv2d(2, 3, 1)))
    torch.jit.save(model, path, _extra_files=extra)
    call = check(path, 'torch.jit.load("described.pt")')
    common.write_truth(
        path, written_by=VERSIONS, how="extra files with the classes, one a line, and the task as Ultralytics says it",
        record=record("torchscript", {"tasks": ["instance-segmentation"], "labels": ["water", "forest", "rock"]},
                      {"verdict": "data-only", "call": call}),
        pickles=common.zip_pickle_imports(path))


def unloadable_script():
    path = common.place("torchscript", "optimized_for_inference.pt")
    model = torch.jit.script(nn.Sequential(nn.Conv2d(1, 2, 1), nn.ReLU()).eval())
    torch.jit.save(torch.jit.optimize_for_inference(model), path)
    try:
        torch.jit.load(path)
    except RuntimeError as error:
        if "required keyword attribute" not in str(error):
            raise
    else:
        raise RuntimeError("it loads")
    common.write_truth(
        path, written_by=VERSIONS,
        how="torch.jit.optimize_for_inference made the weights MKL-DNN tensors, which are not saved: torch refuses it",
        record=record("torchscript", {"architecture": "Sequential"}, {"verdict": "incomplete"}),
        pickles=common.zip_pickle_imports(path))


def exported_compiled():
    path = common.place("torch-export", "of_compiled.pt2")
    program = torch.export.export(torch.compile(nn.Conv2d(2, 3, 1)), (torch.zeros(1, 2, 4, 4),), strict=False)
    # Where torch lies on the machine that runs this is nobody's business.
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
    torch.export.save(program, path)
    call = check(path, 'torch.export.load("of_compiled.pt2")')
    known = record("torch-export", {"framework_version": str(torch.__version__)},
                   {"verdict": "data-only", "call": call})
    how = "a module that torch.compile had wrapped: the class in the file is one of torch's own, and no architecture"
    common.write_truth(path, written_by=VERSIONS, how=how, record=known)


def weights_of_arrays():
    path = common.place("pickle-other", "weights_of_arrays.pkl")
    state = {"conv.weight": np.zeros((3, 2, 1, 1), np.float32), "conv.bias": np.zeros(3, np.float32),
             "norm.running_mean": np.zeros(3, np.float32), "norm.num_batches_tracked": np.array(0)}
    path.write_bytes(pickle.dumps({"model": state, "__author__": "Detectron2 Model Zoo"}, protocol=4))
    known = {
        "verdict": "model", "format": {"id": "pickle-other"},
        "facts": {"framework": "PyTorch", "roles": ["mlm:model", "mlm:weights"],
                  "parameters": {"total": 9, "buffers": 4, "tensors": 4,
                                 "data_types": {"float32": 12, "int64": 1}}},
        "loading": {"verdict": "data-only", "call": 'pickle.load(open("weights_of_arrays.pkl", "rb"))["model"]',
                    "requires": ["numpy>=1.26.1"]},
    }
    loaded = eval(known["loading"]["call"].replace('"weights', f'"{path.parent}/weights'))
    assert set(loaded) == set(state)
    common.write_truth(path, written_by={"numpy": np.__version__}, how="weights as numpy arrays, as Detectron2's zoo has "
                       "them", record=known, pickles={"": common.pickle_imports(path.read_bytes())})


def names_of_torch():
    from safetensors.numpy import save_file

    path = common.place("safetensors", "names_of_torch.safetensors")
    state = {"bn.weight": np.zeros(3, np.float32), "bn.num_batches_tracked": np.array(0)}
    save_file(state, path)
    from safetensors.torch import load_file

    assert set(load_file(path)) == set(state)
    known = {
        "verdict": "model", "format": {"id": "safetensors"},
        "facts": {"framework": "PyTorch", "parameters": {"total": 3, "buffers": 1}},
        "loading": {"call": 'safetensors.torch.load_file("names_of_torch.safetensors")', "verdict": "data-only"},
    }
    common.write_truth(path, written_by={"safetensors": "0.8.0"}, how="without a format, but with a name that only torch's "
                       "batch normalisation has", record=known)


ALL = [
    other_device, unsigned, broken, numpy_numbers, types_of_python, settings, pretrained_configuration, open_mmlab, described_script,
    unloadable_script, exported_compiled, weights_of_arrays, names_of_torch,
]

if __name__ == "__main__":
    common.run_all(ALL, common.start(__doc__, neutral=True).names)
