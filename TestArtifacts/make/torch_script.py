"""Writes torchscript/ and torchscript-mobile/ with torch.jit.save of the current torch (2.13.0)."""

from typing import Dict, List, Optional, Tuple

import torch
from torch import nn
from torch.ao import quantization as ao

import common
from networks import small_net
from torch_truth import VERSIONS, count, count_module, is_storage_entry, loads, record


class Attention(nn.Module):
    """A network with submodules, buffers and constants, written for torch.jit.script."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(16, 16) for _ in range(2)])
        self.norm = nn.LayerNorm(16)
        self.register_buffer("mask", torch.ones(24, 24).tril())
        self.register_buffer("position", torch.arange(24), persistent=False)

    def forward(self, x: torch.Tensor, scale: float = 1.0) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(layer(x))
        length = x.size(1)
        weight = (x @ x.transpose(1, 2) * scale).masked_fill(self.mask[:length, :length] == 0, float("-inf"))
        return self.norm(weight.softmax(-1) @ x) + self.position[:length].unsqueeze(-1)


class EncoderDecoder(nn.Module):
    """Two methods beside each other, encode and decode, and no forward of its own worth calling."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(32, 8)
        self.outer = nn.Linear(8, 32)

    @torch.jit.export
    def encode(self, image: torch.Tensor) -> torch.Tensor:
        return self.inner(image)

    @torch.jit.export
    def decode(self, code: torch.Tensor) -> torch.Tensor:
        return self.outer(code)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.decode(self.encode(image))


class ManyTypes(nn.Module):
    """Inputs and outputs of every common type."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)

    def forward(
        self,
        image: torch.Tensor,
        sizes: Tuple[int, int],
        named: Dict[str, torch.Tensor],
        mask: Optional[torch.Tensor] = None,
        threshold: float = 0.5,
        labels: Optional[List[str]] = None,
        flip: bool = False,
    ) -> Tuple[Dict[str, torch.Tensor], List[torch.Tensor], Optional[int]]:
        x = self.fc(image) + named["bias"]
        if mask is not None:
            x = x * mask
        if flip:
            x = -x
        return (
            {"scores": x, "hits": x > threshold},
            [x[: sizes[0]], x[: sizes[1]]],
            None if labels is None else len(labels),
        )


class Normalize(nn.Module):
    """No weights of its own; what it subtracts is a constant of the code. Its forward does not say `self`."""

    def forward(this, image: torch.Tensor) -> torch.Tensor:
        return image - torch.tensor([0.5, 0.4, 0.3]).view(3, 1, 1)


class Quantized(nn.Module):
    """A convolution and a Linear, quantised; the Linear dynamically."""

    def __init__(self):
        super().__init__()
        self.quantize = ao.QuantStub()
        self.conv = nn.Conv2d(3, 8, 3)
        self.dequantize = ao.DeQuantStub()
        self.fc = nn.Linear(8, 5)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.fc(self.dequantize(self.conv(self.quantize(image))).mean(dim=(2, 3)))


def write(path, how, module, parameters=None, call="torch.jit.load", **facts):
    """Writes the truth of a TorchScript archive after loading it in a fresh process."""
    call = f'{call}("{path.name}")'
    if not loads(path, call):
        raise RuntimeError(f"{path.name} does not load")
    facts = {
        **facts,
        "compile_method": "jit",
        "parameters": parameters or (count_module(module) if module.state_dict() else None),
        "inputs": [{"name": name} for name in argument_names(module)],
    }
    common.write_truth(
        path,
        written_by=VERSIONS,
        how=how,
        record=record(path.parent.name, facts, {"verdict": "data-only", "call": call}),
        pickles=common.zip_pickle_imports(path),
        payload=common.stored_ranges(path, is_storage_entry),
    )


def argument_names(module):
    """The names of forward's arguments as the saved schema holds them."""
    return [argument.name for argument in module.forward.schema.arguments[1:]]


def scripted():
    torch.manual_seed(60)
    path = common.place("torchscript", "scripted.pt")
    module = torch.jit.script(Attention().eval())
    module.save(str(path))
    write(path, "torch.jit.script of a network with a ModuleList and buffers", module, architecture="Attention")


def scripted_cnn():
    path = common.place("torchscript", "scripted_cnn.pt")
    module = torch.jit.script(small_net(61))
    module.save(str(path))
    write(path, "torch.jit.script of a small CNN with batch norm", module, architecture="Net")


def traced():
    path = common.place("torchscript", "traced.pt")
    module = torch.jit.trace(small_net(62), torch.zeros(2, 3, 16, 16))
    torch.jit.save(module, path)
    how = "torch.jit.trace; the example input lies in traced_inputs.pkl: its batch of 2 and size of 16 are examples"
    write(path, how, module, architecture="Net")


def frozen():
    path = common.place("torchscript", "frozen.pt")
    net = small_net(63)
    module = torch.jit.freeze(torch.jit.script(net))
    torch.jit.save(module, path)
    parameters = count(module.code_with_constants[1].const_mapping.values())
    how = "torch.jit.freeze: the weights are constants of the code, in constants/"
    write(path, how, module, parameters, architecture="Net")


def extra_files():
    path = common.place("torchscript", "extra_files.pt")
    extra = {
        "config.json": '{"in_channels": 3, "image_size": 16, "normalize": true}',
        "labels.txt": "water\nforest\nfield\nroad\nroof\n",
    }
    module = torch.jit.script(small_net(64))
    torch.jit.save(module, path, _extra_files=extra)
    write(path, "with _extra_files config.json and labels.txt", module, architecture="Net")


def methods():
    torch.manual_seed(65)
    path = common.place("torchscript", "methods.pt")
    module = torch.jit.script(EncoderDecoder())
    torch.jit.save(module, path)
    write(path, "exported methods encode and decode beside forward", module, architecture="EncoderDecoder")


def many_types():
    torch.manual_seed(66)
    path = common.place("torchscript", "many_types.ts")
    module = torch.jit.script(ManyTypes())
    torch.jit.save(module, path)
    how = "a forward with Tuple, Dict, Optional, List, float and bool arguments and a tuple of containers as its result"
    write(path, how, module, architecture="ManyTypes")


def constants():
    path = common.place("torchscript", "constants.pt")
    module = torch.jit.trace(Normalize(), torch.zeros(1, 3, 8, 8))
    torch.jit.save(module, path)
    write(path, "a traced module without weights; a constant of its code is none", module, architecture="Normalize")


def receiver():
    torch.manual_seed(68)
    path = common.place("torchscript", "receiver.pt")
    module = torch.jit.script(Normalize())
    torch.jit.save(module, path)
    write(path, "forward(this, image): the module itself is no input", module, architecture="Normalize")


def function():
    path = common.place("torchscript", "function.pt")
    torch.jit.save(torch.jit.trace(lambda image: image + 1, torch.zeros(2, 3)), str(path))
    loaded = torch.jit.load(path)
    write(path, "a traced function: torch.jit puts it into a PlaceholderModule", loaded, architecture=None)


def quantized():
    torch.manual_seed(69)
    path = common.place("torchscript", "quantized.pt")
    net = Quantized().eval()
    for part in (net.quantize, net.conv, net.dequantize):
        part.qconfig = ao.get_default_qconfig("fbgemm")
    ao.prepare(net, inplace=True)
    net(torch.randn(2, 3, 8, 8))
    ao.convert(net, inplace=True)
    net = ao.quantize_dynamic(net, {nn.Linear}, dtype=torch.qint8)
    torch.jit.save(torch.jit.script(net), path)
    weights = [net.conv.weight(), net.conv.bias(), net.fc.weight(), net.fc.bias()]
    how = "static and dynamic quantisation: torch counts no parameters, the weights are in packed parameters"
    write(path, how, torch.jit.load(path), count(weights, net.buffers()), architecture="Quantized")


def mobile():
    path = common.place("torchscript-mobile", "mobile.ptl")
    module = torch.jit.script(small_net(67))
    module._save_for_lite_interpreter(str(path))
    assert loads(path, f'torch.jit.mobile._load_for_lite_interpreter("{path.name}")', "import torch.jit.mobile")
    write(path, "for the lite interpreter, with bytecode.pkl", module, architecture="Net")


FUNCTIONS = [
    scripted, scripted_cnn, traced, frozen, extra_files, methods, many_types, constants, receiver, function, quantized,
    mobile,
]  # fmt: skip

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
