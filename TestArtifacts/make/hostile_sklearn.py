"""Writes hostile pickles, joblib files, compressed streams and skops archives, each named by its fault.

Needs numpy, scikit-learn, joblib, lz4. Nothing is loaded; what a payload would run is the command `true`.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import pickle
import struct
import zipfile
import zlib

import joblib
import lz4.frame
import numpy as np
import sklearn
from joblib.numpy_pickle import NumpyArrayWrapper
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline

import common
from hostile import failed

WRITTEN_BY = {"scikit-learn": sklearn.__version__, "joblib": joblib.__version__}
FUNCTIONS = []


def artifact(function):
    FUNCTIONS.append(function)
    return function


def save(name, data, how, record):
    path = common.place("hostile", name)
    path.write_bytes(data)
    common.write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


def estimator():
    x = np.arange(12.0).reshape(6, 2)
    return LinearRegression().fit(x, x[:, 0])


class Command:
    def __reduce__(self):
        return os.system, ("true",)


# ---------------------------------------------------------------- joblib


def wrapped(shape, dtype=np.dtype("f8"), behind=b"\0" * 64):
    """A joblib file of one array with this shape, and what stands behind it."""
    wrapper = NumpyArrayWrapper(np.ndarray, shape, "C", dtype)
    data = pickle.dumps([wrapper], protocol=2)
    end = data.rindex(b"a.")
    return data[:end] + b"\x01\xff" + behind + data[end:]


@artifact
def joblib_huge_shape():
    save("joblib_huge_shape.joblib", wrapped((2**40, 4)), "an array of 32 TiB", failed("truncated"))


@artifact
def joblib_short_shape():
    save("joblib_short_shape.joblib", wrapped((4,)), "an array of 32 bytes, behind which there are 32 more",
         failed("malformed"))


@artifact
def joblib_overflowing_shape():
    save("joblib_overflowing_shape.joblib", wrapped((2**62, 2**62)), "a shape whose product is beyond 64 bits",
         failed("malformed"))


@artifact
def joblib_negative_shape():
    save("joblib_negative_shape.joblib", wrapped((-4, 2)), "a negative size", failed("malformed"))


@artifact
def joblib_no_type():
    save("joblib_no_type.joblib", wrapped((4,), dtype=None), "no data type", failed("malformed"))


@artifact
def joblib_array_cut_off():
    data = io.BytesIO()
    joblib.dump(np.arange(500.0), data)
    save("joblib_array_cut_off.joblib", data.getvalue()[:600], "cut off inside an array", failed("truncated"))


@artifact
def joblib_system_in_objects():
    data = io.BytesIO()
    joblib.dump(np.array([Command(), 1], dtype=object), data)
    save("joblib_system_in_objects.joblib", data.getvalue(), "os.system in the pickle inside an array of objects",
         {"loading": {"verdict": "dangerous"}})


@artifact
def joblib_path_outside():
    from joblib.numpy_pickle_compat import NDArrayWrapper

    save("joblib_path_outside.joblib", pickle.dumps([NDArrayWrapper("../../secret.npy", np.ndarray)], protocol=2),
         "the file of an array lies outside the folder",
         {"verdict": "not-a-model", "findings": [{"severity": "warning", "code": "joblib.unsafe-path"},
                                                 {"severity": "note", "code": "pickle.content"}]})


# ---------------------------------------------------------------- estimators


@artifact
def estimator_with_system():
    model = estimator()
    model.callback = Command()
    save("estimator_with_system.pkl", pickle.dumps(model), "os.system in the state of an estimator",
         {"verdict": "model", "loading": {"verdict": "dangerous"}})


@artifact
def estimator_of_itself():
    steps = [("again", None)] * 3
    pipeline = Pipeline(steps)
    pipeline.steps[:] = [(f"again{index}", pipeline) for index in range(40)]
    save("estimator_of_itself.pkl", pickle.dumps(pipeline), "a pipeline whose forty steps are itself", {"verdict": "model"})


@artifact
def estimator_many_lists():
    model = estimator()
    shared = list(range(20000))
    for index in range(2000):
        setattr(model, f"setting{index}", [shared] * 60)
    save("estimator_many_lists.pkl.xz", lzma.compress(pickle.dumps(model)), "two thousand attributes share long lists",
         {"verdict": "model"})


# ---------------------------------------------------------------- compressed streams

ZEROS = pickle.dumps(b"\0" * (100 << 20), protocol=4)


@artifact
def bomb_gzip():
    save("bomb_gzip.pkl.gz", gzip.compress(ZEROS, 9, mtime=0), "100 MiB of zeros", failed("limit"))


@artifact
def bomb_zlib():
    save("bomb_zlib.joblib", zlib.compress(ZEROS, 9), "100 MiB of zeros", failed("limit"))


@artifact
def bomb_bzip2():
    save("bomb_bzip2.pkl.bz2", bz2.compress(ZEROS), "100 MiB of zeros", failed("limit"))


@artifact
def bomb_xz():
    save("bomb_xz.pkl.xz", lzma.compress(ZEROS), "100 MiB of zeros", failed("limit"))


@artifact
def bomb_nested():
    inner = gzip.compress(b"\0" * (100 << 20), 9, mtime=0)
    save("bomb_nested.gz", gzip.compress(inner, 9, mtime=0), "gzip inside gzip", {"verdict": "unrecognised"})


def compressed():
    data = io.BytesIO()
    joblib.dump(np.random.RandomState(0).rand(200), data)
    return data.getvalue()


@artifact
def cut_off_streams():
    for name, compress in [("gzip", lambda data: gzip.compress(data, mtime=0)), ("zlib", zlib.compress),
                           ("bzip2", bz2.compress), ("xz", lzma.compress), ("lz4", lz4.frame.compress)]:
        data = compress(compressed() * 200)
        save(f"cut_off_{name}.joblib", data[: len(data) * 2 // 3], f"the {name} stream is cut off",
             # bzip2 gives nothing before the end of a block.
             {"verdict": "unrecognised"} if name == "bzip2" else failed("truncated"))


@artifact
def broken_zlib():
    data = bytearray(zlib.compress(compressed()))
    data[400:440] = b"\xff" * 40
    save("broken_zlib.joblib", bytes(data), "bytes inside the zlib stream are changed", failed())


@artifact
def xz_huge_dictionary():
    data = lzma.compress(pickle.dumps(list(range(50))), format=lzma.FORMAT_ALONE)
    data = data[:1] + struct.pack("<I", 1 << 30) + data[5:]
    save("lzma_huge_dictionary.pkl", data, "a dictionary of 1 GiB", {"verdict": "unrecognised"})


# ---------------------------------------------------------------- skops


def skops_archive(name, schema, how, record, more=()):
    path = common.place("hostile", name)
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in more:
            archive.writestr(zipfile.ZipInfo(entry), data)
        archive.writestr(zipfile.ZipInfo("schema.json"), schema, compress_type=zipfile.ZIP_DEFLATED)
    common.write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


def node(name, module, loader, content):
    return {"__class__": name, "__module__": module, "__loader__": loader, "content": content}


def ridge(more):
    return node("Ridge", "sklearn.linear_model._ridge", "ObjectNode", node("dict", "builtins", "DictNode", {
        "alpha": node("str", "builtins", "JsonNode", "1.0"),
        "_sklearn_version": node("str", "builtins", "JsonNode", '"1.9.1"'), **more}))


@artifact
def skops_deep_schema():
    start = '{"__class__":"list","__module__":"builtins","__loader__":"ListNode","content":['
    skops_archive("skops_deep_schema.skops", start * 100_000 + "]}" * 100_000, "a schema nested 100,000 deep", failed("limit"))


@artifact
def skops_outside():
    coef = {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "../coef.npy"}
    array = io.BytesIO()
    np.save(array, np.arange(3.0))
    skops_archive("skops_outside.skops", json.dumps(ridge({"coef_": coef})), "an entry whose name leaves the folder",
                  {"verdict": "model"},
                  more=[("../coef.npy", array.getvalue())])


@artifact
def skops_missing_array():
    coef = {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "1.npy"}
    skops_archive("skops_missing_array.skops", json.dumps(ridge({"coef_": coef})), "an array that is not there",
                  failed("malformed"))


@artifact
def skops_huge_array():
    header = b"\x93NUMPY\x01\x00v\x00" + b"{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 9), }".ljust(117) + b"\n"
    coef = {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy", "file": "1.npy"}
    skops_archive("skops_huge_array.skops", json.dumps(ridge({"coef_": coef})), "a shape whose product is beyond 64 bits",
                  failed("malformed"), more=[("1.npy", header)])


@artifact
def skops_system():
    function = {"__class__": "function", "__module__": "posix", "__loader__": "FunctionNode", "content": "system"}
    skops_archive("skops_system.skops", json.dumps(ridge({"solver": function})), "names os.system",
                  {"verdict": "model", "loading": {"verdict": "dangerous"}})


@artifact
def skops_plain_method():
    """skops asks to be told that the method is trusted, though it is one of a plain value."""
    types = node("list", "builtins", "ListNode", [])
    value = {**node("dict", "builtins", "DictNode", {}), "key_types": types}
    schema = {**node("dict", "builtins", "MethodNode", {"func": "update", "obj": value}), "protocol": 2}
    skops_archive("skops_plain_method.skops", json.dumps(schema), "a method of a plain value",
                  {"verdict": "not-a-model", "loading": {"verdict": "needs-code"}})


@artifact
def skops_many_names():
    names = [{"__class__": f"C{index}", "__module__": "m", "__loader__": "TypeNode"} for index in range(10_100)]
    system = {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode"}
    schema = {**node("list", "builtins", "ListNode", [system, *names]), "protocol": 2}
    skops_archive("skops_many_names.skops", json.dumps(schema, separators=(",", ":")), "os.system before 10,100 other names",
                  {"verdict": "not-a-model", "loading": {"verdict": "dangerous"}})


@artifact
def skops_old_function():
    function = node("dict", "builtins", "FunctionNode", {"module_path": "posix", "function": "system"})
    skops_archive("skops_old_function.skops", json.dumps({**function, "protocol": 0}), "os.system as protocol 0 names it",
                  {"verdict": "not-a-model", "loading": {"verdict": "dangerous"}})


@artifact
def skops_doubled_keys():
    schema = ('{"__class__":"dict","__module__":"builtins","__loader__":"DictNode","content":{},"protocol":2,'
              '"__class__":"system","__module__":"os","__loader__":"FunctionNode"}')
    skops_archive("skops_doubled_keys.skops", schema, "keys that occur twice, of which Python takes the last",
                  {**failed("malformed"), "loading": {"verdict": "incomplete"}})


if __name__ == "__main__":
    arguments = common.start(__doc__)
    common.run_all(FUNCTIONS, arguments.names)
