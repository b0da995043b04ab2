"""Writes folders of KerasHub with tiny random weights, and what the library says of each.

Needs requirements-keras-hub.txt.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

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


FUNCTIONS = [text_classifier]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
