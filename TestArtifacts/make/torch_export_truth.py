"""What torch.export says about an archive that it wrote: signature, ranges, counts and payload ranges."""

import json
import zipfile

import torch
from torch.export.graph_signature import ConstantArgument, InputKind, OutputKind

import common
from torch_truth import VERSIONS, count, dtype_name, is_storage_entry, loads, record


def tensor_entry(name, value):
    """One input or output of the record."""
    entry = {"name": name}
    if isinstance(value, torch.Tensor):
        entry["shape"] = [size if isinstance(size, int) else -1 for size in value.shape]
        entry["data_type"] = dtype_name(value.dtype)
    return entry


def signature(program):
    """The inputs and outputs of a program in the order of its signature; constants are neither."""
    values = {node.name: node.meta.get("val") for node in program.graph.nodes}
    kinds = (InputKind.USER_INPUT, OutputKind.USER_OUTPUT)
    sides = [
        [spec.arg for spec in specs if spec.kind in kinds and not isinstance(spec.arg, ConstantArgument)]
        for specs in (program.graph_signature.input_specs, program.graph_signature.output_specs)
    ]
    inputs, outputs = [[tensor_entry(arg.name, values[arg.name]) for arg in side] for side in sides]
    return {"inputs": inputs, "outputs": outputs}


def architecture(program):
    """The class of the module that was exported, from the first node that knows it."""
    for node in program.graph.nodes:
        for _, name in node.meta.get("nn_module_stack", {}).values():
            if "." in name:
                return name.rpartition(".")[2]


def bounds(program):
    """The range of every symbolic size; null is no upper limit."""
    return {
        str(symbol): [int(bound.lower), int(bound.upper) if bound.upper.is_Integer else None]
        for symbol, bound in program.range_constraints.items()
    }


def payload(path):
    """The stored weights and constants of a PT2 archive and the tensors of the torch.save files inside it."""
    weights = common.stored_ranges(
        path, lambda name: "/data/weights/weight_" in name or "/data/constants/tensor_" in name
    )
    nested = common.stored_ranges(path, lambda name: "/data/sample_inputs/" in name)
    data = path.read_bytes()
    ranges = [pair for pair in weights if not _is_zip(data, pair)]
    for offset, length in [pair for pair in weights if _is_zip(data, pair)] + nested:
        ranges += common.stored_ranges(data[offset : offset + length], is_storage_entry, base=offset)
    return sorted(ranges)


def _is_zip(data, pair):
    return data[pair[0] : pair[0] + 4] == b"PK\x03\x04"


def write(path, how, program=None, versions=None, payload_ranges=None, **facts):
    """Writes the truth of an ExportedProgram archive, from one of its programs as it was loaded again."""
    call = f'torch.export.load("{path.name}")'
    if not loads(path, call):
        raise RuntimeError(f"{path.name} does not load")
    program = program or torch.export.load(path)
    with zipfile.ZipFile(path) as archive:
        models = [name for name in archive.namelist() if "/models/" in name]
        stored = json.loads(archive.read(next((name for name in models if name.endswith("/model.json")), models[0])))
    facts = {
        "framework_version": stored["torch_version"],
        "architecture": architecture(program),
        **facts,
        "parameters": count(program.parameters(), program.buffers()),
        **signature(program),
    }
    version = "{major}.{minor}".format(**stored["schema_version"])
    loading = {"call": call} if "compile_method" in facts else {"verdict": "data-only", "call": call}
    known = record("torch-export", facts, loading, version)
    ranges = bounds(program) or None
    common.write_truth(
        path,
        written_by=VERSIONS | (versions or {}),
        how=how,
        record=known,
        payload=payload_ranges or payload(path),
        ranges=ranges,
    )
