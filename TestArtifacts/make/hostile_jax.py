"""Writes exported functions, modules and checkpoints of JAX that are broken or malicious; each is named by its fault.

Needs the standard library and the artifacts that jax_models.py has written.
"""

import json
import struct
from pathlib import Path

from common import place, run_all, start, write_truth
from hostile import WRITTEN_BY, failed, save

FUNCTIONS = []


def artifact(function):
    """Adds a function to those that write artifacts."""
    FUNCTIONS.append(function)
    return function


def exported():
    return bytearray((Path(__file__).resolve().parent.parent / "jax-export/symbolic.jaxexport").read_bytes())


def field(data, slot):
    """Where the field of the root table stands."""
    root = struct.unpack_from("<I", data, 0)[0]
    table = root - struct.unpack_from("<i", data, root)[0]
    return root + struct.unpack_from("<H", data, table + 4 + 2 * slot)[0]


@artifact
def exported_functions():
    data = exported()
    struct.pack_into("<I", data, field(data, 19), 0x7FFFFFFF)
    save("jax_wild_offset.jaxexport", bytes(data), "the types of the arguments are outside of the file", failed("malformed"))
    data = exported()
    indices = field(data, 22)
    start_of = indices + struct.unpack_from("<I", data, indices)[0]
    struct.pack_into("<I", data, start_of + 4, 2**31)
    save("jax_wild_index.jaxexport", bytes(data), "an argument of a type that is not there", failed("malformed"))
    data = exported()
    struct.pack_into("<I", data, start_of, 0x3FFFFFFF)
    save("jax_wild_count.jaxexport", bytes(data), "2^30 arguments", failed("malformed"))


@artifact
def modules():
    head = b"ML\xefR\x0dStableHLO_v1.0.0\0"
    save("mlir_section_length.mlirbc", head + b"\x05\x00" + b"\xff" * 8, "a section of 2^64 - 1 bytes", failed("malformed"))
    save("mlir_string_count.mlirbc", head + b"\x00\x15\x00" + b"\xff" * 7 + b"\x7f" + b"\x01", "2^63 texts", failed())
    save("mlir_producer.mlirbc", b"ML\xefR\x0d" + b"A" * 4_000, "a writer whose name does not end", failed("malformed"))


@artifact
def message_pack():
    inner = b"\x93\x91\x02\xa7float32\xc4\x08" + bytes(8)
    leaf = b"\xc7" + bytes([len(inner), 1]) + inner
    save("msgpack_deep.msgpack", b"\x82\xa1a" + leaf + b"\xa1b" + b"\x81\xa1c" * 2_000 + b"\xc0", "maps nested 2,000 deep", failed("limit"))
    deep = b"\x81\xa1c" * 2_000 + b"\xc0"
    save("msgpack_deep_first.msgpack", b"\x82\xa1b" + deep + b"\xa1a" + leaf, "maps nested 2,000 deep before an array",
         {**failed("limit"), "facts": {"parameters": {"total": 2}}, "loading": {"verdict": "incomplete"}})
    save("msgpack_deep_alone.msgpack", b"\x81\xa1b" + deep, "maps nested 2,000 deep and nothing else",
         {**failed("limit"), "loading": {"verdict": "incomplete"}})
    save("msgpack_count.msgpack", b"\xdf\xff\xff\xff\xff\xa1a" + leaf, "a map of 2^32 - 1 pairs", failed("truncated"))
    liar = b"\xc7" + bytes([len(inner) - 4, 1]) + inner
    save("msgpack_array_length.msgpack", b"\x82\xa1a" + leaf + b"\xa1b" + liar, "an array that is longer than it says", failed("malformed"))
    wide = b"\x93\x92\xcf" + b"\x7f" + b"\xff" * 7 + b"\x02\xa7float32\xc4\x00"
    huge = b"\xc7" + bytes([len(wide), 1]) + wide
    save("msgpack_huge_shape.msgpack", b"\x82\xa1a" + leaf + b"\xa1b" + huge, "an array of 2^64 elements", {"verdict": "model"})


def varint(value):
    data = b""
    while value >= 128:
        data += bytes([value & 127 | 128])
        value >>= 7
    return data + bytes([value])


def node(magic, body):
    length = 4 + 8 + 2 + len(body) + 4
    return magic + struct.pack("<Q", length) + b"\0\0" + body + bytes(4)


def manifest(path, length, height=0):
    table = varint(1) + varint(len(path)) + varint(0) + path.encode()
    versions = varint(1) + varint(1) + bytes([height]) + varint(0) + varint(0) + varint(length) + varint(1) * 3 + bytes(8)
    return node(b"\x0c\xdb\x3a\x2a", bytes(16) + varint(0) + varint(1024) + varint(10**8) + b"\4" + varint(0) + table + versions + varint(0))


def checkpoint(name, files, how, record):
    path = place("hostile", name)
    path.mkdir()
    (path / "_METADATA").write_text(json.dumps({"tree_metadata": {}, "use_ocdbt": True}))
    for file, data in files.items():
        (path / file).parent.mkdir(exist_ok=True)
        (path / file).write_bytes(data)
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


@artifact
def checkpoints():
    checkpoint("orbax_outside", {"manifest.ocdbt": manifest("../../etc/passwd", 100)}, "a database whose tree is outside of its folder", failed("malformed"))
    checkpoint("orbax_missing_file", {"manifest.ocdbt": manifest("d/0", 100)}, "a database whose tree is missing", failed("not-found"))
    whole = manifest("d/0", 100)
    checkpoint("orbax_cut", {"manifest.ocdbt": whole[:40]}, "a manifest that was cut", failed("malformed"))
    inner = varint(1) + varint(3) + varint(0) + b"d/0" + varint(1) + varint(1) + varint(0) + b"a"
    body = lambda length: node(b"\x0c\xdb\x20\xde", bytes([9]) + inner + varint(0) + varint(0) + varint(length) + varint(1) * 3)
    loop = body(len(body(40)))
    checkpoint("orbax_loop", {"manifest.ocdbt": manifest("d/0", len(loop), 9), "d/0": loop}, "a node of the tree that leads to itself", failed("malformed"))


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
