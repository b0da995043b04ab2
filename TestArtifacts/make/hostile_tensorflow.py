"""Writes broken and malicious files of TensorFlow's own formats: checkpoints, TensorFlow Lite, TensorFlow.js.

Needs the standard library and the artifacts of `tflite_models.py`, which are damaged here at places that the layout of a
FlatBuffer gives (flatbuffers.dev/internals).
"""

import json
import platform
import struct

from common import _ROOT, place, run_all, start, write_truth

FUNCTIONS = []
WRITTEN_BY = {"python": platform.python_version()}
MODEL = {"verdict": "model"}


def artifact(function):
    FUNCTIONS.append(function)
    return function


def failed(reason=None):
    return {"verdict": "failed", **({"error": {"reason": reason}} if reason else {})}


def save(name, data, how, record):
    path = place("hostile", name)
    path.write_bytes(data)
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


# ---------------------------------------------------------------- tables of checkpoints

MAGIC = bytes.fromhex("57fb808b247547db")


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0x82F63B78 if value & 1 else value >> 1
    value ^= 0xFFFFFFFF
    return ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def block(entries, kind=0, checksum=None):
    """Entries are (shared, key, value); with its trailer."""
    body = b"".join(varint(s) + varint(len(k)) + varint(len(v)) + k + v for s, k, v in entries)
    body += struct.pack("<II", 0, 1)
    sealed = body + bytes([kind])
    return sealed + struct.pack("<I", crc32c(sealed) if checksum is None else checksum)


def table(entries, handle=None, **options):
    data = block(entries, **options)
    meta = block([])
    where = handle or (0, len(data) - 5)
    index = block([(0, entries[-1][1], varint(where[0]) + varint(where[1]))])
    footer = varint(len(data)) + varint(len(meta) - 5) + varint(len(data) + len(meta)) + varint(len(index) - 5)
    return data + meta + index + footer.ljust(40, b"\0") + MAGIC


HEADER = (0, b"", bytes([0x08, 1, 0x1A, 2, 0x08, 1]))


def entry(name, shape, size, offset=0, shared=0):
    """A BundleEntryProto of float32."""
    dims = b"".join(b"\x12" + varint(len(d)) + d for d in (b"\x08" + varint(n & (1 << 64) - 1) for n in shape))
    value = b"\x08\x01\x12" + varint(len(dims)) + dims + b"\x20" + varint(offset) + b"\x28" + varint(size)
    return (shared, name, value)


@artifact
def checkpoint_shape_overflow():
    data = table([HEADER, entry(b"w", [1 << 32, 1 << 32], 0)])
    record = {**MODEL, "loading": {"verdict": "incomplete"}}
    save("checkpoint_shape_overflow.index", data, "2^32 x 2^32 elements: zero when the product wraps", record)


@artifact
def checkpoint_negative_shape():
    data = table([HEADER, entry(b"w", [-4], 16)])
    save("checkpoint_negative_shape.index", data, "a size of -4", MODEL)


@artifact
def checkpoint_offset_overflow():
    data = table([HEADER, entry(b"w", [4], (1 << 63) - 8, offset=(1 << 63) - 8)])
    save("checkpoint_offset_overflow.index", data, "offset and size whose sum is beyond 63 bits", failed("malformed"))


@artifact
def checkpoint_shard_outside():
    shard = (0, b"w", bytes([0x08, 1, 0x18, 0x7F]))
    save("checkpoint_shard_outside.index", table([HEADER, shard]), "a tensor in shard 127 of 1", failed("malformed"))


@artifact
def checkpoint_many_shards():
    header = (0, b"", b"\x08" + varint(2**31 - 1))
    save("checkpoint_many_shards.index", table([header, entry(b"w", [4], 16)]), "2^31 - 1 shards", failed("limit"))


@artifact
def checkpoint_keys_descend():
    data = table([HEADER, entry(b"b", [4], 16), entry(b"a", [4], 16)])
    save("checkpoint_keys_descend.index", data, "keys that do not ascend", failed("malformed"))


@artifact
def checkpoint_prefix_beyond():
    data = table([HEADER, entry(b"b", [4], 16), entry(b"c", [4], 16, shared=200)])
    save("checkpoint_prefix_beyond.index", data, "a key that shares 200 bytes with one of 1", failed("malformed"))


@artifact
def checkpoint_handle_outside():
    data = table([HEADER, entry(b"b", [4], 16)], handle=(1 << 40, 1 << 40))
    save("checkpoint_handle_outside.index", data, "the index leads behind the end", failed("malformed"))


@artifact
def checkpoint_checksum():
    data = table([HEADER, entry(b"b", [4], 16)], checksum=1)
    save("checkpoint_checksum.index", data, "a block whose checksum is wrong", failed("malformed"))


@artifact
def checkpoint_snappy():
    data = table([HEADER, entry(b"b", [4], 16)], kind=1)
    save("checkpoint_snappy.index", data, "a block that says it is compressed", failed("malformed"))


# ---------------------------------------------------------------- TensorFlow Lite


class FlatBuffer:
    """Where fields of a real model stand."""

    def __init__(self, name):
        self.data = bytearray((_ROOT / "tflite" / f"{name}.tflite").read_bytes())

    def u32(self, at):
        return struct.unpack_from("<I", self.data, at)[0]

    def put(self, at, value):
        struct.pack_into("<I", self.data, at, value)

    def field(self, table, slot):
        vtable = table - struct.unpack_from("<i", self.data, table)[0]
        return table + struct.unpack_from("<H", self.data, vtable + 4 + 2 * slot)[0]

    def follow(self, at):
        return at + self.u32(at)

    @property
    def root(self):
        return self.follow(0)

    def element(self, table, slot, index):
        vector = self.follow(self.field(table, slot))
        return self.follow(vector + 4 + 4 * index)


def tampered(name, how, change, record, source="float_cnn"):
    buffer = FlatBuffer(source)
    change(buffer)
    save(f"{name}.tflite", bytes(buffer.data), how, record)


@artifact
def tflite_root_outside():
    tampered("tflite_root_outside", "the root lies behind the end", lambda b: b.put(0, 0x7FFFFFF0), failed("malformed"))


@artifact
def tflite_vtable_outside():
    def change(buffer):
        buffer.put(buffer.root, 0x80000000)

    tampered("tflite_vtable_outside", "a vtable 2^31 bytes away", change, failed("malformed"))


@artifact
def tflite_huge_vector():
    def change(buffer):
        buffer.put(buffer.follow(buffer.field(buffer.root, 2)), 0xFFFFFFFF)

    tampered("tflite_huge_vector", "2^32 - 1 graphs", change, failed("malformed"))


@artifact
def tflite_no_such_buffer():
    def change(buffer):
        graph = buffer.element(buffer.root, 2, 0)
        buffer.put(buffer.field(buffer.element(graph, 0, 1), 2), 9999)

    tampered("tflite_no_such_buffer", "a tensor in buffer 9999", change, failed("malformed"))


@artifact
def tflite_no_such_tensor():
    def change(buffer):
        graph = buffer.element(buffer.root, 2, 0)
        buffer.put(buffer.follow(buffer.field(graph, 1)) + 4, 0x7FFFFFFF)

    tampered("tflite_no_such_tensor", "tensor 2^31 - 1 is the input", change, failed("malformed"))


@artifact
def tflite_shape_overflow():
    def change(buffer):
        graph = buffer.element(buffer.root, 2, 0)
        vector = buffer.follow(buffer.field(graph, 0))
        for index in range(buffer.u32(vector)):
            tensor = buffer.element(graph, 0, index)
            shape = buffer.follow(buffer.field(tensor, 0))
            if buffer.u32(shape) == 4 and buffer.u32(buffer.field(tensor, 2)) > 1:
                for dimension in range(4):
                    buffer.put(shape + 4 + 4 * dimension, 0x10000)

    how = "constants of 2^16 x 2^16 x 2^16 x 2^16: zero when the product wraps"
    tampered("tflite_shape_overflow", how, change, MODEL)


@artifact
def tflite_shared_graphs():
    """4,000 graphs that are one, of 4,000 tensors that are one: 16 million tables in 40 KB."""
    count = 4000
    vector = struct.pack("<I", count)
    vtable = struct.pack("<HH3H", 10, 16, 4, 0, 8)
    root_vtable = struct.pack("<HH3H", 10, 12, 0, 0, 4)
    data = bytearray(struct.pack("<I4s", 0, b"TFL3"))
    root_vtable_at = len(data)
    data += root_vtable + b"\0\0"
    root = len(data)
    struct.pack_into("<I", data, 0, root)
    data += struct.pack("<iII", root - root_vtable_at, 4, 0)
    graphs = root + 8
    struct.pack_into("<I", data, root + 4, graphs - (root + 4))
    data = data[:graphs]
    graph_vtable = graphs + 4 + 4 * count
    graph = graph_vtable + 8
    tensors = graph + 8
    tensor_vtable = tensors + 4 + 4 * count
    tensor = tensor_vtable + 4
    data += struct.pack("<I", count)
    for index in range(count):
        data += struct.pack("<I", graph - (graphs + 4 + 4 * index))
    data += struct.pack("<HHHH", 6, 8, 4, 0)
    data += struct.pack("<iI", graph - graph_vtable, 4)
    data += struct.pack("<I", count)
    for index in range(count):
        data += struct.pack("<I", tensor - (tensors + 4 + 4 * index))
    data += struct.pack("<HH", 4, 4) + struct.pack("<i", 4)
    save("tflite_shared_graphs.tflite", bytes(data), "4,000 graphs of 4,000 tensors that are all the same", failed())


@artifact
def tflite_cut_labels():
    data = FlatBuffer("described").data
    record = {**MODEL, "facts": {"name": "Land cover", "license": "CC-BY-4.0"}}
    save("tflite_cut_labels.tflite", bytes(data[:-30]), "the archive of the labels is cut", record)


@artifact
def tflite_metadata_broken():
    data = bytes(FlatBuffer("described").data).replace(b"M001", b"M000")
    save("tflite_metadata_broken.tflite", data, "the metadata has another identifier", MODEL)


@artifact
def tflite_more_labels():
    """An archive of its own in place of the labels': readers take the last one."""
    import io
    import zipfile

    data = bytes(FlatBuffer("described").data)
    archive = io.BytesIO(data)
    with zipfile.ZipFile(archive, "a") as target:
        target.writestr(zipfile.ZipInfo("labels.txt"), "water\nforest\n")
    save("tflite_more_labels.tflite", archive.getvalue(), "a second labels.txt, with two of five labels", MODEL)


@artifact
def circle():
    data = bytes(FlatBuffer("float_cnn").data).replace(b"TFL3", b"CIR0", 1)
    save("circle.tflite", data, "the identifier of Circle, another format", {"verdict": "unrecognised"})


# ---------------------------------------------------------------- TensorFlow.js


def manifest(paths, shape=(4,)):
    weights = [{"name": "w", "shape": list(shape), "dtype": "float32"}]
    return {"format": "graph-model", "generatedBy": "2.15.1", "convertedBy": "TensorFlow.js Converter v4.22.0",
            "modelTopology": {"node": []}, "weightsManifest": [{"paths": paths, "weights": weights}]}


@artifact
def tfjs_outside():
    record = {**MODEL, "loading": {"verdict": "incomplete"}}
    data = json.dumps(manifest(["../tfjs/by_name.weights.bin", "/etc/passwd", "a/../../b"])).encode()
    save("tfjs_outside.json", data, "weights that lie outside of the folder", record)


@artifact
def tfjs_nested():
    data = b'{"format": "graph-model", "modelTopology": {"node": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}}"
    save("tfjs_nested.json", data, "100,000 arrays within each other", failed("limit"))


@artifact
def tfjs_shape_overflow():
    data = json.dumps(manifest(["w.bin"], [2**32, 2**32])).encode()
    save("tfjs_shape_overflow.json", data, "2^32 x 2^32 elements", {**MODEL, "loading": {"verdict": "incomplete"}})


@artifact
def tfjs_fractions():
    data = json.dumps(manifest(["w.bin"], [1.5, -2])).encode()
    save("tfjs_fractions.json", data, "sizes of 1.5 and -2", {**MODEL, "loading": {"verdict": "incomplete"}})


@artifact
def tfjs_no_group():
    data = json.dumps({"format": "layers-model", "modelTopology": {}, "weightsManifest": [7]}).encode()
    save("tfjs_no_group.json", data, "a number where a group of weights should be", failed("malformed"))


@artifact
def tfjs_cut():
    data = json.dumps(manifest(["w.bin"])).encode()
    save("tfjs_cut.json", data[:-40], "cut within the manifest", failed("truncated"))


# ---------------------------------------------------------------- graphs


def field(number, value):
    """A field of a message: a number, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value & (1 << 64) - 1)
    return varint(number << 3 | 2) + varint(len(value)) + value


def node(name, operation, *inputs, **attributes):
    """A NodeDef of graph.proto; each attribute is an AttrValue."""
    message = field(1, name.encode()) + field(2, operation.encode())
    message += b"".join(field(3, name.encode()) for name in inputs)
    return message + b"".join(field(5, field(1, key.encode()) + field(2, value)) for key, value in attributes.items())


def graph(*nodes):
    return b"".join(field(1, node) for node in nodes) + field(4, field(1, 1_286))


def shape(*sizes):
    return b"".join(field(2, field(1, size)) for size in sizes)


FLOAT = field(6, 1)
PLACEHOLDER = node("x", "Placeholder", dtype=FLOAT, shape=field(7, shape(-1, 4)))


@artifact
def graph_cut():
    data = graph(PLACEHOLDER, node("y", "Relu", "x", T=FLOAT), node("z", "Softmax", "y", T=FLOAT))
    save("graph_cut.pb", data[:-25], "a frozen graph that ends within its last node", failed("truncated"))


@artifact
def graph_cycle():
    data = graph(PLACEHOLDER, node("a", "AddV2", "x", "b", T=FLOAT), node("b", "Relu", "a", T=FLOAT))
    save("graph_cycle.pb", data, "two nodes that feed each other", {**MODEL, "format": {"id": "tf-frozen-graph"}})


@artifact
def graph_huge_constant():
    tensor = field(1, 1) + field(2, shape(1 << 40, 1 << 40)) + field(4, b"")
    data = graph(PLACEHOLDER, node("w", "Const", dtype=FLOAT, value=field(8, tensor)), node("y", "MatMul", "x", "w"))
    save("graph_huge_constant.pb", data, "a constant of 2^80 elements", {**MODEL, "format": {"id": "tf-frozen-graph"}})


@artifact
def graph_python():
    data = graph(PLACEHOLDER, node("y", "PyFunc", "x", Tin=field(1, field(6, 1)), token=field(2, b"pyfunc_0")))
    record = {**MODEL, "format": {"id": "tf-frozen-graph"}, "loading": {"verdict": "needs-code"}}
    save("graph_python.pb", data, "a node that calls Python", record)


@artifact
def tf_chunks():
    """Not as TensorFlow writes it: the wheels of 2.15 and 2.21 on PyPI lack proto_splitter, which does."""
    path = place("hostile", "tf_chunks")
    path.mkdir(parents=True)
    # The signature of a file of riegeli records (riegeli/records_file_format.md).
    head = bytes.fromhex("83af70d10d884a3f00000000000000004000000000000000")
    (path / "saved_model.cpb").write_bytes(head + bytes(40))
    record = failed("unsupported")
    write_truth(path, written_by=WRITTEN_BY, how="a SavedModel in chunks", record=record, payload={})


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
