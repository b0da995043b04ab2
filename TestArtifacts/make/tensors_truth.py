#!/usr/bin/env python3
"""Writes what the frameworks say of the tensors and operators of artifacts: tensors_truth.py FRAMEWORK…

For `mlm-inspect tensors`: of each tensor its name, type, shape, the SHA-256 of its numbers as they lie in memory, and the
tensor before it whose memory it shares; of each operator its name, what it is, what goes in and comes out. Goes into
Tests/MLMInspectTests/Fixtures/tensors.json, beside what other frameworks have written there.

torch, safetensors, gguf, onnx, numpy, hdf5: torch 2.13.0, safetensors 0.8, gguf 0.19, onnx 1.23, h5py.
tensorflow: tensorflow 2.21.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
FIXTURE = FOLDER.parent / "Tests/MLMInspectTests/Fixtures/tensors.json"


def digest(numbers):
    return hashlib.sha256(numbers).hexdigest()[:16]


def row(name, data_type, shape, numbers=None, shared=None):
    return [name, data_type, [int(size) for size in shape], None if numbers is None else digest(numbers), shared]


# ---------------------------------------------------------------- torch



def torch_rows(pairs):
    import torch

    rows, owners = [], []
    for name, tensor in pairs:
        plain = tensor.detach()
        is_dense = plain.layout == torch.strided and not plain.is_quantized and not plain.is_meta
        numbers = None
        if is_dense and plain.is_contiguous():
            numbers = plain.reshape(-1).view(torch.uint8).numpy().tobytes() if plain.numel() else b""
        shared = None
        if is_dense and plain.numel():
            start, end = plain.data_ptr(), plain.data_ptr() + plain.numel() * plain.element_size()
            if plain.is_contiguous():
                shared = next((other for other, low, high in owners if low < end and start < high), None)
                owners.append((name, start, end))
        rows.append(row(name, str(plain.dtype).removeprefix("torch."), plain.shape, numbers, shared))
    return rows


def torch():
    import torch

    for path in sorted([*FOLDER.glob("torch-state-dict/*"), *FOLDER.glob("torch-legacy-state-dict/*")]):
        if path.suffix == ".json" or path.is_dir() or path.stem == "many_tensors":
            continue
        try:
            loaded = torch.load(path, weights_only=True, map_location="cpu")
        except Exception as error:  # What torch of today refuses has no truth.
            print(path.name, str(error)[:80])
            continue
        if isinstance(loaded, dict) and loaded and all(isinstance(value, torch.Tensor) for value in loaded.values()):
            yield path, {"tensors": torch_rows(loaded.items())}
    for path in sorted(FOLDER.glob("torchscript/*")):
        if path.suffix == ".json" or path.is_dir():
            continue
        try:
            module = torch.jit.load(path, map_location="cpu")
        except Exception as error:
            print(path.name, str(error)[:80])
            continue
        state = [*module.named_parameters(remove_duplicate=False), *module.named_buffers(remove_duplicate=False)]
        if state:
            yield path, {"tensors": torch_rows(state)}
    for path in sorted(FOLDER.glob("torch-export/*.pt2")):
        try:
            program = torch.export.load(path)
        except Exception as error:
            print(path.name, str(error)[:80])
            continue
        signature = program.graph_signature
        names = [*signature.parameters, *signature.buffers]
        tensors = {**program.constants, **program.state_dict}
        nodes = [
            [node.name, str(node.target), [one.name for one in node.all_input_nodes if one.op != "get_attr"]]
            for node in program.graph.nodes
            if node.op == "call_function" and not str(node.target).startswith("<")
        ]
        yield path, {
            "tensors": torch_rows((name, tensors[name]) for name in names if name in tensors),
            "nodes": nodes,
        }


# ---------------------------------------------------------------- safetensors, GGUF, NumPy, HDF5

SAFETENSORS = {"torch_state_dict", "torch_half_precision", "torch_zero_size", "torch_unusual_names", "unsorted_header",
               "numpy_format", "torch_save_model", "torch_no_metadata"}


def safetensors():
    import torch
    from safetensors import safe_open

    for name in sorted(SAFETENSORS):
        path = FOLDER / f"safetensors/{name}.safetensors"
        with safe_open(path, framework="pt") as opened:
            yield path, {"tensors": torch_rows((key, opened.get_tensor(key)) for key in opened.keys())}


def gguf():
    from gguf import GGUFReader

    plain = {"F32": "float32", "F16": "float16", "BF16": "bfloat16", "I8": "int8", "I16": "int16", "I32": "int32",
             "I64": "int64", "F64": "float64"}
    for name in ["quantized", "version_2", "nvfp4", "big_endian"]:
        path = FOLDER / f"gguf/{name}.gguf"
        try:
            reader = GGUFReader(path)
        except Exception as error:
            print(path.name, str(error)[:80])
            continue
        yield path, {
            "tensors": [
                row(
                    tensor.name, plain.get(tensor.tensor_type.name, tensor.tensor_type.name),
                    reversed(tensor.shape.tolist()), bytes(tensor.data.tobytes()),
                )
                for tensor in reader.tensors
            ]
        }


def numpy():
    import numpy

    for path in sorted(FOLDER.glob("numpy-npz/*.npz")):
        with numpy.load(path) as arrays:
            rows = [
                row(name, str(arrays[name].dtype), arrays[name].shape, arrays[name].tobytes()) for name in arrays.files
            ]
        yield path, {"tensors": rows}


def hdf5():
    import h5py

    chosen = [
        *sorted(FOLDER.glob("keras-v3/unet13_*.keras")), *sorted(FOLDER.glob("keras-v3/nested_*.keras")),
        *sorted(FOLDER.glob("keras-h5-model/*cnn*.h5")),
    ]
    for path in chosen:
        rows = []

        def visit(name, dataset):
            if isinstance(dataset, h5py.Dataset) and dataset.dtype.kind in "fiu":
                rows.append(row(name, str(dataset.dtype), dataset.shape))

        if path.suffix == ".keras":
            with zipfile.ZipFile(path) as archive, archive.open("model.weights.h5") as member:
                with h5py.File(member, "r") as opened:
                    opened.visititems(visit)
        else:
            with h5py.File(path, "r") as opened:
                opened.visititems(visit)
        yield path, {"tensors": rows}


# ---------------------------------------------------------------- ONNX


def onnx():
    import onnx
    from onnx import helper, numpy_helper

    for path in sorted(FOLDER.glob("onnx/*.onnx")):
        try:
            model = onnx.load(path)
        except Exception as error:
            print(path.name, str(error)[:80])
            continue
        rows, nodes = [], []
        for tensor in model.graph.initializer:
            try:
                data_type = str(helper.tensor_dtype_to_np_dtype(tensor.data_type))
                numbers = tensor.raw_data or numpy_helper.to_array(tensor).tobytes()
            except Exception:
                continue
            if tensor.data_type == onnx.TensorProto.STRING:
                data_type, numbers = "string", None
            rows.append(row(tensor.name, data_type, tensor.dims, numbers))
        for node in model.graph.node:
            domain = "" if node.domain in ("", "ai.onnx") else node.domain + "."
            nodes.append([node.name, domain + node.op_type, list(node.input), list(node.output)])
        if len(nodes) <= 200:
            yield path, {"tensors": rows, "nodes": nodes}


# ---------------------------------------------------------------- TensorFlow


def tensorflow():
    import tensorflow

    prefixes = {
        "tf-checkpoint/tf1_adam": None, "tf-checkpoint/keras_2_adam": None, "tf-checkpoint/sharded": None,
        "tf-saved-model/keras_export_unet": "variables/variables", "tf-saved-model/simple_save": "variables/variables",
    }
    for place, inner in prefixes.items():
        path = FOLDER / place
        prefix = str(path / inner) if inner else tensorflow.train.latest_checkpoint(path)
        if prefix is None:
            prefix = str(next(path.glob("*.index")))[: -len(".index")]
        reader = tensorflow.train.load_checkpoint(prefix)
        types, rows = reader.get_variable_to_dtype_map(), []
        for name, shape in sorted(reader.get_variable_to_shape_map().items()):
            is_text = types[name] == tensorflow.string
            rows.append(row(name, types[name].name, shape, None if is_text else reader.get_tensor(name).tobytes()))
        truth = {"tensors": rows}
        if inner:
            from tensorflow.core.protobuf import saved_model_pb2

            saved = saved_model_pb2.SavedModel.FromString((path / "saved_model.pb").read_bytes())
            graph = saved.meta_graphs[0].graph_def
            truth["nodes"] = [[node.name, node.op, list(node.input)] for node in graph.node]
            for function in graph.library.function:
                truth["nodes"] += [[node.name, node.op, list(node.input)] for node in function.node_def]
            truth["nodes"] = truth["nodes"][:400]
        yield path, truth
    for path in sorted(FOLDER.glob("tflite/*.tflite")):
        try:
            model = tensorflow.lite.Interpreter(str(path))
            model.allocate_tensors()
        except Exception as error:
            print(path.name, str(error)[:80])
            continue
        names = {detail["index"]: detail["name"] for detail in model.get_tensor_details()}
        names[-1] = ""
        rows = []
        for detail in model.get_tensor_details():
            try:
                numbers = model.get_tensor(detail["index"]).tobytes()
            except ValueError:
                numbers = None
            rows.append(row(detail["name"], detail["dtype"].__name__, detail["shape"], numbers))
        nodes = [
            [str(operator["index"]), operator["op_name"], [names.get(index, "") for index in operator["inputs"]],
             [names.get(index, "") for index in operator["outputs"]]]
            for operator in model._get_ops_details()
        ]
        yield path, {"variables": rows, "nodes": nodes}


def main():
    truths = json.loads(FIXTURE.read_text()) if FIXTURE.exists() else {}
    for framework in sys.argv[1:]:
        for path, truth in globals()[framework]():
            truths[str(path.relative_to(FOLDER))] = truth
    lines = [f"{json.dumps(key)}: {json.dumps(truths[key])}" for key in sorted(truths)]
    FIXTURE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
