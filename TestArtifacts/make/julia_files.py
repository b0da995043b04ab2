"""Writes files as Julia's packages lay them out: BSON.jl, JLD2, JLD. No Julia is at hand, so small writers stand in.

What they write is read again by pymongo's bson and by h5py. Needs requirements-jax.txt. The layouts: BSON.jl,
src/extensions.jl; JLD2.jl, docs/src/internals.md; JLD.jl, src/JLD.jl.
"""

import struct

import bson
import h5py
import numpy as np

from common import place, run_all, start, write_truth

FUNCTIONS = []


def artifact(function):
    """Adds a function to those that write artifacts."""
    FUNCTIONS.append(function)
    return function


# ---------------------------------------------------------------- BSON.jl


def datatype(path, *params):
    return {"tag": "datatype", "params": list(params), "name": path.split(".")}


def array(values):
    values = np.asarray(values)
    name = {"float32": "Core.Float32", "float64": "Core.Float64", "int64": "Core.Int64"}[str(values.dtype)]
    return {"tag": "array", "type": datatype(name), "size": list(values.shape[::-1]), "data": values.tobytes()}


def structure(path, *fields, params=()):
    return {"tag": "struct", "type": datatype(path, *params), "data": list(fields)}


def tuple_(*values):
    return {"tag": "tuple", "data": list(values)}


def singleton(path):
    return {"tag": "struct", "type": datatype(path), "data": []}


def save(folder, name, document, how, record):
    data = bson.encode(document)
    assert bson.decode(data).keys() == document.keys()
    path = place(folder, name)
    path.write_bytes(data)
    write_truth(path, written_by={"pymongo": "by hand"}, how=how + "; laid out by hand, read again by pymongo", record=record)


def dense(inputs, outputs, activation):
    return structure("Flux.Dense", array(np.ones((inputs, outputs), np.float32)), array(np.zeros(outputs, np.float32)),
                     singleton(activation))


@artifact
def bson_files():
    chain = structure("Flux.Chain", tuple_(dense(13, 8, "NNlib.#relu"), singleton("Flux.#softmax"), dense(8, 5, "Base.#identity")))
    total = 13 * 8 + 8 + 8 * 5 + 5
    facts = {"framework": "Flux", "architecture": "Chain", "parameters": {"total": total, "tensors": 4, "data_types": {"float32": total}, "bytes": 4 * total},
             "metadata": {"objects": {"model": "Flux.Chain", "epoch": "number"}, "layers": ["Dense", "#softmax", "Dense"]}}
    save("bson", "chain.bson", {"model": chain, "epoch": 3}, "BSON.@save of a Flux Chain",
         {"verdict": "model", "facts": facts, "loading": {"verdict": "needs-code"}})
    shared = {"model": {"tag": "backref", "ref": 1}, "opt": structure("Flux.Adam", {"tag": "backref", "ref": 2}), "_backrefs": [
        structure("Main.Flux.Chain", [dense(3, 2, "Main.NNlib.#relu"), {"tag": "backref", "ref": 2}]), array(np.ones(7, np.float32))]}
    save("bson", "shared_arrays.bson", shared, "BSON.@save with shared arrays and an optimizer, modules below Main as BSON 0.2 has them",
         {"verdict": "model", "facts": {"framework": "Flux", "parameters": {"total": 3 * 2 + 2 + 7}}, "loading": {"verdict": "needs-code"}})
    def tracked(values):
        gradient = array(np.zeros_like(values))
        tracker = structure("Tracker.Tracked", structure("Tracker.Call", None, tuple_()), True, gradient)
        return structure("Tracker.TrackedArray", tracker, array(values), gradient)
    old = structure("Flux.Chain", tuple_(structure("Flux.Dense", tracked(np.ones((4, 3), np.float32)), tracked(np.zeros(3, np.float32)),
                                                   singleton("NNlib.#relu"))))
    save("bson", "tracked.bson", {"model": old}, "BSON.@save of a Flux Chain whose arrays Tracker follows, each with its gradient",
         {"verdict": "model", "facts": {"framework": "Flux", "parameters": {"total": 15, "tensors": 2, "data_types": {"float32": 15}, "bytes": 60}},
          "loading": {"verdict": "needs-code"}})
    plain = {"weights": array(np.ones((2, 3))), "names": ["a", "b"], "size": tuple_(1, 2)}
    save("bson", "arrays.bson", plain, "bson of arrays, texts and a tuple",
         {"verdict": "not-a-model", "cause": "data", "loading": {"verdict": "data-only"}})
    code = {"model": {"tag": "jl_anonymous", "type": datatype("Main.#3#4"), "data": []}, "w": array(np.ones(2))}
    save("hostile", "bson_anonymous.bson", code, "an anonymous function with its code", {"loading": {"verdict": "needs-code"}})
    save("hostile", "bson_backref_nowhere.bson", {"m": structure("Flux.Chain", {"tag": "backref", "ref": 9})}, "a reference to what is not there",
         {"verdict": "failed", "error": {"reason": "malformed"}})
    save("hostile", "bson_module_path.bson", {"m": structure("Base.Filesystem.rm", "x")}, "a type below Base that is no data",
         {"loading": {"verdict": "needs-code"}})
    loop = {"m": {"tag": "backref", "ref": 1}, "_backrefs": [structure("Flux.Chain", tuple_({"tag": "backref", "ref": 1}))]}
    save("hostile", "bson_loop.bson", loop, "an object that holds itself", {"verdict": "model"})
    by_hand()


@artifact
def bson_paths():
    """Types that BSON.load would make, named in ways that are no plain list of words."""
    def type_(name):
        return {"tag": "datatype", "params": [], "name": name}
    def made(type):
        return {"tag": "struct", "type": type, "data": []}
    needs = {"format": {"id": "bson"}, "loading": {"verdict": "needs-code"}}
    own = {**needs, "loading": {"verdict": "needs-code", "classes": ["Main.Own"]}}
    save("hostile", "bson_path_shared.bson", {"m": made(type_({"tag": "backref", "ref": 1})), "_backrefs": [["Main", "Own"]]},
         "the path of a type is a reference", needs)
    save("hostile", "bson_word_shared.bson", {"m": made(type_(["Main", {"tag": "backref", "ref": 1}])), "_backrefs": ["Own"]},
         "a word of the path of a type is a reference", needs)
    save("hostile", "bson_tag_shared.bson", {"m": {"tag": {"tag": "backref", "ref": 1}, "params": [], "name": ["Main", "Own"]}, "_backrefs": ["datatype"]},
         "the tag of a type is a reference", own)
    save("hostile", "bson_path_long.bson", {"m": type_(["Main"] * 40 + ["Own"])}, "a path of 41 words", needs)
    save("hostile", "bson_module.bson", {"m": {"tag": "ref", "path": ["Base", "run"]}}, "a function by its path",
         {**needs, "loading": {"verdict": "needs-code", "classes": ["Base.run"]}})
    save("hostile", "bson_root.bson", type_(["Main", "Own"]), "the document itself is a type", own)
    save("hostile", "bson_in_size.bson", {"m": {**array(np.ones(1)), "size": [1, made(type_(["Main", "Own"]))]}}, "a type among the sizes of an array", own)
    save("hostile", "bson_tag_bytes.bson", {"m": {"tag": b"datatype", "params": [], "name": ["Main", "Own"]}, "w": array(np.ones(1))},
         "a tag of bytes, which Julia makes a word of", needs)
    twice = bson.encode({"m": {"tag": "symbol", "tab": "datatype", "name": ["Main", "Own"], "params": []}}).replace(b"tab", b"tag")
    path = place("hostile", "bson_tag_twice.bson")
    path.write_bytes(twice)
    write_truth(path, written_by={"pymongo": "by hand"}, how="two tags, of which the last counts", record=own)


def by_hand():
    def lie(name, data, how, record):
        path = place("hostile", name)
        path.write_bytes(data)
        write_truth(path, written_by={}, how=how, record=record)
    whole = bson.encode({"model": {"tag": "struct", "data": b"12345678"}})
    inner = whole.replace(b"\x08\x00\x00\x00\x00" + b"12345678", b"\xff\xff\xff\x7f\x00" + b"12345678")
    lie("bson_binary_length.bson", inner, "binary data of 2^31 - 1 bytes", {"verdict": "failed", "error": {"reason": "malformed"}})
    lie("bson_text_length.bson", whole.replace(b"\x07\x00\x00\x00struct", b"\xf9\xff\xff\xffstruct"), "a text of -7 bytes",
        {"verdict": "failed", "error": {"reason": "malformed"}})
    deep = b"\x02tag\0\x07\0\0\0struct\0"
    for _ in range(2_000):
        deep = b"\x03a\0" + struct.pack("<i", len(deep) + 5) + deep + b"\0"
    deep = b"\x02tag\0\x06\0\0\0array\0" + deep
    lie("bson_deep.bson", struct.pack("<i", len(deep) + 5) + deep + b"\0", "documents nested 2,000 deep",
        {"verdict": "failed", "error": {"reason": "limit"}})
    deep = b"\0"
    for _ in range(2_000):
        deep = b"\x03a\0" + struct.pack("<i", len(deep) + 4) + deep + b"\0"
    chain = bson.encode({"model": {"tag": "struct", "type": {"tag": "datatype", "params": [], "name": ["Main", "Flux", "Chain"]},
                                   "data": []}})[4:]
    whole = deep[:-1] + chain
    lie("bson_deep_first.bson", struct.pack("<i", len(whole) + 4) + whole,
        "documents nested 2,000 deep before a Chain of Flux",
        {"verdict": "failed", "error": {"reason": "limit"}, "facts": {"framework": "Flux"},
         "loading": {"verdict": "needs-code"}})
    lie("bson_deep_alone.bson", struct.pack("<i", len(deep) + 4) + deep, "documents nested 2,000 deep and nothing else",
        {"verdict": "failed", "error": {"reason": "limit"}, "loading": {"verdict": "incomplete"}})


# ---------------------------------------------------------------- JLD2, JLD


def hdf5(folder, name, header, fill, how, record):
    path = place(folder, name)
    with h5py.File(path, "w", userblock_size=512, libver=("v110", "v110")) as file:
        fill(file)
    with open(path, "r+b") as raw:
        raw.write(header.encode() + b"\0")
    with h5py.File(path) as file:
        assert list(file)
    write_truth(path, written_by={"h5py": h5py.__version__}, how=how + "; laid out by hand with h5py", record=record)


TEXT = h5py.string_dtype("utf-8")
NAMED = np.dtype([("name", TEXT), ("parameters", h5py.ref_dtype)])


def commit(file, number, layout, name):
    """A committed type with the name of the type in Julia, as JLD2 has it."""
    file[f"_types/{number:08d}"] = np.dtype(layout)
    value = np.array((name, file.ref), NAMED)
    file[f"_types/{number:08d}"].attrs.create("julia type", value, dtype=NAMED)


@artifact
def hostile_jld():
    needs = {"verdict": "not-a-model", "loading": {"verdict": "needs-code"}}
    def require(file):
        file["_require"] = np.array(["Own"], dtype=TEXT)
        file["weights"] = np.ones(3)
    hdf5("hostile", "jld_require.jld", "Julia data file (HDF5), version 0.1.3", require, "a module that JLD imports", needs)
    def unread(file):
        file["_types/00000001"] = np.dtype([("x", "V8")])
        file["_types/00000001"].attrs["julia type"] = 5
        file["weights"] = np.ones(3)
    hdf5("hostile", "jld2_type_number.jld2", "HDF5-based Julia Data Format, version 0.2.0 (Julia 1.12.6 64-bit LE)", unread, "a type whose name is a number", needs)
    def written(file):
        file["_types/00000001"] = np.dtype([("x", "V8")])
        file["_types/00000001"].attrs["julia type"] = "Core.Int64"
        file["_types/00000001"].attrs["written_type"] = "Main.Own"
        file["weights"] = np.ones(3)
    hdf5("hostile", "jld2_written_type.jld2", "HDF5-based Julia Data Format, version 0.2.0 (Julia 1.12.6 64-bit LE)", written, "a type that is written as another",
         {**needs, "loading": {"verdict": "needs-code", "classes": ["Main.Own"]}})
    def unlinked(file):
        type = h5py.h5t.py_create(np.dtype([("x", "f8")]), logical=True)
        type.commit(file.id, b"gone")
        space = h5py.h5s.create_simple((1,))
        h5py.h5d.create(file.id, b"weights", type, space)
        type.close()
        del file["gone"]
    hdf5("hostile", "jld2_type_unlinked.jld2", "HDF5-based Julia Data Format, version 0.2.0\0 (Julia 1.12.6 64-bit LE)", unlinked, "a type that stands nowhere but with its object",
         {"verdict": "not-a-model", "format": {"version": "0.2.0"}, "facts": {"metadata": {"julia_version": "1.12.6"}}, "loading": {"verdict": "incomplete"}})
    def object_type(file):
        file["weights"] = np.ones(3)
        file["weights"].attrs["julia type"] = 5
    hdf5("hostile", "jld_type_number.jld", "Julia data file (HDF5), version 0.1.3", object_type, "an object of a type whose name is a number", needs)


@artifact
def jld_files():
    def model(file):
        commit(file, 1, [("layers", "V8")], "Flux.Chain")
        commit(file, 2, [("weight", "V8"), ("bias", "V8"), ("σ", "V1")], "Flux.Dense")
        file.create_dataset("model", data=np.zeros((), np.dtype([("layers", "V8")])))
        file["loss"] = np.float64(0.5)
    hdf5("jld2", "chain.jld2", "HDF5-based Julia Data Format, version 0.1.1 (Julia 1.9.0 64-bit LE)", model, "jldsave of a Flux Chain",
         {"verdict": "model", "format": {"version": "0.1.1"}, "facts": {"framework": "Flux", "architecture": "Chain", "metadata": {"julia_version": "1.9.0",
          "types": ["Flux.Chain", "Flux.Dense"]}}, "loading": {"verdict": "needs-code"}})

    def arrays(file):
        file["weights"] = np.ones((5, 13), np.float32)
        file["names"] = np.array(["a", "b"], dtype=TEXT)
    hdf5("jld2", "arrays.jld2", "HDF5-based Julia Data Format, version 0.2.0 (Julia 1.12.6 64-bit LE)", arrays, "jldsave of two arrays",
         {"verdict": "not-a-model", "cause": "data", "facts": {"metadata": {"julia_version": "1.12.6", "objects": {"weights": "float32 [13, 5]"}}},
          "loading": {"verdict": "data-only"}})

    def old(file):
        file["_types/00000001"] = np.dtype([("trees", "V8")])
        file["_types/00000001"].attrs["julia type"] = "DecisionTree.Ensemble"
        file["forest"] = np.zeros(())
        file["forest"].attrs["julia type"] = "DecisionTree.Ensemble"
    hdf5("jld", "forest.jld", "Julia data file (HDF5), version 0.1.3", old, "JLD.save of a DecisionTree Ensemble",
         {"verdict": "model", "facts": {"framework": "DecisionTree", "architecture": "Ensemble"}, "loading": {"verdict": "needs-code"}})
    path = place("hostile", "jld2_header_alone.jld2")
    path.write_bytes(b"HDF5-based Julia Data Format, version 0.1.1\0".ljust(512, b"\0") + b"\x89HDF\r\n\x1a\n")
    write_truth(path, written_by={}, how="a header and the signature of HDF5, and nothing behind it", record={"verdict": "failed"})


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
