"""Writes torch-aoti/, and torch-export/with_compiled_code.pt2, with AOTInductor of the current torch (2.13.0) and g++.

The shared objects are stripped before they are packed, which makes them five times smaller, and the comments with
the compiler's command line are taken out of the sources.
"""

import os
import re
import subprocess
from pathlib import Path

import torch
from torch import nn
from torch.export import Dim, export
from torch.export.pt2_archive import _package

import common
from torch_export_truth import write
from torch_truth import VERSIONS, loads, record

FORMAT = "torch-aoti"
METADATA = {"author": "an example", "purpose": "test"}


class Classifier(nn.Module):
    """Two layers, small enough to compile in seconds."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(12, 64)
        self.head = nn.Linear(64, 5)

    def forward(self, features):
        return self.head(torch.relu(self.hidden(features)))


def program(seed):
    """An exported Classifier whose batch varies."""
    torch.manual_seed(seed)
    return export(Classifier().eval(), (torch.randn(4, 12),), dynamic_shapes={"features": {0: Dim("batch", max=512)}})


def compile_files(exported, **options):
    """Compiles a program for the CPU and returns the files of its package, stripped of symbols and machine paths."""
    prefixed = {f"aot_inductor.{name}": value for name, value in options.items()}
    inputs = exported.example_inputs[0]
    files = torch._inductor.aot_compile(exported.module(), inputs, options={"aot_inductor.package": True, **prefixed})
    for file in files:
        if str(file).endswith(".so"):
            subprocess.run(["strip", "--strip-unneeded", file], check=True)
        elif str(file).endswith(".cpp"):
            source = Path(file).read_text()
            Path(file).write_text(source.partition("// Compile cmd")[0])
    return files


def constants(path, exported):
    """The ranges of a program's larger constants wherever they lie in an archive, shared objects included."""
    raw = [tensor.detach().numpy().tobytes() for tensor in exported.parameters()]
    large = [part for part in raw if len(part) >= common.PAYLOAD_MINIMUM]
    data = path.read_bytes()
    return sorted([found.start(), len(part)] for part in large for found in re.finditer(re.escape(part), data))


def write_compiled(path, how, exported, proof=None, **facts):
    """Runs a package in a fresh process, by its usual call or by a longer proof, and writes its truth."""
    call = None if proof else f'torch._inductor.aoti_load_package("{path.name}")'
    check = f"assert {proof or call}(torch.randn(3, 12)).shape == (3, 5)"
    assert loads(path, check, preamble="import torch.export.pt2_archive._package")
    known = record(FORMAT, {"compile_method": "aot", **facts}, call and {"call": call})
    common.write_truth(path, written_by=VERSIONS, how=how, record=known, payload=constants(path, exported))


def compiled():
    exported = program(120)
    path = common.place(FORMAT, "compiled.pt2")
    files = compile_files(exported, metadata=METADATA)
    _package.package_pt2(path, aoti_files=files)
    how = "compiled for the CPU, weights inside the shared object, two metadata entries of the user's own"
    write_compiled(path, how, exported)


def weights_outside():
    exported = program(121)
    path = common.place(FORMAT, "weights_outside.pt2")
    options = {"package_constants_in_so": False, "package_constants_on_disk_format": "pickle_weights"}
    _package.package_pt2(path, aoti_files={"classifier": compile_files(exported, **options)})
    # Small weights are compiled into the library, so the archive does not say how many there are.
    how = "compiled under the name classifier, the larger weights as torch.save files in data/weights"
    load = f'torch.export.pt2_archive._package.load_pt2("{path.name}", load_weights_from_disk=True)'
    write_compiled(path, how, exported, f'{load}.aoti_runners["classifier"]')


def weights_blob():
    exported = program(122)
    path = common.place(FORMAT, "weights_blob.pt2")
    options = {"package_constants_in_so": False, "package_constants_on_disk_format": "binary_blob"}
    _package.package_pt2(path, aoti_files=compile_files(exported, **options))
    write_compiled(path, "compiled, weights in one blob beside the shared object", exported)


def with_compiled_code():
    exported = program(123)
    path = common.place("torch-export", "with_compiled_code.pt2")
    _package.package_pt2(path, exported_programs={"model": exported}, aoti_files={"model": compile_files(exported)})
    how = "an ExportedProgram and its AOTInductor code in one archive, each with the weights"
    write(path, how, payload_ranges=constants(path, exported), compile_method="aot")
    assert loads(path, f'torch._inductor.aoti_load_package("{path.name}")(torch.randn(3, 12))')


FUNCTIONS = [compiled, weights_outside, weights_blob, with_compiled_code]

if __name__ == "__main__":
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(common.SCRATCH / "inductor")
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
