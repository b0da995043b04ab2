"""Writes the seeds of one fuzzing target, cut out of the test artifacts: fuzz_seeds.py TARGET FOLDER

A target is a container, or a family: the folders of TestArtifacts whose names begin like it.
"""

import pathlib
import struct
import sys
import zipfile

ARTIFACTS = pathlib.Path(__file__).parent.parent / "TestArtifacts"
# libFuzzer cuts a seed at max_len, and half an archive teaches it nothing.
LARGEST = 65_536
ENDINGS = {
    "zip": (".pt", ".pt2", ".pth", ".keras", ".skops", ".mar", ".npz", ".zip", ".ptl"),
    "tar": (".tar",), "protobuf": (".onnx", ".pb"), "json": (".json",), "ubjson": (".ubj",),
    "flatbuffer": (".tflite", ".ort"), "sstable": (".index",), "xml": (".pmml", ".xml"),
    "compression": (".gz", ".bz2", ".xz", ".lz4", ".zst", ".lzma"), "yaml": (".yaml", ".yml"), "numpy": (".npy",),
    "pickle": (".pkl", ".pickle", ".joblib"),
}
OTHERS = (".truth.json", ".expected.json", ".md", ".py")


def files():
    for path in sorted(ARTIFACTS.rglob("*")):
        if path.is_file() and "make" not in path.relative_to(ARTIFACTS).parts and not path.name.endswith(OTHERS):
            yield path


def members(path):
    """The members of a zip archive, by name."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if info.file_size <= LARGEST and not info.flag_bits & 1:
                    yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError, zipfile.zlib.error):
        return


def outlines():
    """What mlm-inspect-hdf5 could tell of a file, with each kind of part; see HDF5OutlineDecoder.swift."""

    def number(value):
        return struct.pack("<q", value)

    def text(value):
        return number(len(value)) + value.encode()

    def shape(*sides):
        return bytes([len(sides)]) + b"".join(map(number, sides))

    def group(parent, name):
        return b"\1\0" + number(parent) + text(name)

    types = [
        b"\0" + number(4) + b"\1", b"\1" + number(4) + text("float32"), b"\2", b"\3" + number(2) + text("a") + text("b"),
        b"\4" + number(1) + text("r"), b"\5" + text("opaque"),
    ]
    values = [
        b"\0", b"\1" + number(1) + text("Adam"), b"\2" + number(2) + number(3) + number(-1),
        b"\3" + number(1) + struct.pack("<d", 0.5),
    ]
    root, end = group(-1, ""), b"\0" + number(0)
    attributes = [b"\2" + text("x") + shape(2) + kind + value for kind in types for value in values]
    dataset = b"\1\1" + number(1) + text("kernel") + shape(3, 3) + types[1] + number(36) + number(1) + text("other.bin")
    datatype = b"\1\2" + number(0) + text("t") + types[0]
    links = b"".join(b"\3" + bytes([kind]) + number(0) + text(f"l{kind}") + (number(1) if kind == 0 else text("/w"))
                     for kind in range(4))
    yield root + end
    for attribute in attributes:
        yield root + attribute + end
    yield root + group(0, "w") + dataset + datatype + links + end
    yield root + attributes[0] + group(0, "w") + attributes[5] + dataset + attributes[10] + links + b"\0" + number(512)


def seeds(target):
    if target == "hdf5":
        yield from outlines()
        return
    if target not in ENDINGS:  # a family
        for path in files():
            if path.relative_to(ARTIFACTS).parts[0].startswith(target) or target == "inspect":
                yield path.read_bytes()
        return
    for path in files():
        content = path.read_bytes()
        if path.name.endswith(ENDINGS[target]):
            yield content
        if target in ("pickle", "json", "protobuf", "xml", "numpy"):
            for name, member in members(path):
                if name.endswith(ENDINGS[target]):
                    yield member


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for content in seeds(target):
        if 0 < len(content) <= LARGEST:
            (folder / f"{count:05}").write_bytes(content)
            count += 1
    print(f"{target}: {count} seeds")


main()
