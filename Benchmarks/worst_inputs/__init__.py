"""The worst inputs of each format that a benchmark could think of: many tiny things of every list that the format has, things
within each other, long names, one thing named a million times, what lies over each other, many files beside a model.

Each is a function of the size in bytes that its structure may have.
"""

import dataclasses
import importlib
import typing

MODULES = ["pickles", "archives", "onnx", "tensorflow", "protobufs", "flatbuffers", "json_texts", "texts", "binaries", "hdf5", "folders", "shared"]


@dataclasses.dataclass
class Case:
    family: str
    what: str
    name: str
    # Gives the bytes of a file, or fills a folder.
    make: typing.Callable
    is_folder: bool = False
    # The file of the folder that is inspected, in place of the folder.
    inner: str = ""

    def write(self, place, size):
        """Makes it below `place`, and returns its path."""
        path = place / self.name
        if self.is_folder:
            path.mkdir()
            self.make(path, size)
        else:
            path.write_bytes(self.make(size))
        return path / self.inner


CASES = []


def file(family, what, name):
    """Takes a function of the size that gives the bytes of a file of this name."""

    def add(make):
        CASES.append(Case(family, what, name, make))
        return make

    return add


def folder(family, what, name="model", inner=""):
    """Takes a function of a folder and the size, which fills the folder."""

    def add(make):
        CASES.append(Case(family, what, name, make, is_folder=True, inner=inner))
        return make

    return add


def fill(size, piece):
    """As many different pieces as have room: `piece(0)`, `piece(1)` …"""
    pieces, total, index = [], 0, 0
    while total < size:
        pieces.append(piece(index))
        total += len(pieces[-1])
        index += 1
    return b"".join(pieces)


class Name(int):
    """A number as seven digits of a name, of which `names` replaces the first four."""

    def __str__(self):
        return f"{'@@@@' if self < 1_000 else '####'}{self % 1_000:03}"

    def __format__(self, form):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def __add__(self, other):
        return Name(int(self) + other)


def names(size, piece):
    """The same where numbers are but parts of names: up to a thousand pieces are made, and copied with other numbers."""
    most = size // len(piece(Name(0))) + 1
    block = b"".join(piece(Name(index)) for index in range(min(1_000, most)))
    copies = range(most // 1_000 + 1)
    return b"".join(block.replace(b"@@@@", b"%04d" % index).replace(b"####", b"%04d" % (index + 1)) for index in copies)


def again(size, piece):
    """The same piece as often as it has room."""
    return piece * max(1, size // len(piece))


def cases():
    """All of them; a module whose library is missing is left out, with its name."""
    missing = []
    for name in MODULES:
        try:
            importlib.import_module(f"{__name__}.{name}")
        except ImportError as error:
            missing.append((name, str(error)))
    return CASES, missing
