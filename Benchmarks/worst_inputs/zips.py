"""Zip archives as hostile as they may be: nothing is checked, and records may lie over each other."""

import struct
import zlib


def local(name, data, method=0, plain=None):
    """A member's own record, its content behind it."""
    name = name.encode()
    plain = data if plain is None else plain
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, method, 0, 33, zlib.crc32(plain), len(data), len(plain), len(name), 0) + name + data


def central(name, data, offset, method=0, plain=None, comment=b"", extra=b""):
    """Its record in the directory."""
    name = name.encode()
    plain = data if plain is None else plain
    return struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, method, 0, 33, zlib.crc32(plain), len(data), len(plain), len(name),
        len(extra), len(comment), 0, 0, 0, offset) + name + extra + comment


def end(count, size, offset, comment=b""):
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, size, offset, len(comment)) + comment


def finish(body, directory, comment=b""):
    """The whole archive, of its members' records and those of the directory."""
    joined = b"".join(directory)
    return body + joined + end(len(directory), len(joined), len(body), comment)


def archive(members, comment=b"", extra=b""):
    """An archive of stored members: names and contents. Each record of the directory gets `comment` and `extra`."""
    body, directory, offset = [], [], 0
    for name, data in members:
        record = local(name, data)
        directory.append(central(name, data, offset, comment=comment, extra=extra))
        body.append(record)
        offset += len(record)
    return finish(b"".join(body), directory)


def deflated(members):
    """The same, compressed."""
    body, directory, offset = [], [], 0
    for name, data in members:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        record = local(name, packed, 8, data)
        directory.append(central(name, packed, offset, 8, data))
        body.append(record)
        offset += len(record)
    return finish(b"".join(body), directory)
