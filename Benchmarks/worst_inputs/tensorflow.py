"""TensorFlow: SavedModels, graphs, checkpoints."""

import os
import struct

from . import again, file, fill, folder, names
from .wire import integer, message, nested


def node(name, operator="Relu", *more):
    return message(1, message(1, name), message(2, operator), *more)


def attribute(name, *value):
    return message(5, message(1, name), message(2, *value))


def shape(*sizes):
    return message(7, *(message(2, integer(1, size)) for size in sizes))


def graph(what):
    def add(make):
        file("tf-graph", what, "graph.pb")(make)
        folder("tf-saved-model", what)(lambda path, size: saved(path, message(2, make(size))))
        return make

    return add


def saved(path, *parts):
    """A SavedModel of one meta graph."""
    head = message(1, message(4, "serve"), message(5, "2.15.0"))
    (path / "saved_model.pb").write_bytes(integer(1, 1) + message(2, head, *parts))


graph("nodes")(lambda size: names(size, lambda index: node(f"a{index}")))
graph("empty nodes")(lambda size: again(size, message(1, b"")))
graph("nodes in a chain")(lambda size: names(size, lambda index: node(f"a{index + 1}", "Identity", message(3, f"a{index}"))))
graph("nodes of operators of their own")(lambda size: names(size, lambda index: node("a", f"Op{index}")))
graph("nodes that write files")(lambda size: names(size, lambda index: node(f"a{index}", "WriteFile", message(3, "b"), message(3, "c"))))
graph("inputs of one node")(lambda size: node("a", "NoOp", again(size, message(3, "^b"))))
graph("attributes of one node")(lambda size: node("a", "Relu", names(size, lambda index: attribute(f"a{index}", integer(3, 1)))))
graph("placeholders")(
    lambda size: names(size, lambda index: node(f"a{index}", "Placeholder", attribute("dtype", integer(6, 1)), attribute("shape", shape(1, 3))))
)
graph("constants")(
    lambda size: names(size, lambda index: node(f"a{index}", "Const", attribute("value", message(
        8, integer(1, 1), message(2, message(2, integer(1, 1))), message(4, b"\0" * 4)))))
)
graph("texts of one constant")(
    lambda size: node("a", "Const", attribute("value", message(8, integer(1, 7), again(size, message(8, b"/etc/a")))))
)
graph("dimensions of one placeholder")(
    lambda size: node("a", "Placeholder", attribute("shape", message(7, again(size, message(2, integer(1, 1))))))
)
graph("lists of one attribute")(lambda size: node("a", "Relu", attribute("a", message(1, again(size, integer(3, 1))))))
graph("functions")(
    lambda size: message(2, names(size, lambda index: message(1, message(1, message(1, f"f{index}")), message(3, *[
        message(1, "a"), message(2, "Relu")]))))
)
graph("nodes of one function")(
    lambda size: message(2, message(1, message(1, message(1, "f")), names(size, lambda index: message(
        3, message(1, f"a{index}"), message(2, "Relu")))))
)
graph("functions that call the next twice")(
    lambda size: node("a", "PartitionedCall", attribute("f", message(10, message(1, "f0")))) + message(2, names(
        size, lambda index: message(1, message(1, message(1, f"f{index}")), *[message(
            3, message(1, "a"), message(2, "PartitionedCall"), attribute("f", message(10, message(1, f"f{index + 1}"))))] * 2)))
)
graph("arguments of one function")(
    lambda size: message(2, message(1, message(1, message(1, "f"), names(size, lambda index: message(2, message(1, f"a{index}"), integer(3, 1))))))
)
graph("functions as attributes within each other")(
    lambda size: node("a", "Relu", again(size, attribute("a", nested(
        2_000, lambda inner: message(10, message(1, "f"), message(2, message(1, "b"), message(2, inner)))))))
)
graph("graphs serialised in a constant")(
    lambda size: node("a", "Const", attribute("value", message(8, integer(1, 7), again(size, message(8, node("b", "WriteFile") * 40)))))
)
graph("checkpoint operators and their paths")(
    lambda size: names(size, lambda index: node(f"a{index}", "SaveV2", message(3, f"c{index}")) + node(
        f"c{index}", "Const", attribute("value", message(8, integer(1, 7), message(8, b"/tmp/a")))))
)
graph("texts that are joined of texts that are joined")(
    lambda size: node("w", "WriteFile", message(3, "j0"), message(3, "j0")) + names(size, lambda index: node(
        f"j{index}", "StringJoin", message(3, f"j{index + 1}"), message(3, f"j{index + 1}")))
)
graph("variables")(
    lambda size: names(size, lambda index: node(f"a{index}", "VarHandleOp", attribute("dtype", integer(6, 1)), attribute("shape", shape(1))))
)
graph("convolutions")(lambda size: names(size, lambda index: node(f"a{index + 1}", "Conv2D", message(3, f"a{index}"), message(3, "w"))))


def meta(what):
    def add(make):
        folder("tf-saved-model", what)(lambda path, size: saved(path, make(size)))
        return make

    return add


def tensor_info(name):
    return message(1, name), integer(2, 1), message(3, message(2, integer(1, 1)))


meta("signatures")(
    lambda size: names(size, lambda index: message(5, message(1, f"s{index}"), message(
        2, message(1, message(1, "x"), message(2, *tensor_info("a:0"))), message(3, "tensorflow/serving/predict"))))
)
meta("inputs of one signature")(
    lambda size: message(5, message(1, "serving_default"), message(2, names(size, lambda index: message(
        1, message(1, f"x{index}"), message(2, *tensor_info(f"a{index}:0"))))))
)
meta("collections")(lambda size: names(size, lambda index: message(4, message(1, f"c{index}"), message(2, message(1, message(1, "a"))))))
meta("values of one collection")(lambda size: message(4, message(1, "variables"), message(2, message(2, again(size, message(1, b"a"))))))
meta("tags")(lambda size: message(1, names(size, lambda index: message(4, f"t{index}"))))
meta("operators of the meta graph")(
    lambda size: message(1, message(2, names(size, lambda index: message(1, message(1, f"Op{index}")))))
)
meta("objects")(lambda size: message(7, again(size, message(1, b""))))
meta("objects in a chain")(
    lambda size: message(7, fill(size, lambda index: message(1, message(1, integer(1, index + 1), message(2, "a")))))
)
meta("objects that each lead to the next twice")(
    lambda size: message(7, fill(size, lambda index: message(1, *(message(1, integer(1, index + 1), message(2, name)) for name in "ab"))))
)
meta("children of one object")(
    lambda size: message(7, message(1, names(size, lambda index: message(1, integer(1, 1), message(2, f"a{index}")))), message(1, b""))
)
meta("variables among the objects")(
    lambda size: message(7, message(1, fill(size // 2, lambda index: message(1, integer(1, index + 1), message(2, f"a{index}")))), names(
        size // 2, lambda index: message(1, message(7, integer(1, 1), message(2, message(2, integer(1, 1))), integer(3, 1), message(6, "v")))))
)
meta("concrete functions")(
    lambda size: message(7, names(size, lambda index: message(2, message(1, f"f{index}"), message(2, integer(2, 0)))))
)
meta("layers of Keras in the objects")(
    lambda size: message(7, again(size, message(1, message(4, message(1, "_tf_keras_layer"), message(
        3, '{"class_name":"Dense","config":{"units":4}}')))))
)
folder("tf-saved-model", "meta graphs")(
    lambda path, size: (path / "saved_model.pb").write_bytes(integer(1, 1) + again(size, message(2, message(1, message(4, "serve")))))
)


@folder("tf-saved-model", "files of assets")
def assets(path, size):
    saved(path, message(2, node("a")))
    (path / "assets").mkdir()
    for index in range(min(60_000, size // 250)):
        (path / "assets" / f"a{index}").touch()


@folder("tf-saved-model", "layers in keras_metadata.pb")
def keras_metadata(path, size):
    saved(path, message(2, node("a")))
    (path / "keras_metadata.pb").write_bytes(fill(size, lambda index: message(
        1, integer(2, index), message(3, f"root.layer-{index}"), message(4, "_tf_keras_layer"),
        message(5, '{"name":"a","class_name":"Dense","config":{"units":4}}'))))


file("tf-text", "nodes", "graph.pbtxt")(lambda size: again(size, b'node {\n  name: "a"\n  op: "Relu"\n}\n'))
file("tf-text", "messages within each other", "graph.pbtxt")(lambda size: again(size, b'node { name: "a" op: "Relu" attr { value { func {'))
file("tf-text", "texts of escapes", "graph.pbtxt")(lambda size: b'node { name: "a" op: "' + again(size, b"\\101") + b'" }')
file("tf-text", "texts beside each other", "graph.pbtxt")(lambda size: b'node { name: "a" op: ' + again(size, b'"a" ') + b"}")

# Tables of a checkpoint.
TABLE = None


def crc(data):
    """CRC-32C, masked as LevelDB does."""
    global TABLE
    if TABLE is None:
        TABLE = []
        for value in range(256):
            for _ in range(8):
                value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
            TABLE.append(value)
    table, value = TABLE, 0xFFFFFFFF
    for byte in data:
        value = table[(value ^ byte) & 0xFF] ^ value >> 8
    value ^= 0xFFFFFFFF
    return ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(value):
    return message(0, b"")[:0] + integer(0, value)[1:]


def block(entries):
    """A block of keys and values; each key shares what it can with the one before."""
    out, before = [], b""
    for key, value in entries:
        shared = len(os.path.commonprefix([key, before]))
        out.append(varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value)
        before = key
    content = b"".join(out) + struct.pack("<II", 0, 1)
    return content + b"\0" + struct.pack("<I", crc(content + b"\0"))


def table(blocks):
    """A table of blocks of entries: the last key of each, and its entries."""
    out, index = b"", []
    for last, entries in blocks:
        content = block(entries)
        index.append((last, varint(len(out)) + varint(len(content) - 5)))
        out += content
    return finish(out, index)


def finish(out, index):
    nothing, leads = block([]), block(index)
    handles = varint(len(out)) + varint(len(nothing) - 5) + varint(len(out) + len(nothing)) + varint(len(leads) - 5)
    return out + nothing + leads + handles.ljust(40, b"\0") + struct.pack("<Q", 0xDB4775248B80FB57)


HEADER = b"", integer(1, 1) + message(3, integer(1, 1))
ENTRY = integer(1, 1) + message(2, message(2, integer(1, 1))) + integer(5, 4)


@file("tf-checkpoint", "variables", "model.index")
def variables(size):
    size = min(size, 4_000_000)
    return table([(b"z", [HEADER, *((b"a%07d" % index, ENTRY) for index in range(size // 24))])])


@file("tf-checkpoint", "long keys that share their beginnings", "model.index")
def long_keys(size):
    size = min(size, 4_000_000)
    return table([(b"z", [HEADER, *((b"a" * 1_000 + b"%07d" % index, ENTRY) for index in range(size // 30))])])


@file("tf-checkpoint", "one block named again and again", "model.index")
def one_block(size):
    size = min(size, 4_000_000)
    content = block([HEADER, *((b"a%05d" % index, ENTRY) for index in range(1_000))])
    place = varint(0) + varint(len(content) - 5)
    return finish(content, [(b"b%07d" % index, place) for index in range(size // 12)])


@file("tf-checkpoint", "dimensions of one variable", "model.index")
def dimensions(size):
    size = min(size, 4_000_000)
    return table([(b"z", [HEADER, (b"a", integer(1, 1) + message(2, again(size, message(2, integer(1, 1)))))])])


@file("tf-checkpoint", "slices of one variable", "model.index")
def slices(size):
    size = min(size, 4_000_000)
    return table([(b"z", [HEADER, (b"a", ENTRY + again(size, message(7, message(1, integer(1, 0), integer(2, 1)))))])])


@file("tf-checkpoint", "objects of the object graph", "model.index")
def objects(size):
    size = min(size, 4_000_000)
    content = fill(size, lambda index: message(1, message(1, integer(1, index + 1), message(2, "a"))))
    return table([(b"z", [HEADER, (b"_CHECKPOINTABLE_OBJECT_GRAPH", integer(1, 7) + message(2) + message(10, content))])])


# TensorFlow.js, whose graphs are JSON.
def tfjs(what):
    def add(make):
        folder("tfjs", what)(lambda path, size: (path / "model.json").write_bytes(make(size)))
        return make

    return add


TFJS = b'{"format": "graph-model", "generatedBy": "2.15", "convertedBy": "TensorFlow.js Converter v4", '
tfjs("nodes")(
    lambda size: TFJS + b'"modelTopology": {"node": [' + names(size, lambda index: b'{"name":"a%b","op":"Relu","input":["a%b"]},' % (index + 1, index))[:-1]
    + b'], "library": {}}, "weightsManifest": []}'
)
tfjs("weights")(
    lambda size: TFJS + b'"modelTopology": {"node": []}, "weightsManifest": [{"paths": ["a.bin"], "weights": [' + names(
        size, lambda index: b'{"name":"a%b","shape":[1],"dtype":"float32"},' % index)[:-1] + b"]}]}"
)
tfjs("files of weights")(
    lambda size: TFJS + b'"modelTopology": {"node": []}, "weightsManifest": [{"paths": [' + names(
        size, lambda index: b'"a%b.bin",' % index)[:-1] + b'], "weights": []}]}'
)
tfjs("groups of weights")(
    lambda size: TFJS + b'"modelTopology": {"node": []}, "weightsManifest": [' + names(
        size, lambda index: b'{"paths":["a%b"],"weights":[]},' % index)[:-1] + b"]}"
)
tfjs("inputs of the signature")(
    lambda size: TFJS + b'"modelTopology": {"node": []}, "weightsManifest": [], "signature": {"inputs": {' + names(
        size, lambda index: b'"a%b":{"name":"a%b:0","dtype":"DT_FLOAT","tensorShape":{"dim":[{"size":"1"}]}},' % (index, index))[:-1] + b"}}}"
)
tfjs("layers")(
    lambda size: b'{"format": "layers-model", "generatedBy": "keras v2.15", "convertedBy": "a", "modelTopology": {"keras_version": "2.15.0", '
    b'"backend": "tensorflow", "model_config": {"class_name": "Sequential", "config": {"name": "a", "layers": [' + names(
        size, lambda index: b'{"class_name":"Dense","config":{"name":"d%b","units":4}},' % index)[:-1] + b']}}}, "weightsManifest": []}'
)
