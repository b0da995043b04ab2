"""Writes models with files beside them that name their classes, with their truths.

Run once with tensorflow 2.21.0 (Keras 3.15.1), which also copies the two models of TensorFlow.js, and once with 2.15.1 (Keras
2.15.0). What lies beside a model is as Coral, Keras and Teachable Machine write it, with other names.
"""

import json
import os
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

from common import place, run_all, start, write_truth

RELEASE = "_".join(tf.__version__.split(".")[:2])
BY = {"tensorflow": tf.__version__, "keras": getattr(tf.keras, "__version__", None) or __import__("keras").__version__}
NAMES = ["heath", "marsh", "meadow", "scrub"]


def network():
    tf.keras.utils.set_random_seed(5)
    return tf.keras.Sequential(
        [tf.keras.layers.Input((6,), name="spectrum"), tf.keras.layers.Dense(4, activation="softmax", name="cover")])


def classes(port):
    return {**port, "labels": NAMES}


def lite():
    """Coral's list: the number and two spaces before each name, in a file that is called after the model."""
    path = place("tflite", f"cover_{RELEASE}.tflite")
    path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(network()).convert())
    beside = path.with_name(path.stem + "_labels.txt")
    beside.write_text("".join(f"{index}  {name}\n" for index, name in enumerate(NAMES)))
    runtime = tf.lite.Interpreter(str(path))
    output = runtime.get_output_details()[0]
    assert output["shape_signature"][-1] == len(NAMES)
    (runner,) = (runtime.get_signature_runner(key) for key in runtime.get_signature_list())
    (name,) = runner.get_output_details()
    port = {"name": name, "shape": [int(size) for size in output["shape_signature"]], "data_type": "float32"}
    write_truth(path, written_by=BY, how="a list of classes beside it, each with its number",
                record={"verdict": "model", "format": {"id": "tflite"}, "facts": {"outputs": [classes(port)]}},
                payload=[])


def saved():
    """`class_indices` of a DirectoryIterator, which Keras sorts by name, inside the folder."""
    path = place("tf-saved-model", f"cover_{RELEASE}")
    model = network()
    tf.saved_model.save(model, str(path))
    (path / "class_indices.json").write_text(json.dumps({name: index for index, name in enumerate(NAMES)}))
    loaded = tf.saved_model.load(str(path)).signatures["serving_default"]
    ((name, made),) = loaded.structured_outputs.items()
    assert made.shape.as_list() == [None, 4]
    port = {"name": name, "shape": [-1, 4], "data_type": "float32"}
    write_truth(path, written_by=BY, how="class_indices.json in its folder",
                record={"verdict": "model", "format": {"id": "tf-saved-model"}, "facts": {"outputs": [classes(port)]}},
                payload={})


def whole():
    """Keras' own file, and a list that does not fit it."""
    path = place("keras-h5-model", f"cover_{RELEASE}.h5")
    network().save(path)
    path.with_name(path.stem + "_labels.txt").write_text("\n".join(NAMES[:3]))
    port = {"name": "cover", "shape": [-1, 4], "data_type": "float32"}
    write_truth(path, written_by=BY, how="a list of three classes beside a model of four, which is none of its own",
                record={"verdict": "model", "format": {"id": "keras-h5-model"}, "facts": {"outputs": [port]}},
                payload=[])


def teachable(name, how, metadata, facts):
    """A model of TensorFlow.js that is here already, with what Teachable Machine writes beside its own."""
    source = place("tfjs", "layers_sequential.none").with_name("layers_sequential")
    path = place("tfjs", name)
    shutil.copytree(source, path)
    (path / "metadata.json").write_text(json.dumps(metadata))
    truth = json.loads(source.with_name("layers_sequential.truth.json").read_text())
    record = truth["record"]
    record["facts"]["outputs"][0]["labels"] = facts.pop("labels")
    record["facts"].update(facts)
    write_truth(path, written_by=truth["written_by"], how=how, record=record, payload=truth["payload"])


def teachable_pose():
    if RELEASE != "2_21":
        return
    labels = ["stand", "sit", "lie", "jump", "bow"]
    settings = {"posenet": {"architecture": "MobileNetV1", "outputStride": 16, "inputResolution": 257, "multiplier": 0.75}}
    teachable(
        "teachable_pose", "metadata.json of Teachable Machine for poses, written by hand after its source",
        {"tfjsVersion": "1.3.1", "tmVersion": "2.4.10", "packageVersion": "0.8.6", "packageName": "@teachablemachine/pose",
         "timeStamp": "2026-01-01T00:00:00.000Z", "userMetadata": {}, "modelName": "my-poses", "labels": labels,
         "modelSettings": settings},
        {"labels": labels, "name": "my-poses", "tasks": ["classification"], "hyperparameters": {"modelSettings": settings}})


def teachable_sound():
    if RELEASE != "2_21":
        return
    labels = ["Background Noise", "rain", "wind", "owl", "frog"]
    teachable(
        "teachable_sound", "metadata.json of Teachable Machine for sounds, written by hand after its source",
        {"tfjsSpeechCommandsVersion": "0.4.0", "modelName": "TMv2", "timeStamp": "2026-01-01T00:00:00.000Z",
         "wordLabels": labels},
        {"labels": labels, "name": "TMv2", "tasks": ["classification"]})


if __name__ == "__main__":
    run_all([lite, saved, whole, teachable_pose, teachable_sound], start(__doc__).names)
