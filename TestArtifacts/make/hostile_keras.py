"""Writes Keras files that are broken, no models, or attacks, each named by its fault. Needs h5py alone."""

import io
import json
import platform
import zipfile

import h5py
import numpy

from common import run_all, start, write_truth
from keras_truth import place

FUNCTIONS = []
WRITTEN_BY = {"python": platform.python_version(), "h5py": h5py.__version__}
METADATA = json.dumps({"keras_version": "3.15.1", "date_saved": "2026-01-01@00:00:00"})


def artifact(function):
    FUNCTIONS.append(function)
    return function


def save(name, data, how, record):
    family = "keras" if name.endswith(".keras") else "hdf5"
    path = place("hostile", f"{family}_{name}")
    path.write_bytes(data)
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record)


def failed(reason=None):
    return {"verdict": "failed", **({"error": {"reason": reason}} if reason else {})}


def model(**facts):
    return {"verdict": "model", **({"facts": facts} if facts else {})}


def hdf5(fill):
    """The bytes of a file that fill writes into."""
    data = io.BytesIO()
    with h5py.File(data, "w") as file:
        fill(file)
    return data.getvalue()


def weights(file):
    group = file.create_group("layers/dense/vars")
    group["0"] = numpy.zeros((4, 2), "float32")
    group["1"] = numpy.zeros(2, "float32")


def keras(method=zipfile.ZIP_STORED, **entries):
    """A .keras archive of the given entries; `_` stands for a dot."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in entries.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name.replace("_", ".")), content, compress_type=method)
    return data.getvalue()


def layer(name, kind="Dense", inbound=(), **settings):
    return {
        "module": "keras.layers", "class_name": kind, "registered_name": None, "name": name,
        "config": {"name": name, "dtype": "float32", **settings},
        "inbound_nodes": [
            {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": list(one)}}], "kwargs": {}}
            for one in inbound
        ],
    }


def functional(name, layers, inputs, outputs):
    return {
        "module": "keras", "class_name": "Functional", "registered_name": "Functional", "name": name,
        "config": {"name": name, "layers": layers, "input_layers": inputs, "output_layers": outputs},
    }


def source(*shape):
    return layer("x", "InputLayer", batch_shape=list(shape))


def simple(**settings):
    layers = [source(None, 4), layer("dense", inbound=[("x", 0, 0)], **{"units": 2, **settings})]
    return functional("net", layers, ["x", 0, 0], ["dense", 0, 0])


def packed(config):
    """The same, deflated: a configuration may be long."""
    return keras(zipfile.ZIP_DEFLATED, metadata_json=METADATA, config_json=config, model_weights_h5=hdf5(weights))


def archive(config, **others):
    parts = {"metadata_json": METADATA, "config_json": json.dumps(config), "model_weights_h5": hdf5(weights)}
    return keras(**{**parts, **others})


# ---------------------------------------------------------------- archives


@artifact
def keras_nested():
    deep = '{"class_name":"Sequential","config":' + '{"layers":[' * 50_000 + "]}" * 50_000 + "}"
    save("config_nested.keras", packed(deep), "a configuration nested 100,000 deep", failed("limit"))


@artifact
def keras_bomb():
    data = keras(zipfile.ZIP_DEFLATED, config_json=b" " * (130 << 20), metadata_json=METADATA)
    save("config_bomb.keras", data, "a configuration that inflates to 130 MiB of spaces", failed("limit"))


@artifact
def keras_no_config():
    save("no_config.keras", archive({}, config_json=None), "an archive without config.json", failed("malformed"))


@artifact
def keras_no_weights():
    record = model(inputs=[{"name": "x", "shape": [-1, 4]}], outputs=[{"name": "dense", "shape": [-1, 2]}])
    record["loading"] = {"verdict": "incomplete"}
    save("no_weights.keras", archive(simple(), model_weights_h5=None), "an archive without its weights", record)


@artifact
def keras_no_metadata():
    data = archive(simple(), metadata_json=None)
    save("no_metadata.keras", data, "an archive without metadata.json", model(parameters={"total": 10}))


@artifact
def keras_no_model():
    save("config_list.keras", archive([1, 2, 3]), "a configuration that is a list of numbers", failed("malformed"))


@artifact
def keras_no_json():
    data = archive({}, config_json="class_name: Sequential")
    save("config_yaml.keras", data, "a configuration that is YAML", failed("malformed"))


@artifact
def keras_deflated():
    data = keras(
        zipfile.ZIP_DEFLATED, metadata_json=METADATA, config_json=json.dumps(simple()), model_weights_h5=hdf5(weights)
    )
    record = model(parameters={"total": 10}, outputs=[{"name": "dense", "shape": [-1, 2], "data_type": "float32"}])
    save("deflated.keras", data, "an archive whose weights are deflated, packed again by hand", record)


@artifact
def keras_numpy_weights():
    data = io.BytesIO()
    numpy.savez(data, **{"layers/dense/vars": numpy.array({"0": numpy.zeros((4, 2))}, dtype=object)})
    content = archive(simple(), model_weights_h5=None, model_weights_npz=data.getvalue())
    save("numpy_weights.keras", content, "weights in a numpy archive", {"verdict": "model", "loading": {"verdict": "incomplete"}})


@artifact
def keras_text_weights():
    data = archive(simple(), model_weights_h5=b"not HDF5 at all" * 100)
    save("text_weights.keras", data, "weights that are text", failed())


@artifact
def keras_cut_weights():
    data = archive(simple(), model_weights_h5=hdf5(weights)[:900])
    save("cut_weights.keras", data, "weights that were cut before they were packed", failed())


@artifact
def keras_loop():
    layers = [source(None, 4), layer("a", inbound=[("b", 0, 0)], units=2), layer("b", inbound=[("a", 0, 0)], units=2)]
    config = functional("net", layers, ["x", 0, 0], ["b", 0, 0])
    save("loop.keras", archive(config), "two layers that feed each other", model(inputs=[{"name": "x", "shape": [-1, 4]}]))


@artifact
def keras_doubling():
    inner = simple()
    for level in range(22):
        name = f"net{level}"
        inner = {**inner, "name": name, "inbound_nodes": [
            {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {}},
            {"args": [{"class_name": "__keras_tensor__", "config": {"keras_history": ["x", 0, 0]}}], "kwargs": {}},
        ]}
        inner = functional("net", [source(None, 4), inner], ["x", 0, 0], [name, 1, 0])
    save("doubling.keras", archive(inner), "22 models within each other, each called twice", failed("limit"))


@artifact
def keras_backwards():
    layers = [layer(f"d{i}", inbound=[(f"d{i + 1}" if i < 2999 else "x", 0, 0)], units=2) for i in range(3000)]
    config = functional("net", layers + [source(None, 4)], ["x", 0, 0], ["d0", 0, 0])
    save("backwards.keras", packed(json.dumps(config)), "3,000 layers listed from the last to the first", failed("limit"))


def odd(name, how, **settings):
    save(name, archive(simple(**settings)), how, model(inputs=[{"name": "x", "shape": [-1, 4]}]))


@artifact
def keras_units_huge():
    odd("units_huge.keras", "a Dense layer of 2^62 units", units=2**62)


@artifact
def keras_units_text():
    odd("units_text.keras", "a Dense layer of units in words", units="many")


@artifact
def keras_reshape_huge():
    layers = [source(None, 2**30, 2**30, 2**30), layer("flat", "Flatten", inbound=[("x", 0, 0)])]
    config = functional("net", layers, ["x", 0, 0], ["flat", 0, 0])
    save("flatten_huge.keras", archive(config), "a Flatten of 2^90 elements", model())


@artifact
def keras_convolution_odd():
    layers = [source(None, 8, 8, 3), layer(
        "conv", "Conv2D", inbound=[("x", 0, 0)], filters=-4, kernel_size=[0, 10**30], strides=[0, 0], padding="odd",
        data_format="channels_last", dilation_rate=[2**62, 1])]
    config = functional("net", layers, ["x", 0, 0], ["conv", 0, 0])
    save("convolution_odd.keras", archive(config), "a convolution of no size and no stride", model())


@artifact
def keras_strange_references():
    layers = [source(None, 4), layer("dense", inbound=[("x", 2**62, -1)], units=2)]
    config = functional("net", layers, [["x", 0, 7]], [["nobody", 0, 0], ["dense", 10**30, 0], [], {"a": None}])
    save("references.keras", archive(config), "references to tensors that do not exist", model())


# ---------------------------------------------------------------- HDF5


@artifact
def h5_config_nested():
    deep = '{"class_name":"Sequential","config":' + "[" * 100_000

    def fill(file):
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["model_config"] = h5py.Empty("f")
        del file.attrs["model_config"]
        file.attrs.create("model_config", deep, dtype=h5py.string_dtype())
        file.create_group("model_weights")

    save("config_nested.h5", hdf5(fill), "a model_config nested 100,000 deep", failed("limit"))


@artifact
def h5_config_number():
    def fill(file):
        file.attrs["model_config"] = 7
        file.create_group("model_weights")

    save("config_number.h5", hdf5(fill), "a model_config that is a number", failed("malformed"))


@artifact
def h5_huge_dataset():
    def fill(file):
        group = file.create_group("layers/dense/vars")
        group.create_dataset("0", (2**31, 2**31), "float32", chunks=(64, 64))

    save("huge_dataset.h5", hdf5(fill), "weights of 2^62 elements, none of them written", {"verdict": "model"})


@artifact
def h5_external_link():
    def fill(file):
        weights(file)
        file["layers/dense/vars/2"] = h5py.ExternalLink("/etc/passwd", "/x")

    save("external_link.h5", hdf5(fill), "weights with a link to a file elsewhere", model(parameters={"total": 10}))


@artifact
def h5_virtual():
    """A dataset that is put together from another file's."""
    def fill(file):
        weights(file)
        layout = h5py.VirtualLayout((2,), "f4")
        layout[:] = h5py.VirtualSource("/nowhere/other.h5", "x", (2,))
        file.create_virtual_dataset("layers/dense/vars/2", layout)

    record = {**model(parameters={"total": 12}), "findings": [{"code": "hdf5.external-storage"}]}
    save("virtual.h5", hdf5(fill), "weights that lie in another file", record)


@artifact
def h5_cyclic():
    def fill(file):
        weights(file)
        file["layers/dense/again"] = file["layers"]

    save("cyclic.h5", hdf5(fill), "a group that contains itself", model(parameters={"total": 10}))


@artifact
def h5_truncated():
    save("truncated.h5", hdf5(weights)[:700], "weights that were cut", failed())


@artifact
def h5_html():
    save("html_page.h5", b"<!DOCTYPE html><html><body>404</body></html>", "an error page", {
        "verdict": "not-a-model", "cause": "html"})


@artifact
def h5_xml():
    save("xml_error.h5", b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "a storage's error in XML", {
        "verdict": "unrecognised"})


@artifact
def shards_missing():
    index = {"metadata": {"total_size": 40}, "weight_map": {"/layers/dense/vars": "gone_00000.weights.h5"}}
    save("gone.weights.json", json.dumps(index).encode(), "an index whose shard is missing", {
        "verdict": "model", "loading": {"verdict": "incomplete"}})


@artifact
def shards_outside():
    index = {"metadata": {"total_size": 40}, "weight_map": {"/layers/dense/vars": "../../gone.weights.h5"}}
    save("outside.weights.json", json.dumps(index).encode(), "an index that points out of its folder", {
        "verdict": "model", "loading": {"verdict": "incomplete"}, "findings": [{"code": "shards.outside"}]})


# ---------------------------------------------------------------- what a configuration makes a loader do


def said(loading, *codes, kind="keras-v3", **more):
    record = {"format": {"id": kind}, "loading": {"verdict": loading}, **more}
    if codes:
        record["findings"] = [{"code": code} for code in codes]
    return record


def stack(*layers):
    return {"module": "keras", "class_name": "Sequential", "registered_name": None,
            "config": {"name": "stack", "layers": [{"module": "keras.layers", "class_name": "InputLayer",
                                                    "registered_name": None, "config": {"name": "x", "batch_shape": [None, 4]}},
                                                   *layers]}}


def function(module, name, *arguments):
    return {"module": module, "class_name": "function", "config": name, "registered_name": name, "name": "call",
            "inbound_nodes": [{"args": list(arguments), "kwargs": {}}]}


@artifact
def keras_system():
    """As reported for Keras before 3.9: any function of any module is imported and called."""
    config = functional("calls", [source(4), function("os", "system", "true")], [["x", 0, 0]], [["call", 0, 0]])
    save("calls_system.keras", archive(config), "a configuration that calls os.system",
         said("dangerous", "keras.dangerous-function", "keras.custom-objects"))


@artifact
def keras_get_file():
    config = functional("fetches", [source(4), function("keras.utils", "get_file", "file:///dev/null")],
                        [["x", 0, 0]], [["call", 0, 0]])
    save("fetches_file.keras", archive(config), "a configuration that calls keras.utils.get_file",
         said("dangerous", "keras.dangerous-function", "keras.custom-objects"))


@artifact
def keras_unlisted_function():
    config = functional("calls", [source(4), function("keras.utils", "to_categorical", [0])], [["x", 0, 0]], [["call", 0, 0]])
    save("unlisted_function.keras", archive(config), "a function of Keras that no configuration of a model names",
         said("needs-code", "keras.custom-objects"))


@artifact
def keras_vocabulary():
    layers = [layer("words", "StringLookup", vocabulary="/nowhere/words.txt"),
              layer("more", "TextVectorization", vocabulary="gs://nowhere/words.txt")]
    save("vocabulary_files.keras", archive(stack(*layers)), "vocabularies from a file and from an address",
         said("data-only", "keras.reads-file", "keras.reads-file"))


@artifact
def keras_name():
    save("name_climbs.keras", archive(stack(layer("../../outside", units=2))), "a layer whose name leads out of its folder",
         said("data-only", "keras.unsafe-name"))


@artifact
def keras_hidden_lambda():
    inner = {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}}
    config = stack(layer("dense", units=2, activation=inner))
    save("activation_lambda.keras", archive(config), "a lambda as the activation of an ordinary layer",
         said("needs-code", "keras.lambda"))


@artifact
def keras_lambda_arguments():
    """Keras makes the objects among the arguments, too; up to 3.8 it imports their module for that."""
    other = {"module": "antigravity", "class_name": "Flight", "config": {}, "registered_name": "Flight"}
    config = stack(layer("odd", "Lambda", function="relu", arguments={"x": other}))
    save("lambda_arguments.keras", archive(config), "a Lambda of Keras' own function, with an object of another module as its argument",
         said("needs-code", "keras.custom-objects"))


@artifact
def keras_pickle_inside():
    config = stack(layer("dense", units=2))
    save("pickle_inside.keras", archive(config, **{"assets/more.pkl": b"cos\nsystem\n(S'true'\ntR."}),
         "a pickle among the members, which Keras does not read", said("dangerous", "pickle.dangerous-import", "loading.other-reader"))


@artifact
def keras_prefix():
    inner = {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}}
    data = b"a line of text\n" + archive(stack(layer("odd", "Lambda", function=inner)))
    save("prefix.keras", data, "bytes before the archive, which zipfile passes over", said("needs-code", "keras.lambda", "zip.prefix"))


@artifact
def keras_operation():
    record = {"class_name": "Functional", "config": {"name": "model", "layers": [
        {"class_name": "InputLayer", "name": "x", "config": {"name": "x", "batch_input_shape": [None, 4]}, "inbound_nodes": []},
        {"class_name": "TFOpLambda", "name": "write", "config": {"name": "write", "function": "io.write_file"},
         "inbound_nodes": [["x", 0, 0, {"contents": "text"}]]}],
        "input_layers": [["x", 0, 0]], "output_layers": [["write", 0, 0]]}}

    def fill(file):
        file.attrs["model_config"] = json.dumps(record)
        file.attrs["keras_version"] = "2.15.0"
        file.create_group("model_weights")

    save("operation_writes.h5", hdf5(fill), "an operation of TensorFlow that writes a file while the model is made",
         said("dangerous", "keras.dangerous-function", "keras.custom-objects", kind="keras-h5-model"))


@artifact
def h5_config_only():
    inner = {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}}

    def fill(file):
        file.attrs["model_config"] = json.dumps(stack(layer("odd", "Lambda", function=inner)))
        file.attrs["keras_version"] = "3.15.1"

    save("config_only.h5", hdf5(fill), "a configuration and no weights: Keras makes the layers first",
         said("needs-code", "keras.lambda", "keras.weights-missing", kind="keras-h5-model", verdict="not-a-model"))


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
