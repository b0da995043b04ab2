"""Writes what older releases of PyTorch wrote, the running release in each name (torch-export/program_2_1.pt2).

Runs under Python 3.7 to 3.13 with any torch from 1.0 on: one virtual environment per release, one run in each.
RELEASES says what each release is asked for. AOTInductor packages need a C++ compiler. How a file loads today is asked
of a second Python, with a current torch, named by the environment variable TORCH_TODAY; without one it is left out.
"""

import inspect
import io
import json
import os
import pickle
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import torch
from torch import nn

import common

VERSION = str(torch.__version__)
RELEASE = tuple(int(part) for part in VERSION.split("+")[0].split(".")[:2])
TAG = "{}_{}".format(*RELEASE)
WORK = common.SCRATCH / "versions"
TODAY = os.environ.get("TORCH_TODAY")
BUFFER_ENDINGS = ("running_mean", "running_var", "num_batches_tracked")
LABELS = {"classes.txt": "water\nforest\nfield\nroad\nroof\n"}
BATCH_MAXIMUM = 15  # torch 2.1 and 2.2 choose a convolution by "batch < 16"

EXPORT = ("export_program",)
SAVED = ("state_dict", "checkpoint", "module")
SCRIPT = ("scripted", "traced")
RELEASES = {
    (1, 0): SAVED + SCRIPT,
    (1, 1): SCRIPT,
    (1, 4): SAVED + SCRIPT,
    (1, 5): SAVED + ("state_dict_early_zip",),
    (1, 6): SAVED + SCRIPT,
    (1, 8): SAVED,
    (1, 9): ("mobile",),
    (1, 13): SAVED + SCRIPT + ("mobile",),
    (2, 3): EXPORT + ("export_number",),
    (2, 6): EXPORT + ("aoti_package",),
}


class SmallNet(nn.Module):
    """A convolution, a batch norm and a linear layer: 3 x 8 x 8 and a factor in, 5 classes out."""

    def __init__(self):
        super(SmallNet, self).__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.bn = nn.BatchNorm2d(16)
        self.fc = nn.Linear(16, 5)

    def forward(self, x, scale: float = 1.0):
        x = torch.relu(self.bn(self.conv(x)))
        return self.fc(x.mean(dim=(2, 3))) * scale


def small_net():
    """A SmallNet with reproducible weights, its batch norm statistics moved by one training step."""
    torch.manual_seed(0)
    net = SmallNet()
    net(torch.randn(4, 3, 8, 8))
    return net.eval()


def place(format_id, name):
    """The path of an artifact, free to be written."""
    path = common._ROOT / format_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.unlink()
    return path


# ---------------------------------------------------------------- truth


def dtype_name(dtype):
    """A torch.dtype as the record spells it."""
    return str(dtype).replace("torch.", "")


def count(parameters, buffers):
    """The record's parameters object for tensors that share no storage."""
    parameters, buffers = list(parameters), list(buffers)
    types = {}
    for tensor in parameters + buffers:
        types[dtype_name(tensor.dtype)] = types.get(dtype_name(tensor.dtype), 0) + tensor.numel()
    return {
        "total": sum(tensor.numel() for tensor in parameters),
        "buffers": sum(tensor.numel() for tensor in buffers),
        "bytes": sum(tensor.numel() * tensor.element_size() for tensor in parameters + buffers),
        "data_types": types,
        "tensors": len(parameters + buffers),
    }


def count_state_dict(state):
    """Counts a state_dict, where only the names of batch norm statistics tell a buffer."""
    parameters = [tensor for name, tensor in state.items() if not name.endswith(BUFFER_ENDINGS)]
    buffers = [tensor for name, tensor in state.items() if name.endswith(BUFFER_ENDINGS)]
    return count(parameters, buffers)


def write(path, how, facts, version=None, loading=None, **truth):
    """Writes the truth of a model."""
    known = {"verdict": "model", "format": {"id": path.parent.name}, "facts": dict({"framework": "PyTorch"}, **facts)}
    if version:
        known["format"]["version"] = version
    if loading:
        known["loading"] = loading
    common.write_truth(path, written_by={"torch": VERSION}, how=how, record=known, **truth)


def today(code, *arguments):
    """What Python code prints under the current torch."""
    path = "import sys; sys.path.insert(0, {!r})\n".format(str(WORK))
    command = [TODAY, "-W", "ignore", "-c", path + code] + [str(argument) for argument in arguments]
    return subprocess.check_output(command, cwd=str(WORK), stderr=subprocess.PIPE, universal_newlines=True)


def torch_load_today(path, imports, preamble):
    """The loading object of a file that torch.load reads, by the current torch."""
    code = (
        "import json, pathlib, torch_truth\n"
        "path, imports, preamble = sys.argv[1:]\n"
        "print(json.dumps(torch_truth.torch_load_truth(pathlib.Path(path), json.loads(imports), preamble)))"
    )
    return json.loads(today(code, path, json.dumps(imports), preamble)) if TODAY else None


def loading_today(path, call):
    """The loading object of a file without pickled code, when the current torch loads it by this call."""
    if not TODAY:
        return None
    try:
        today("import torch, torch.jit.mobile\n{}(sys.argv[1])".format(call), path)
    except subprocess.CalledProcessError:
        return None
    return {"verdict": "data-only", "call": '{}("{}")'.format(call, path.name)}


# ---------------------------------------------------------------- torch.export


def export_program():
    """A batch that can vary and a second input, a tensor up to 2.3; 2.1 and 2.2 cannot load a program with a number."""
    if RELEASE < (2, 4):
        return write_export("program", torch.tensor(0.5), "a small CNN with two inputs, its batch can vary")
    how = "a small CNN, its batch can vary; a plain number was its second input and is a constant of the program"
    write_export("program", 0.5, how)


def export_number():
    """The form of torch 2.3, where a plain number is a user input that has a value and no name."""
    how = "a small CNN; a plain number was its second input and is kept as a user input without a name"
    write_export("number", 0.5, how)


def write_export(name, scale, how):
    if not hasattr(torch, "export"):
        return common.skip("torch {} has no torch.export".format(VERSION))
    path = place("torch-export", "{}_{}.pt2".format(name, TAG))
    torch.export.save(exported(scale), str(path), extra_files=dict(LABELS))
    program = torch.export.load(str(path))
    content, version = export_content(path)
    facts = {
        "framework_version": content.get("torch_version"),
        "artifact_type": "torch.export.save",
        "roles": ["mlm:model", "mlm:compiled"],
        "architecture": "SmallNet" if "SmallNet;" in json.dumps(content) else None,
        "parameters": count(*export_weights(program)),
        "inputs": export_inputs(program),
        "outputs": export_outputs(program),
    }
    facts = {key: value for key, value in facts.items() if value is not None}
    how = "torch.export.save by torch {}.{}: {}".format(*(RELEASE + (how,)))
    loading = loading_today(path, "torch.export.load")
    ranges = export_ranges(program)
    write(path, how, facts, version=version, loading=loading, payload=nested_payload(path), ranges=ranges)


def exported(scale):
    """The small CNN as an ExportedProgram."""
    net, arguments = small_net(), (torch.randn(2, 3, 8, 8), scale)
    if not hasattr(torch.export, "Dim"):
        batch = torch.export.dynamic_dim(arguments[0], 0)
        return torch.export.export(net, arguments, constraints=[batch <= BATCH_MAXIMUM])
    shapes = {"x": {0: torch.export.Dim("batch", max=BATCH_MAXIMUM)}, "scale": None}
    return torch.export.export(net, arguments, dynamic_shapes=shapes)


def export_content(path):
    """The program of an archive, and the version of its schema as the archive spells it."""
    with zipfile.ZipFile(str(path)) as archive:
        names = archive.namelist()
        program = next(n for n in names if n.endswith(("models/model.json", "serialized_exported_program.json")))
        content = json.loads(archive.read(program).decode())
        if "version" in names:
            return content, archive.read("version").decode()
        return content, "{major}.{minor}".format(**content["schema_version"])


def export_weights(program):
    """The parameters and the buffers of a loaded program."""
    signature = program.graph_signature
    return [[program.state_dict[name] for name in names] for names in (signature.parameters, signature.buffers)]


def export_inputs(program):
    """The inputs of a loaded program in order, without the constants among them."""
    signature = program.graph_signature
    weights = set(signature.inputs_to_parameters) | set(signature.inputs_to_buffers)
    nodes = [node for node in program.graph.nodes if node.op == "placeholder" and node.name not in weights]
    return [export_value(node) for node in nodes if isinstance(node.meta.get("val"), torch.Tensor)]


def export_outputs(program):
    """The outputs of a loaded program in order."""
    nodes = {node.name: node for node in program.graph.nodes}
    return [export_value(nodes[name]) for name in program.graph_signature.user_outputs]


def export_value(node):
    """One input or output, -1 for a symbolic size."""
    value = node.meta["val"]
    shape = [size if type(size) is int else -1 for size in value.shape]
    return {"name": node.name, "shape": shape, "data_type": dtype_name(value.dtype)}


def export_ranges(program):
    """The bounds of every symbolic size."""
    bounds = {str(symbol): bound for symbol, bound in program.range_constraints.items()}
    if RELEASE < (2, 2):
        return {symbol: [int(bound.min_val), int(bound.max_val)] for symbol, bound in bounds.items()}
    return {symbol: [int(bound.lower), int(bound.upper)] for symbol, bound in bounds.items()}


def nested_payload(path):
    """The ranges of tensors in an archive: its own entries of raw weights, and those of the torch.save files in it."""
    ranges = common.stored_ranges(path, lambda name: "/data/weights/weight_" in name)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            data = archive.read(info)
            if data[:4] != b"PK\x03\x04":
                continue
            assert info.compress_type == zipfile.ZIP_STORED
            name_length, extra_length = struct.unpack("<HH", whole[info.header_offset + 26 : info.header_offset + 30])
            start = info.header_offset + 30 + name_length + extra_length
            assert whole[start : start + len(data)] == data
            ranges += common.stored_ranges(data, lambda name: "/data/" in name, start)
    return sorted(ranges)


# ---------------------------------------------------------------- AOTInductor


def aoti_package():
    """A package of compiled code; the compiler is told to keep the library small."""
    if not hasattr(getattr(torch, "_inductor", None), "aoti_compile_and_package"):
        return common.skip("torch {} has no aoti_compile_and_package".format(VERSION))
    compiler = WORK / "c++"
    sections = "-ffunction-sections -fdata-sections -fvisibility-inlines-hidden -Wl,--gc-sections,-z,noseparate-code"
    compiler.write_text('#!/bin/sh\nexec g++ "$@" -s -Os {}\n'.format(sections))
    compiler.chmod(0o755)
    torch._inductor.config.cpp.cxx = (None, str(compiler))
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(WORK / "inductor")
    path = place("torch-aoti", "package_{}.pt2".format(TAG))
    torch.manual_seed(0)
    net, images = nn.Sequential(nn.Linear(32, 16), nn.ReLU()).eval(), torch.randn(2, 32)
    shapes = ({0: torch.export.Dim("batch", max=BATCH_MAXIMUM)},)
    program = torch.export.export(net, (images,), dynamic_shapes=shapes)
    torch._inductor.aoti_compile_and_package(program, package_path=str(path))
    assert torch.allclose(torch._inductor.aoti_load_package(str(path))(images), net(images))
    weight = net[0].weight.detach().numpy().tobytes()
    facts = {
        "artifact_type": "torch._inductor.aoti_compile_and_package",
        "roles": ["mlm:model", "mlm:compiled"],
        "compile_method": "aot",
    }
    how = "AOTInductor package by torch {}.{} for the CPU, the weights inside the shared library".format(*RELEASE)
    loading = {"call": 'torch._inductor.aoti_load_package("{}")'.format(path.name)}
    write(path, how, facts, loading=loading, payload=[[path.read_bytes().index(weight), len(weight)]])


# ---------------------------------------------------------------- torch.save


def save(kind, name, value, how, facts, preamble="", **options):
    """Saves a value in the form that is the default of the release, or as the options say, and writes its truth."""
    zipped = options.get("_use_new_zipfile_serialization", RELEASE >= (1, 6))
    path = place("torch-" + kind if zipped else "torch-legacy-" + kind, name)
    torch.save(value, str(path), **options)
    torch.load(str(path))
    if zipped:
        imports, payload = common.zip_pickle_imports(path), common.stored_ranges(path, is_storage)
    else:
        imports, payload = {"": legacy_imports(path)}, legacy_payload(path)
    how = "{}, saved by torch {}.{}".format(how, *RELEASE)
    facts = dict({"artifact_type": "torch.save"}, **facts)
    loading = torch_load_today(path, imports, preamble)
    write(path, how, facts, loading=loading, pickles=imports, payload=payload)


def is_storage(name):
    """Whether a zip entry of torch.save or torch.jit.save holds the bytes of a storage."""
    return any(folder in name for folder in ("/data/", "/constants/", "/tensors/", "/traced_inputs/"))


def state_dict(name="cnn", how="state_dict of a small CNN", **options):
    state = small_net().state_dict()
    facts = {"roles": ["mlm:model", "mlm:weights"], "parameters": count_state_dict(state)}
    save("state-dict", "{}_{}.pt".format(name, TAG), state, how, facts, **options)


def state_dict_early_zip():
    if "_use_new_zipfile_serialization" not in inspect.signature(torch.save).parameters:
        return common.skip("torch {} writes no zip file".format(VERSION))
    how = "state_dict of a small CNN as a zip file, when that was not yet the default"
    state_dict("cnn_early_zip", how, _use_new_zipfile_serialization=True)


def checkpoint():
    net = small_net().train()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    loss = net(torch.randn(4, 3, 8, 8)).pow(2).mean()
    loss.backward()
    optimizer.step()
    value = {
        "epoch": 3,
        "model_state_dict": net.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": loss.item(),
    }
    facts = {
        "roles": ["mlm:model", "mlm:weights", "mlm:checkpoint"],
        "parameters": count_state_dict(value["model_state_dict"]),
    }
    how = "checkpoint of a training: epoch, model_state_dict, optimizer_state_dict with momentum, loss"
    save("checkpoint", "training_{}.tar".format(TAG), value, how, facts)


def module():
    net = small_net()
    facts = {
        "roles": ["mlm:model"],
        "architecture": "SmallNet",
        "parameters": count(net.parameters(), net.buffers()),
    }
    how = "a whole nn.Module of a class that a script defined"
    save("module", "cnn_{}.pt".format(TAG), net, how, facts, preamble="from torch_versions import SmallNet")


def legacy_imports(path):
    """The imports of the five pickles at the start of a legacy file."""
    stream = io.BytesIO(path.read_bytes())
    found = {tuple(pair) for _ in range(5) for pair in common.import_walk(stream)}
    return [list(pair) for pair in sorted(found)]


class StorageSizes(pickle.Unpickler):
    """Reads the object pickle of a legacy file for the element size of each storage."""

    def __init__(self, stream):
        super(StorageSizes, self).__init__(stream)
        self.sizes = {}

    def persistent_load(self, saved_id):
        if saved_id[0] == "module":
            return saved_id[1]
        storage = saved_id[1](saved_id[4])
        self.sizes[saved_id[2]] = storage.element_size()
        return storage


def legacy_payload(path):
    """The ranges of the storages behind the pickles of a legacy file."""
    stream, ranges = io.BytesIO(path.read_bytes()), []
    for _ in range(3):
        pickle.load(stream)
    reader = StorageSizes(stream)
    reader.load()
    for key in pickle.load(stream):
        length = struct.unpack("<Q", stream.read(8))[0] * reader.sizes[key]
        if length >= common.PAYLOAD_MINIMUM:
            ranges.append([stream.tell(), length])
        stream.seek(length, io.SEEK_CUR)
    assert not stream.read()
    return ranges


# ---------------------------------------------------------------- TorchScript


def scripted():
    path = place("torchscript", "scripted_{}.pt".format(TAG))
    script_net().save(str(path))
    write_script(path, "torch.jit.script of a small CNN", torch.jit.load(str(path)))


def traced():
    path = place("torchscript", "traced_{}.pt".format(TAG))
    torch.jit.trace(small_net(), torch.zeros(2, 3, 8, 8)).save(str(path))
    write_script(path, "torch.jit.trace of a small CNN", torch.jit.load(str(path)))


def mobile():
    if not hasattr(torch.jit.ScriptModule, "_save_for_lite_interpreter"):
        return common.skip("torch {} has no lite interpreter".format(VERSION))
    from torch.jit.mobile import _load_for_lite_interpreter

    path = place("torchscript-mobile", "mobile_{}.ptl".format(TAG))
    net = script_net()
    net._save_for_lite_interpreter(str(path))
    images = torch.randn(2, 3, 8, 8)
    assert torch.allclose(_load_for_lite_interpreter(str(path))(images, 2.0), net(images, 2.0))
    how = "_save_for_lite_interpreter of a scripted small CNN"
    write_script(path, how, net)


def script_net():
    """The small CNN as TorchScript; before torch 1.2 only a ScriptModule can be scripted."""
    if RELEASE >= (1, 2):
        return torch.jit.script(small_net())

    class ScriptNet(torch.jit.ScriptModule):
        def __init__(self, net):
            super(ScriptNet, self).__init__(False)
            self.conv, self.bn, self.fc = net.conv, net.bn, net.fc

        @torch.jit.script_method
        def forward(self, x, scale: float):
            x = torch.relu(self.bn(self.conv(x)))
            return self.fc(x.mean(dim=(2, 3))) * scale

    return ScriptNet(small_net())


def write_script(path, how, module, call="torch.jit.load"):
    """Writes the truth of a TorchScript archive."""
    imports = common.zip_pickle_imports(path)
    facts = {
        "artifact_type": "torch.jit.save",
        "roles": ["mlm:model", "mlm:compiled"],
        "architecture": "SmallNet",
        "compile_method": "jit",
        "parameters": count(module.parameters(), module.buffers()),
        "inputs": [{"name": name} for name in argument_names(module)],
    }
    if not any(name == "SmallNet" for pairs in imports.values() for _, name in pairs):
        del facts["architecture"]
    loading = loading_today(path, call)
    how = "{}, saved by torch {}.{}".format(how, *RELEASE)
    write(path, how, facts, loading=loading, pickles=imports, payload=common.stored_ranges(path, is_storage))


def argument_names(module):
    """The names of forward's arguments."""
    schema = module.forward.schema if RELEASE > (1, 0) else module._get_method("forward").schema()
    return [argument.name for argument in schema.arguments if argument.name != "self"]


FUNCTIONS = [
    export_program, export_number, aoti_package,
    state_dict, state_dict_early_zip, checkpoint, module, scripted, traced, mobile,
]  # fmt: skip


def run_in_scratch(root):
    """Runs a copy of this script where the paths that artifacts keep are short and tell nothing."""
    WORK.mkdir(parents=True, exist_ok=True)
    for script in Path(__file__).resolve().parent.glob("*.py"):
        shutil.copy(str(script), str(WORK))
    arguments = ["--output", str(root)] + sys.argv[1:]
    os.execv(sys.executable, [sys.executable, "-W", "ignore", str(WORK / "torch_versions.py")] + arguments)


if __name__ == "__main__":
    if Path(__file__).resolve().parent != WORK:
        run_in_scratch(Path(__file__).resolve().parent.parent)
    wanted = common.start(__doc__).names or RELEASES.get(RELEASE, EXPORT)
    os.chdir(str(WORK))
    common.run_all(FUNCTIONS, wanted)
