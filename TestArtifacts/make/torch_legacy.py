"""Writes torch-legacy-*/: what torch.save wrote before torch 1.6, by torch 2.13.0, and by hand what it wrote before 0.2."""

import io
import pickle
import struct
import tarfile
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

import common
from networks import small_net
from torch_truth import VERSIONS, count_module, count_state_dict, record, torch_load_truth, write_legacy

CLASS = "from networks import Net"


def save_legacy(format_id, name, value, how, parameters, preamble="", protocol=2, **facts):
    """Saves in the form before torch 1.6 and writes the truth."""
    path = common.place(format_id, name)
    with neutral_sources():
        torch.save(value, path, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    write_legacy(path, how, {**facts, "parameters": parameters}, preamble=preamble)


class neutral_sources:
    """While active, legacy files name the sources of pickled classes without the folders of this machine."""

    def __enter__(self):
        self.original = torch.serialization.get_source_lines_and_file
        torch.serialization.get_source_lines_and_file = self.neutral

    def __exit__(self, *_):
        torch.serialization.get_source_lines_and_file = self.original

    def neutral(self, cls):
        lines, start, file = self.original(cls)
        return lines, start, f"/home/user/project/{Path(file).name}"


def state_dict():
    state = small_net(45).state_dict()
    how = "state_dict of a small CNN as a row of five pickles and the raw storages"
    save_legacy("torch-legacy-state-dict", "net.pth", state, how, count_state_dict(state))


def state_dict_protocol_4():
    state = small_net(46).state_dict()
    how = "as net.pth, with pickle_protocol=4: every pickle starts with a frame"
    save_legacy("torch-legacy-state-dict", "protocol_4.pth", state, how, count_state_dict(state), protocol=4)


def state_dict_tied():
    torch.manual_seed(47)
    weight = torch.randn(64, 16)
    state = OrderedDict([("encoder.weight", weight), ("decoder.weight", weight), ("decoder.bias", torch.zeros(64))])
    how = "one tensor under two names"
    save_legacy("torch-legacy-state-dict", "tied.pt", state, how, count_state_dict(state))


def checkpoint():
    net = small_net(48).train()
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.randn(4, 3, 16, 16)).square().mean().backward()
    optimizer.step()
    values = {"epoch": 1, "arch": "net", "state_dict": net.state_dict(), "optimizer": optimizer.state_dict()}
    how = "the checkpoint of torch's ImageNet example, with the double ending it uses"
    parameters = count_state_dict(net.state_dict())
    save_legacy(
        "torch-legacy-checkpoint", "imagenet_example.pth.tar", values, how, parameters, architecture="net"
    )


def checkpoint_protocol_4():
    net = small_net(49)
    values = {"model": net.state_dict(), "epoch": 4, "loss": 0.25}
    how = "model, epoch and loss with pickle_protocol=4"
    save_legacy("torch-legacy-checkpoint", "protocol_4.pt", values, how, count_state_dict(net.state_dict()), protocol=4)


def module():
    net = small_net(50)
    how = "a whole module of the class networks.Net; the source of every class lies in the persistent ids"
    facts = {"preamble": CLASS, "architecture": "Net"}
    save_legacy("torch-legacy-module", "net.pt", net, how, count_module(net), **facts)


def module_protocol_4():
    torch.manual_seed(51)
    net = nn.Sequential(nn.Linear(32, 32), nn.Sigmoid())
    how = "nn.Sequential with pickle_protocol=4"
    save_legacy(
        "torch-legacy-module", "protocol_4.pt", net, how, count_module(net), protocol=4, architecture="Sequential"
    )


class OldestWriter:
    """Writes the tar of torch 0.1.x: storages, tensors and the pickle that names tensors by number."""

    def __init__(self):
        self.storages, self.tensors = io.BytesIO(), io.BytesIO()
        self.ranges = []

    def storage(self, key, data):
        pickle.dump(
            (key, "cpu", getattr(torch, data.type().rpartition(".")[2].replace("Tensor", "Storage"))), self.storages, 2
        )
        self.storages.write(struct.pack("<q", data.numel()))
        raw = data.numpy().tobytes()
        if len(raw) >= common.PAYLOAD_MINIMUM:
            self.ranges.append([self.storages.tell(), len(raw)])
        self.storages.write(raw)

    def tensor(self, key, storage, like):
        pickle.dump((key, storage, getattr(torch, like.type().rpartition(".")[2])), self.tensors, 2)
        sizes, strides, offset = like.size(), like.stride(), like.storage_offset()
        self.tensors.write(struct.pack(f"<ii{len(sizes)}q{len(strides)}qq", len(sizes), 0, *sizes, *strides, offset))


class NumberedTensor:
    """Stands for a tensor in the pickle."""

    def __init__(self, number):
        self.number = number


class OldestPickler(pickle.Pickler):
    """Pickles numbered tensors as their numbers, which the tar's other members resolve."""

    def persistent_id(self, value):
        return str(value.number) if isinstance(value, NumberedTensor) else None


def oldest():
    torch.manual_seed(52)
    weight, bias, steps = torch.randn(32, 16), torch.randn(40)[8:], torch.arange(3)
    writer = OldestWriter()
    pickle.dump(3, writer.storages, 2)
    for key, tensor in ((101, weight), (102, bias), (103, steps)):
        flat = torch.empty(0, dtype=tensor.dtype).set_(tensor.untyped_storage())
        writer.storage(key, flat)
    part = weight[1:5]
    pickle.dump([(104, 101, part.storage_offset(), part.numel())], writer.storages, 2)
    pickle.dump(4, writer.tensors, 2)
    for key, storage, like in ((1, 101, weight), (2, 102, bias), (3, 103, steps), (4, 104, part.clone())):
        writer.tensor(key, storage, like)
    state = OrderedDict([("fc.weight", 1), ("fc.bias", 2), ("steps", 3), ("head.weight", 4)])
    body, info = io.BytesIO(), io.BytesIO()
    OldestPickler(body, 2).dump(OrderedDict((name, NumberedTensor(number)) for name, number in state.items()))
    pickle.dump(
        {"protocol_version": 1000, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, info, 2
    )

    path = common.place("torch-legacy-state-dict", "oldest.tar")
    members = {"sys_info": info, "pickle": body, "tensors": writer.tensors, "storages": writer.storages}
    with tarfile.open(path, "w:", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(data.getvalue())
            archive.addfile(header, io.BytesIO(data.getvalue()))
    with tarfile.open(path) as archive:
        start = archive.getmember("storages").offset_data

    loaded = torch.load(path, weights_only=False)
    values = {"fc.weight": weight, "fc.bias": bias, "steps": steps, "head.weight": part}
    assert all(torch.equal(loaded[name], value) for name, value in values.items())
    imports = {
        "pickle": common.pickle_imports(body.getvalue()),
        "storages": [["torch", "FloatStorage"], ["torch", "LongStorage"]],
        "tensors": [["torch", "FloatTensor"], ["torch", "LongTensor"]],
    }
    how = (
        "the tar of torch 0.1.x as torch.load still reads it, written by hand: storages, tensors, pickle, sys_info; "
        "head.weight is a storage view (rows 1 to 4 of fc.weight), fc.bias starts at element 8 of its storage"
    )
    facts = {"parameters": count_state_dict(values)}
    known = record("torch-legacy-state-dict", facts, torch_load_truth(path, imports))
    payload = [[start + offset, length] for offset, length in writer.ranges]
    common.write_truth(path, written_by=VERSIONS, how=how, record=known, pickles=imports, payload=payload)


FUNCTIONS = [
    state_dict, state_dict_protocol_4, state_dict_tied, checkpoint, checkpoint_protocol_4, module, module_protocol_4, oldest,
]  # fmt: skip

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
