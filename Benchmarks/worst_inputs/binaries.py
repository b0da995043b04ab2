"""Binary formats of their own: GGUF, R, BSON, MLIR bytecode, OCDBT, XGBoost's oldest."""

import struct

from . import again, file, fill, folder, names
from .wire import varint


# GGUF.
def word(value):
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(value)) + value


ARCHITECTURE = word("general.architecture") + struct.pack("<I", 8) + word("llama")


def gguf(what):
    def add(make):
        @file("gguf", what, "model.gguf")
        def whole(size):
            tensors, keys, content = make(size)
            return b"GGUF" + struct.pack("<IQQ", 3, tensors, keys + 1) + ARCHITECTURE + content

        return make

    return add


def keys(size, piece):
    content = names(size, piece)
    return content, len(content) // len(piece(b"0000000"))


@gguf("keys")
def gguf_keys(size):
    content, count = keys(min(size, 1_300_000), lambda index: word(b"k%b" % index) + struct.pack("<IB", 0, 1))
    return 0, count, content


@gguf("tensors")
def gguf_tensors(size):
    content, count = keys(size, lambda index: word(b"blk.%b.w" % index) + struct.pack("<IQIQ", 1, 1, 0, 0))
    return count, 0, content


@gguf("texts of one key")
def gguf_texts(size):
    content, count = keys(size, lambda index: word(b"%b" % index))
    return 0, 1, word("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, count) + content


gguf("empty texts of one key")(
    lambda size: (0, 1, word("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, size // 8) + bytes(size // 8 * 8))
)
@folder("gguf", "parts that are one file", inner="a-00001-of-02000.gguf")
def gguf_parts(path, size):
    def part(index, count, content):
        split = word("split.no") + struct.pack("<IH", 2, index) + word("split.count") + struct.pack("<IH", 2, 2_000)
        return b"GGUF" + struct.pack("<IQQ", 3, count, 3) + ARCHITECTURE + split + content

    content, count = keys(size, lambda index: word(b"blk.%b.w" % index) + struct.pack("<IQIQ", 1, 1, 0, 0))
    (path / "a-00001-of-02000.gguf").write_bytes(part(0, 0, b""))
    (path / "a-00002-of-02000.gguf").write_bytes(part(1, count, content))
    for index in range(3, 2_001):
        (path / f"a-{index:05}-of-02000.gguf").hardlink_to(path / "a-00002-of-02000.gguf")


gguf("numbers of one key")(lambda size: (0, 1, word("a") + struct.pack("<IIQ", 9, 0, size) + bytes(size)))
gguf("arrays within each other")(lambda size: (0, 1, word("a") + struct.pack("<I", 9) + again(size, struct.pack("<IQ", 9, 1))))
gguf("empty arrays in an array")(
    lambda size: (0, 1, word("a") + struct.pack("<IIQ", 9, 9, size // 12) + again(size, struct.pack("<IQ", 0, 0)))
)
gguf("long names of tensors")(lambda size: (size // 60_000, 0, again(size, word("n" * 60_000) + struct.pack("<IQIQ", 1, 1, 0, 0))))
gguf("a template of chats")(lambda size: (0, 1, word("tokenizer.chat_template") + struct.pack("<I", 8) + word(again(size, b"{% if a %}"))))


# R, in XDR and in ASCII.
HEADER = b"X\n" + struct.pack(">iii", 2, 0x030602, 0x020300)
NIL = struct.pack(">i", 0xFE)


def character(value):
    return struct.pack(">ii", 0x00040009, len(value)) + value


def vector(kind, count, content, flags=0):
    return struct.pack(">ii", kind | flags, count) + content


def symbol(name):
    return struct.pack(">i", 1) + character(name)


def rds(what):
    def add(make):
        file("r", what, "model.rds")(lambda size: HEADER + make(size))
        return make

    return add


def attributed(kind, count, content, *pairs):
    """A vector with attributes."""
    return vector(kind, count, content, 0x200) + b"".join(struct.pack(">i", 0x402) + symbol(name) + value for name, value in pairs) + NIL


def texts(*values):
    return vector(16, len(values), b"".join(character(value) for value in values))


rds("empty values of a list")(lambda size: vector(19, size // 4, NIL * (size // 4)))
rds("vectors of a list")(lambda size: vector(19, size // 12, again(size // 12 * 12, vector(13, 1, bytes(4)))))
rds("texts of a vector")(lambda size: vector(16, size // 16, names(size, lambda index: character(b"a%b" % index))[:size // 16 * 16]))
rds("empty texts of a vector")(lambda size: vector(16, size // 8, character(b"") * (size // 8)))
rds("lists within each other")(lambda size: vector(19, 1, b"") * (size // 8) + NIL)
rds("pairs in a chain")(lambda size: struct.pack(">i", 2) + NIL + (struct.pack(">i", 2) + NIL) * (size // 8) + NIL)
rds("pairs within each other")(lambda size: struct.pack(">i", 2) * (size // 4) + NIL)
rds("symbols")(lambda size: vector(19, size // 20, names(size, lambda index: symbol(b"a%b" % index))[:size // 20 * 20]))
rds("references to one symbol")(lambda size: vector(19, size // 4, symbol(b"a") + struct.pack(">i", 0x1FF) * (size // 4)))
rds("environments")(lambda size: vector(19, size // 24, (struct.pack(">ii", 4, 0) + NIL * 4) * (size // 24)))
rds("environments within each other")(lambda size: struct.pack(">ii", 4, 0) * (size // 8) + NIL)
rds("language within each other")(lambda size: struct.pack(">i", 6) * (size // 4) + NIL)
rds("functions")(lambda size: vector(19, size // 16, (struct.pack(">i", 3) + NIL * 3) * (size // 16)))
rds("attributes of one value")(
    lambda size: vector(13, 1, bytes(4), 0x200) + names(size, lambda index: struct.pack(">i", 0x402) + symbol(b"a%b" % index) + NIL) + NIL
)
rds("classes of one value")(
    lambda size: attributed(19, 0, b"", (b"class", vector(16, size // 16, names(size, lambda index: character(b"c%b" % index))[:size // 16 * 16])))
)
rds("a fit of many names")(
    lambda size: attributed(19, 1, NIL, (b"names", vector(16, size // 16, names(size, lambda index: character(b"c%b" % index))[:size // 16 * 16])),
                            (b"class", texts(b"lm")))
)
rds("classes beside each other")(
    lambda size: vector(19, size // 80, (attributed(19, 1, NIL, (b"names", texts(b"a")), (b"class", texts(b"lm")))) * (size // 80))
)
rds("classes within each other")(
    lambda size: (vector(19, 1, b"", 0x200)) * (size // 60) + NIL + (
        struct.pack(">i", 0x402) + symbol(b"class") + texts(b"workflow") + NIL) * (size // 60)
)
rds("bytecode")(lambda size: struct.pack(">ii", 21, size // 8) + struct.pack(">i", 21) * (size // 4))
rds("bytes that are pickles")(
    lambda size: vector(19, size // 30, names(size, lambda index: vector(24, 20, b"\x80\x02cos\nsystem\n%b" % index))[:size // 28 * 28])
)
rds("compact numbers")(lambda size: vector(19, size // 40, again(size, struct.pack(">i", 0xEE) + NIL * 3)))
rds("persistent names")(lambda size: vector(19, size // 20, again(size, struct.pack(">iii", 0xF7, 0, 1) + character(b"a"))))
file("r", "ASCII", "model.rds")(lambda size: b"A\n2\n197126\n131840\n19\n%d\n" % (size // 4) + b"254\n" * (size // 4))
file("r", "texts of ASCII", "model.rds")(
    lambda size: b"A\n2\n197126\n131840\n16\n%d\n" % (size // 16) + again(size, b"262153\n4\n\\101a\\n\n")
)
file("r", "an rda of many names", "model.rda")(
    lambda size: b"RDX2\n" + HEADER + names(size, lambda index: struct.pack(">i", 0x402) + symbol(b"a%b" % index) + NIL) + NIL
)


# BSON, as BSON.jl writes it.
def element(kind, name, content):
    return bytes([kind]) + name + b"\0" + content


def document(content):
    return struct.pack("<i", len(content) + 5) + content + b"\0"


def text(value):
    return struct.pack("<i", len(value) + 1) + value + b"\0"


def bson(what):
    def add(make):
        file("bson", what, "model.bson")(lambda size: document(make(size)))
        return make

    return add


DATATYPE = document(element(2, b"tag", text(b"datatype")) + element(4, b"name", document(element(2, b"1", text(b"Flux")) + element(2, b"2", text(b"Chain"))))
                    + element(4, b"params", document(b"")))
bson("elements")(lambda size: names(size, lambda index: element(10, b"a%b" % index, b"")))
bson("numbers of one name")(lambda size: again(size, element(16, b"a", bytes(4))))
bson("empty documents")(lambda size: names(size, lambda index: element(3, b"a%b" % index, document(b""))))
bson("documents within each other")(lambda size: b"".join(b"\3a\0" + struct.pack("<i", size - 7 * index) for index in range(1, size // 8)))
bson("types")(lambda size: element(4, b"model", document(names(
    size, lambda index: element(3, b"%b" % index, document(element(2, b"tag", text(b"struct")) + element(3, b"type", DATATYPE) + element(4, b"data", document(b""))))))))
bson("references")(
    lambda size: element(4, b"_backrefs", document(element(3, b"0", DATATYPE))) + element(4, b"model", document(names(
        size, lambda index: element(3, b"%b" % index, document(element(2, b"tag", text(b"backref")) + element(16, b"ref", struct.pack("<i", 1)))))))
)
bson("references to references")(
    lambda size: element(4, b"_backrefs", document(fill(size, lambda index: element(3, b"%d" % index, document(element(4, b"a", document(b"".join(
        element(3, b"%d" % each, document(element(2, b"tag", text(b"backref")) + element(16, b"ref", struct.pack("<i", index + 2)))) for each in (0, 1)))))))))
    + element(3, b"model", document(element(2, b"tag", text(b"backref")) + element(16, b"ref", struct.pack("<i", 1))))
)
bson("words of types")(
    lambda size: element(4, b"model", document(names(size, lambda index: element(3, b"%b" % index, document(element(2, b"tag", text(b"symbol")) + element(2, b"name", text(b"a")))))))
)
bson("arrays")(
    lambda size: element(4, b"model", document(names(size, lambda index: element(3, b"%b" % index, document(
        element(2, b"tag", text(b"array")) + element(3, b"type", DATATYPE) + element(4, b"size", document(element(18, b"0", struct.pack("<q", 1))))
        + element(5, b"data", struct.pack("<iB", 4, 0) + bytes(4)))))))
)


# MLIR bytecode: StableHLO and, within a FlatBuffer, exports of JAX.
def integer(value):
    """Zeros at the end of the first byte say how many bytes follow."""
    for count in range(1, 9):
        if value < 1 << 7 * count:
            return ((value << 1 | 1) << (count - 1)).to_bytes(count, "little")
    return b"\0" + struct.pack("<Q", value)


def section(kind, content):
    return bytes([kind]) + integer(len(content)) + content


def mlir(what):
    def add(make):
        file("mlir", what, "model.mlirbc")(lambda size: b"ML\xefR" + integer(6) + b"StableHLO_v1.9.0\0" + make(size))
        return make

    return add


mlir("empty texts")(lambda size: section(0, integer(size // 2) + integer(1) * (size // 2) + bytes(size // 2)))
mlir("texts")(lambda size: section(0, integer(size // 10) + integer(9) * (size // 10) + names(size, lambda index: b"a%b\0" % index)[:size // 10 * 9]))
mlir("attributes")(
    lambda size: section(0, integer(1) + integer(2) + b"a\0") + section(1, integer(1) + integer(1)) + section(2, b"\x01" * (size // 2)) + section(
        3, integer(size // 2) + integer(0) + integer(0) + integer(size // 2) + integer(1 << 1 | 1) * (size // 2))
)
mlir("sections")(lambda size: again(size, section(5, b"")))
mlir("sections of texts")(lambda size: again(size, section(0, integer(1) + integer(2) + b"a\0")))


# OCDBT, in which orbax keeps its arrays.
def body(magic, content):
    length = len(content) + 4 + 8 + 2 + 4
    return magic + struct.pack("<Q", length) + b"\0\0" + content + bytes(4)


def data_files():
    """One, named `d`, of no folder."""
    return varint(1) + varint(1) + varint(0) + b"d"


def manifest(offset, length, height):
    head = bytes(16) + varint(0) + varint(1) + varint(1) + b"\0" + varint(0)
    version = varint(1) + varint(1) + bytes([height]) + varint(0) + varint(offset) + varint(length)
    return body(b"\x0c\xdb\x3a\x2a", head + data_files() + version + bytes(64))


def leaf(keys, values):
    prefixes = b"".join(varint(shared) for shared, _ in keys[1:])
    suffixes = b"".join(varint(len(key)) for _, key in keys)
    return body(b"\x0c\xdb\x20\xde", b"\0" + data_files() + varint(len(keys)) + prefixes + suffixes + b"".join(key for _, key in keys)
                + b"".join(varint(len(value)) for value in values) + bytes(len(values)) + b"".join(values))


def inner(height, count, offset, length):
    """A node that names one node again and again."""
    return body(b"\x0c\xdb\x20\xde", bytes([height]) + data_files() + varint(count) + varint(0) * (count - 1) + varint(1) * count + varint(0) * count
                + b"a" * count + varint(0) * count + varint(offset) * count + varint(length) * count + bytes(3 * count))


def orbax(path, nodes, root):
    (path / "_METADATA").write_text('{"tree_metadata": {}, "use_ocdbt": true, "use_zarr3": false}')
    (path / "_CHECKPOINT_METADATA").write_text('{"item_handlers": "orbax.checkpoint._src.handlers.pytree_checkpoint_handler.PyTreeCheckpointHandler"}')
    (path / "manifest.ocdbt").write_bytes(manifest(*root))
    (path / "d").write_bytes(nodes)


@folder("orbax", "one node named again and again")
def one_node(path, size):
    node = leaf([(0, b"a%06d" % index) for index in range(size // 20)], [b""] * (size // 20))
    top = inner(1, min(60_000, size // 100), 0, len(node))
    orbax(path, node + top, (len(node), len(top), 1))


@folder("orbax", "nodes that name one node again and again")
def nodes(path, size):
    out, place = b"", leaf([(0, b"a")], [b""])
    out = place
    begin, length = 0, len(place)
    for height in range(1, 14):
        top = inner(height, 1_000, begin, length)
        begin, length = len(out), len(top)
        out += top
    orbax(path, out, (begin, length, 13))


@folder("orbax", "keys that share all of the one before")
def shared_keys(path, size):
    count = min(size // 8, 1_000_000)
    node = leaf([(0, b"k" * 200)] + [(200, b"")] * count, [b""] * (count + 1))
    orbax(path, node, (0, len(node), 0))


@folder("orbax", "keys")
def many_keys(path, size):
    count = min(size // 16, 900_000)
    node = leaf([(0, b"a%07d/.zarray" % index) for index in range(count)], [b"{}"] * count)
    orbax(path, node, (0, len(node), 0))


@folder("orbax", "arrays of the tree")
def tree(path, size):
    item = (b'"(\'a%b\',)": {"key_metadata": [{"key": "a%b", "key_type": 2}], "value_metadata": {"value_type": "np.ndarray", "skip_deserialize": false}},')
    content = names(size, lambda index: item % (index, index))
    (path / "_METADATA").write_bytes(b'{"tree_metadata": {' + content[:-1] + b'}, "use_ocdbt": false, "use_zarr3": false}')
    (path / "_CHECKPOINT_METADATA").write_text("{}")


@folder("orbax", "folders of arrays")
def folders(path, size):
    count = min(20_000, size // 800)
    items = [f'"(\'a{index}\',)": {{"key_metadata": [{{"key": "a{index}", "key_type": 2}}], "value_metadata": {{"value_type": "np.ndarray"}}}}' for index in range(count)]
    (path / "_METADATA").write_text('{"tree_metadata": {' + ",".join(items) + '}, "use_ocdbt": false, "use_zarr3": false}')
    (path / "_CHECKPOINT_METADATA").write_text("{}")
    for index in range(count):
        (path / f"a{index}").mkdir()
        (path / f"a{index}/.zarray").write_text('{"chunks":[1],"compressor":null,"dtype":"<f4","fill_value":0,"order":"C","shape":[1],"zarr_format":2}')


# XGBoost's oldest: `binf`, the learner's parameters, names, the booster.
@file("xgboost-binary", "attributes of a booster", "model.model")
def attributes(size):
    head = struct.pack("<fIiiii", 0.5, 4, 0, 1, 0, 0) + bytes(136 - 24)
    objective, booster = b"reg:linear", b"gbtree"
    model = struct.pack("<iiiiq", 0, 1, 4, 0, 0) + bytes(160 - 24)
    pairs = names(size, lambda index: struct.pack("<Q", 8) + b"a%b" % index + struct.pack("<Q", 1) + b"1")
    count = len(pairs) // 25
    return head + struct.pack("<Q", len(objective)) + objective + struct.pack("<Q", len(booster)) + booster + model + struct.pack("<Q", count) + pairs


# Streams that become far more than they are.
@file("compressed", "a stream of nothing", "model.pkl.gz")
def nothing(size):
    import zlib
    return zlib.compress(b"\x80\x02](" + b"N" * (20 * size) + b"e.", 9, 31)


@file("compressed", "streams after each other", "model.pkl.gz")
def streams(size):
    import zlib
    return again(size, zlib.compress(b"", 9, 31))


@file("compressed", "empty blocks", "model.pkl.bz2")
def blocks(size):
    import bz2
    return again(size, bz2.compress(b""))


@file("compressed", "empty frames", "model.pkl.zst")
def frames(size):
    return again(size, b"\x28\xb5\x2f\xfd\x20\0\x01\0\0")


@file("compressed", "frames of a byte", "model.pkl.zst")
def frames_of_a_byte(size):
    return again(size, b"\x28\xb5\x2f\xfd\x20\x01\x09\0\0N")


@file("compressed", "empty blocks of one frame", "model.pkl.zst")
def blocks_of_one_frame(size):
    return b"\x28\xb5\x2f\xfd\0\x58" + again(size, bytes(3)) + b"\x01\0\0"


file("compressed", "empty frames of lz4", "model.pkl.lz4")(
    lambda size: again(size, b"\x04\x22\x4d\x18\x60\x40\x82\0\0\0\0")
)
file("compressed", "empty blocks of a gzip stream", "model.pkl.gz")(
    lambda size: b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + again(size, b"\0\0\0\xff\xff") + b"\x03\0" + bytes(8)
)


@file("compressed", "streams of a byte", "model.pkl.gz")
def streams_of_a_byte(size):
    import zlib
    return again(size, zlib.compress(b"N", 9, 31))


@file("compressed", "empty streams", "model.pkl.xz")
def empty_streams(size):
    import lzma
    return again(size, lzma.compress(b""))
