"""Writes files that are broken, no models, or attacks, each named by its fault, with what has to come out of them.

Needs the standard library alone. No pickle is loaded for real: the imports come from Python's own unpickler with a
find_class that imports nothing. What a payload would run is the command `true`.
"""

import io
import json
import pickle
import platform
import struct
import zipfile

from common import place, run_all, start, write_truth

FUNCTIONS = []  # filled by @artifact
WRITTEN_BY = {"python": platform.python_version()}
STOP = b"."
NONE = b"N"
MARK = b"("
EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2 = b")", b"t", b"\x85", b"\x86"
REDUCE, POP, STACK_GLOBAL, BINPERSID = b"R", b"0", b"\x93", b"Q"
PROTOCOL_2, PROTOCOL_4 = b"\x80\x02", b"\x80\x04"


# ---------------------------------------------------------------- writing


def artifact(function):
    """Adds a function to those that write an artifact."""
    FUNCTIONS.append(function)
    return function


def save(name, data, how, record):
    """Writes one file and what has to come out of it."""
    path = place("hostile", name)
    path.write_bytes(data)
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


def failed(reason=None):
    """The record of a file that cannot be read to its end; a reason only where there is but one."""
    return {"verdict": "failed", **({"error": {"reason": reason}} if reason else {})}


def not_a_model(cause=None):
    return {"verdict": "not-a-model", **({"cause": cause} if cause else {})}


def dangerous(*names, verdict=None):
    """The record of a pickle that would run something; names are its imports, when all of them are dangerous."""
    loading = {"verdict": "dangerous"}
    if names:
        loading["imports"] = [{"name": name, "tier": "dangerous"} for name in names]
    return {**({"verdict": verdict} if verdict else {}), "loading": loading}


UNRECOGNISED = {"verdict": "unrecognised"}
MODEL = {"verdict": "model"}


# ---------------------------------------------------------------- pieces of pickles


def glob(module, name):
    return f"c{module}\n{name}\n".encode()


def text(value):
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def short_text(value):
    return b"\x8c" + bytes([len(value)]) + value.encode()


def blob(data):
    return b"B" + struct.pack("<I", len(data)) + data


def call(function, *arguments):
    """The opcodes that call a function with arguments."""
    return function + MARK + b"".join(arguments) + TUPLE + REDUCE


class Recorder(pickle._Unpickler):
    """An unpickler that notes what it would import and imports nothing."""

    def __init__(self, data):
        super().__init__(io.BytesIO(data))
        self.found = []

    def find_class(self, module, name):
        self.found.append(f"{module}.{name}")
        return Harmless

    def persistent_load(self, _):
        return Harmless()


class Harmless(dict):
    """Stands for everything that a pickle imports."""

    def __init__(self, *_, **__):
        super().__init__()

    def __new__(cls, *_, **__):
        return super().__new__(cls)

    def __call__(self, *_, **__):
        return Harmless()


def recorded(data):
    """The imports of a pickle, each once, in the order in which they happen."""
    recorder = Recorder(data)
    recorder.load()
    return list(dict.fromkeys(recorder.found))


def save_pickle(name, data, how, *, expected=("posix.system",), named=None):
    """Writes a pickle whose imports are, by Python's unpickler, just those expected; they are all dangerous by name, but
    where `named` has the names that are."""
    assert recorded(data) == list(expected), recorded(data)
    save(name, data, how, dangerous(*(expected if named is None else named)))


SYSTEM = glob("posix", "system")
SYSTEM_CALL = call(SYSTEM, text("true"))


# ---------------------------------------------------------------- pieces of a torch archive


def tensor_opcodes(elements):
    """A float tensor of storage 0 as torch.save writes it."""
    storage = (
        MARK + text("storage") + glob("torch", "FloatStorage") + text("0") + text("cpu") + number(elements) + TUPLE
    )
    shape = number(elements) + TUPLE1
    hooks = glob("collections", "OrderedDict") + EMPTY_TUPLE + REDUCE
    return call(
        glob("torch._utils", "_rebuild_tensor_v2"),
        storage + BINPERSID,
        number(0),
        shape,
        number(1) + TUPLE1,
        b"\x89",
        hooks,
    )


def number(value):
    return b"J" + struct.pack("<i", value)


def state_dict_pickle(extra=b""):
    """An OrderedDict of one tensor, and of extra pairs."""
    dictionary = glob("collections", "OrderedDict") + EMPTY_TUPLE + REDUCE
    return PROTOCOL_2 + dictionary + MARK + text("layer.weight") + tensor_opcodes(512) + extra + b"u" + STOP


def archive(data_pickle, *, compression=zipfile.ZIP_STORED, more=()):
    """A zip as torch.save lays it out."""
    entries = [("archive/data.pkl", data_pickle), ("archive/byteorder", b"little")]
    entries += [("archive/data/0", bytes(2048)), ("archive/version", b"3\n"), *more]
    return zip_of(entries, compression)


def zip_of(entries, compression=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression, compresslevel=9) as opened:
        for name, data in entries:
            opened.writestr(zipfile.ZipInfo(name), data, compress_type=compression)
    return buffer.getvalue()


# ---------------------------------------------------------------- no models


@artifact
def empty_onnx():
    save("empty.onnx", b"", "no byte at all", not_a_model("empty"))


@artifact
def one_byte_pt():
    save("one_byte.pt", b"P", "a single byte", UNRECOGNISED)


@artifact
def two_bytes_pt():
    save("two_bytes.pt", b"PK", "the first half of a zip signature", UNRECOGNISED)


@artifact
def lfs_pointer_onnx():
    lines = ["version https://git-lfs.github.com/spec/v1", f"oid sha256:{'0123456789abcdef' * 4}", "size 126474920", ""]
    save("lfs_pointer.onnx", "\n".join(lines).encode(), "a Git LFS pointer", not_a_model("git-lfs-pointer"))


@artifact
def html_page_pt():
    page = "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head><body>Not Found</body></html>\n"
    save("html_page.pt", page.encode(), "an error page that was saved as a model", not_a_model("html"))


@artifact
def json_error_safetensors():
    data = json.dumps({"error": "Invalid username or password."}).encode()
    save("json_error.safetensors", data, "the JSON of an error, saved as a model", UNRECOGNISED)


@artifact
def zip_of_documents_pt():
    data = zip_of([("docs/readme.txt", b"Read me."), ("docs/figure.csv", b"a,b\n1,2\n")])
    save("zip_of_documents.pt", data, "an ordinary zip archive", UNRECOGNISED)


# ---------------------------------------------------------------- archives


@artifact
def truncated_torch_pt():
    data = archive(state_dict_pickle())
    save("truncated_torch.pt", data[: len(data) * 6 // 10], "a torch archive without its end", failed("truncated"))


@artifact
def cut_end_record_pt():
    save("cut_end_record.pt", archive(state_dict_pickle())[:-10], "a zip whose end record is cut", failed("truncated"))


@artifact
def no_data_pickle_pt():
    data = zip_of([("archive/byteorder", b"little"), ("archive/data/0", bytes(64)), ("archive/version", b"3\n")])
    save("no_data_pickle.pt", data, "a torch archive without data.pkl", UNRECOGNISED)


@artifact
def directory_outside_pt():
    data = bytearray(archive(state_dict_pickle()))
    end = data.rindex(b"PK\5\6")
    struct.pack_into("<I", data, end + 16, 0x7FFFFFF0)
    save("directory_outside.pt", bytes(data), "an end record that points behind the end of the file", failed())


@artifact
def entry_outside_pt():
    data = bytearray(archive(state_dict_pickle()))
    first = data.index(b"PK\1\2")
    struct.pack_into("<I", data, first + 42, 0x7FFFFFF0)
    save("entry_outside.pt", bytes(data), "data.pkl whose local header would lie behind the end", failed())


@artifact
def bomb_zeros_pt():
    data = archive(bytes(200_000_000), compression=zipfile.ZIP_DEFLATED)
    save("bomb_zeros.pt", data, "data.pkl inflates to 200 MB of zeros", failed())


@artifact
def bomb_opcodes_pt():
    pickled = PROTOCOL_2 + (NONE + POP) * 50_000_000 + NONE + STOP
    data = archive(pickled, compression=zipfile.ZIP_DEFLATED)
    save("bomb_opcodes.pt", data, "data.pkl inflates to 100 MB of valid opcodes", failed("limit"))


@artifact
def encrypted_data_pickle_pt():
    data = bytearray(archive(state_dict_pickle()))
    data[data.index(b"PK\3\4") + 6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    save("encrypted_data_pickle.pt", bytes(data), "data.pkl carries the flag of encryption", failed("encrypted"))


@artifact
def traversal_names_pt():
    more = [("archive/../../../tmp/evil.txt", b"x"), ("archive/extra/..\\..\\evil.txt", b"x")]
    data = archive(state_dict_pickle(), more=more)
    save("traversal_names.pt", data, "a state_dict beside entries that would leave the folder when extracted", MODEL)


@artifact
def outside_names_pt():
    more = [("../../../tmp/evil.txt", b"x"), ("/etc/evil.txt", b"x"), ("C:\\evil.txt", b"x")]
    data = archive(state_dict_pickle(), more=more)
    save("outside_names.pt", data, "a state_dict beside entries outside its folder, which torch.load refuses", {})


@artifact
def duplicate_data_pickle_pt():
    more = [("archive/data.pkl", PROTOCOL_2 + SYSTEM_CALL + STOP)]
    data = archive(state_dict_pickle(), more=more)
    save("duplicate_data_pickle.pt", data, "two entries are called data.pkl, the second one is an attack", dangerous())


# ---------------------------------------------------------------- pickles that run something


@artifact
def system_protocol_0_pkl():
    save_pickle("system_protocol_0.pkl", b"cposix\nsystem\n(S'true'\ntR.", "posix.system in protocol 0")


@artifact
def system_protocol_2_pkl():
    save_pickle("system_protocol_2.pkl", PROTOCOL_2 + SYSTEM_CALL + STOP, "posix.system in protocol 2")


@artifact
def system_protocol_4_pkl():
    body = short_text("posix") + b"\x94" + short_text("system") + b"\x94" + STACK_GLOBAL + b"\x94"
    body += short_text("true") + b"\x94" + TUPLE1 + b"\x94" + REDUCE + b"\x94" + STOP
    data = PROTOCOL_4 + b"\x95" + struct.pack("<Q", len(body)) + body
    save_pickle("system_protocol_4.pkl", data, "posix.system in protocol 4, framed and memoised")


@artifact
def instance_opcode_pkl():
    save_pickle("instance_opcode.pkl", b"(S'true'\niposix\nsystem\n.", "INST calls posix.system")


@artifact
def object_opcode_pkl():
    data = PROTOCOL_2 + MARK + SYSTEM + text("true") + b"o" + STOP
    save_pickle("object_opcode.pkl", data, "OBJ calls posix.system")


@artifact
def new_object_extended_pkl():
    arguments = text("true") + TUPLE1
    data = PROTOCOL_4 + glob("subprocess", "Popen") + arguments + b"}" + b"\x92" + STOP
    save_pickle("new_object_extended.pkl", data, "NEWOBJ_EX of subprocess.Popen", expected=["subprocess.Popen"])


@artifact
def extension_unknown_pkl():
    data = PROTOCOL_2 + b"\x82\x01" + text("true") + TUPLE1 + REDUCE + STOP
    how = "EXT1 calls what the reading program's extension registry knows as code 1"
    save("extension_unknown.pkl", data, how, {"loading": {"verdict": "needs-code"}})


@artifact
def extension_registered_pkl():
    register = call(glob("copyreg", "add_extension"), text("posix"), text("system"), number(1))
    data = PROTOCOL_2 + register + POP + b"\x82\x01" + text("true") + TUPLE1 + REDUCE + STOP
    how = "registers posix.system as extension code 1, then calls it by EXT1"
    save("extension_registered.pkl", data, how, dangerous())


@artifact
def memoised_names_pkl():
    body = short_text("system") + b"\x94" + POP + short_text("posix") + b"\x94" + POP
    body += b"h\x01h\x00" + STACK_GLOBAL + short_text("true") + TUPLE1 + REDUCE + STOP
    save_pickle(
        "memoised_names.pkl", PROTOCOL_4 + body, "STACK_GLOBAL whose names come from the memo in the other order"
    )


@artifact
def memo_overwritten_pkl():
    body = short_text("collections") + b"q\x00" + POP + short_text("OrderedDict") + b"q\x01" + POP
    body += short_text("posix") + b"p0\n" + POP + short_text("system") + b"r\x01\0\0\0" + POP
    body += b"h\x00j\x01\0\0\0" + STACK_GLOBAL + short_text("true") + TUPLE1 + REDUCE + STOP
    how = "memo slots are written twice, by BINPUT, PUT and LONG_BINPUT"
    save_pickle("memo_overwritten.pkl", PROTOCOL_4 + body, how)


@artifact
def escaped_names_pkl():
    body = b"V\\u0070osix\nVsyst\\u0065m\n" + STACK_GLOBAL + short_text("true") + TUPLE1 + REDUCE + STOP
    save_pickle("escaped_names.pkl", PROTOCOL_4 + body, "names with unicode escapes")


@artifact
def dotted_name_pkl():
    body = short_text("shutil") + short_text("os.system") + STACK_GLOBAL + short_text("true") + TUPLE1 + REDUCE + STOP
    how = "a dotted name reaches os.system through another module"
    save("dotted_name.pkl", PROTOCOL_4 + body, how, dangerous())


@artifact
def computed_name_pkl():
    joined = call(glob("builtins", "str.format"), text("{}s"), text("o"))
    data = PROTOCOL_4 + joined + short_text("system") + STACK_GLOBAL + text("true") + TUPLE1 + REDUCE + STOP
    save("computed_name.pkl", data, "the module's name is the result of a call", dangerous())


@artifact
def popped_call_pkl():
    data = PROTOCOL_2 + SYSTEM_CALL + POP + b"}" + STOP
    save_pickle("popped_call.pkl", data, "the result of posix.system is dropped, an empty dictionary remains")


@artifact
def getattr_chain_pkl():
    module = call(glob("builtins", "__import__"), text("os"))
    function = call(glob("builtins", "getattr"), module, text("system"))
    data = PROTOCOL_2 + call(function, text("true")) + STOP
    how = "getattr(__import__('os'), 'system')('true')"
    save_pickle("getattr_chain.pkl", data, how, expected=["builtins.getattr", "builtins.__import__"],
                named=())


@artifact
def eval_pkl():
    data = PROTOCOL_2 + call(glob("builtins", "eval"), text("1 + 1")) + STOP
    save_pickle("eval.pkl", data, "builtins.eval", expected=["builtins.eval"])


@artifact
def eval_python_2_pkl():
    data = PROTOCOL_2 + call(glob("__builtin__", "eval"), text("1 + 1")) + STOP
    save("eval_python_2.pkl", data, "eval under the name of Python 2's module", dangerous())


@artifact
def nested_torch_bytes_pkl():
    inner = legacy_stream(PROTOCOL_2 + SYSTEM_CALL + STOP)
    data = PROTOCOL_2 + call(glob("torch.storage", "_load_from_bytes"), blob(inner)) + STOP
    how = "torch.storage._load_from_bytes of a legacy stream that calls posix.system"
    save("nested_torch_bytes.pkl", data, how, dangerous())


@artifact
def nested_pickle_bytes_pkl():
    data = PROTOCOL_2 + call(glob("_pickle", "loads"), blob(PROTOCOL_2 + SYSTEM_CALL + STOP)) + STOP
    save("nested_pickle_bytes.pkl", data, "pickle.loads of bytes that call posix.system", dangerous())


@artifact
def broken_tail_pkl():
    data = PROTOCOL_2 + SYSTEM_CALL + b"\xff\xff\xff"
    save("broken_tail.pkl", data, "posix.system has run before the unknown opcode is met", dangerous())


@artifact
def second_pickle_pkl():
    data = PROTOCOL_2 + b"}" + STOP + PROTOCOL_2 + SYSTEM_CALL + STOP
    save("second_pickle.pkl", data, "an empty dictionary, and a second pickle that calls posix.system", dangerous())


@artifact
def torch_system_pt():
    data = archive(PROTOCOL_2 + SYSTEM_CALL + STOP)
    save("torch_system.pt", data, "data.pkl calls posix.system and nothing else", dangerous("posix.system"))


@artifact
def torch_system_in_state_dict_pt():
    data = archive(state_dict_pickle(text("layer.bias") + SYSTEM_CALL))
    how = "an ordinary state_dict, one value of which is the result of posix.system"
    save("torch_system_in_state_dict.pt", data, how, dangerous(verdict="model"))


@artifact
def torch_system_in_persistent_id_pt():
    data = archive(PROTOCOL_2 + SYSTEM_CALL + BINPERSID + STOP)
    save("torch_system_in_persistent_id.pt", data, "posix.system makes a persistent id", dangerous("posix.system"))


def legacy_stream(object_pickle):
    """The five pickles of the format that torch.save wrote before 1.6."""
    magic = PROTOCOL_2 + bytes.fromhex("8a0a6cfc9c46f9206aa85019") + STOP
    version = PROTOCOL_2 + b"M\xe9\x03" + STOP
    sizes = b"}(" + b"".join(text(name) + number(size) for name, size in (("short", 2), ("int", 4), ("long", 4))) + b"u"
    system = PROTOCOL_2 + b"}(" + text("protocol_version") + b"M\xe9\x03" + text("little_endian") + b"\x88"
    system += text("type_sizes") + sizes + b"u" + STOP
    return magic + version + system + object_pickle + PROTOCOL_2 + b"]" + STOP


@artifact
def legacy_torch_system_pt():
    data = legacy_stream(PROTOCOL_2 + SYSTEM_CALL + STOP)
    how = "the legacy format of torch.save with posix.system in its fourth pickle"
    save("legacy_torch_system.pt", data, how, dangerous("posix.system"))


# ---------------------------------------------------------------- pickles that exhaust or are broken


@artifact
def memo_bomb_pkl():
    levels = b"".join(
        b"h" + bytes([index]) + b"h" + bytes([index]) + TUPLE2 + b"q" + bytes([index + 1]) for index in range(100)
    )
    data = PROTOCOL_2 + b"]q\x00" + levels + STOP
    save(
        "memo_bomb.pkl", data, "a tuple of twice the same tuple, 100 levels: 2^100 leaves when expanded", not_a_model()
    )


@artifact
def nested_lists_pkl():
    data = PROTOCOL_2 + b"]" * 49_000 + b"a" * 48_999 + STOP
    save("nested_lists.pkl", data, "49,000 lists within each other; Python reads it, a limit may stop it", {})


@artifact
def nested_marks_pkl():
    save("nested_marks.pkl", PROTOCOL_2 + MARK * 95_000 + STOP, "95,000 marks and no value", failed())


@artifact
def huge_text_length_pkl():
    data = PROTOCOL_4 + b"\x8d" + struct.pack("<Q", 2**63) + b"abc" + STOP
    save("huge_text_length.pkl", data, "BINUNICODE8 of 2^63 bytes", failed())


@artifact
def huge_memo_index_pkl():
    data = PROTOCOL_2 + b"]r" + struct.pack("<I", 2**31) + STOP
    save("huge_memo_index.pkl", data, "LONG_BINPUT 2^31 of an empty list; a limit may stop it", {})


@artifact
def huge_integer_pkl():
    data = PROTOCOL_2 + b"\x8b" + struct.pack("<i", 2**31 - 1) + b"\x01\x02" + STOP
    save("huge_integer.pkl", data, "LONG4 of 2^31 - 1 bytes", failed())


@artifact
def negative_integer_length_pkl():
    data = PROTOCOL_2 + b"\x8b" + struct.pack("<i", -5) + b"\x01\x02" + STOP
    save("negative_integer_length.pkl", data, "LONG4 of -5 bytes", failed("malformed"))


@artifact
def long_frame_pkl():
    data = PROTOCOL_4 + b"\x95" + struct.pack("<Q", 1_000_000) + b"]" + STOP
    save("long_frame.pkl", data, "a frame longer than the file", failed("truncated"))


@artifact
def no_stop_pkl():
    data = PROTOCOL_4 + b"\x95" + struct.pack("<Q", 24) + b"}" + short_text("layer.weight") + b"K\x01s" + b"K\x02" * 3
    save("no_stop.pkl", data, "a pickle without STOP", failed("truncated"))


@artifact
def stack_underflow_pkl():
    save(
        "stack_underflow.pkl",
        PROTOCOL_2 + b"]" + REDUCE + REDUCE + STOP,
        "REDUCE of an empty stack",
        failed("malformed"),
    )


@artifact
def missing_memo_pkl():
    save(
        "missing_memo.pkl",
        PROTOCOL_2 + b"]h\x07a" + STOP,
        "BINGET of a slot that was never written",
        failed("malformed"),
    )


# ---------------------------------------------------------------- ONNX


def varint(value):
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def field(number_, data):
    return varint(number_ << 3 | 2) + varint(len(data)) + data


def onnx_value(name):
    """A float tensor of shape [1, 4]."""
    shape = field(1, b"\x08\x01") + field(1, b"\x08\x04")
    return field(1, name) + field(2, field(1, b"\x08\x01" + field(2, shape)))


def onnx_model(*, graph_more=b"", more=b"", input_name=b"x", metadata=b""):
    """A Relu of four values, with further fields of the graph and of the model."""
    node = field(1, input_name) + field(2, b"y") + field(4, b"Relu")
    graph = (
        field(1, node) + graph_more + field(2, b"g") + field(11, onnx_value(input_name)) + field(12, onnx_value(b"y"))
    )
    return b"\x08\x0a" + field(2, b"onnx-example") + field(7, graph) + field(8, b"\x10\x15") + metadata + more


@artifact
def onnx_deep_graphs():
    graph = field(2, b"leaf")
    for _ in range(6000):
        attribute = field(1, b"g") + field(6, graph)
        graph = field(1, field(5, attribute))
    node = field(4, b"If") + field(5, field(6, graph))
    save(
        "onnx_deep_graphs.onnx",
        onnx_model(graph_more=field(1, node)),
        "graphs nested 6000 deep in attributes",
        failed("limit"),
    )


@artifact
def onnx_length_past_end():
    save(
        "onnx_length_past_end.onnx",
        onnx_model(more=b"\x72\xff\xff\xff\x07abc"),
        "a field longer than the file",
        failed(),
    )


@artifact
def onnx_truncated():
    data = onnx_model(graph_more=field(5, b"\x08\x80\x04\x10\x01" + field(8, b"w") + field(9, bytes(2048))))
    save("onnx_truncated.onnx", data[:1000], "the file ends in the raw data of an initializer", failed("truncated"))


@artifact
def onnx_long_varint():
    save(
        "onnx_long_varint.onnx",
        onnx_model(more=b"\x28" + b"\xff" * 10 + b"\x01"),
        "a varint of 11 bytes",
        failed("malformed"),
    )


@artifact
def onnx_group():
    save(
        "onnx_group.onnx",
        onnx_model(more=b"\x9b\x06\x08\x01"),
        "a group (wire type 3) without an end",
        failed("malformed"),
    )


@artifact
def onnx_wire_type_6():
    save(
        "onnx_wire_type_6.onnx",
        onnx_model(more=b"\x9e\x06\x08\x01"),
        "wire type 6, which does not exist",
        failed("malformed"),
    )


@artifact
def onnx_field_0():
    save("onnx_field_0.onnx", onnx_model(more=b"\x02\x01a"), "field number 0", failed("malformed"))


@artifact
def onnx_head_only():
    save(
        "onnx_head_only.onnx", b"\x08\x07" + field(2, b"pytorch"), "ir_version and producer but no graph", UNRECOGNISED
    )


def onnx_external(name, location, how, *, length=b"2048"):
    """A model with an initializer in another file."""
    entries = [(b"location", location), (b"offset", b"0"), (b"length", length)]
    external = b"".join(field(13, field(1, key) + field(2, value)) for key, value in entries)
    tensor = b"\x08\x80\x04\x10\x01" + field(8, b"w") + external + b"\x70\x01"
    save(name, onnx_model(graph_more=field(5, tensor)), how, MODEL)


@artifact
def onnx_external_absolute():
    onnx_external(
        "onnx_external_absolute.onnx", b"/etc/passwd", "external data in /etc/passwd, which must not be opened"
    )


@artifact
def onnx_external_parent():
    onnx_external("onnx_external_parent.onnx", b"../x", "external data in the folder above, which must not be opened")


@artifact
def onnx_external_hidden_parent():
    location = b"weights/../../x"
    onnx_external(
        "onnx_external_hidden_parent.onnx", location, "external data outside by a detour, which must not be opened"
    )


@artifact
def onnx_external_length():
    onnx_external(
        "onnx_external_length.onnx",
        b"w.bin",
        "external data whose length is no number",
        length=b"99999999999999999999x",
    )


@artifact
def onnx_dimension_overflow():
    dimension = varint(2**62)
    tensor = b"".join(b"\x08" + dimension for _ in range(4)) + b"\x10\x01" + field(8, b"w") + field(9, bytes(16))
    how = "an initializer of 2^62 x 2^62 x 2^62 x 2^62 elements in 16 bytes"
    save("onnx_dimension_overflow.onnx", onnx_model(graph_more=field(5, tensor)), how, {})


@artifact
def onnx_control_characters():
    name = "x\x1b[31m\x07\u202egnp.exe\n=cmd()".encode()
    metadata = field(14, field(1, b"=HYPERLINK(1)") + field(2, b"\x1b]0;title\x07\x00"))
    how = "an input name and metadata with escape sequences, a bidi mark and a formula"
    save("onnx_control_characters.onnx", onnx_model(input_name=name, metadata=metadata), how, MODEL)


@artifact
def onnx_invalid_utf8():
    data = onnx_model(input_name=b"x\xff\xfe", metadata=field(14, field(1, b"\xc3") + field(2, b"\x80")))
    save("onnx_invalid_utf8.onnx", data, "names that are no UTF-8", {})


# ---------------------------------------------------------------- safetensors


def safetensors(header, data=bytes(16), length=None):
    """A file with some header text, or a value that becomes JSON."""
    if not isinstance(header, bytes):
        header = json.dumps(header).encode()
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def entry(shape, begin, end, dtype="F32"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def save_safetensors(name, data, how, reason="malformed"):
    save(f"safetensors_{name}.safetensors", data, how, failed(reason))


@artifact
def safetensors_huge_length():
    save_safetensors("huge_length", safetensors({"a": entry([4], 0, 16)}, length=2**63), "a header of 2^63 bytes", None)


@artifact
def safetensors_header_past_end():
    data = safetensors({"__metadata__": {"format": "pt"}, "a": entry([4], 0, 16)}, length=4096)
    save_safetensors("header_past_end", data, "a header longer than the file", "truncated")


@artifact
def safetensors_data_past_end():
    data = safetensors({"__metadata__": {"format": "pt"}, "a": entry([1024], 0, 4096)})
    save_safetensors("data_past_end", data, "tensors longer than the file", "truncated")


@artifact
def safetensors_no_json():
    save(
        "safetensors_no_json.safetensors",
        safetensors(b"{this is no JSON at all}"),
        "a header that is no JSON",
        UNRECOGNISED,
    )


@artifact
def safetensors_cut_json():
    save_safetensors("cut_json", safetensors(b'{"a":{"dtype":"F32","shape":[4],"data_off'), "JSON that breaks off")


@artifact
def safetensors_overlap():
    data = safetensors({"a": entry([4], 0, 16), "b": entry([4], 8, 24)}, bytes(24))
    save_safetensors("overlap", data, "two tensors overlap")


@artifact
def safetensors_hole():
    data = safetensors({"a": entry([2], 0, 8), "b": entry([2], 16, 24)}, bytes(24))
    save_safetensors("hole", data, "8 bytes between two tensors belong to none")


@artifact
def safetensors_trailing_data():
    save_safetensors("trailing_data", safetensors({"a": entry([2], 0, 8)}, bytes(24)), "bytes behind the last tensor")


@artifact
def safetensors_duplicate_keys():
    header = (
        b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}'
    )
    save_safetensors("duplicate_keys", safetensors(header), "the same tensor name twice")


@artifact
def safetensors_wrong_range():
    save_safetensors("wrong_range", safetensors({"a": entry([5], 0, 16)}), "5 float32 in 16 bytes")


@artifact
def safetensors_reversed_range():
    save_safetensors("reversed_range", safetensors({"a": entry([4], 16, 0)}), "a range that ends before it begins")


@artifact
def safetensors_shape_overflow():
    data = safetensors({"a": entry([2**40, 2**40], 0, 16)})
    save_safetensors("shape_overflow", data, "2^40 x 2^40 elements")


@artifact
def safetensors_shape_overflow_to_zero():
    data = safetensors({"a": entry([2**32, 2**32], 0, 0)}, b"")
    save_safetensors("shape_overflow_to_zero", data, "2^32 x 2^32 elements: zero when the product wraps")


@artifact
def safetensors_negative_shape():
    save_safetensors("negative_shape", safetensors({"a": entry([-4], 0, 16)}), "a shape of -4")


@artifact
def safetensors_not_a_number():
    header = b'{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,16]}}'
    save_safetensors("not_a_number", safetensors(header), "NaN as a size, which JSON does not have")


@artifact
def safetensors_fraction():
    save_safetensors("fraction", safetensors({"a": entry([4.5], 0, 16)}), "a shape of 4.5")


@artifact
def safetensors_unknown_type():
    save_safetensors(
        "unknown_type", safetensors({"a": entry([4], 0, 16, "F33")}), "a data type that does not exist", None
    )


@artifact
def safetensors_nested():
    header = b'{"a":' + b"[" * 49_000 + b"]" * 49_000 + b"}"
    save_safetensors("nested", safetensors(header), "49,000 arrays within each other in the header", None)


@artifact
def safetensors_unclosed():
    save_safetensors(
        "unclosed", safetensors(b'{"a":{"dtype":' + b"[" * 95_000), "95,000 arrays that are never closed", None
    )


@artifact
def safetensors_many_digits():
    header = b'{"a":{"dtype":"F32","shape":[' + b"9" * 50_000 + b'],"data_offsets":[0,16]}}'
    save_safetensors("many_digits", safetensors(header), "a size of 50,000 digits")


@artifact
def safetensors_exponent():
    header = b'{"a":{"dtype":"F32","shape":[1e999999999],"data_offsets":[0,16]}}'
    save_safetensors("exponent", safetensors(header), "a size of 1e999999999")


@artifact
def safetensors_metadata_number():
    header = {"__metadata__": {"format": 7}, "a": entry([4], 0, 16)}
    save_safetensors("metadata_number", safetensors(header), "metadata that is no text", None)


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
