"""Writes hdf5/*.h5, and hdf5.json: what h5py itself says is in them, in the form in which HDF5Outline is encoded.
hdf5-large.json is a file of 2 GB without its weights, and the same of it.

    python3 hdf5.py            (h5py 3.16 with libhdf5 2.0, numpy)
"""
import json
import pathlib

import h5py
import numpy as np
from h5py import h5a, h5d, h5g, h5l, h5o, h5s, h5t

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "hdf5"
NEW = ("v110", "v110")  # the newest that libhdf5 1.10 reads


# --- What is written --------------------------------------------------------------------------------------------------

def attribute(target, name, tid, values, shape=()):
    """An attribute of a type that h5py has no numpy type for."""
    space = h5s.create_simple(shape) if shape else h5s.create(h5s.SCALAR)
    made = h5a.create(target.id, name.encode(), tid, space)
    made.write(values, mtype=tid)


def fixed(size, padding, characters=h5t.CSET_ASCII):
    tid = h5t.C_S1.copy()
    tid.set_size(size)
    tid.set_strpad(padding)
    tid.set_cset(characters)
    return tid


def bfloat16():
    tid = h5t.IEEE_F32LE.copy()
    tid.set_fields(15, 7, 8, 0, 7)
    tid.set_precision(16)
    tid.set_size(2)
    tid.set_ebias(127)
    return tid


def strings(file):
    attrs = file.attrs
    attrs["variable utf-8"] = "Gewässer \N{SNOWMAN}"
    attrs.create("variable ascii", "water", dtype=h5py.string_dtype("ascii"))
    attrs["empty"] = ""
    attrs["list"] = np.array(["dense", "", "dense_1"], dtype=object)
    attrs.create("table", [["a", "b"], ["c", "d"]], dtype=h5py.string_dtype())
    attrs.create("none of them", [], shape=(0,), dtype=h5py.string_dtype())
    attrs["fixed"] = np.bytes_(b"conv2d")
    attrs["fixed list"] = np.array([b"kernel:0", b"bias:0"])
    attribute(file, "NUL-terminated", fixed(8, h5t.STR_NULLTERM), np.array(b"ab", "S8"))
    attribute(file, "space-padded", fixed(8, h5t.STR_SPACEPAD), np.array(b"ab cd   ", "S8"))
    attribute(file, "space-padded list", fixed(4, h5t.STR_SPACEPAD), np.array([b"a   ", b"abcd"], "S4"), (2,))
    attribute(file, "NUL-padded utf-8", fixed(8, h5t.STR_NULLPAD, h5t.CSET_UTF8), np.array("über".encode(), "S8"))
    attrs["long"] = "x" * 5_000
    file.create_dataset("names", data=["a", "b"], dtype=h5py.string_dtype())


def numbers(file):
    for name in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", ">i4", ">u2", "f2", "f4", "f8", ">f4"]:
        kind = np.dtype(name)
        file.attrs["attribute " + name] = np.array([1, 2, 100], kind)
        file.create_dataset("dataset " + name, data=np.arange(6, dtype=kind).reshape(2, 3))
    file.attrs["least"] = np.int64(-2**63)
    file.attrs["most"] = np.int64(2**63 - 1)
    file.attrs["within"] = np.uint64(2**63 - 1)
    file.attrs["beyond"] = np.uint64(2**63)
    file.attrs["tenth"] = np.float32(0.1)
    file.attrs["least float"] = np.float64(5e-324)
    file.attrs["long double"] = np.longdouble(1.5)
    attribute(file, "bfloat16", bfloat16(), np.array([0x3FC0], "u2"), (1,))
    space = h5s.create_simple((4,))
    h5d.create(file.id, b"bfloat16", bfloat16(), space)
    odd = h5t.IEEE_F32LE.copy()
    odd.set_fields(15, 9, 6, 0, 9)
    odd.set_precision(16)
    odd.set_size(2)
    odd.set_ebias(31)
    h5d.create(file.id, b"float of no name", odd, space)


def types(file):
    file.attrs["true"] = True
    file.attrs["flags"] = np.array([True, False])
    phases = h5py.enum_dtype({"train": 0, "eval": 5}, basetype="u1")
    file.attrs.create("phase", 5, dtype=phases)
    pair = np.dtype([("x", "f4"), ("name", "S4")])
    file.attrs["pair"] = np.array((1, b"ab"), pair)
    file.attrs["complex"] = 1 + 2j
    file.create_dataset("pairs", data=np.zeros(3, pair))
    file.attrs["reference"] = file["pairs"].ref
    file.create_dataset("regions", shape=(2,), dtype=h5py.regionref_dtype)
    file.attrs["opaque"] = np.void(b"abc")
    file.attrs.create("array", np.zeros(2, "i4"), shape=(2,), dtype=np.dtype(("i4", (2,))))
    ragged = np.empty(1, object)
    ragged[0] = np.array([1, 2, 3], "i4")
    file.attrs.create("ragged", ragged, shape=(1,), dtype=h5py.vlen_dtype("i4"))
    file["kinds/a named type"] = np.dtype("f4")
    file.create_dataset("bits", shape=(2,), dtype="u1")
    h5d.create(file.id, b"bit field", h5t.STD_B8LE, h5s.create_simple((2,)))


def spaces(file):
    file.attrs["null"] = h5py.Empty("f4")
    file.attrs["null text"] = h5py.Empty(h5py.string_dtype())
    file.create_dataset("null", data=h5py.Empty("i2"))
    file.create_dataset("scalar", data=np.float32(3))
    file.create_dataset("no elements", shape=(0, 4), dtype="f4")
    file.create_dataset("many dimensions", shape=(1,) * 32, dtype="i1")
    file.create_dataset("never written", shape=(1_000, 1_000), dtype="f8")
    file.create_dataset("growing", shape=(3, 2), maxshape=(None, 2), dtype="f4")


def storage(file):
    rng = np.random.default_rng(1)
    file.create_dataset("contiguous", data=rng.random((100, 20), "f4"))
    file.create_dataset("chunked", data=rng.random((100, 20), "f4"), chunks=(30, 20))
    file.create_dataset("gzip", data=np.zeros((1_000, 10)), chunks=(100, 10), compression="gzip", shuffle=True)
    file.create_dataset("external", shape=(8,), dtype="f4", external=[("weights.bin", 0, 16), ("more.bin", 8, 16)])
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5d.COMPACT)
    h5d.create(file.id, b"compact", h5t.IEEE_F32LE, h5s.create_simple((5,)), properties)
    layout = h5py.VirtualLayout(shape=(4, 3), dtype="f4")
    layout[0] = h5py.VirtualSource("elsewhere.h5", "data", shape=(3,))
    file.create_virtual_dataset("virtual", layout)


def links(file):
    file.create_group("a/b/c")
    file.create_dataset("a/b/data", data=np.arange(3))
    file["a/b/c/up"] = file["a"]
    file["root"] = file["/"]
    file["twin"] = file["a/b/data"]
    file["soft"] = h5py.SoftLink("/a/b/data")
    file["dangling"] = h5py.SoftLink("nowhere/at all")
    file["outside"] = h5py.ExternalLink("other file.h5", "/x/y")
    file["ünïcode"] = np.int8(1)


def many(file):
    """More attributes and links than fit in a header: they lie in heaps and B-trees."""
    group = file.create_group("group", track_order=False)
    for index in range(60):
        group.attrs[f"attribute {index}"] = index
        group.create_dataset(f"dataset {index}", data=np.full(4, index, "f4"))
    group.attrs["large"] = np.arange(10_000, dtype="i4")


def split(file):
    """As Keras writes lists of names that are larger than 64 KiB: in pieces of less."""
    names = [b"a_layer_with_a_rather_long_name_%06d/kernel:0" % index for index in range(2_000)]
    for index, chunk in enumerate(np.array_split(np.asarray(names), 3)):
        file.attrs["weight_names%d" % index] = chunk


def keras(file):
    """As Keras 2 writes a whole model, with weights that are larger than what describes them."""
    file.attrs["keras_version"] = "2.15.0"
    file.attrs["backend"] = "tensorflow"
    file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": ["x" * 50] * 80}})
    group = file.create_group("model_weights")
    group.attrs["layer_names"] = ["conv", "norm", "dense", "head"]
    for layer, shapes in {
        "conv": {"kernel:0": (3, 3, 16, 64), "bias:0": (64,)},
        "norm": {"gamma:0": (64,), "beta:0": (64,), "moving_mean:0": (64,), "moving_variance:0": (64,)},
        "dense": {"kernel:0": (256, 128), "bias:0": (128,)},
        "head": {"kernel:0": (128, 300), "bias:0": (300,)},
    }.items():
        inner = group.create_group(layer)
        inner.attrs["weight_names"] = [f"{layer}/{name}" for name in shapes]
        for name, shape in shapes.items():
            inner.create_dataset(f"{layer}/{name}", data=np.full(shape, 0.1, "f4"))
    file.create_group("optimizer_weights").create_dataset("iteration", data=np.int64(7))


FILES = {
    "strings": (strings, {}),
    "strings-latest": (strings, {"libver": NEW}),
    "numbers": (numbers, {}),
    "types": (types, {}),
    "spaces": (spaces, {}),
    "storage": (storage, {}),
    "storage-latest": (storage, {"libver": NEW}),
    "links": (links, {}),
    "links-latest": (links, {"libver": NEW, "track_order": True}),
    "many": (many, {}),
    "many-latest": (many, {"libver": NEW}),
    "split": (split, {}),
    "keras": (keras, {}),
    "user-block": (strings, {"userblock_size": 512}),
    "user-block-2048": (numbers, {"userblock_size": 2_048}),
    "superblock-v2": (links, {"libver": ("v108", "v108")}),
    "superblock-v3": (types, {"libver": NEW, "fs_strategy": "page"}),
    "empty": (lambda file: None, {}),
}


# --- What h5py says ---------------------------------------------------------------------------------------------------

WORDS = {
    h5t.BITFIELD: "bitfield", h5t.OPAQUE: "opaque", h5t.REFERENCE: "reference", h5t.VLEN: "vlen", h5t.ARRAY: "array",
    h5t.TIME: "time",
}


def data_type(tid):
    kind = tid.get_class()
    if kind == h5t.INTEGER:
        return {"integer": {"bytes": tid.get_size(), "signed": tid.get_sign() == h5t.SGN_2}}
    if kind == h5t.FLOAT:
        named = {"bytes": tid.get_size()}
        sign, exponent, exponent_bits, mantissa, mantissa_bits = tid.get_fields()
        if exponent_bits == 8 and tid.get_size() == 2:
            named["name"] = "bfloat16"
        elif exponent_bits != 6 and tid.get_size() <= 8:
            named["name"] = str(tid.dtype.newbyteorder("="))
        return {"float": named}
    if kind == h5t.STRING:
        return {"string": {}}
    if kind in (h5t.ENUM, h5t.COMPOUND):
        names = [tid.get_member_name(index).decode() for index in range(tid.get_nmembers())]
        return {"enumeration" if kind == h5t.ENUM else "compound": {"names": names}}
    return {"other": {"_0": WORDS[kind]}}


def shape(space):
    return None if space.get_simple_extent_type() == h5s.NULL else list(space.get_simple_extent_dims())


def value(target, name, tid, space):
    if shape(space) is None:
        return None
    kind = tid.get_class()
    got = target.attrs[name]
    if kind == h5t.STRING:
        texts = []
        for text in np.ravel(np.asarray(got, object)):
            text = text if isinstance(text, bytes) else text.encode()
            if not tid.is_variable_str() and tid.get_strpad() == h5t.STR_SPACEPAD:
                text = text.rstrip(b" ")
            texts.append(text.decode())
        return {"strings": {"_0": texts}}
    if kind in (h5t.INTEGER, h5t.ENUM):
        numbers = [int(number) for number in np.ravel(got)]
        return {"integers": {"_0": numbers}} if all(number < 2**63 for number in numbers) else None
    if kind == h5t.FLOAT and tid.get_size() <= 8:
        return {"floats": {"_0": [float(number) for number in np.ravel(got)]}}
    return None


def present(**fields):
    return {key: value for key, value in fields.items() if value is not None}


def attributes(target):
    found = []
    for name in sorted(target.attrs, key=str.encode):
        one = h5a.open(target.id, name.encode())
        tid, space = one.get_type(), one.get_space()
        found.append(
            present(name=name, shape=shape(space), type=data_type(tid), value=value(target, name, tid, space)))
    return found


def describe(target, path):
    kind = {h5py.Group: "group", h5py.Dataset: "dataset", h5py.Datatype: "datatype"}[type(target)]
    fields = dict(path=path, kind=kind, attributes=attributes(target))
    if kind == "dataset":
        external = [name for name, _, _ in target.external or []]
        # What a virtual dataset is put together from; a dot is this file.
        sources = target.virtual_sources() if target.is_virtual else []
        elsewhere = external + sorted({source.file_name for source in sources} - {"."})
        fields.update(
            shape=shape(target.id.get_space()), type=data_type(target.id.get_type()),
            storedBytes=0 if external else target.id.get_storage_size(), externalFiles=elsewhere or None)
    elif kind == "datatype":
        fields.update(type=data_type(target.id))
    return present(**fields)


def outline(file):
    objects, others, seen = [], [], {}

    def visit(target, path):
        seen[h5o.get_info(target.id).addr] = path
        objects.append(describe(target, path))
        if not isinstance(target, h5py.Group):
            return
        for name in sorted(target, key=str.encode):
            inner = path.rstrip("/") + "/" + name
            link = target.get(name, getlink=True)
            if isinstance(link, h5py.SoftLink):
                others.append({"path": inner, "kind": "soft", "target": link.path})
            elif isinstance(link, h5py.ExternalLink):
                others.append({"path": inner, "kind": "external", "target": link.filename + ":" + link.path})
            elif (known := seen.get(h5o.get_info(target[name].id).addr)) is not None:
                others.append({"path": inner, "kind": "hard", "target": known})
            else:
                visit(target[name], inner)

    root = h5py.Group(h5o.open(file.id, b"/"))
    visit(root, "/")
    return {"userBlock": file.userblock_size, "objects": objects, "links": others}


def payloads(file):
    found = []

    def visit(_, target):
        if isinstance(target, h5py.Dataset) and target.id.get_offset() is not None:
            found.append([target.id.get_offset(), target.id.get_storage_size()])

    file.visititems(visit)
    return sorted(found)


def large(path):
    """A model of 2 GB, its weights never written: what is there of it beside them, piece by piece."""
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        properties.set_alloc_time(h5d.ALLOC_TIME_EARLY)
        properties.set_fill_time(h5d.FILL_TIME_NEVER)
        for layer in range(40):
            group = file.create_group(f"model_weights/layer_{layer}")
            group.attrs["weight_names"] = ["kernel:0", "bias:0"]
            for name, shape in {"kernel:0": (3_072, 4_096), "bias:0": (3_072,)}.items():
                h5d.create(group.id, name.encode(), h5t.IEEE_F32LE, h5s.create_simple(shape), properties)
    with h5py.File(path, "r") as file:
        truth = {"outline": outline(file), "payloads": payloads(file)}
    size = path.stat().st_size
    pieces = []
    with path.open("rb") as file:
        start = 0
        for offset, length in [*truth["payloads"], [size, 0]]:
            file.seek(start)
            if offset > start:
                pieces.append([start, file.read(offset - start).hex()])
            start = offset + length
    path.unlink()
    return {"size": size, "pieces": pieces, "truth": truth}


def main():
    FOLDER.mkdir(exist_ok=True)
    truths = {}
    for name, (fill, options) in FILES.items():
        path = FOLDER / f"{name}.h5"
        path.unlink(missing_ok=True)
        with h5py.File(path, "w", **({"track_order": False} | options)) as file:
            fill(file)
        with h5py.File(path, "r") as file:
            truths[name] = {"outline": outline(file), "payloads": payloads(file)}
        print(name, path.stat().st_size)
    # A long attribute as it is says nothing more than its beginning.
    found = json.dumps(large(FOLDER / "large.h5"), separators=(",", ":"))
    (HERE / "hdf5-large.json").write_text(found + "\n")
    (HERE / "hdf5.json").write_text(json.dumps(truths, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
