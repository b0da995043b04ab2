"""Pickles of every protocol, opcode by opcode."""

import struct

from . import again, file, fill, names
from .zips import archive


def text(value):
    """BINUNICODE"""
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def short(value):
    """SHORT_BINUNICODE"""
    data = value.encode()
    return b"\x8c" + bytes([len(data)]) + data


def binary(data):
    """BINBYTES"""
    return b"B" + struct.pack("<I", len(data)) + data


def number(index):
    """BININT"""
    return b"J" + struct.pack("<i", index)


def listed(content):
    return b"\x80\x02](" + content + b"e."


def pickle(what, name="model.pkl"):
    return file("pickle", what, name)


# Values.
pickle("numbers")(lambda size: listed(again(size, b"K\x01")))
pickle("different numbers")(lambda size: listed(fill(size, number)))
pickle("empty dicts")(lambda size: listed(again(size, b"}")))
pickle("empty tuples")(lambda size: listed(again(size, b")")))
pickle("texts")(lambda size: listed(names(size, lambda index: text(f"a{index}"))))
pickle("texts in the memo, protocol 4")(
    lambda size: b"\x80\x04](" + names(size, lambda index: short(f"a{index}") + b"\x94") + b"e."
)
pickle("one text named again and again")(lambda size: listed(text("a") + b"q\x00" + again(size, b"h\x00")))
pickle("numbers of protocol 0")(lambda size: b"(l" + again(size, b"I1\na") + b".")
pickle("long numbers of protocol 0")(lambda size: b"(l" + fill(size, lambda index: b"L%dL\na" % (10**200 + index)) + b".")
pickle("one number of millions of digits")(lambda size: b"L" + b"7" * size + b"L\n.")
pickle("a large number of bytes")(lambda size: b"\x80\x02\x8b" + struct.pack("<i", size) + b"\x7f" * size + b".")
pickle("floats of protocol 0")(lambda size: b"(l" + again(size, b"F1.5\na") + b".")
pickle("a text of escapes, protocol 0")(lambda size: b"V" + again(size, b"\\u0041") + b"\n.")
pickle("texts in quotes, protocol 0")(lambda size: b"(l" + again(size, b"S'\\x41'\na") + b".")
pickle("slots of the memo, protocol 0")(lambda size: b"(l" + names(size, lambda index: b"I1\np%b\na" % index) + b".")
pickle("persistent ids")(lambda size: listed(fill(size, lambda index: number(index) + b"Q")))

# Within each other, and over each other.
pickle("tuples within each other")(lambda size: b"\x80\x02)" + b"\x85" * size + b".")
pickle("lists within each other")(lambda size: b"\x80\x02" + b"]" * (size // 2) + b"a" * (size // 2 - 1) + b".")
pickle("pairs of the same, within each other")(lambda size: b"\x80\x02)" + again(size, b"2\x86") + b".")
pickle("marks")(lambda size: b"\x80\x02" + b"(" * size + b".")
pickle("a list that is copied and thrown away")(lambda size: b"\x80\x02]" + again(size, b"20") + b".")
pickle("dicts of one deep key")(
    lambda size: b"\x80\x02(" + b")" + b"\x85" * 1_000 + b"q\x000" + again(size, b"}h\x00K\x01s") + b"l."
)
pickle("items of one dict")(lambda size: b"\x80\x02}(" + fill(size, lambda index: number(index) + b"N") + b"u.")
pickle("the same item of one dict")(lambda size: b"\x80\x02}(" + again(size, b"K\x01N") + b"u.")
pickle("frames")(lambda size: b"\x80\x04](" + again(size, b"\x95" + struct.pack("<Q", 1) + b"N") + b"e.")
pickle("pickles after each other")(lambda size: again(size, b"\x80\x02N."))

# Imports and calls.
CLASS = b"ccollections\nOrderedDict\nq\x000"
pickle("different imports")(lambda size: listed(names(size, lambda index: b"cmodule\nname%b\n" % index)))
pickle("different imports of long names")(
    lambda size: listed(names(size, lambda index: b"c" + b"m" * 1_000 + b"\nname%b\n" % index))
)
pickle("dangerous imports")(lambda size: listed(names(size, lambda index: b"cos\nsystem\n")))
pickle("dangerous calls")(
    lambda size: b"\x80\x02cos\nsystem\nq\x000](" + again(size, b"h\x00" + text("true") + b"\x85R") + b"e."
)
pickle("imports from the stack, protocol 4")(
    lambda size: b"\x80\x04" + short("module") + b"\x940](" + names(size, lambda index: b"h\x00" + short(f"n{index}") + b"\x93") + b"e."
)
pickle("one long module imported again and again")(
    lambda size: b"\x80\x04" + text("m" * 90_000) + b"\x940](" + names(size, lambda index: b"h\x00" + short(f"n{index}") + b"\x93") + b"e."
)
pickle("computed imports")(lambda size: listed(again(size, b")N\x93")))
pickle("calls")(lambda size: b"\x80\x02" + CLASS + b"](" + again(size, b"h\x00)R") + b"e.")
pickle("calls of calls")(lambda size: b"\x80\x02" + CLASS + b"h\x00" + again(size, b")R") + b".")
pickle("objects with a state")(lambda size: b"\x80\x02" + CLASS + b"](" + again(size, b"h\x00)R}b") + b"e.")
pickle("states of one object")(lambda size: b"\x80\x02" + CLASS + b"h\x00)R" + again(size, b"}b") + b".")
pickle("objects of protocol 0")(lambda size: b"(l" + again(size, b"(icollections\nOrderedDict\na") + b".")
pickle("attributes of attributes")(
    lambda size: b"\x80\x02cbuiltins\ngetattr\nq\x000" + text("a") + b"q\x010cos\npath\n"
    + b"q\x020" + again(size, b"h\x00h\x02h\x01\x86Rq\x020") + b"h\x02."
)
pickle("states with __dict__ of names")(
    lambda size: b"\x80\x02" + CLASS + b"h\x00)R}(" + names(size, lambda index: text(f"a{index}") + b"N") + b"ub."
)
pickle("extension codes")(lambda size: listed(fill(size, lambda index: b"\x84" + struct.pack("<i", index + 1))))

# Pickles in pickles.
LOADS = b"cpickle\nloads\nq\x000"
INNER = b"\x80\x02cos\ngetcwd\n)R."
pickle("pickles in a pickle")(
    lambda size: b"\x80\x02" + LOADS + b"](" + names(size, lambda index: b"h\x00" + binary(INNER + b"%b" % index) + b"\x85R") + b"e."
)
pickle("the same bytes loaded again and again")(
    lambda size: b"\x80\x02" + LOADS + binary(listed(again(1 << 16, b"N"))) + b"q\x010](" + again(size, b"h\x00h\x01\x85R") + b"e."
)
pickle("texts encoded to pickles")(
    lambda size: b"\x80\x02" + LOADS + b"c_codecs\nencode\nq\x010](" + names(
        size, lambda index: b"h\x00h\x01" + text(f"N.{index}") + text("latin1") + b"\x86R\x85R") + b"e."
)


@pickle("pickles within each other")
def nested(size):
    inner = INNER
    while len(inner) < size // 2:
        inner = b"\x80\x02" + b"cpickle\nloads\n" + binary(inner + bytes(size // 64)) + b"\x85R."
    return inner


# torch: a tensor an item, as torch.save writes it.
HEAD = (
    b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\nq\x000ctorch\nFloatStorage\nq\x010ccollections\nOrderedDict\nq\x020"
    b"X\x07\x00\x00\x00storageq\x030X\x03\x00\x00\x00cpuq\x040h\x02)R("
)


def tensor(index, storage="0"):
    place = b"(h\x03h\x01" + text(storage) + b"h\x04K\x01tQ"
    return text(f"w{index}") + b"h\x00(" + place + b"K\x00(K\x01t(K\x01t\x89h\x02)RtR"


def state_dict(size):
    return HEAD + names(size, tensor) + b"u."


def saved(pickled, records=1):
    members = [("archive/data.pkl", pickled), *((f"archive/data/{index}", bytes(4)) for index in range(records))]
    return archive([*members, ("archive/version", b"3\n")])


file("torch", "tensors of one storage", "model.pt")(lambda size: saved(state_dict(size)))
file("torch", "tensors of storages of their own", "model.pt")(
    lambda size: saved(HEAD + b"".join(tensor(index, str(index)) for index in range(min(60_000, size // 100))) + b"u.",
                       min(60_000, size // 100))
)
file("torch", "tensors of many dimensions", "model.pt")(
    lambda size: saved(HEAD + text("w") + b"h\x00((h\x03h\x01X\x01\x00\x00\x000h\x04K\x01tQK\x00(" + b"K\x01" * (size // 4)
                       + b"t(" + b"K\x01" * (size // 4) + b"t\x89h\x02)RtRu.")
)
file("torch", "settings beside the tensors", "model.pt")(
    lambda size: saved(b"\x80\x02}(" + text("state_dict") + HEAD[2:] + tensor(0) + b"u" + text("hparams") + b"}("
                       + names(size, lambda index: text(f"a{index}") + b"K\x01") + b"uu.")
)
file("torch", "state dicts within each other", "model.pt")(
    lambda size: saved(b"\x80\x02" + again(size, b"}" + text("state_dict")) + b"}" + again(size // 12, b"s") + b".")
)
file("torch", "modules within each other", "model.pt")(
    lambda size: saved(b"\x80\x02ctorch.nn.modules.container\nSequential\nq\x000" + names(
        size, lambda index: b"h\x00)\x81}(" + text("_modules") + b"}" + text("0")) + b"N" + again(size // 30, b"sub") + b".")
)
file("torch", "layers of a module", "model.pt")(
    lambda size: saved(b"\x80\x02ctorch.nn.modules.linear\nLinear\nq\x000ctorch.nn.modules.container\nSequential\n)\x81}("
                       + text("_modules") + b"}(" + names(size, lambda index: text(str(index)) + b"h\x00)\x81}(" + text("in_features")
                       + b"K\x01" + text("training") + b"\x89ub") + b"uub.")
)
file("torch", "legacy stream of tensors", "model.pt")(
    lambda size: b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}q\x00(X\x10\x00\x00\x00protocol_version"
    b"M\xe9\x03X\x0d\x00\x00\x00little_endian\x88X\x0a\x00\x00\x00type_sizes}u." + state_dict(size) + b"\x80\x02]X\x01\x00\x00\x000a."
)

# scikit-learn.
ESTIMATOR = b"csklearn.linear_model._base\nLinearRegression\nq\x000ccopyreg\n_reconstructor\nq\x010cbuiltins\nobject\nq\x020"


def estimator(state):
    return b"h\x01h\x00h\x02N\x87R}(" + state + text("_sklearn_version") + text("1.5.0") + b"ub"


file("sklearn", "hyperparameters", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + estimator(names(size, lambda index: text(f"a{index}") + b"K\x01")) + b"."
)
file("sklearn", "names of features", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + estimator(
        text("feature_names_in_") + b"](" + names(size, lambda index: text(f"a{index}")) + b"e") + b"."
)
file("sklearn", "estimators in a list", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + estimator(text("estimators_") + b"](" + again(size, estimator(b"")) + b"e") + b"."
)
file("sklearn", "steps of a pipeline", "model.pkl")(
    lambda size: b"\x80\x02" + ESTIMATOR + b"h\x01csklearn.pipeline\nPipeline\nh\x02N\x87R}(" + text("steps") + b"](" + names(
        size, lambda index: text(f"step{index}") + estimator(b"") + b"\x86") + b"e" + text("_sklearn_version") + text("1.5.0")
        + b"ub."
)


@file("sklearn", "pipelines within each other", "model.pkl")
def pipelines(size):
    begin = b"h\x01h\x03h\x02N\x87R}(" + text("steps") + b"](" + text("a")
    end = b"\x86e" + text("_sklearn_version") + text("1.5.0") + b"ub"
    count = size // (len(begin) + len(end))
    head = b"\x80\x02" + ESTIMATOR + b"csklearn.pipeline\nPipeline\nq\x030"
    return head + begin * count + estimator(b"") + end * count + b"."


file("joblib", "wrappers of arrays without an array", "model.joblib")(
    lambda size: b"\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper\nq\x000](" + again(size, b"h\x00)\x81}b") + b"e."
)
file("joblib", "arrays", "model.joblib")(
    lambda size: b"\x80\x03cjoblib.numpy_pickle\nNumpyArrayWrapper\nq\x000cnumpy\nndarray\nq\x010cnumpy\ndtype\n" + text("u1")
    + b"K\x00K\x01\x87Rq\x02(K\x03" + text("|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb0](" + again(
        size, b"h\x00)\x81}(" + text("subclass") + b"h\x01" + text("shape") + b"K\x01\x85" + text("order") + text("C")
        + text("dtype") + b"h\x02" + text("allow_mmap") + b"\x88ub\x00") + b"e."
)
