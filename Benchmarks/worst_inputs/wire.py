"""Messages of protobuf, field by field."""

import struct


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def integer(number, value):
    return varint(number << 3) + varint(value)


def real(number, value):
    return varint(number << 3 | 5) + struct.pack("<f", value)


def message(number, *parts):
    """A text, bytes, or a message of fields."""
    content = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return varint(number << 3 | 2) + varint(len(content)) + content


def nested(size, wrap, inner=b""):
    """What `wrap` makes of what it made before, as long as there is room, and at most 90 times."""
    for _ in range(90):
        if len(inner) > size:
            break
        inner = wrap(inner)
    return inner
