"""What PyTorch itself says about an artifact it wrote: counts, imports, payload ranges and how it loads."""

import functools
import io
import pickle
import struct
import zipfile
from pathlib import Path

import torch

import common

MAKE = Path(__file__).resolve().parent
VERSIONS = {"torch": str(torch.__version__)}
BUFFER_ENDINGS = ("running_mean", "running_var", "num_batches_tracked")
FACTS = {
    "torch-state-dict": ("torch.save", ["mlm:model", "mlm:weights"]),
    "torch-checkpoint": ("torch.save", ["mlm:model", "mlm:weights", "mlm:checkpoint"]),
    "torch-module": ("torch.save", ["mlm:model"]),
    "torch-legacy-state-dict": ("torch.save", ["mlm:model", "mlm:weights"]),
    "torch-legacy-checkpoint": ("torch.save", ["mlm:model", "mlm:weights", "mlm:checkpoint"]),
    "torch-legacy-module": ("torch.save", ["mlm:model"]),
    "torchscript": ("torch.jit.save", ["mlm:model", "mlm:compiled"]),
    "torchscript-mobile": ("torch.jit.save", ["mlm:model", "mlm:compiled"]),
    "torch-export": ("torch.export.save", ["mlm:model", "mlm:compiled"]),
    "torch-aoti": ("torch._inductor.aoti_compile_and_package", ["mlm:model", "mlm:compiled"]),
}


# ---------------------------------------------------------------- record


def record(format_id, facts, loading=None, version=None):
    """The partial record of a model; facts are given beside those that follow from the format."""
    artifact_type, roles = FACTS[format_id]
    given = {"framework": "PyTorch", "artifact_type": artifact_type, "roles": roles, **facts}
    order = ("framework", "framework_version", "artifact_type", "roles", "architecture", "compile_method")
    facts = {key: given.pop(key) for key in order if key in given} | given
    known = {"verdict": "model", "format": {"id": format_id}, "facts": facts}
    if version:
        known["format"]["version"] = version
    if loading:
        known["loading"] = loading
    return known


def dtype_name(dtype):
    """A torch.dtype as the record spells it."""
    return str(dtype).removeprefix("torch.")


def count(parameters, buffers=()):
    """The record's parameters object: every element of a storage that is reached counts once."""
    seen, distinct, types, sizes, size = {}, set(), {}, [], 0
    for group in (parameters, buffers):
        total = 0
        for tensor in group:
            new, identity = _elements(tensor, seen)
            distinct.add(identity)
            total += new
            size += new * tensor.element_size()
            if new:
                types[dtype_name(tensor.dtype)] = types.get(dtype_name(tensor.dtype), 0) + new
        sizes.append(total)
    result = {"total": sizes[0], "buffers": sizes[1], "bytes": size, "data_types": types, "tensors": len(distinct)}
    if not sizes[1]:
        del result["buffers"]
    return result


def _elements(tensor, seen):
    """How many elements of a tensor's storage were not seen before, and which elements it is made of."""
    if tensor.layout is not torch.strided:
        return tensor.numel(), id(tensor)
    storage = tensor.untyped_storage()
    length = storage.nbytes() // tensor.element_size()
    index = torch.arange(length).as_strided(tensor.size(), tensor.stride(), tensor.storage_offset()).unique()
    mask = seen.setdefault(storage._cdata, torch.zeros(length, dtype=torch.bool))
    new = int((~mask[index]).sum())
    mask[index] = True
    return new, (storage._cdata, index.numpy().tobytes())


def count_state_dict(state):
    """Counts a state_dict, where only the names of batch norm statistics tell a buffer."""
    parameters = [tensor for name, tensor in state.items() if not name.endswith(BUFFER_ENDINGS)]
    buffers = [tensor for name, tensor in state.items() if name.endswith(BUFFER_ENDINGS)]
    return count(parameters, buffers)


def count_module(module):
    """Counts a module, which knows its buffers."""
    return count(module.parameters(), module.buffers())


# ---------------------------------------------------------------- loading


def loads(path, call, preamble=""):
    """Whether a call, as a user writes it beside the artifact, works in a fresh process."""
    code = f"import sys, warnings\nsys.path.insert(0, {str(MAKE)!r})\nwarnings.simplefilter('ignore')\n"
    try:
        common.fresh(f"{code}import torch\n{preamble}\n{call}", cwd=path.parent)
    except RuntimeError as error:
        if "UnpicklingError" in str(error) or "Cannot use ``weights_only=True``" in str(error):
            return False
        raise
    return True


@functools.cache
def declare_vision_operators():
    """Lets torchvision be imported where its compiled part does not fit the torch in use; nothing here calls them."""
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library


def torch_load_truth(path, imports, preamble=""):
    """The loading object of a file that torch.load reads, after really loading it in fresh processes."""
    safe_call, full_call = (f'torch.load("{path.name}", weights_only={flag})' for flag in (True, False))
    safe = loads(path, safe_call)
    if not safe and not loads(path, full_call, preamble):
        raise RuntimeError(f"{path.name} does not load")
    classes = unsafe_classes(imports)
    return {
        "verdict": "needs-code" if classes else "data-only",
        "call": safe_call if safe else full_call,
        "classes": classes,
        "weights_only": safe,
    }


def unsafe_classes(imports):
    """Of the imports of some pickles, those outside torch's weights_only allow-list and the builtins."""
    allowed = torch._weights_only_unpickler._get_allowed_globals()
    names = {(module.replace("__builtin__", "builtins"), name) for pairs in imports.values() for module, name in pairs}
    return sorted(f"{m}.{n}" for m, n in names if m != "builtins" and f"{m}.{n}" not in allowed)


# ---------------------------------------------------------------- files written by torch.save


def is_storage_entry(name):
    """Whether a zip entry of torch.save or torch.jit.save holds the bytes of a storage."""
    return "/data/" in name or "/constants/" in name or "/traced_inputs/" in name


def write_saved(path, how, facts, *, versions=None, preamble="", not_a_model=None):
    """Writes the truth of a zip file that torch.save wrote."""
    imports = common.zip_pickle_imports(path)
    loading = torch_load_truth(path, imports, preamble)
    payload = common.stored_ranges(path, is_storage_entry)
    _write(path, how, facts, loading, imports, payload, versions, not_a_model)


def write_legacy(path, how, facts, *, preamble=""):
    """Writes the truth of a file in the form that torch.save wrote before torch 1.6."""
    imports = {"": legacy_imports(path)}
    loading = torch_load_truth(path, imports, preamble)
    _write(path, how, facts, loading, imports, legacy_payload(path), None, None)


def _write(path, how, facts, loading, imports, payload, versions, not_a_model):
    format_id = path.parent.name
    if not_a_model is not None:
        known = {"verdict": "not-a-model", **not_a_model, "format": {"id": format_id}, "loading": loading}
    else:
        known = record(format_id, facts, loading)
    common.write_truth(path, written_by=versions or VERSIONS, how=how, record=known, pickles=imports, payload=payload)


def legacy_imports(path):
    """The imports of the five pickles at the start of a legacy file."""
    stream = io.BytesIO(path.read_bytes())
    found = [tuple(pair) for _ in range(5) for pair in common.import_walk(stream)]
    return [list(pair) for pair in sorted(set(found))]


class _StorageSizes(pickle.Unpickler):
    """Reads the object pickle of a legacy file for the element size of each storage."""

    def __init__(self, stream, sizes):
        super().__init__(stream)
        self.sizes = sizes

    def persistent_load(self, saved_id):
        if saved_id[0] == "storage":
            self.sizes[saved_id[2]] = saved_id[1].dtype.itemsize
            return saved_id[1](wrap_storage=torch.UntypedStorage(saved_id[4] * saved_id[1].dtype.itemsize))
        return saved_id[1]


def legacy_payload(path):
    """The ranges of the storages behind the pickles of a legacy file."""
    stream = io.BytesIO(path.read_bytes())
    sizes, ranges = {}, []
    for _ in range(3):
        pickle.load(stream)
    _StorageSizes(stream, sizes).load()
    for key in pickle.load(stream):
        length = struct.unpack("<Q", stream.read(8))[0] * sizes[key]
        if length >= common.PAYLOAD_MINIMUM:
            ranges.append([stream.tell(), length])
        stream.seek(length, io.SEEK_CUR)
    assert not stream.read()
    return ranges


def zip_names(path):
    """The entry names of a zip file."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()
