"""Zip and tar archives, and the formats that are one."""

import io
import json
import struct
import tarfile
import zlib

from . import again, file, fill, names
from .pickles import INNER, saved, state_dict, text
from .zips import archive, central, deflated, finish, local

MOST = 65_000
PLAIN = ("archive/data.pkl", b"\x80\x02}.")


def count(size, each):
    """So many members of `each` bytes have room, records included."""
    return min(MOST, size // (each + 150))


def npy(data=b"\x00", shape="(1,)", kind="|u1"):
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


file("zip", "empty members", "model.pt")(
    lambda size: archive([PLAIN, *((f"archive/data/{index}", b"") for index in range(count(size, 0)))])
)
file("zip", "members of long names", "model.pt")(
    lambda size: archive([PLAIN, *((f"archive/{'a' * 400}{index}", b"") for index in range(count(size, 800)))])
)
file("zip", "members of one name", "model.pt")(
    lambda size: archive([PLAIN, *(("archive/data/0", b"") for _ in range(count(size, 0)))])
)
file("zip", "folders within each other", "model.pt")(
    lambda size: archive([PLAIN, *(("archive/" + "a/" * 200 + str(index), b"") for index in range(count(size, 800)))])
)
file("zip", "comments", "model.pt")(
    lambda size: archive([PLAIN, *((f"archive/data/{index}", b"") for index in range(count(size, 100)))], comment=b"c" * 100)
)
file("zip", "extra fields", "model.pt")(
    lambda size: archive([PLAIN, *((f"archive/data/{index}", b"") for index in range(count(size, 100)))],
                         extra=again(100, struct.pack("<HH", 0x4242, 0)))
)
file("zip", "members that are pickles", "model.pt")(
    lambda size: archive([PLAIN, *((f"archive/{index}.pkl", INNER) for index in range(count(size, 20)))])
)
file("zip", "members that are pickles, of no format", "model.zip")(
    lambda size: archive([(f"{index}.bin", INNER) for index in range(count(size, 20))])
)
file("zip", "members that are larger pickles, of no format", "model.zip")(
    lambda size: archive([(f"{index}", b"(l" + b"Na" * 1_000 + b"cos\ngetcwd\n(tRa.") for index in range(count(size, 2_000))])
)
file("zip", "archives in the archive", "model.zip")(
    lambda size: archive([(f"{index}.pt", archive([PLAIN])) for index in range(count(size, 200))])
)


def over_each_other(size, name, data):
    """Records of the directory that all lead to one member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    record = local(name, packed, 8, data)
    body = local(*PLAIN) + record
    offset = len(body) - len(record)
    directory = [central(*PLAIN, 0)]
    return finish(body, directory + [central(name, packed, offset, 8, data)] * min(MOST, size // 100))


file("zip", "pickles over each other", "model.pt")(
    lambda size: over_each_other(size, "archive/a.pkl", b"](" + b"N" * 100_000 + b"ecos\ngetcwd\n)R.")
)
file("zip", "arrays over each other", "model.npz")(
    lambda size: over_each_other(size, "a.npy", npy(bytes(100_000), "(100000,)"))
)
file("npz", "arrays", "model.npz")(
    lambda size: archive([(f"a{index}.npy", npy()) for index in range(count(size, 80))])
)
file("npz", "arrays of objects", "model.npz")(
    lambda size: archive([(f"a{index}.npy", npy(INNER, "(1,)", "|O")) for index in range(count(size, 100))])
)
file("npz", "an array of many dimensions", "model.npy")(lambda size: npy(b"", "(" + "1," * 30_000 + ")"))
file("npz", "a type of many fields", "model.npy")(
    lambda size: b"\x93NUMPY\x02\x00" + struct.pack("<I", min(size, 8 << 20) + 64) + (
        b"{'descr': [" + names(min(size, 8 << 20) - 64, lambda index: b"('a%b', '<f4'), " % index)
        + b"], 'fortran_order': False, 'shape': (1,), }").ljust(min(size, 8 << 20) + 64)
)

# Formats of torch.
file("torch-zip", "a pickle of deflated nothing", "model.pt")(
    lambda size: deflated([("archive/data.pkl", b"\x80\x02](" + b"N" * (6 * size) + b"e.")])
)
file("torch-zip", "a deflated state dict", "model.pt")(
    lambda size: deflated([("archive/data.pkl", state_dict(size)), ("archive/version", b"3\n")])
)
SCRIPT = ("archive/constants.pkl", b"\x80\x02)."), ("archive/version", b"3\n")
file("torchscript", "files of code", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, *(
        (f"archive/code/__torch__/m{index}.py", b"class A(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    return x\n")
        for index in range(count(size, 120)))])
)
file("torchscript", "calls of operators", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, ("archive/code/__torch__.py", b"class A(Module):\n  def forward(self, x: Tensor) -> Tensor:\n"
                          + names(size, lambda index: b"    y%b = torch.add(x, x)\n" % index) + b"    return x\n")])
)
file("torchscript", "operators of other namespaces", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, ("archive/code/__torch__.py", b"class A(Module):\n  def forward(self, x: Tensor) -> Tensor:\n"
                          + names(size, lambda index: b"    y = ops.n%b.add(x)\n" % index) + b"    return x\n")])
)
file("torchscript", "classes", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, ("archive/code/__torch__.py", names(
        size, lambda index: b"class A%b(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" % index))])
)
file("torchscript", "brackets", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, ("archive/code/__torch__.py",
                          b"class A(Module):\n  def forward(self, x: Tensor) -> Tensor:\n    return " + b"(" * size)])
)
file("torchscript", "files beside the code", "model.pt")(
    lambda size: archive([PLAIN, *SCRIPT, ("archive/code/__torch__.py", b"class A(Module):\n  pass\n"), *(
        (f"archive/extra/{index}", b"1") for index in range(count(size, 1)))])
)
file("torch-package", "sources", "model.pt")(
    lambda size: archive([("model/.data/extern_modules", b"torch\n"), ("model/.data/python_version", b"3.11"), *(
        (f"model/m{index}.py", b"import torch\n") for index in range(count(size, 13)))])
)
file("torch-package", "pickles", "model.pt")(
    lambda size: archive([("model/.data/extern_modules", b"torch\n"), *(
        (f"model/m/{index}.pkl", INNER) for index in range(count(size, 20)))])
)
file("torch-package", "modules outside", "model.pt")(
    lambda size: archive([("model/.data/extern_modules", names(size, lambda index: b"m%b\n" % index)), ("model/m/a.pkl", INNER)])
)
file("mar", "members", "model.mar")(
    lambda size: archive([("MAR-INF/MANIFEST.json", json.dumps(
        {"model": {"modelName": "a", "serializedFile": "a.pt", "handler": "h.py"}}).encode()), ("a.pt", saved(state_dict(1_000))),
        *((f"h{index}.py", b"import os\n") for index in range(count(size, 10)))])
)
file("mar", "a state dict", "model.mar")(
    lambda size: archive([("MAR-INF/MANIFEST.json", json.dumps(
        {"model": {"modelName": "a", "serializedFile": "a.pt", "handler": "h.py"}}).encode()), ("a.pt", saved(state_dict(size)))])
)


# torch.export.
def exported(graph, size):
    head = {
        "graph_module": {"graph": graph, "signature": {"input_specs": [], "output_specs": []}, "module_call_graph": []},
        "opset_version": {"aten": 10}, "range_constraints": {}, "schema_version": {"major": 8, "minor": 2}, "torch_version": "2.6.0",
    }
    return archive([("a/archive_format", b"pt2"), ("a/archive_version", b"0"), ("a/models/model.json", json.dumps(head).encode()),
                    ("a/version", b"3\n")])


def nodes(size):
    return [{"target": f"torch.ops.aten.add{index}.Tensor", "inputs": [], "outputs": [{"as_tensor": {"name": f"a{index}"}}],
             "metadata": {}} for index in range(size // 140)]


def values(size):
    meta = {"dtype": 7, "sizes": [{"as_int": 1}], "requires_grad": False, "device": {"type": "cpu", "index": None},
            "strides": [{"as_int": 1}], "storage_offset": {"as_int": 0}, "layout": 7}
    return {f"a{index}": meta for index in range(size // 220)}


file("torch-export", "nodes", "model.pt2")(
    lambda size: exported({"inputs": [], "outputs": [], "nodes": nodes(size), "tensor_values": {}}, size)
)
file("torch-export", "values", "model.pt2")(
    lambda size: exported({"inputs": [], "outputs": [], "nodes": [], "tensor_values": values(size)}, size)
)
file("torch-export", "inputs", "model.pt2")(
    lambda size: exported({"inputs": [{"as_tensor": {"name": f"a{index}"}} for index in range(size // 40)], "outputs": [],
                           "nodes": [], "tensor_values": {}}, size)
)


@file("torch-export", "weights in the signature", "model.pt2")
def signature(size):
    size //= 3
    names = [f"a{index}" for index in range(size // 120)]
    specs = [{"parameter": {"arg": {"name": name}, "parameter_name": name}} for name in names]
    head = {
        "graph_module": {"graph": {"inputs": [{"as_tensor": {"name": name}} for name in names], "outputs": [], "nodes": [],
                                   "tensor_values": values(size)},
                         "signature": {"input_specs": specs, "output_specs": []}, "module_call_graph": []},
        "opset_version": {"aten": 10}, "range_constraints": {}, "schema_version": {"major": 8, "minor": 2}, "torch_version": "2.6.0",
    }
    return archive([("a/archive_format", b"pt2"), ("a/models/model.json", json.dumps(head).encode()), ("a/version", b"3\n")])


# Keras.
def keras(config, members=()):
    return archive([("metadata.json", b'{"keras_version": "3.5.0"}'), ("config.json", config), *members])


file("keras-v3", "members", "model.keras")(
    lambda size: keras(b'{"class_name": "Sequential", "config": {"layers": []}}',
                       [(f"assets/{index}", b"1") for index in range(count(size, 1))])
)
file("keras-v3", "layers", "model.keras")(
    lambda size: keras(b'{"module": "keras", "class_name": "Sequential", "config": {"layers": [' + names(
        size, lambda index: b'{"module": "keras.layers", "class_name": "Dense", "config": {"name": "d%b", "units": 4}},' % index)[:-1]
        + b"]}}")
)

# skops.
SCHEMA = '{"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "protocol": 2, "_skops_version": "0.11.0", "content": ['
file("skops", "nodes", "model.skops")(
    lambda size: archive([("schema.json", SCHEMA.encode() + names(
        size, lambda index: b'{"__class__":"c%b","__module__":"m","__loader__":"ObjectNode","content":null,"__id__":1%b},' % (index, index))[:-1]
        + b"]}")])
)
file("skops", "the same node again and again", "model.skops")(
    lambda size: archive([("schema.json", SCHEMA.encode() + names(
        size, lambda index: b'{"__class__":"str","__module__":"builtins","__loader__":"CachedNode","__id__":1},')[:-1] + b"]}")])
)
file("skops", "arrays", "model.skops")(
    lambda size: archive([("schema.json", SCHEMA.encode() + b",".join(
        b'{"__class__":"ndarray","__module__":"numpy","__loader__":"NdArrayNode","type":"numpy","file":"%d.npy"}' % index
        for index in range(count(size, 300))) + b"]}"), *((f"{index}.npy", npy()) for index in range(count(size, 300)))])
)


@file("skops", "nodes within each other", "model.skops")
def deep(size):
    begin = '{"__class__":"list","__module__":"builtins","__loader__":"ListNode","content":['
    return archive([("schema.json", (SCHEMA + begin * 120 + "]}" * 120 + "]}").encode())])


# tar.
def tar(members, **options):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", **options) as packed:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return stream.getvalue()


file("tar", "empty members", "model.tar")(lambda size: tar((f"a{index}", b"") for index in range(size // 512)))
file("tar", "members that are pickles", "model.tar")(lambda size: tar((f"a{index}", INNER) for index in range(size // 1_024)))
file("tar", "long names", "model.tar")(
    lambda size: tar((("a" * 300 + str(index), b"") for index in range(size // 2_000)), format=tarfile.GNU_FORMAT)
)
file("tar", "names of pax", "model.tar")(
    lambda size: tar((("a" * 300 + str(index), b"") for index in range(size // 2_000)), format=tarfile.PAX_FORMAT)
)
file("tar", "a compressed tar of empty members", "model.tar.gz")(
    lambda size: zlib.compress(tar((f"a{index}", b"") for index in range(size // 512)), 9, 31)
)
file("tar", "a SavedModel in a compressed tar", "model.tar.gz")(
    lambda size: zlib.compress(tar([("saved_model.pb", b"\x08\x01\x12\x04\x12\x02\x12\x00"), ("variables/variables.index", b""), *(
        (f"assets/a{index}", b"") for index in range(size // 512))]), 9, 31)
)
file("torch-tar", "tensors", "model.pt")(
    lambda size: tar([("pickle", state_dict(size // 2)), ("storages", b"\x80\x02K\x00."), ("tensors", b"\x80\x02K\x00.")])
)
file("torch-tar", "storages", "model.pt")(
    lambda size: tar([("pickle", b"\x80\x02}."), ("tensors", b"\x80\x02K\x00."), ("storages", b"\x80\x02J" + struct.pack("<i", size // 60)
                      + b"." + names(size, lambda index: b"\x80\x02(" + text(str(index)) + text("cpu") + b"ctorch\nFloatStorage\nt."
                                    + struct.pack("<q", 1) + bytes(4)))])
)
