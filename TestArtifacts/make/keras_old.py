"""Writes models of Keras 1.2 (Theano), Keras 2.2 and tf.keras 1.15: whole models and weights in HDF5, JSON.

Runs under Python 3.6 and 3.7, once in an environment of each release: OLD_KERAS=keras (KERAS_BACKEND=theano for 1.2) or
OLD_KERAS=tensorflow.keras.
"""

import importlib
import os
import sys
import warnings

warnings.filterwarnings("ignore")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
PACKAGE = os.environ.get("OLD_KERAS", "keras")
if PACKAGE == "tensorflow.keras":
    import tensorflow

    keras = tensorflow.keras
else:
    keras = importlib.import_module(PACKAGE)

if os.environ.get("KERAS_BACKEND") == "theano":
    import theano.ifelse  # Keras 1.2 uses it without importing it

import h5py
import numpy

import common
import keras_truth

L = keras.layers
VERSION = keras.__version__
RELEASE = tuple(int(part) for part in VERSION.split("-")[0].split(".")[:2])
IS_TF = PACKAGE == "tensorflow.keras"
TAG = "tf_1_15" if IS_TF else "{}_{}".format(*RELEASE)
VERSIONS = {"tf.keras" if IS_TF else "keras": VERSION, "h5py": h5py.__version__,
            "backend": keras.backend.backend() if hasattr(keras.backend, "backend") else "tensorflow"}
if IS_TF:
    VERSIONS["tensorflow"] = tensorflow.__version__
numpy.random.seed(1)


def unet():
    if RELEASE < (2, 0):
        x = L.Input((32, 32, 13), name="bands")
        options = {"border_mode": "same", "activation": "relu", "dim_ordering": "tf"}
        a = L.Convolution2D(4, 3, 3, name="one", **options)(x)
        b = L.MaxPooling2D(dim_ordering="tf", name="pool")(a)
        b = L.BatchNormalization(mode=0, axis=3, name="bn")(L.Convolution2D(6, 3, 3, name="two", **options)(b))
        c = L.merge([L.UpSampling2D(dim_ordering="tf", name="up")(b), a], mode="concat", concat_axis=3, name="skip")
        y = L.Convolution2D(5, 1, 1, activation="sigmoid", dim_ordering="tf", name="classes")(c)
        model = keras.models.Model(x, y)
        model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        model.fit(numpy.zeros((2, 32, 32, 13), "float32"), numpy.zeros((2, 32, 32, 5), "float32"), nb_epoch=1, verbose=0)
        return model
    x = L.Input((32, 32, 13), name="bands")
    a = L.Conv2D(4, 3, padding="same", activation="relu", name="one")(x)
    b = L.MaxPooling2D(name="pool")(a)
    b = L.BatchNormalization(name="bn")(L.Conv2D(6, 3, padding="same", name="two")(b))
    c = L.concatenate([L.Conv2DTranspose(4, 2, strides=2, name="up")(b), a], name="skip")
    y = L.Conv2D(5, 1, activation="softmax", name="classes")(c)
    model = keras.models.Model(x, y)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    model.fit(numpy.zeros((2, 32, 32, 13), "float32"), numpy.zeros((2, 32, 32, 5), "float32"), epochs=1, verbose=0)
    return model


def sequence():
    model = keras.models.Sequential()
    if RELEASE < (2, 0):
        model.add(L.Convolution2D(4, 3, 5, subsample=(2, 1), input_shape=(20, 18, 3), dim_ordering="tf", name="conv"))
        model.add(L.Activation("relu", name="act"))
        model.add(L.GlobalAveragePooling2D(dim_ordering="tf", name="mean"))
    else:
        model.add(L.Conv2D(4, (3, 5), strides=(2, 1), input_shape=(20, 18, 3), name="conv"))
        model.add(L.Activation("relu", name="act"))
        model.add(L.GlobalAveragePooling2D(name="mean"))
    model.add(L.Dropout(0.5, name="drop"))
    model.add(L.Dense(7, activation="softmax", name="out"))
    model.compile(keras.optimizers.SGD(lr=0.05, momentum=0.9), "categorical_crossentropy")
    return model


def recurrent():
    model = keras.models.Sequential()
    if RELEASE < (2, 0):
        model.add(L.Embedding(30, 6, input_length=9, name="embed"))
        model.add(L.LSTM(5, return_sequences=True, name="lstm"))
        model.add(L.TimeDistributed(L.Dense(4), name="steps"))
        model.add(L.Flatten(name="flat"))
        model.add(L.Dense(1, name="out"))
    else:
        model.add(L.Embedding(30, 6, input_length=9, name="embed"))
        model.add(L.Bidirectional(L.LSTM(5, return_sequences=True), name="lstm"))
        model.add(L.TimeDistributed(L.Dense(4), name="steps"))
        model.add(L.Flatten(name="flat"))
        model.add(L.Dense(1, name="out"))
    model.compile("rmsprop", "mse")
    return model


def shared():
    inner = keras.models.Sequential(name="inner")
    inner.add(L.Dense(6, input_shape=(8,), name="hidden"))
    inner.add(L.Dense(4, name="code"))
    one, two = L.Input((8,), name="one"), L.Input((8,), name="two")
    if RELEASE < (2, 0):
        joined = L.merge([inner(one), inner(two)], mode="sum", name="sum")
    else:
        joined = L.add([inner(one), inner(two)], name="sum")
    return keras.models.Model([one, two], [L.Dense(2, name="out")(joined), joined])


def function():
    x = L.Input((6,), name="x")
    y = L.Lambda(lambda v: v * 2, name="doubled")(x)
    return keras.models.Model(x, L.Dense(2, name="out")(y))


class Shift(L.Layer):
    """A layer of the program that wrote the file, which names it without a module."""

    def build(self, shape):
        self.offset = self.add_weight(name="offset", shape=(int(shape[-1]),), initializer="zeros")
        super(Shift, self).build(shape)

    def call(self, values):
        return values + self.offset


def own_class():
    model = keras.models.Sequential()
    model.add(Shift(input_shape=(6,), name="shift"))
    model.add(L.Dense(2, name="out"))
    return model


# Keras 1.2 does not write the order of the channels of UpSampling2D, nor the type of an Embedding.
BUILDERS = [("unet", unet, "a small U-Net, fitted one step"), ("sequence", sequence, "a sequence, compiled"),
            ("recurrent", recurrent, "an embedding and recurrent layers"),
            ("shared", shared, "a sequence called twice in a graph"),
            ("function", function, "a Lambda layer: marshalled bytecode in the configuration"),
            ("own_class", own_class, "a layer whose class the file names without a module")]
CODE = {"function", "own_class"}
OWN = {"own_class": {"Shift": Shift}}


def main():
    arguments = common.start(__doc__, neutral=True)
    failures = []
    for name, builder, what in BUILDERS:
        if arguments.names and name not in arguments.names:
            continue
        try:
            keras.backend.clear_session()
        except Exception:
            pass
        try:
            write(name, builder(), what)
        except Exception as error:
            failures.append("%s: %s: %s" % (name, type(error).__name__, str(error)[:300]))
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


def write(name, model, what):
    path = keras_truth.place("keras-h5-model", "{}_{}.h5".format(name, TAG))
    model.save(str(path))
    again = keras.models.load_model(str(path), custom_objects=OWN.get(name))
    is_first = RELEASE < (2, 0)
    facts = {"framework_version": VERSION,
             "roles": ["mlm:model", "mlm:checkpoint"] if name == "unet" else ["mlm:model"]}
    optimizer = getattr(again, "optimizer", None)
    if optimizer is not None:
        facts["hyperparameters"] = {"optimizer": type(optimizer).__name__}
        if isinstance(again.loss, str):
            facts["hyperparameters"]["loss"] = again.loss
    prefix = "tf.keras" if IS_TF else "keras"
    own = ", custom_objects={%s}" % ", ".join('"{0}": {0}'.format(one) for one in sorted(OWN[name])) if name in OWN else ""
    loading = {"verdict": "needs-code" if name in CODE else "data-only",
               "call": '{}.models.load_model("{}"{})'.format(prefix, path.name, own)}
    if name in OWN:
        loading["define"] = sorted(OWN[name])
    keras_truth.write(path, again, what + "; model.save", VERSIONS, "keras-h5-model", facts, loading,
                      hidden=name in CODE or is_first and name in ("unet", "recurrent"),
                      nameless=is_first and name in ("sequence", "recurrent"))
    if name in ("unet", "shared"):
        path = keras_truth.place("keras-h5-weights", "{}_{}.h5".format(name, TAG))
        model.save_weights(str(path))
        facts = {"framework_version": None if is_first else VERSION, "roles": ["mlm:model", "mlm:weights"]}
        keras_truth.write(path, model, what + "; model.save_weights", VERSIONS, "keras-h5-weights", facts,
                          {"verdict": "data-only"})
    if name in ("sequence",):
        path = keras_truth.place("keras-json-config", "{}_{}.json".format(name, TAG))
        path.write_text(model.to_json())
        facts = dict(keras_truth.ports(model), framework="Keras", framework_version=VERSION)
        if is_first:
            facts["inputs"][0]["name"] = ""
        common.write_truth(path, written_by=VERSIONS, how=what + "; model.to_json", record={
            "verdict": "not-a-model", "cause": "architecture-only", "format": {"id": "keras-json-config"},
            "facts": facts})


if __name__ == "__main__":
    main()
