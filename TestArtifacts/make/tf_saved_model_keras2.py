"""Writes SavedModels with Keras 2: `model.save(…, save_format="tf")` (run it with tensorflow 2.12, 2.15, and 2.21 with tf-keras)."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

import tf_truth as truth
from common import place, run_all, start

if int(tf.__version__.split(".")[1]) >= 16:
    import tf_keras as keras
else:
    from tensorflow import keras

VERSION = "_".join(tf.__version__.split(".")[:2])
KERAS = {"keras": __import__("tf_keras" if keras.__name__ == "tf_keras" else "keras").__version__}


def save(model, artifact, how, **facts):
    path = place("tf-saved-model", f"{artifact}_{VERSION}")
    model.save(str(path), save_format="tf")
    meta = truth.read(path).meta_graphs[0]
    again = keras.models.load_model(str(path), compile=False)
    count = truth.parameters(again.weights)
    assert count["total"] == again.count_params() == model.count_params()
    record = truth.record("tf.keras.Model.save", meta, "serving_default", (), count, **facts)
    truth.write(path, how, record, written_by=KERAS)


def keras_save():
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.layers.InputLayer((32, 32, 4), name="tile"),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(6, 3, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.2),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(5, activation="softmax"),
        ],
        name="land_cover",
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((2, 32, 32, 4), "float32"), np.zeros((2,)), verbose=0)
    save(
        model, "keras_save", "a trained Sequential with Adam's state and an accuracy", name="land_cover",
        hyperparameters={"loss": "sparse_categorical_crossentropy", "optimizer": "Adam"},
    )


@keras.utils.register_keras_serializable("survey")
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(name="factor", shape=(shape[-1],), initializer="ones")

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return super().get_config()


def keras_save_custom():
    inputs = keras.Input((8,), name="spectrum")
    scaled = Scale(name="scale")(inputs)
    squared = keras.layers.Lambda(lambda value: value * value, name="squared")(scaled)
    model = keras.Model(inputs, keras.layers.Dense(1, name="biomass")(squared))
    save(model, "keras_save_custom", "a functional model with a layer of a class of its own and a Lambda layer")


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__(name="crop_net")
        self.hidden = keras.layers.Conv1D(4, 3)
        self.head = keras.layers.Dense(3, name="head")

    def call(self, inputs):
        return {"logits": self.head(tf.reduce_mean(self.hidden(inputs), axis=1))}


def keras_save_subclassed():
    model = Subclassed()
    model(tf.zeros([1, 12, 10]))
    path = place("tf-saved-model", f"keras_save_subclassed_{VERSION}")
    model.save(str(path), save_format="tf")
    meta = truth.read(path).meta_graphs[0]
    record = truth.record(
        "tf.keras.Model.save", meta, "serving_default", (), truth.parameters(model.weights), name="crop_net",
        architecture="Subclassed")
    assert record["facts"]["parameters"]["total"] == model.count_params()
    truth.write(path, "a subclassed model of a series of dates", record, written_by=KERAS)


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all([keras_save, keras_save_custom, keras_save_subclassed], arguments.names)
