"""Writes what Keras, TensorFlow's older interface, its converter and decision forests save, with their truths.

Run once with tensorflow 2.21.0 (Keras 3.15.1) and once with 2.15.1 (Keras 2.15.0); `with_slots`
with 2.15.1 and 2.12.1. `forest` is made where
tensorflow-decision-forests is: 1.12.0 with tensorflow 2.19.0 and tf-keras, and 1.8.1 with 2.15.1.
"""

import importlib.util
import io
import json
import os
import subprocess
import sys
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

import tf_truth
from common import place, run_all, start, write_truth

RELEASE = "_".join(tf.__version__.split(".")[:2])
keras = tf.keras
BY = {"tensorflow": tf.__version__, "keras": getattr(tf.keras, "__version__", None) or __import__("keras").__version__}
FRAMEWORK = "Keras" if int(BY["keras"].split(".")[0]) > 2 else "Keras 2"


def works(path, first, call):
    code = f"{first}\nimport tensorflow as tf\nloaded = {call}"
    return subprocess.run([sys.executable, "-c", code], cwd=path.parent, capture_output=True).returncode == 0


def of_one_pixel():
    """A picture of one pixel, with a number for each class: a classification."""
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [keras.Input((6, 6, 4), name="chip"), keras.layers.Conv2D(5, 6, activation="softmax", name="cover")])
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    path = place("keras-v3", f"one_pixel_{RELEASE}.keras")
    model.save(path)
    loaded = keras.models.load_model(path)
    assert loaded.output_shape == (None, 1, 1, 5)
    record = {
        "verdict": "model", "format": {"id": "keras-v3"},
        "facts": {
            "tasks": ["classification"], "parameters": {"total": loaded.count_params()},
            "outputs": [{"name": "cover", "shape": [-1, 1, 1, 5], "data_type": "float32"}]},
    }
    write_truth(path, written_by=BY, how="a softmax over the classes of one pixel", record=record, payload=[])


def short_loss():
    """Keras 3 does not find `mse` in what it loads from HDF5."""
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((3,), name="spectrum"), keras.layers.Dense(1, name="height")])
    model.compile(loss="mse", optimizer="sgd")
    path = place("keras-h5-model", f"short_loss_{RELEASE}.h5")
    model.save(path)
    module = "keras" if FRAMEWORK == "Keras" else "tf.keras"
    call = f'tf.keras.models.load_model("{path.name}")'
    uncompiled = f'tf.keras.models.load_model("{path.name}", compile=False)'
    assert works(path, "", uncompiled)
    loading = {"verdict": "data-only"}
    if not works(path, "", call):
        loading["call"] = f'{module}.models.load_model("{path.name}", compile=False)'
    record = {
        "verdict": "model", "format": {"id": "keras-h5-model"},
        "facts": {"parameters": {"total": 4}, "inputs": [{"name": "spectrum", "shape": [-1, 3], "data_type": "float32"}]},
        "loading": loading,
    }
    write_truth(path, written_by=BY, how="compiled with a loss by its short name", record=record, payload=[])


def with_defaults():
    """A placeholder with a default is an input like another one."""
    v1 = tf.compat.v1
    with tf.Graph().as_default() as graph:
        image = v1.placeholder_with_default(tf.zeros([1, 8, 8, 3]), [None, 8, 8, 3], name="image")
        gain = v1.placeholder_with_default(tf.constant(1.0), [], name="gain")
        kernel = tf.constant(0.5, shape=[3, 3, 3, 2], name="kernel")
        tf.identity(tf.nn.conv2d(image * gain, kernel, 1, "SAME"), name="mask")
    path = place("tf-frozen-graph", f"with_defaults_{RELEASE}.pb")
    path.write_bytes(graph.as_graph_def().SerializeToString())
    record = {
        "verdict": "model", "format": {"id": "tf-frozen-graph"},
        "facts": {
            "framework": "TensorFlow",
            "inputs": [{"name": "image", "shape": [-1, 8, 8, 3], "data_type": "float32"},
                       {"name": "gain", "shape": [], "data_type": "float32"}],
            "parameters": {"total": 54}},
        "loading": {"verdict": "data-only"},
    }
    write_truth(path, written_by={"tensorflow": tf.__version__}, how="placeholders with defaults", record=record,
                payload=tf_truth.constant_ranges(path.read_bytes(), [graph.as_graph_def()]))


def older_interface():
    """What a saver of tf.compat.v1 writes: it asks whether the path is in a cloud, and chooses another folder then."""
    v1 = tf.compat.v1
    path = place("tf-saved-model", f"older_interface_{RELEASE}")
    with tf.Graph().as_default(), v1.Session() as session:
        spectrum = v1.placeholder(tf.float32, [None, 5], name="spectrum")
        weights = v1.get_variable("weights", [5, 2], initializer=v1.ones_initializer())
        scores = tf.matmul(spectrum, weights, name="scores")
        session.run(v1.global_variables_initializer())
        v1.saved_model.simple_save(session, str(path), {"spectrum": spectrum}, {"scores": scores})
    meta = tf_truth.read(path).meta_graphs[0]
    loaded = tf.saved_model.load(str(path))
    assert tuple(loaded.variables[0].shape) == (5, 2)
    record = tf_truth.record("tf.saved_model.save", meta, "serving_default", count=tf_truth.parameters(loaded.variables))
    record["loading"] = {"verdict": "data-only"}
    write_truth(path, written_by={"tensorflow": tf.__version__}, how="simple_save of tf.compat.v1", record=record,
                payload=tf_truth.payload(path))


def with_slots():
    """An optimizer of Keras 2 that keeps a slot for each variable, which TensorFlow with Keras 3 alone does not load."""
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((3,), name="spectrum"), keras.layers.Dense(2, name="cover")])
    model.compile(loss="mse", optimizer=keras.optimizers.legacy.Adam())
    model.fit(tf.zeros((2, 3)), tf.zeros((2, 2)), verbose=0)
    path = place("tf-saved-model", f"with_slots_{RELEASE}")
    model.save(str(path), save_format="tf")
    nodes = tf_truth.read(path).meta_graphs[0].object_graph_def.nodes
    assert any(node.slot_variables for node in nodes if node.user_object.identifier == "optimizer")
    meta = tf_truth.read(path).meta_graphs[0]
    count = {"total": model.count_params(), "data_types": {"float32": model.count_params()}}
    record = tf_truth.record("tf.keras.Model.save", meta, "serving_default", count=count)
    record["loading"] = {"verdict": "data-only"}
    write_truth(path, written_by=BY, how="with the slots of an optimizer of Keras 2", record=record,
                payload=tf_truth.payload(path))


NAMES = {0: "pond", 1: "hedge", 2: "track"}


def exported():
    """What Ultralytics' exporter puts behind a model for TensorFlow Lite: a zip archive of metadata.json."""
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((16, 16, 3), batch_size=1), keras.layers.Conv2D(7, 1, name="boxes")])
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    path = place("tflite", f"exported_{RELEASE}.tflite")
    described = {
        "description": "Ultralytics YOLOv8n model trained on hedges.yaml", "author": "Ultralytics",
        "date": "2026-03-04T05:06:07", "version": "8.3.40",
        "license": "AGPL-3.0 License (https://ultralytics.com/license)", "docs": "https://docs.ultralytics.com", "stride": 32,
        "task": "detect", "batch": 1, "imgsz": [16, 16], "names": NAMES,
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr(zipfile.ZipInfo("metadata.json"), json.dumps(described))
    path.write_bytes(converter.convert() + archive.getvalue())
    output = tf.lite.Interpreter(str(path)).get_output_details()[0]
    record = {
        "verdict": "model", "format": {"id": "tflite"},
        "facts": {
            "framework": "TensorFlow Lite", "framework_version": tf.__version__, "architecture": "YOLOv8n",
            "tasks": ["object-detection"], "parameters": {"total": model.count_params()},
            "outputs": [{"shape": [int(size) for size in output["shape"]], "data_type": "float32",
                         "labels": list(NAMES.values())}]},
        "loading": {"verdict": "data-only"},
    }
    write_truth(path, written_by={"tensorflow": tf.__version__}, how="with the zip archive that Ultralytics' exporter adds",
                record=record, payload=[])


def forest():
    """A forest in a SavedModel, whose operators tensorflow_decision_forests registers."""
    if int(RELEASE.split("_")[1]) > 15:
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
    import pandas
    import tensorflow_decision_forests as tfdf

    table = pandas.DataFrame({"ndvi": [i / 40 for i in range(40)], "slope": [(i * 7) % 11 / 10 for i in range(40)]})
    table["burnt"] = [int(row > 0.5) for row in table["ndvi"]]
    model = tfdf.keras.GradientBoostedTreesModel(num_trees=2, max_depth=2, verbose=0)
    model.fit(tfdf.keras.pd_dataframe_to_tf_dataset(table, label="burnt"), verbose=0)
    release = "_".join(tfdf.__version__.split(".")[:2])
    path = place("tf-saved-model", f"forest_{release}")
    model.save(str(path))
    call = f'tf.saved_model.load("{path.name}")'
    assert not works(path, "", call) and works(path, "import tensorflow_decision_forests", call)
    meta = tf_truth.read(path).meta_graphs[0]
    record = tf_truth.record("tf.keras.Model.save", meta, "serving_default")
    record["loading"] = {"verdict": "needs-code", "call": call, "first": ["tensorflow_decision_forests"]}
    by = {"tensorflow": tf.__version__, "tensorflow-decision-forests": tfdf.__version__}
    write_truth(path, written_by=by, how="boosted trees of tensorflow-decision-forests", record=record,
                payload=tf_truth.payload(path))


FUNCTIONS = [of_one_pixel, short_loss, with_defaults, older_interface, exported]

if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    has_forests = importlib.util.find_spec("tensorflow_decision_forests")
    if hasattr(keras.optimizers, "legacy") and FRAMEWORK == "Keras 2":
        FUNCTIONS.append(with_slots)
    run_all(FUNCTIONS + [forest] if has_forests else FUNCTIONS, arguments.names)
