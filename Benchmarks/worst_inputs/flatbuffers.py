"""FlatBuffers: TFLite, ONNX Runtime's own format, CatBoost."""

import struct

from . import again, file


class Table:
    """A table by its slots; what is in several places is written once, so that it can be named a million times."""

    def __init__(self, **slots):
        self.slots = {int(name[1:]): value for name, value in slots.items()}


class Raw:
    """A vector whose elements are written as they are: how many, and their bytes."""

    def __init__(self, count, data):
        self.count, self.data = count, data


def build(root, identifier=b"\0\0\0\0"):
    """The buffer. Offsets lead forwards, so that what is named lies behind who names it."""
    out = bytearray(b"\0\0\0\0" + identifier)
    # What is written, and where its offset has to stand. Offsets lead forwards: what is named again after it was written
    # is written again.
    queue, waiting = [(root, [0])], {}

    def name(value, position):
        if id(value) in waiting:
            waiting[id(value)].append(position)
        else:
            waiting[id(value)] = [position]
            queue.append((value, waiting[id(value)]))

    position = 0
    while position < len(queue):
        value, positions = queue[position]
        position += 1
        waiting.pop(id(value), None)
        while len(out) % 4:
            out.append(0)
        if isinstance(value, Table):
            slots = value.slots
            most = max(slots, default=-1) + 1
            vtable = len(out)
            # soffset, then four bytes a field
            offsets, at = [0] * most, 4
            for slot in sorted(slots):
                offsets[slot] = at
                at += 4
            header = struct.pack(f"<HH{most}H", 4 + 2 * most, at, *offsets)
            out += header
            while len(out) % 4:
                out.append(0)
            start = len(out)
            target = start
            out += struct.pack("<i", start - vtable)
            for slot in sorted(slots):
                content = slots[slot]
                if isinstance(content, int):
                    out += struct.pack("<i", content)
                else:
                    name(content, len(out))
                    out += b"\0\0\0\0"
        elif isinstance(value, list):
            target = len(out)
            out += struct.pack("<I", len(value))
            for each in value:
                name(each, len(out))
                out += b"\0\0\0\0"
        elif isinstance(value, Raw):
            target = len(out)
            out += struct.pack("<I", value.count) + value.data
        else:
            data = value.encode() if isinstance(value, str) else value
            target = len(out)
            out += struct.pack("<I", len(data)) + data + b"\0"
        for at in positions:
            struct.pack_into("<I", out, at, target - at)
    return bytes(out)


def ints(*values):
    return Raw(len(values), struct.pack(f"<{len(values)}i", *values))


# TFLite, after schema.fbs.
def tflite(what):
    def add(make):
        file("tflite", what, "model.tflite")(lambda size: build(Table(s0=3, **make(size)), b"TFL3"))
        return make

    return add


def tensor(index=0, **more):
    return Table(s0=ints(1, 3), s1=0, s2=0, s3=f"t{index}", **more)


def subgraph(tensors=(), operators=(), inputs=None, outputs=None):
    return Table(s0=list(tensors), s1=inputs or ints(), s2=outputs or ints(), s3=list(operators), s4="main")


CODES = [Table(s0=0)]
BUFFERS = [Table()]
BASE = {"s1": CODES, "s4": BUFFERS}

tflite("tensors")(lambda size: {**BASE, "s2": [subgraph(tensor(index) for index in range(size // 70))]})
tflite("one tensor named again and again")(lambda size: {**BASE, "s2": [subgraph([tensor()] * (size // 4))]})
tflite("one operator named again and again")(
    lambda size: {**BASE, "s2": [subgraph([tensor()], [Table(s0=0, s1=ints(0), s2=ints(0))] * (size // 4))]}
)
tflite("operators")(
    lambda size: {**BASE, "s2": [subgraph([tensor()], [Table(s0=0, s1=ints(0), s2=ints(0)) for _ in range(size // 50)])]}
)
tflite("inputs of one operator, named again and again")(
    lambda size: {**BASE, "s2": [subgraph([tensor()], [Table(s0=0, s1=ints(*range(10_000)), s2=ints(0))] * (size // 8))]}
)
tflite("one graph named again and again")(
    lambda size: {**BASE, "s2": [subgraph([tensor()] * (size // 400), [Table(s0=0, s1=ints(0), s2=ints(0))] * (size // 400))] * (size // 400)}
)
tflite("inputs of the graph")(
    lambda size: {**BASE, "s2": [subgraph([tensor()], (), Raw(size // 4, bytes(size // 4 * 4)))]}
)
tflite("different inputs of the graph")(
    lambda size: {**BASE, "s2": [subgraph([tensor(index) for index in range(size // 80)], (), ints(*range(size // 80)), ints(*range(size // 80)))]}
)
tflite("dimensions of one tensor")(
    lambda size: {**BASE, "s2": [subgraph([Table(s0=Raw(size // 4, b"\1\0\0\0" * (size // 4)), s3="a")], (), ints(0))]}
)
tflite("dimensions of one tensor named again and again")(
    lambda size: {**BASE, "s2": [subgraph([Table(s0=Raw(size // 8, b"\1\0\0\0" * (size // 8)), s3="a")] * (size // 8), (), ints(0))]}
)
tflite("a long name named again and again")(
    lambda size: {**BASE, "s2": [subgraph([Table(s0=ints(1), s3="a" * (size // 2))] * (size // 8), (), ints(0))]}
)
tflite("operator codes")(lambda size: {"s1": [Table(s0=32, s1=f"Custom{index}") for index in range(size // 50)], "s4": BUFFERS, "s2": [subgraph()]})
tflite("one operator code named again and again")(
    lambda size: {"s1": [Table(s0=32, s1="Custom" * 1_000)] * (size // 4), "s4": BUFFERS, "s2": [subgraph()]}
)
tflite("buffers")(lambda size: {"s1": CODES, "s4": [Table(s0=b"ab") for _ in range(size // 30)], "s2": [subgraph()]})
tflite("one buffer named again and again")(lambda size: {"s1": CODES, "s4": [Table(s0=b"ab")] * (size // 4), "s2": [subgraph()]})
tflite("metadata")(lambda size: {**BASE, "s2": [subgraph()], "s6": [Table(s0=f"m{index}", s1=0) for index in range(size // 40)]})
tflite("one metadata named again and again")(
    lambda size: {**BASE, "s2": [subgraph()], "s6": [Table(s0="TFLITE_METADATA" * 100, s1=0)] * (size // 4)}
)
tflite("signatures")(
    lambda size: {**BASE, "s2": [subgraph([tensor()])], "s7": [Table(s0=[Table(s0="a", s1=0)], s1=[], s2=f"s{index}") for index in range(size // 90)]}
)
tflite("inputs of signatures named again and again")(
    lambda size: {**BASE, "s2": [subgraph([tensor()])], "s7": [Table(s0=[Table(s0="a", s1=0)] * (size // 8), s1=[], s2="s")] * (size // 8)}
)
tflite("scales of one tensor named again and again")(
    lambda size: {**BASE, "s2": [subgraph([tensor(0, s4=Table(s2=Raw(size // 8, bytes(size // 8 * 4)), s3=Raw(size // 16, bytes(size // 16 * 8))))]
                                          * (size // 16), (), ints(0))]}
)
tflite("Flex operators")(
    lambda size: {"s1": [Table(s0=32, s1=f"FlexOp{index}") for index in range(size // 50)], "s4": BUFFERS, "s2": [subgraph(
        [tensor()], [Table(s0=index, s1=ints(0), s2=ints(0)) for index in range(size // 100)])]}
)


@file("tflite", "archives of labels behind it", "model.tflite")
def labels(size):
    from .zips import archive
    return build(Table(s0=3, **BASE, s2=[subgraph([tensor()], (), ints(0))]), b"TFL3") + archive(
        [(f"labels{index}.txt", b"a\nb\n") for index in range(min(60_000, size // 130))])


# ONNX Runtime, after ort.fbs: InferenceSession {ort_version, model}, Model {ir, opsets, producer …, graph},
# Graph {initializers, node_args, nodes, max_node_index, node_edges, inputs, outputs, sparse}.
def ort(what):
    def add(make):
        file("onnx-ort", what, "model.ort")(
            lambda size: build(Table(s0="5", s1=Table(s1=[Table(s0="", s1=17)], s2="pytorch", s7=make(size))), b"ORTM"))
        return make

    return add


ort("nodes")(lambda size: Table(s0=[], s1=[], s2=[Table(s0=f"a{index}", s5="Relu") for index in range(size // 60)], s5=[], s6=[]))
ort("one node named again and again")(lambda size: Table(s0=[], s1=[], s2=[Table(s0="a", s5="Relu")] * (size // 4), s5=[], s6=[]))
ort("initializers")(lambda size: Table(s0=[Table(s0=f"a{index}", s2=Raw(1, bytes(8)), s3=1) for index in range(size // 70)], s1=[], s2=[], s5=[], s6=[]))
ort("one initializer named again and again")(
    lambda size: Table(s0=[Table(s0="a", s2=Raw(1, bytes(8)), s3=1)] * (size // 4), s1=[], s2=[], s5=[], s6=[])
)
ort("inputs")(lambda size: Table(s0=[], s1=[], s2=[], s5=[f"a{index}" for index in range(size // 20)], s6=[]))
ort("one input named again and again")(lambda size: Table(s0=[], s1=[Table(s0="a")], s2=[], s5=["a"] * (size // 4), s6=[]))
ort("values")(lambda size: Table(s0=[], s1=[Table(s0=f"a{index}") for index in range(size // 40)], s2=[], s5=["a1"], s6=[]))


@file("onnx-ort", "graphs within each other", "model.ort")
def graphs(size):
    inner = Table(s2=[])
    for _ in range(min(size // 120, 50_000)):
        inner = Table(s2=[Table(s0="a", s5="If", s9=[Table(s0="then_branch", s2=6, s6=inner)])])
    return build(Table(s0="5", s1=Table(s1=[], s7=inner)), b"ORTM")


# CatBoost, after model.fbs.
def catboost(what):
    def add(make):
        @file("catboost", what, "model.cbm")
        def whole(size):
            core = build(Table(s0="FlabuffersModel_v1", **make(size)))
            return b"CBM1" + struct.pack("<I", len(core)) + core

        return make

    return add


catboost("features")(lambda size: {"s1": Table(s0=1, s2=ints(1), s5=[Table(s1=index, s2=index, s4=f"f{index}") for index in range(size // 60)])})
catboost("one feature named again and again")(lambda size: {"s1": Table(s0=1, s2=ints(1), s5=[Table(s1=0, s2=0, s4="f" * 1_000)] * (size // 4))})
catboost("information")(lambda size: {"s1": Table(s0=1, s2=ints(1)), "s2": [Table(s0=f"k{index}", s1="v") for index in range(size // 50)]})
catboost("one information named again and again")(
    lambda size: {"s1": Table(s0=1, s2=ints(1)), "s2": [Table(s0="params", s1='{"a":' + "[" * 100 + "]" * 100 + "}")] * (size // 4)}
)
catboost("a long information named again and again")(
    lambda size: {"s1": Table(s0=1, s2=ints(1)), "s2": [Table(s0="class_params", s1='{"class_to_label": [' + "1," * (size // 8) + "1]}")] * (size // 16)}
)
catboost("classes")(
    lambda size: {"s1": Table(s0=1, s2=ints(1)), "s2": [Table(s0="class_params", s1='{"class_to_label": [' + "1," * (size // 2) + "1]}")]}
)
