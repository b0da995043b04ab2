"""Writes the safetensors files, with their truths.

Written with safetensors 0.8.0, torch 2.13.0, NumPy 2.4.6, huggingface_hub 2.4.0. Files that no installed writer can
make (header lengths that are no multiple of 8, older layouts) are built by hand and then opened with safetensors.
"""

import json
import math
import struct

import huggingface_hub
import numpy
import safetensors
import safetensors.numpy
import safetensors.torch
import torch
from safetensors import TensorSpec, safe_open, serialize_file
from torch import nn

from common import PAYLOAD_MINIMUM, place, run_all, start, write_truth

FRAMEWORKS = {
    "pt": ("PyTorch", "safetensors.torch.save_file"),
    "np": ("NumPy", "safetensors.numpy.save_file"),
    "flax": ("Flax", "safetensors.flax.save_file"),
    "tf": ("TensorFlow", "safetensors.tensorflow.save_file"),
    "paddle": ("Paddle", "safetensors.paddle.save_file"),
}
BUFFER_NAMES = ("running_mean", "running_var", "num_batches_tracked")
DATA_TYPES = {
    "BOOL": ("bool", 8),
    "U8": ("uint8", 8),
    "I8": ("int8", 8),
    "U16": ("uint16", 16),
    "I16": ("int16", 16),
    "U32": ("uint32", 32),
    "I32": ("int32", 32),
    "U64": ("uint64", 64),
    "I64": ("int64", 64),
    "F16": ("float16", 16),
    "BF16": ("bfloat16", 16),
    "F32": ("float32", 32),
    "F64": ("float64", 64),
    "C64": ("complex64", 64),
    "F8_E4M3": ("float8_e4m3fn", 8),
    "F8_E5M2": ("float8_e5m2", 8),
    "F8_E4M3FNUZ": ("float8_e4m3fnuz", 8),
    "F8_E5M2FNUZ": ("float8_e5m2fnuz", 8),
    "F8_E8M0": ("float8_e8m0fnu", 8),
    "F4": ("float4_e2m1fn", 4),
    "F6_E2M3": ("float6_e2m3fn", 6),
    "F6_E3M2": ("float6_e3m2fn", 6),
}
PACKED_NAMES = {"float4_e2m1fn": "float4_e2m1fn_x2"}
HAND_BUILT = ("F6_E2M3", "F6_E3M2")
BY_TORCH = {"safetensors": safetensors.__version__, "torch": torch.__version__}
BY_NUMPY = {"safetensors": safetensors.__version__, "numpy": numpy.__version__}
BY_HAND = {"safetensors": safetensors.__version__}


# ---------------------------------------------------------------- truth


def opened(path):
    """[name, data type, shape, bits] of each tensor in the order of the data, and the metadata, by safe_open."""
    with safe_open(path, framework="numpy") as file:
        tensors = []
        for name in file.offset_keys():
            part = file.get_slice(name)
            data_type, bits = DATA_TYPES[part.get_dtype()]
            tensors.append((name, data_type, part.get_shape(), bits))
        return tensors, dict(sorted((file.metadata() or {}).items()))


def payload(path):
    """The ranges of the large tensors: they lie without gaps behind the header."""
    data = path.read_bytes()
    position = 8 + struct.unpack("<Q", data[:8])[0]
    ranges = []
    for _, _, shape, bits in opened(path)[0]:
        length = math.prod(shape) * bits // 8
        if length >= PAYLOAD_MINIMUM:
            ranges.append([position, length])
        position += length
    assert position == len(data), f"{path.name}: tensors end at {position} of {len(data)}"
    return ranges


def count(tensors):
    """The parameter counts over some opened tensors, buffers told apart by their names."""
    total = buffers = byte_count = 0
    data_types = {}
    for name, data_type, shape, bits in tensors:
        elements = math.prod(shape)
        data_types[data_type] = data_types.get(data_type, 0) + elements
        byte_count += elements * bits // 8
        if name.endswith(BUFFER_NAMES):
            buffers += elements
        else:
            total += elements
    counts = {
        "total": total,
        "buffers": buffers,
        "bytes": byte_count,
        "data_types": data_types,
        "tensors": len(tensors),
    }
    return {key: value for key, value in counts.items() if key != "buffers" or value}


def record_of(tensors, metadata, compile_method=None):
    """The partial record of weights; without a known format no framework is given."""
    framework, artifact_type = FRAMEWORKS.get(metadata.get("format"), (None, "safetensors.save_file"))
    facts = {
        "framework": framework,
        "artifact_type": artifact_type,
        "roles": ["mlm:model", "mlm:weights"],
        "compile_method": compile_method,
        "parameters": count(tensors),
        "metadata": metadata or None,
    }
    return {
        "verdict": "model",
        "format": {"id": "safetensors"},
        "facts": {key: value for key, value in facts.items() if value is not None},
        "loading": {"verdict": "data-only"},
    }


def finish(path, how, written_by, **options):
    """Opens the file again and writes its truth."""
    path.chmod(0o644)
    record = record_of(*opened(path), **options)
    write_truth(path, written_by=written_by, how=how, record=record, payload=payload(path))


def file_path(name):
    return place("safetensors", f"{name}.safetensors")


def write_by_hand(path, header, data, length):
    """Writes a header of exactly the wanted length, spaces added behind the JSON, and the data."""
    text = json.dumps(header, separators=(",", ":")).encode()
    assert len(text) <= length, f"header is {len(text)} bytes"
    path.write_bytes(struct.pack("<Q", length) + text.ljust(length) + data)


# ---------------------------------------------------------------- PyTorch


def tiny_cnn():
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(8 * 4, 32))


def torch_state_dict():
    path = file_path("torch_state_dict")
    safetensors.torch.save_file(tiny_cnn().state_dict(), path, metadata={"format": "pt"})
    finish(path, "safetensors.torch.save_file of a state_dict with BatchNorm buffers, metadata format pt", BY_TORCH)


def torch_saved_net():
    """The tensors of torch-state-dict/net.pt, so that there is one model in two formats."""
    path = file_path("torch_saved_net")
    state = torch.load(path.parent.parent / "torch-state-dict/net.pt", weights_only=True)
    safetensors.torch.save_file(state, path, metadata={"format": "pt"})
    finish(path, "safetensors.torch.save_file of what torch-state-dict/net.pt holds", BY_TORCH)


def torch_save_model():
    model = tiny_cnn()
    model.append(nn.Linear(32, 32, bias=False))
    model[4].weight = model[3].weight
    path = file_path("torch_save_model")
    safetensors.torch.save_model(model, str(path), metadata={"format": "pt"})
    finish(
        path,
        "safetensors.torch.save_model of a module with tied weights: one is stored, the other is metadata",
        BY_TORCH,
    )


def torch_compiled():
    state = {f"_orig_mod.{name}": tensor for name, tensor in tiny_cnn().state_dict().items()}
    assert set(torch.compile(tiny_cnn()).state_dict()) == set(state)
    path = file_path("torch_compiled")
    safetensors.torch.save_file(state, path, metadata={"format": "pt"})
    finish(
        path,
        "state_dict of a module wrapped by torch.compile: keys begin with _orig_mod.",
        BY_TORCH,
        compile_method="jit",
    )


def torch_half_precision():
    path = file_path("torch_half_precision")
    state = {name: tensor.bfloat16() for name, tensor in nn.Linear(64, 32).state_dict().items()}
    state["scale"] = torch.ones(32, dtype=torch.float16)
    safetensors.torch.save_file(state, path, metadata={"format": "pt"})
    finish(path, "bfloat16 weights with float16 scales", BY_TORCH)


def torch_large_tensor():
    torch.manual_seed(0)
    path = file_path("torch_large_tensor")
    safetensors.torch.save_file(nn.Linear(128, 128).state_dict(), path, metadata={"format": "pt"})
    finish(path, "one tensor of 64 KiB", BY_TORCH)


def torch_no_metadata():
    path = file_path("torch_no_metadata")
    safetensors.torch.save_file(nn.Linear(8, 4).state_dict(), path)
    finish(path, "safetensors.torch.save_file without metadata: the framework is not in the file", BY_TORCH)


def torch_modelspec():
    metadata = {
        "format": "pt",
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": "unet/lora",
        "modelspec.title": "Tiny LoRA",
        "modelspec.license": "Apache-2.0",
        "ss_network_dim": "4",
        "ss_training_comment": 'quotes " and \\ and é',
    }
    state = {"lora_unet_down.lora_up.weight": torch.ones(32, 4), "lora_unet_down.lora_down.weight": torch.ones(4, 64)}
    path = file_path("torch_modelspec")
    safetensors.torch.save_file(state, path, metadata=metadata)
    finish(path, "LoRA weights with modelspec.* and ss_* metadata, quotes and a backslash among them", BY_TORCH)


def torch_zero_size():
    state = {"scalar.weight": torch.tensor(2.5), "empty.weight": torch.zeros(0, 16), "layer.weight": torch.ones(4, 4)}
    path = file_path("torch_zero_size")
    safetensors.torch.save_file(state, path, metadata={"format": "pt"})
    finish(path, "a scalar tensor, a tensor without elements and an ordinary one", BY_TORCH)


def torch_unusual_names():
    names = ["layer.größe.weight", 'quote"d.weight', "back\\slash.weight", "line\nbreak.weight", "", "🛰.weight"]
    path = file_path("torch_unusual_names")
    safetensors.torch.save_file({name: torch.ones(2) for name in names}, path, metadata={"format": "pt"})
    finish(path, "tensor names with quotes, a backslash, a line break, other scripts, and an empty one", BY_TORCH)


def every_data_type():
    buffer = numpy.arange(256, dtype=numpy.uint8) % 2
    specs = {
        f"layer.{code.lower()}.weight": TensorSpec(
            dtype=PACKED_NAMES.get(name, name),
            shape=[4, 4],
            data_ptr=buffer.ctypes.data,
            data_len=16 * max(bits, 8) // 8,
        )
        for code, (name, bits) in DATA_TYPES.items()
        if code not in HAND_BUILT
    }
    path = file_path("every_data_type")
    serialize_file(specs, path, metadata={"format": "pt"})
    finish(path, "one tensor of each data type that safetensors 0.8.0 writes", BY_HAND)


def float6():
    header = {
        "a.weight": {"dtype": "F6_E2M3", "shape": [4, 8], "data_offsets": [0, 24]},
        "b.weight": {"dtype": "F6_E3M2", "shape": [4, 8], "data_offsets": [24, 48]},
    }
    path = file_path("float6")
    write_by_hand(path, header, bytes(48), 136)
    finish(
        path,
        "the two 6-bit floats, which safetensors reads and its Python writer does not take; built by hand",
        BY_HAND,
    )


# ---------------------------------------------------------------- other frameworks


def numpy_weights():
    return {"dense.kernel": numpy.ones((16, 32), numpy.float32), "dense.bias": numpy.zeros(32, numpy.float64)}


def write_numpy(name, metadata, how):
    path = file_path(name)
    safetensors.numpy.save_file(numpy_weights(), path, metadata=metadata)
    finish(path, how, BY_NUMPY)


def numpy_format():
    write_numpy("numpy_format", {"format": "np"}, "safetensors.numpy.save_file with metadata format np")


def numpy_no_metadata():
    write_numpy("numpy_no_metadata", None, "safetensors.numpy.save_file without metadata")


def flax_format():
    write_numpy(
        "flax_format", {"format": "flax"}, "metadata format flax as Flax models carry it, through the NumPy writer"
    )


def tensorflow_format():
    write_numpy(
        "tensorflow_format",
        {"format": "tf"},
        "metadata format tf as TensorFlow models carry it, through the NumPy writer",
    )


def paddle_format():
    write_numpy("paddle_format", {"format": "paddle"}, "metadata format paddle, through the NumPy writer")


def unknown_format():
    write_numpy("unknown_format", {"format": "mystery", "note": "x"}, "a metadata format that names no known framework")


def no_tensors():
    path = file_path("no_tensors")
    safetensors.numpy.save_file({}, path, metadata={"format": "np"})
    record = {"verdict": "not-a-model", "format": {"id": "safetensors"}}
    write_truth(path, written_by=BY_NUMPY, how="a file without any tensor", record=record)


# ---------------------------------------------------------------- header lengths that look like another magic


def write_trap(length, looks_like):
    """A file whose first bytes, which are the header's length, look like another format."""
    path = file_path(f"trap_{length}")
    header = {
        "__metadata__": {"format": "pt"},
        "w.weight": {"dtype": "F32", "shape": [512], "data_offsets": [0, 2048]},
    }
    if length < 123:
        del header["__metadata__"]
    write_by_hand(path, header, bytes(range(256)) * 8, length)
    head = path.read_bytes()[:3].hex(" ")
    finish(
        path, f"header of {length} bytes, so that the file begins {head} as {looks_like} does; built by hand", BY_HAND
    )


def trap_640():
    write_trap(640, "a pickle of protocol 2")


def trap_376():
    write_trap(376, "zlib")


def trap_2648():
    write_trap(2648, "R's XDR serialization")


def trap_93():
    write_trap(93, "lzma")


def trap_123():
    write_trap(123, "JSON or UBJSON")


def unsorted_header():
    path = file_path("unsorted_header")
    header = {
        "b.weight": {"data_offsets": [2048, 4096], "shape": [32, 32], "dtype": "F16"},
        "a.weight": {"shape": [512], "dtype": "F32", "data_offsets": [0, 2048]},
        "__metadata__": {"format": "pt"},
    }
    write_by_hand(path, header, bytes(4096), len(json.dumps(header, separators=(",", ":"))))
    finish(path, "metadata last, tensors against the order of their data, no padding; built by hand", BY_HAND)


def escaped_header():
    path = file_path("escaped_header")
    text = rb'{ "layer\u002eweight" : { "dtype":"F32", "shape":[ 2, 2 ],' + b"\n\t" + rb'"data_offsets":[0,16] } }'
    path.write_bytes(struct.pack("<Q", len(text)) + text + bytes(16))
    finish(path, "header with JSON escapes and white space; built by hand", BY_HAND)


# ---------------------------------------------------------------- shards


def write_shards(name, how, missing=()):
    """A directory of two shards with their index, as the Hugging Face hub library writes them."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.Linear(32, 64))
    directory = place("safetensors", name)
    directory.mkdir()
    huggingface_hub.save_torch_state_dict(model.state_dict(), directory, max_shard_size=9000)
    shards = sorted(path for path in directory.iterdir() if path.suffix == ".safetensors")
    tensors, metadata = [], {}
    for shard in shards:
        part, metadata = opened(shard)
        tensors += part
    index = json.loads((directory / "model.safetensors.index.json").read_text())
    assert sorted(index["weight_map"]) == sorted(tensor[0] for tensor in tensors)
    record = record_of(tensors, metadata)
    for shard in shards:
        if shard.name in missing:
            shard.unlink()
    present = [shard for shard in shards if shard.exists()]
    if missing:
        del record["facts"]["parameters"], record["facts"]["metadata"]
        record["loading"] = {"verdict": "incomplete"}
    record["files"] = [{"path": shard.name, "role": "mlm:weights", "present": shard in present} for shard in shards]
    written_by = {**BY_TORCH, "huggingface_hub": huggingface_hub.__version__}
    ranges = {shard.name: payload(shard) for shard in present}
    write_truth(directory, written_by=written_by, how=how, record=record, payload=ranges)


def sharded():
    write_shards("sharded", "a state_dict in two shards with an index")


def sharded_missing():
    write_shards(
        "sharded_missing", "the same with the second shard missing", missing=["model-00002-of-00002.safetensors"]
    )


FUNCTIONS = [
    torch_state_dict,
    torch_saved_net,
    torch_save_model,
    torch_compiled,
    torch_half_precision,
    torch_large_tensor,
    torch_no_metadata,
    torch_modelspec,
    torch_zero_size,
    torch_unusual_names,
    every_data_type,
    float6,
    numpy_format,
    numpy_no_metadata,
    flax_format,
    tensorflow_format,
    paddle_format,
    unknown_format,
    no_tensors,
    trap_640,
    trap_376,
    trap_2648,
    trap_93,
    trap_123,
    unsorted_header,
    escaped_header,
    sharded,
    sharded_missing,
]


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
