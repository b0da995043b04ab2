"""What Keras itself says of a model that it loaded again: names, shapes, types, counts; and where its tensors lie.

Runs under Python 3.6 and later, since Keras 1 and 2.2 need that.
"""

import io
import os
import shutil
import struct
import zipfile
from pathlib import Path

import h5py
import numpy

import common

MINIMUM = common.PAYLOAD_MINIMUM


def place(format_id, name):
    """The path of an artifact, free to be written; as common.place, for old Pythons too."""
    path = common._ROOT / format_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(str(path))
    elif path.exists():
        path.unlink()
    return path


# ---------------------------------------------------------------- payload


def h5_payload(source, base=0):
    """[offset, length] of each dataset of 1 KiB or more that lies in one piece, and of the chunks of the others."""
    ranges = []

    def visit(_, item):
        if not isinstance(item, h5py.Dataset):
            return
        offset = item.id.get_offset()
        size = item.id.get_storage_size()
        if offset is not None and size >= MINIMUM:
            ranges.append([base + offset, size])

    with h5py.File(source, "r") as file:
        file.visititems(visit)
    return sorted(ranges)


def payload(path):
    """Where the tensors of an artifact lie: an HDF5 file, a zip with a stored one in it, a folder of shards."""
    path = Path(str(path))
    if path.is_dir():
        return {name.name: h5_payload(str(name)) for name in sorted(path.glob("*.h5"))}
    if not zipfile.is_zipfile(str(path)):
        return h5_payload(str(path))
    ranges = []
    with open(str(path), "rb") as source, zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            if info.compress_type != zipfile.ZIP_STORED or not info.filename.endswith(".h5"):
                continue
            source.seek(info.header_offset + 26)
            name_length, extra_length = struct.unpack("<HH", source.read(4))
            base = info.header_offset + 30 + name_length + extra_length
            ranges += h5_payload(io.BytesIO(archive.read(info.filename)), base)
    return sorted(ranges)


# ---------------------------------------------------------------- what Keras says


def flat(value):
    """The leaves of lists, tuples and dictionaries; of a dictionary in the order of its keys as Keras flattens it."""
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in flat(value[key])]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in flat(item)]
    return [value]


def sizes(tensor):
    shape = getattr(tensor, "_keras_shape", None)
    if shape is None:
        shape = tensor.shape
    if hasattr(shape, "as_list"):
        shape = shape.as_list()
    return [-1 if size is None else int(size) for size in shape]


def type_name(value):
    dtype = value.dtype
    name = getattr(dtype, "name", None) or str(dtype)
    return name.replace("torch.", "").replace("_ref", "")


def port(name, tensor):
    return {"name": name, "shape": sizes(tensor), "data_type": type_name(tensor)}


def ports(model):
    """Inputs and outputs as the model has them; nothing for one that has no symbolic tensors."""
    facts = {}
    try:
        inputs, outputs = flat(model.inputs), flat(model.outputs)
    except (AttributeError, TypeError, ValueError):
        return facts
    if not inputs or inputs[0] is None:
        return facts
    names = getattr(model, "input_names", None) or [tensor.name.split(":")[0] for tensor in inputs]
    facts["inputs"] = [port(name, tensor) for name, tensor in zip(names, inputs)]
    functional = getattr(model, "_functional", None) or model
    names = getattr(functional, "output_names", None)
    if names and len(names) == len(outputs):
        facts["outputs"] = [port(name, tensor) for name, tensor in zip(names, outputs)]
    return facts


def parameters(model):
    """Counts and data types of the weights, each variable once."""
    total, size, types, tensors = 0, 0, {}, 0
    seen = set()
    for weight in model.weights:
        if id(weight) in seen:
            continue
        seen.add(id(weight))
        shape = weight.shape if hasattr(weight, "shape") else weight.get_value().shape
        shape = shape.as_list() if hasattr(shape, "as_list") else getattr(shape, "eval", lambda: shape)()
        count = int(numpy.prod([int(part) for part in shape], dtype="int64"))
        name = type_name(weight)
        total += count
        tensors += 1
        size += count * {"bfloat16": 2, "float16": 2, "float32": 4, "float64": 8, "int32": 4, "int64": 8, "uint8": 1,
                         "int8": 1, "uint32": 4}[name]
        types[name] = types.get(name, 0) + count
    assert total == model.count_params(), (total, model.count_params())
    facts = {"total": total, "tensors": tensors}
    if tensors:
        facts.update(bytes=size, data_types=types)
    return facts


def write(path, model, how, versions, format_id, facts=None, loading=None, hidden=False, nameless=False):
    """The truth beside an artifact, from the model as it was loaded again.

    Hidden outputs are made by code that the file does not hold; nameless inputs get a name of the process alone.
    """
    weights_only = "weights" in format_id
    known = {
        "framework": "Keras",
        "artifact_type": "tf.keras.Model.save_weights" if weights_only else "tf.keras.Model.save",
        "parameters": parameters(model),
    }
    if not weights_only:
        known.update(ports(model))
    for entry in known.get("outputs", []):
        if hidden:
            del entry["shape"], entry["data_type"]
    for entry in known.get("inputs", []):
        if nameless:
            entry["name"] = ""
    known.update(facts or {})
    known = {key: value for key, value in known.items() if value is not None}
    record = {"verdict": "model", "format": {"id": format_id}, "facts": known}
    if loading:
        record["loading"] = loading
    common.write_truth(Path(str(path)), written_by=versions, how=how, record=record, payload=payload(path))


def run(functions, names=()):
    for function in functions:
        if not names or function.__name__ in names:
            print("- " + function.__name__)
            function()
