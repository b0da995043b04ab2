"""Writes torch-state-dict/ and torch-save-other/ with torch.save of the current torch (2.13.0)."""

import io
from collections import OrderedDict

import torch
from torch import nn

import common
from networks import Net, TiedLanguageModel, small_net
from torch_truth import count_state_dict, write_saved

FORMAT = "torch-state-dict"


def save(name, state, how, parameters=None, **facts):
    """Saves a state_dict under its name and writes its truth."""
    path = common.place(FORMAT, name)
    torch.save(state, path)
    write_saved(path, how, {**facts, "parameters": parameters or count_state_dict(state)})


def net():
    save("net.pt", small_net().state_dict(), "state_dict of a small CNN with batch norm, saved to a path")


def tied():
    torch.manual_seed(1)
    model = TiedLanguageModel()
    save("tied.pt", model.state_dict(), "encoder.weight and decoder.weight are one tensor; one storage in the file")


def views():
    torch.manual_seed(2)
    flat = torch.randn(1000)
    square = torch.randn(20, 20)
    state = OrderedDict(
        [
            ("head.weight", flat[:600].view(20, 30)),
            ("tail.weight", flat[400:].view(30, 20)),
            ("square.weight", square),
            ("square_transposed.weight", square.t()),
            ("column.bias", square[:, 3]),
            ("repeated.bias", torch.randn(1).expand(64)),
        ]
    )
    how = (
        "tensors that overlap, transpose, slice and repeat the elements of three storages; "
        "every element of a storage counts once, and two tensors of the same elements are one"
    )
    save("views.pt", state, how)


def overlapping_views():
    """Views with gaps: some share elements, others lie between each other's."""
    torch.manual_seed(3)
    square, lines, windows, pairs = torch.randn(10, 10), torch.randn(30), torch.randn(12), torch.randn(6, 4)
    state = OrderedDict(
        [
            ("left.weight", square[:, :6]),
            ("right.weight", square[:, 4:]),
            ("start.weight", lines[:9]),
            ("even.weight", lines[0:10:2]),
            ("odd.weight", lines[11::2]),
            ("other.weight", lines[10::2]),
            ("windows.weight", windows.unfold(0, 4, 1)),
            ("first.weight", pairs[:, 0]),
            ("second.weight", pairs[:, 1]),
            ("rows.weight", pairs[2:4]),
        ]
    )
    how = "slices of four storages that overlap in part: every element of a storage counts once"
    save("overlapping_views.pt", state, how)


def named_parameters():
    model = small_net(3)
    model.fc.weight.tag = "head"
    state = dict(model.named_parameters())
    how = "dict(model.named_parameters()): values are Parameters, one of them with a Python attribute; no buffers"
    save("named_parameters.pt", state, how)


def compiled():
    state = torch.compile(small_net(4)).state_dict()
    how = "state_dict of a torch.compile'd module, saved under the name .pt2 though it is a torch.save zip"
    save("compiled.pt2", state, how, compile_method="jit")


def data_parallel():
    state = nn.DataParallel(small_net(5)).state_dict()
    save("data_parallel.pth", state, "state_dict of nn.DataParallel: every name begins with module.")


def fully_sharded():
    from torch.distributed.fsdp import FullyShardedDataParallel

    (common.SCRATCH / "store").unlink(missing_ok=True)
    torch.distributed.init_process_group("gloo", init_method="file:///tmp/make/store", rank=0, world_size=1)
    wrapped = FullyShardedDataParallel(small_net(6), device_id=torch.device("cpu"), use_orig_params=True)
    state = {name: tensor.detach().clone() for name, tensor in wrapped.named_parameters()}
    torch.distributed.destroy_process_group()
    save("fully_sharded.pt", state, "parameters of FullyShardedDataParallel: names begin with _fsdp_wrapped_module.")


def data_types():
    names = (
        "float64 float32 float16 bfloat16 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu "
        "complex32 complex64 complex128 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool"
    ).split()
    torch.manual_seed(7)
    bytes_of_one = torch.randint(0, 255, (1024,), dtype=torch.uint8)
    state = OrderedDict()
    for name in names:
        dtype = getattr(torch, name)
        state[f"{name}.weight"] = (bytes_of_one % 2).bool() if name == "bool" else bytes_of_one.clone().view(dtype)
    save("data_types.pt", state, "one tensor of 1024 bytes for each plain data type")


def quantized():
    torch.manual_seed(8)
    weight = torch.randn(8, 32)
    scales, zeros = torch.rand(8) / 10, torch.zeros(8, dtype=torch.int64)
    state = OrderedDict(
        [
            ("tensor_int8.weight", torch.quantize_per_tensor(weight, 0.05, 3, torch.qint8)),
            ("tensor_uint8.weight", torch.quantize_per_tensor(weight, 0.05, 3, torch.quint8)),
            ("tensor_int32.weight", torch.quantize_per_tensor(weight, 0.05, 0, torch.qint32)),
            ("channel_int8.weight", torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)),
        ]
    )
    how = "quantized tensors, per tensor and per channel; scales and zero points are not counted as parameters"
    save("quantized.pt", state, how)


def quantized_linear():
    torch.manual_seed(16)
    layers = nn.Sequential(OrderedDict(fc=nn.Linear(8, 8), act=nn.ReLU(), head=nn.Linear(8, 2)))
    state = torch.ao.quantization.quantize_dynamic(layers, {nn.Linear}, dtype=torch.qint8).state_dict()
    flat = OrderedDict()
    for name, value in state.items():
        for index, part in enumerate(value if isinstance(value, tuple) else [value]):
            flat[f"{name}.{index}"] = part
    tensors = {name: value for name, value in flat.items() if isinstance(value, torch.Tensor)}
    how = "Linear layers quantised dynamically: weight and bias are a tuple, _packed_params"
    save("quantized_linear.pt", state, how, count_state_dict(tensors))


def composed():
    from torch.testing._internal.two_tensor import TwoTensor

    torch.manual_seed(17)
    weight = TwoTensor(torch.randn(8, 16), torch.randn(8, 16))
    state = OrderedDict([("fc.weight", weight), ("fc.bias", torch.randn(8))])
    facts = {"total": 136, "bytes": None, "data_types": {"float32": 136}, "tensors": 2}
    how = "a tensor subclass that is made of two tensors, so that its bytes are not those of its type"
    save("composed.pt", state, how, facts)


def pytorch_model():
    state = {name: tensor.half() for name, tensor in small_net(9).state_dict().items()}
    save("pytorch_model.bin", state, "a plain dict of float16 tensors under the name that transformers used, .bin")


def file_object():
    state = small_net(10).state_dict()
    path = common.place(FORMAT, "file_object.pt")
    buffer = io.BytesIO()
    torch.save(state, buffer)
    path.write_bytes(buffer.getvalue())
    write_saved(
        path, "saved through a file object: the folder in the zip is archive/", {"parameters": count_state_dict(state)}
    )


def large_tensors():
    torch.manual_seed(11)
    state = nn.Sequential(nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 32)).state_dict()
    save("large_tensors.pt", state, "tensors of 64 KiB and 16 KiB")


def sparse():
    torch.manual_seed(12)
    dense = torch.zeros(100, 100)
    dense[::7, ::9] = torch.randn(15, 12)
    state = OrderedDict(
        [
            ("coo.weight", dense.to_sparse()),
            ("csr.weight", dense.to_sparse_csr()),
            ("dense.bias", torch.randn(100)),
        ]
    )
    parameters = {"total": sum(tensor.numel() for tensor in state.values()), "tensors": 3}
    how = "COO and CSR tensors; total is numel(), which counts the zeros that are not stored"
    save("sparse.pt", state, how, parameters)


def meta_device():
    with torch.device("meta"):
        state = Net().state_dict()
    save("meta_device.pt", state, "tensors on the meta device: shapes without any data")


def many_tensors():
    torch.manual_seed(13)
    state = OrderedDict((f"blocks.{i}.scale", torch.randn(2)) for i in range(1500))
    save("many_tensors.pt", state, "1500 tensors of 8 bytes")


def parametrized():
    torch.manual_seed(14)
    model = nn.Sequential(nn.utils.parametrizations.weight_norm(nn.Conv1d(4, 8, 9)), nn.LSTM(8, 8))
    save("parametrized.pt", model.state_dict(), "weight norm as a parametrization (original0, original1) and an LSTM")


def other(name, value, how, **cause):
    """Saves something that is no model."""
    path = common.place("torch-save-other", name)
    torch.save(value, path)
    write_saved(path, how, {}, not_a_model=cause)


def other_tensor():
    other("tensor.pt", torch.arange(600.0).view(2, 300), "a single tensor", cause="data")


def other_tensors():
    other("tensors.pt", [torch.ones(3, 8), torch.zeros(5, dtype=torch.int64)], "a list of tensors", cause="data")


def other_numbers():
    value = {"width": 10, "height": 20, "scale": 0.5, "name": "tile", "shape": (3, 4), "missing": None}
    other("numbers.pt", value, "a dict of numbers and strings", cause="data")


def other_text():
    other("text.pt", "only a string", "a string", cause="data")


def other_empty():
    other("empty.pt", OrderedDict(), "an empty OrderedDict, as the state_dict of a module without parameters")


def training_states():
    torch.manual_seed(15)
    model = nn.Linear(2, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    other("optimizer.pt", optimizer.state_dict(), "state_dict of AdamW after a step", cause="companion")
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    other("scheduler.pt", scheduler.state_dict(), "state_dict of StepLR", cause="companion")


FUNCTIONS = [
    net, tied, views, overlapping_views, named_parameters, compiled, data_parallel, fully_sharded, data_types, quantized, quantized_linear, composed,
    pytorch_model, file_object, large_tensors, sparse, meta_device, many_tensors, parametrized,
    other_tensor, other_tensors, other_numbers, other_text, other_empty, training_states,
]  # fmt: skip

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
