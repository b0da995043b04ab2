"""Writes torch-module/ with torch.save of the current torch (2.13.0)."""

from collections import OrderedDict

import torch
import torch.fx
from torch import nn

import common
from torch_truth import count_module, write_saved

CLASS = "from torch_module import Net"


class Net(nn.Module):
    """A network of the user's own, so that its pickle names __main__.Net."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 7, padding=3)
        self.norm = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8, 5)
        self.register_buffer("scale", torch.full((1,), 255.0), persistent=False)
        self.classes = ["water", "forest", "field", "road", "roof"]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(torch.relu(self.norm(self.conv(x / self.scale))).mean(dim=(2, 3)))


def seeded_net(seed):
    """A Net with reproducible weights."""
    torch.manual_seed(seed)
    return Net().eval()


def save(name, module, how, **facts):
    """Saves a whole module under its name and writes its truth."""
    path = common.place("torch-module", name)
    torch.save(module, path)
    write_saved(path, how, {**facts, "parameters": count_module(module)}, preamble=CLASS)


def net():
    save("net.pt", seeded_net(40), "a whole module of the user's class, __main__.Net", architecture="Net")


def sequential():
    torch.manual_seed(41)
    module = nn.Sequential(OrderedDict(conv=nn.Conv2d(3, 8, 7), act=nn.ReLU(), flat=nn.Flatten(), fc=nn.LazyLinear(4)))
    module(torch.zeros(1, 3, 9, 9))
    save("sequential.pt", module, "nn.Sequential of torch.nn classes alone", architecture="Sequential")


def compiled():
    how = "a module wrapped by torch.compile: torch._dynamo.eval_frame.OptimizedModule around __main__.Net"
    save("compiled.pt", torch.compile(seeded_net(42)), how, architecture="Net", compile_method="jit")


def data_parallel():
    module = nn.DataParallel(seeded_net(43))
    save("data_parallel.pt", module, "nn.DataParallel around __main__.Net", architecture="Net")


def shared_layers():
    torch.manual_seed(44)
    layer = nn.Linear(24, 24)
    module = nn.Sequential(layer, nn.Tanh(), layer, nn.Tanh(), nn.Linear(24, 2))
    save("shared_layers.pt", module, "nn.Sequential that uses one Linear twice", architecture="Sequential")


def averaged():
    module = torch.optim.swa_utils.AveragedModel(seeded_net(46))
    path = common.place("torch-module", "averaged.pt")
    torch.save(module, path)
    facts = {"architecture": "Net", "parameters": count_module(module.module)}
    write_saved(path, "AveragedModel of torch.optim.swa_utils around __main__.Net", facts, preamble=CLASS)


def quantized():
    torch.manual_seed(47)
    module = torch.ao.quantization.quantize_dynamic(nn.Sequential(nn.Linear(8, 4)).eval(), dtype=torch.qint8)
    path = common.place("torch-module", "quantized.pt")
    torch.save(module, path)
    how = "a quantised Linear: torch counts no parameters, its weights are packed into a ScriptObject"
    write_saved(path, how, {"architecture": "Sequential", "parameters": None})


def graph():
    torch.manual_seed(45)
    module = torch.fx.symbolic_trace(nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()).eval())
    how = "torch.fx.GraphModule: its pickle holds the source of forward, which is compiled when it is loaded"
    save("graph.pt", module, how)


FUNCTIONS = [net, sequential, compiled, data_parallel, shared_layers, averaged, quantized, graph]

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
