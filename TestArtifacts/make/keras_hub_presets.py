"""Writes folders of KerasHub with tiny random weights, and what the library says of each.

Needs requirements-keras-hub.txt.
"""

import json
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import h5py
import keras
import keras_hub
from common import place, run_all, start, write_truth


def text_classifier():
    """A task on a backbone: both have weights of their own."""
    keras.utils.set_random_seed(0)
    backbone = keras_hub.models.BertBackbone(
        vocabulary_size=8, num_layers=1, num_heads=1, hidden_dim=4, intermediate_dim=4, max_sequence_length=4)
    model = keras_hub.models.BertTextClassifier(backbone=backbone, num_classes=3)
    path = place("keras-hub", "text_classifier")
    model.save_to_preset(str(path))
    again = keras_hub.models.BertTextClassifier.from_preset(str(path))
    write_truth(
        path, written_by={"keras": keras.__version__, "keras-hub": keras_hub.__version__},
        how="BertTextClassifier.save_to_preset",
        record={
            "verdict": "model", "format": {"id": "keras-hub"},
            "facts": {
                "framework": "Keras", "framework_version": keras.__version__, "artifact_type": "save_to_preset",
                "architecture": type(again).__name__, "parameters": {"total": again.count_params()},
                "tasks": ["classification"], "producer": {"name": "keras-hub", "version": keras_hub.__version__},
                "hyperparameters": {"num_classes": 3, "hidden_dim": 4},
            },
            "loading": {
                "verdict": "needs-code", "call": 'keras_hub.models.BertTextClassifier.from_preset("text_classifier")'}})


def sharded():
    """A backbone whose weights lie in several files, which an index names."""
    keras.utils.set_random_seed(1)
    model = keras_hub.models.BertBackbone(
        vocabulary_size=64, num_layers=1, num_heads=1, hidden_dim=16, intermediate_dim=16, max_sequence_length=16)
    path = place("keras-hub", "sharded")
    model.save_to_preset(str(path), max_shard_size=6e-6)
    shards = sorted(path.glob("*.h5"))
    assert len(shards) > 1
    again = keras_hub.models.BertBackbone.from_preset(str(path))
    write_truth(
        path, written_by={"keras": keras.__version__, "keras-hub": keras_hub.__version__},
        how="BertBackbone.save_to_preset with max_shard_size",
        record={
            "verdict": "model", "format": {"id": "keras-hub"},
            "facts": {"architecture": "BertBackbone", "parameters": {"total": again.count_params()}}})


def hostile():
    """A backbone that is a function of the system."""
    path = place("hostile", "keras_hub_system")
    path.mkdir(parents=True, exist_ok=True)
    (path / "config.json").write_text(json.dumps({
        "module": "os", "class_name": "system", "config": {"command": "true"}, "registered_name": "keras_hub>Backbone"}))
    (path / "metadata.json").write_text(json.dumps({"keras_version": keras.__version__, "keras_hub_version": "0.32.0"}))
    with h5py.File(path / "model.weights.h5", "w") as file:
        file.create_dataset("layers/dense/vars/0", data=[1.0])
    write_truth(
        path, written_by={}, how="a preset whose configuration names os.system",
        record={
            "verdict": "model", "format": {"id": "keras-hub"},
            "findings": [
                {"severity": "danger", "code": "keras.dangerous-function"}, {"severity": "note", "code": "keras.custom-objects"}],
            "loading": {"verdict": "dangerous"}})


FUNCTIONS = [text_classifier, sharded, hostile]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
