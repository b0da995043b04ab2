"""Writes what needs operators or classes of other libraries to be loaded, with their truths.

Run once with torch 2.13.0, torchvision 0.28.0, torchao 0.18.0 and yacs 0.1.8, and once with torch 1.13 and torchvision 0.14 as
Debian 12 has them, with yacs, for which only `nms` and `configured` are made.
"""

import subprocess
import sys
import warnings

import torch
from torch import nn

import common
from torch_truth import VERSIONS, declare_vision_operators, record

RELEASE = "_".join(str(torch.__version__).split(".")[:2])
IS_NEW = not RELEASE.startswith("1_")
warnings.simplefilter("ignore")
if IS_NEW:
    VISION = declare_vision_operators()
import torchvision


class Boxes(nn.Module):
    """The last step of a detector."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))

    def forward(self, boxes: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        return torch.ops.torchvision.nms(boxes * self.scale, scores, 0.5)


def works(path, first, call):
    """Whether the call works in a fresh process after these imports, where their libraries fit the torch in use."""
    code = f"{first}\nimport torch\nloaded = {call}"
    return subprocess.run([sys.executable, "-c", code], cwd=path.parent, capture_output=True).returncode == 0


def nms():
    path = common.place("torchscript", f"nms_{RELEASE}.pt")
    script = torch.jit.script(Boxes())
    torch.jit.save(script, path)
    call = f'torch.jit.load("{path.name}")'
    assert not works(path, "", call)
    if not IS_NEW:
        assert works(path, "import torchvision", call)
    known = record("torchscript", {"architecture": "Boxes", "parameters": {"total": 4, "data_types": {"float32": 4}}},
                   {"verdict": "needs-code", "call": call, "first": ["torchvision"]})
    common.write_truth(path, written_by={**VERSIONS, "torchvision": torchvision.__version__},
                       how="an operator of torchvision, which has to be imported before the call", record=known,
                       pickles=common.zip_pickle_imports(path),
                       payload=common.stored_ranges(path, lambda name: "/data/" in name or "/constants/" in name))


def configured():
    from yacs.config import CfgNode

    state = nn.Conv2d(3, 2, 1).state_dict()
    settings = CfgNode({"MODEL": {"NAME": "tiny", "NUM_CLASSES": 2}})
    path = common.place("torch-checkpoint", f"configured_{RELEASE}.pt")
    torch.save({"model": state, "cfg": settings, "epoch": 1}, path)
    call = f'torch.load("{path.name}", weights_only=False)'
    assert works(path, "", call)
    known = record("torch-checkpoint", {"parameters": {"total": 8, "data_types": {"float32": 8}}},
                   {"verdict": "needs-code", "call": call})
    common.write_truth(path, written_by={**VERSIONS, "yacs": "0.1.8"}, how="settings of yacs beside the weights", record=known,
                       pickles=common.zip_pickle_imports(path),
                       payload=common.stored_ranges(path, lambda name: "/data/" in name))


def exported_nms():
    if not IS_NEW:
        return
    torch.library.register_fake("torchvision::nms")(lambda boxes, scores, limit: boxes.new_empty((2,), dtype=torch.int64))
    program = torch.export.export(Boxes(), (torch.rand(8, 4), torch.rand(8)))
    path = common.place("torch-export", "nms.pt2")
    torch.export.save(program, path)
    call = f'torch.export.load("{path.name}")'
    assert not works(path, "", call)
    inputs = [{"name": "boxes", "shape": [8, 4], "data_type": "float32"}, {"name": "scores", "shape": [8], "data_type": "float32"}]
    known = record("torch-export", {"architecture": "Boxes", "inputs": inputs,
                                    "parameters": {"total": 4, "data_types": {"float32": 4}}},
                   {"verdict": "needs-code", "call": call, "first": ["torchvision"]})
    common.write_truth(path, written_by={**VERSIONS, "torchvision": torchvision.__version__},
                       how="an operator of torchvision, which has to be imported before the call", record=known,
                       payload=common.stored_ranges(path, lambda name: "/data/weights/weight_" in name))


def packed_int8():
    if not IS_NEW:
        return
    import torchao
    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    model = nn.Sequential(nn.Linear(32, 16, bias=False))
    quantize_(model, Int8WeightOnlyConfig())
    path = common.place("torch-state-dict", "packed_int8.pt")
    torch.save(model.state_dict(), path)
    known = record("torch-state-dict", {"parameters": {"total": 512, "bits": 8}}, {"verdict": "needs-code"})
    common.write_truth(path, written_by={**VERSIONS, "torchao": torchao.__version__},
                       how="weights of torchao in 8 bits, which stand for as many in floating point", record=known,
                       pickles=common.zip_pickle_imports(path),
                       payload=common.stored_ranges(path, lambda name: "/data/" in name))


if __name__ == "__main__":
    common.run_all([nms, configured, exported_nms, packed_int8], common.start(__doc__).names)
