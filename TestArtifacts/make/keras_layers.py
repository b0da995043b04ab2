"""Writes the configuration of a model with a layer of every kind, each an output; what Keras says of each is the truth.

The archives are as Keras writes them, without their weights: configuration and metadata alone, deflated. Run with
KERAS_BACKEND=tensorflow, once with keras and once with KERAS_PACKAGE=tf_keras.
"""

import importlib
import os
import sys
import tempfile
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
keras = importlib.import_module(PACKAGE)

import common
import keras_truth

layers = keras.layers
RELEASE = tuple(int(part) for part in keras.__version__.split(".")[:2])
TAG = "{}_{}".format(*RELEASE)


def source(name, shape, dtype="float32"):
    return keras.Input(shape, dtype=dtype, name=name)


SOURCES = {
    "vector": source("vector", (12,)), "steps": source("steps", (10, 6)), "open": source("open", (None, 6)),
    "image": source("image", (16, 20, 3)), "volume": source("volume", (8, 9, 10, 2)),
    "video": source("video", (5, 12, 14, 3)), "frames": source("frames", (None, 12, 14, 3)),
    "channels_first": source("channels_first", (3, 16, 20)), "numbers": source("numbers", (7,), "int32"),
    "number": source("number", (1,), "int32"),
}


def cell(kind, units=5):
    return getattr(layers, kind)(units)


# Class, input, settings; a function makes a layer that is one of the settings.
CASES = [
    ("EinsumDense", "vector", dict(equation="ab,bc->ac", output_shape=5)),
    ("EinsumDense", "steps", dict(equation="abc,cd->abd", output_shape=(None, 7))),
    ("EinsumDense", "open", dict(equation="abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de")),
    ("EinsumDense", "steps", dict(equation="...bc,cd->...bd", output_shape=(10, 4))),
    ("EinsumDense", "steps", dict(equation="...x,xy->...y", output_shape=9)),
    ("EinsumDense", "image", dict(equation="abcd,cde->abe", output_shape=(16, 8))),
    ("RNN", "steps", dict(cell=lambda: cell("LSTMCell"), return_state=True)),
    ("RNN", "open", dict(cell=lambda: cell("GRUCell"), return_sequences=True)),
    ("RNN", "steps", dict(cell=lambda: cell("SimpleRNNCell"))),
    ("RNN", "steps", dict(cell=lambda: layers.StackedRNNCells([cell("LSTMCell", 4), cell("GRUCell", 7)]))),
    ("Bidirectional", "steps", dict(layer=lambda: layers.LSTM(5, return_state=True))),
    ("Bidirectional", "open", dict(layer=lambda: layers.GRU(5, return_sequences=True), merge_mode=None)),
    ("Bidirectional", "steps", dict(layer=lambda: layers.RNN(cell("GRUCell")), merge_mode="sum")),
    ("Bidirectional", "video", dict(layer=lambda: layers.ConvLSTM2D(4, 3, return_sequences=True))),
    ("ConvLSTM2D", "frames", dict(filters=4, kernel_size=3, return_sequences=True, return_state=True)),
    ("ConvLSTM2D", "video", dict(filters=4, kernel_size=3, padding="same", strides=2)),
    ("TimeDistributed", "video", dict(layer=lambda: keras.Sequential(
        [layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(3)]))),
    ("TimeDistributed", "frames", dict(layer=lambda: layers.MaxPooling2D())),
    ("TimeDistributed", "image", dict(layer=lambda: layers.Bidirectional(layers.LSTM(4)))),
    ("AdaptiveAveragePooling2D", "image", dict(output_size=(2, 3))),
    ("AdaptiveMaxPooling2D", "channels_first", dict(output_size=4, data_format="channels_first")),
    ("AdaptiveMaxPooling1D", "open", dict(output_size=3)),
    ("AdaptiveAveragePooling3D", "volume", dict(output_size=2)),
    ("LocallyConnected1D", "steps", dict(filters=4, kernel_size=3, strides=2)),
    ("LocallyConnected2D", "image", dict(filters=4, kernel_size=(3, 2), strides=(2, 1))),
    ("Conv3D", "volume", dict(filters=4, kernel_size=(3, 2, 1), strides=(1, 2, 3), padding="same")),
    ("Conv3DTranspose", "volume", dict(filters=4, kernel_size=3, strides=2, output_padding=1)),
    ("Conv2DTranspose", "image", dict(filters=4, kernel_size=3, dilation_rate=2)),
    ("DepthwiseConv2D", "channels_first", dict(kernel_size=3, depth_multiplier=2, data_format="channels_first")),
    ("SeparableConv2D", "image", dict(filters=5, kernel_size=3, padding="same", strides=2)),
    ("GroupNormalization", "image", dict(groups=3)), ("Normalization", "image", dict(mean=[1.0] * 3, variance=[1.0] * 3)),
    ("RandomCrop", "image", dict(height=8, width=9)), ("RandomHeight", "image", dict(factor=0.2)),
    ("RandomWidth", "image", dict(factor=0.2)), ("RandomHue", "image", dict(factor=0.2)),
    ("RandomErasing", "image", dict()), ("RandomShear", "image", dict()), ("RandomGaussianBlur", "image", dict()),
    ("CategoryEncoding", "numbers", dict(num_tokens=6, output_mode="multi_hot")),
    ("CategoryEncoding", "number", dict(num_tokens=6, output_mode="one_hot")),
    ("SpectralNormalization", "image", dict(layer=lambda: layers.Conv2D(4, 3))),
]


def outputs():
    for index, (kind, name, settings) in enumerate(CASES):
        if not hasattr(layers, kind):
            continue
        made = {key: value() if callable(value) else value for key, value in settings.items()}
        try:
            result = getattr(layers, kind)(**made, name=f"{kind.lower()}_{index}")(SOURCES[name])
        except (TypeError, ValueError) as error:
            print(f"  without {kind}: {error}", file=sys.stderr)
            continue
        yield from result if isinstance(result, (list, tuple)) else [result]


def write():
    results = list(outputs())
    model = keras.Model(list(SOURCES.values()), results)
    with tempfile.TemporaryDirectory() as folder:
        whole = os.path.join(folder, "layers.keras")
        model.save(whole)
        with zipfile.ZipFile(whole) as archive:
            parts = {name: archive.read(name) for name in ("metadata.json", "config.json")}
    path = keras_truth.place("keras-v3", f"layers_{TAG}.keras")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    facts = {
        "inputs": [keras_truth.port(name, tensor) for name, tensor in SOURCES.items()],
        "outputs": [{"shape": keras_truth.sizes(tensor), "data_type": keras_truth.type_name(tensor)} for tensor in results],
    }
    common.write_truth(
        path, written_by={PACKAGE: keras.__version__},
        how="a layer of each kind as an output of one model; saved, and packed again without its weights",
        record={"verdict": "model", "format": {"id": "keras-v3"}, "loading": {"verdict": "incomplete"}, "facts": facts})


if __name__ == "__main__":
    write()
