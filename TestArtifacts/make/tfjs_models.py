"""Writes the models of TensorFlow.js, with their truths.

Written with tensorflowjs 4.22.0, tensorflow 2.15.1 and Keras 2.15.0: `pip install "tensorflow-cpu==2.15.*"` and then
`pip install --no-deps tensorflowjs tensorflow-hub "tf-keras==2.15.*" importlib_resources`. What the converter imports for
forests and JAX is not needed and stands in for itself here. Layers models are loaded again by
`tensorflowjs.converters.load_keras_model`, weights of graphs by `tensorflowjs.read_weights`.
"""

import json
import os
import shutil
import sys
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
for name in ("tensorflow_decision_forests", "jax", "jax.experimental", "jax.experimental.jax2tf"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["jax.experimental"].jax2tf = sys.modules["jax.experimental.jax2tf"]

import numpy
import tensorflow as tf
import tensorflowjs
from tensorflowjs import read_weights
from tensorflowjs.converters import converter

from common import SCRATCH, place, run_all, start, write_truth

WRITTEN_BY = {"tensorflowjs": tensorflowjs.__version__, "tensorflow": tf.__version__}
LAYERS = "weights of the manifest"
GRAPH = "weights of the manifest; integers that are not quantised (shapes, axes, indices) are left out"
NHWC = ["batch", "height", "width", "channel"]


# ---------------------------------------------------------------- truth


def port(name, shape, data_type, **more):
    return {"name": name, "shape": [-1 if size is None else size for size in shape], "data_type": data_type, **more}


def count(weights, rule):
    """Of (shape, stored type, bytes of one element)."""
    total, size, types_ = 0, 0, {}
    for shape, data_type, element in weights:
        elements = int(numpy.prod(shape))
        total, size = total + elements, size + elements * element
        types_[data_type] = types_.get(data_type, 0) + elements
    return {"total": total, "bytes": size, "data_types": types_, "tensors": len(weights), "counting": rule}


def finish(path, how, facts, loading="data-only", payload=None, written_by=WRITTEN_BY):
    facts = {
        "framework": "TensorFlow.js",
        "framework_version": tensorflowjs.__version__,
        "artifact_type": "tensorflowjs_converter",
        **facts,
    }
    record = {"verdict": "model", "format": {"id": "tfjs"}, "facts": facts, "loading": {"verdict": loading}}
    shards = {item.name: [[0, item.stat().st_size]] for item in sorted(path.glob("*.bin")) if item.stat().st_size >= 1024}
    write_truth(path, written_by=written_by, how=how, record=record, payload=payload or shards)


def layers_facts(folder):
    model = tensorflowjs.converters.load_keras_model(str(folder / "model.json"))
    weights = [(weight.shape, weight.dtype.name, weight.dtype.size) for weight in model.weights]
    parameters = count(weights, LAYERS)
    assert parameters["total"] == model.count_params()
    inputs = [port(item.name.split(":")[0], item.shape, item.dtype.name) for item in model.inputs]
    outputs = [port(name, item.shape, item.dtype.name) for name, item in zip(model.output_names, model.outputs)]
    return {"roles": ["mlm:model"], "inputs": inputs, "outputs": outputs, "parameters": parameters}


def graph_facts(folder, saved_model):
    """Ports by the signature of the SavedModel that was converted; weights by the converter's own reader."""
    document = json.loads((folder / "model.json").read_text())
    loaded = read_weights.read_weights(document["weightsManifest"], str(folder), flatten=True)
    stored = {w["name"]: w.get("quantization", {}).get("dtype") for g in document["weightsManifest"] for w in g["weights"]}
    weights = []
    for entry in loaded:
        data, kind = entry["data"], stored[entry["name"]]
        if kind or data.dtype.kind == "f":
            name = kind or data.dtype.name
            weights.append((data.shape, name, numpy.dtype(name).itemsize))
    signature = tf.saved_model.load(str(saved_model)).signatures["serving_default"]
    inputs = {k: port(k, v.shape.as_list(), v.dtype.name) for k, v in signature.structured_input_signature[1].items()}
    outputs = {k: port(k, v.shape.as_list(), v.dtype.name) for k, v in signature.structured_outputs.items()}
    told = document["signature"]
    return {
        "roles": ["mlm:model", "mlm:compiled"],
        "inputs": [inputs[name] for name in told["inputs"]],
        "outputs": [outputs[name] for name in told["outputs"]],
        "parameters": count(weights, GRAPH),
    }


# ---------------------------------------------------------------- models


def cnn():
    tf.keras.utils.set_random_seed(0)
    layers = tf.keras.layers
    return tf.keras.Sequential([
        layers.InputLayer((16, 16, 4), name="image"), layers.Conv2D(8, 3, activation="relu"),
        layers.BatchNormalization(), layers.Conv2D(16, 3), layers.GlobalAveragePooling2D(),
        layers.Dense(5, activation="softmax"),
    ])


def two_ways():
    tf.keras.utils.set_random_seed(0)
    layers = tf.keras.layers
    image, number = tf.keras.Input((8, 8, 3), name="image"), tf.keras.Input((4,), name="number", dtype="float16")
    mask = layers.Conv2D(2, 3, padding="same", name="mask")(image)
    score = layers.Dense(1, name="score")(layers.Concatenate()([layers.Flatten()(mask), tf.cast(number, "float32")]))
    return tf.keras.Model([image, number], [mask, score])


def scratch(name):
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def saved(model, name):
    folder = scratch(name)
    tf.saved_model.save(model, str(folder))
    return folder


def convert(source, folder, *options):
    converter.convert(["--input_format=tf_saved_model", *options, str(source), str(folder)])
    return folder


def layers_sequential():
    folder = place("tfjs", "layers_sequential")
    tensorflowjs.converters.save_keras_model(cnn(), str(folder))
    finish(folder, "save_keras_model of a Sequential model", layers_facts(folder))


def layers_functional():
    tf.keras.utils.set_random_seed(0)
    layers = tf.keras.layers
    image, number = tf.keras.Input((8, 8, 3), name="image"), tf.keras.Input((4,), name="number")
    mask = layers.Conv2D(2, 3, padding="same", name="mask")(image)
    score = layers.Dense(16, name="score")(layers.Concatenate()([layers.Flatten()(mask), number]))
    folder = place("tfjs", "layers_functional")
    tensorflowjs.converters.save_keras_model(tf.keras.Model([image, number], [mask, score]), str(folder))
    finish(folder, "save_keras_model of a functional model with two inputs and two outputs", layers_facts(folder))


def graph_cnn():
    source = saved(cnn(), "cnn")
    folder = convert(source, place("tfjs", "graph_cnn"))
    facts = graph_facts(folder, source)
    facts["inputs"][0]["dim_order"] = NHWC
    finish(folder, "tensorflowjs_converter of a SavedModel", facts)


def graph_two_ways():
    source = saved(two_ways(), "two_ways")
    folder = convert(source, place("tfjs", "graph_two_ways"))
    finish(folder, "a graph with two inputs and two outputs", graph_facts(folder, source))


def graph_uint8():
    source = saved(cnn(), "cnn")
    folder = convert(source, place("tfjs", "graph_uint8"), "--quantize_uint8=*")
    finish(folder, "weights quantised to uint8", graph_facts(folder, source))


def graph_float16():
    source = saved(cnn(), "cnn")
    folder = convert(source, place("tfjs", "graph_float16"), "--quantize_float16=*")
    finish(folder, "weights in float16", graph_facts(folder, source))


def graph_shards():
    source = saved(cnn(), "cnn")
    folder = convert(source, place("tfjs", "graph_shards"), "--weight_shard_size_bytes=2048")
    finish(folder, "weights in several files of 2 KiB", graph_facts(folder, source))


def missing_shard():
    source = saved(cnn(), "cnn")
    folder = convert(source, place("tfjs", "missing_shard"), "--weight_shard_size_bytes=2048")
    facts = graph_facts(folder, source)
    next(folder.glob("group1-shard2of*.bin")).unlink()
    finish(folder, "one of its files of weights was left behind", facts, loading="incomplete")


def by_name():
    """Named by itself: its weights lie beside it."""
    source = saved(cnn(), "cnn")
    folder = convert(source, scratch("by_name"))
    facts = graph_facts(folder, source)
    path = place("tfjs", "by_name.json")
    document = json.loads((folder / "model.json").read_text())
    document["weightsManifest"][0]["paths"] = ["by_name.weights.bin"]
    path.write_text(json.dumps(document))
    shutil.copy(folder / "group1-shard1of1.bin", path.with_suffix(".weights.bin"))
    finish(path, "model.json under another name, named itself, with its weights beside it", facts, payload=[])


FUNCTIONS = [
    layers_sequential, layers_functional, graph_cnn, graph_two_ways, graph_uint8, graph_float16, graph_shards,
    missing_shard, by_name,
]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
