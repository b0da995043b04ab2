"""Writes TorchScript archives and exported programs that do more than compute (needs torch 2.13)."""

import json
import os
import pickle
import zipfile

import torch
from torch import nn

from common import SCRATCH, place, rewrite_zip, run_all, start, write_truth

WRITTEN_BY = {"torch": torch.__version__}


def truth(path, how, kind, verdict, *codes, **loading):
    record = {"verdict": "model", "format": {"id": kind}, "loading": {"verdict": verdict, **loading}}
    if codes:
        record["findings"] = [{"code": code} for code in codes]
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


class Double(nn.Module):
    def forward(self, x):
        return x * 2


def script_changed(name, change, how, verdict, *codes, **loading):
    """A scripted module whose code goes through `change`."""
    path = place("hostile", name)
    torch.jit.save(torch.jit.script(Double()), str(path))
    rewrite_zip(path, lambda name, data: change(data) if name.endswith("__torch__.py") else
                None if name.endswith(".debug_pkl") else data)
    truth(path, how, "torchscript", verdict, *codes, **loading)


def script_setstate():
    class Restores(nn.Module):
        @torch.jit.export
        def __getstate__(self):
            return (self.training,)

        @torch.jit.export
        def __setstate__(self, state: tuple[bool]):
            print("restored")
            self.training = state[0]

        def forward(self, x):
            return x

    path = place("hostile", "script_setstate.pt")
    torch.jit.save(torch.jit.script(Restores()), str(path))
    assert "restored" in printed(path)
    truth(path, "prints while it is loaded", "torchscript", "needs-code", "torchscript.runs-at-load")


def printed(path):
    from common import fresh

    return fresh("import sys, torch; torch.jit.load(sys.argv[1])", path)


def script_save():
    class Saves(nn.Module):
        def forward(self, x):
            torch.save(x, "nowhere")
            return x

    path = place("hostile", "script_save.pt")
    torch.jit.save(torch.jit.script(Saves()), str(path))
    truth(path, "writes a file when it is run", "torchscript", "dangerous", "torch.reaches-files")


def script_method_save():
    script_changed(
        "script_method_save.pt", lambda data: data.replace(b"return torch.mul(x, 2)", b'(x).save("nowhere")\n    return x'),
        "the same operator in the form of a method", "dangerous", "torch.reaches-files")


def script_from_file():
    script_changed(
        "script_from_file.pt",
        lambda data: data.replace(b"torch.mul(x, 2)", b'torch.from_file("nowhere", False, 4, dtype=None, layout=None, device=None, pin_memory=None)'),
        "maps a file when it is run", "dangerous", "torch.reaches-files")


def script_foreign_operator():
    library = torch.library.Library("landcover", "DEF")
    library.define("clip(Tensor x) -> Tensor")
    library.impl("clip", lambda x: x, "CompositeExplicitAutograd")

    class Clips(nn.Module):
        def forward(self, x):
            return torch.ops.landcover.clip(x)

    path = place("hostile", "script_foreign_operator.pt")
    torch.jit.save(torch.jit.script(Clips()), str(path))
    truth(path, "an operator of a library", "torchscript", "needs-code", "torch.custom-operators")
    path = place("hostile", "program_foreign_operator.pt2")

    @torch.library.register_fake("landcover::clip", lib=library)
    def _(x):
        return torch.empty_like(x)

    torch.export.save(torch.export.export(Clips(), (torch.ones(2),)), str(path))
    truth(path, "the same in an exported program", "torch-export", "needs-code", "torch.custom-operators")


def script_torchvision():
    script_changed(
        "script_torchvision.pt", lambda data: data.replace(b"torch.mul(x, 2)", b"ops.torchvision.nms(x, x, 0.5)"),
        "an operator of torchvision", "needs-code", "torch.custom-operators", first=["torchvision"])


def script_second_folder():
    path = place("torchscript", "second_folder.pt")
    torch.jit.save(torch.jit.script(Double()), str(path))
    rewrite_zip(path, lambda name, data: None if name.endswith(".debug_pkl") else data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo("notes/readme.txt"), b"a note")
    assert torch.jit.load(str(path))(torch.ones(1)).item() == 2
    truth(path, "a further folder, which torch does not look at", "torchscript", "data-only")


def program_expression():
    """sympy evaluates what stands for a size; here it only asks for the length of a text."""
    path = place("hostile", "program_expression.pt2")
    size = torch.export.Dim("n", min=2, max=64)
    program = torch.export.export(Double(), (torch.ones(4, 3),), dynamic_shapes={"x": {0: size}})
    torch.export.save(program, str(path))

    def change(name, data):
        if not name.endswith("models/model.json"):
            return data
        text = data.decode()
        start = text.index('"expr_str": "') + 13
        end = text.index('"', start)
        return (text[:start] + "().__class__.__name__.__len__()" + text[end:]).encode()

    rewrite_zip(path, change)
    truth(path, "an expression of a size that reaches attributes of Python's objects", "torch-export", "dangerous",
          "torch.expression-code")


class Command:
    def __reduce__(self):
        return os.system, ("true",)


def distributed_item():
    """`load_bytes` of the planner calls torch.load with weights_only=False for all that is no tensor."""
    from torch.distributed import checkpoint

    path = place("hostile", "distributed_item")
    state = {"weight": torch.ones(2, 3), "bias": torch.ones(3), "note": Command()}
    checkpoint.save(state, checkpoint_id=str(path), no_dist=True)
    truth(path, "an item beside the tensors that calls os.system", "torch-dcp", "dangerous", "pickle.dangerous-import")


def distributed_outside():
    """The file of an item is a path, which leads anywhere."""
    from torch.distributed import checkpoint

    path = place("hostile", "distributed_outside")
    checkpoint.save({"weight": torch.ones(2, 3), "note": "a text"}, checkpoint_id=str(path), no_dist=True)
    metadata = checkpoint.FileSystemReader(path).read_metadata()
    for index, info in metadata.storage_data.items():
        if index.fqn == "note":
            info.relative_path = "../elsewhere.distcp"
    (path / ".metadata").write_bytes(pickle.dumps(metadata))
    truth(path, "an item whose file lies outside", "torch-dcp", "needs-code", "torch.checkpoint-item-unreadable", "shards.missing")


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all([
        script_setstate, script_save, script_method_save, script_from_file, script_foreign_operator, script_torchvision,
        script_second_folder, program_expression, distributed_item, distributed_outside,
    ], arguments.names)
