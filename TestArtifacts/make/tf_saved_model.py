"""Writes SavedModels with today's TensorFlow, Keras and tf-keras (needs tensorflow-cpu 2.21, keras 3, tf-keras)."""

import os
import shutil
import tarfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

import tf_truth as truth
from common import SCRATCH, place, run_all, start, stored_ranges

KERAS = {"keras": keras.__version__}


# ---------------------------------------------------------------- Keras 3


def keras_variables(path):
    """The variables of a loaded Keras export: trainable and non-trainable ones, each once."""
    loaded = tf.saved_model.load(str(path))
    variables = list(loaded.trainable_variables) + list(loaded.non_trainable_variables)
    return list({id(variable): variable for variable in variables}.values())


def export(model, name, how, others=("serve",)):
    path = place("tf-saved-model", name)
    model.export(str(path), verbose=False)
    meta = truth.read(path).meta_graphs[0]
    count = truth.parameters(keras_variables(path))
    assert count["total"] == model.count_params()
    record = truth.record("tf.keras.Model.export", meta, "serving_default", others, count)
    truth.write(path, how, record, written_by=KERAS)
    return path


def classifier():
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input((32, 32, 13), name="bands"),
            keras.layers.Conv2D(8, 3, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ],
        name="scene",
    )


def keras_export():
    export(classifier(), "keras_export", "keras.Sequential of a convolution and a batch norm, exported")


def keras_export_compiled():
    model = classifier()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((4, 32, 32, 13), "float32"), np.zeros((4,)), verbose=0)
    export(model, "keras_export_compiled", "the same, after it was trained with Adam: its optimizer is no part of it")


def keras_export_two_inputs():
    image = keras.Input((16, 16, 4), name="image")
    weather = keras.Input((6,), name="weather")
    features = keras.layers.GlobalMaxPooling2D()(keras.layers.Conv2D(4, 3, name="first")(image))
    joined = keras.layers.Concatenate()([features, weather])
    outputs = {
        "class": keras.layers.Dense(3, activation="softmax", name="class")(joined),
        "yield": keras.layers.Dense(1, name="yield")(joined),
    }
    model = keras.Model([image, weather], outputs)
    export(model, "keras_export_two_inputs", "a functional model of two inputs and a dict of two outputs")


def unet():
    def block(filters, tensor):
        for _ in range(2):
            tensor = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(tensor)
        return tensor

    inputs = keras.Input((None, None, 13), name="sentinel2")
    first = block(4, inputs)
    second = block(8, keras.layers.MaxPooling2D()(first))
    up = keras.layers.Conv2DTranspose(4, 2, strides=2)(second)
    last = block(4, keras.layers.Concatenate()([up, first]))
    return keras.Model(inputs, keras.layers.Conv2D(5, 1, name="mask")(last), name="unet")


def keras_export_unet():
    keras.utils.set_random_seed(0)
    export(unet(), "keras_export_unet", "a U-Net on 13 bands of any height and width")


def keras_export_dropout():
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(2), keras.layers.GaussianNoise(0.1)])
    path = place("tf-saved-model", "keras_export_dropout")
    model.export(str(path), verbose=False)
    meta = truth.read(path).meta_graphs[0]
    count = truth.parameters(model.weights)
    assert count["total"] == model.count_params()
    record = truth.record("tf.keras.Model.export", meta, "serving_default", ["serve"], count)
    truth.write(path, "layers with random generators, whose state is no parameter", record, written_by=KERAS)


# ---------------------------------------------------------------- tf.Module


def save(module, name, how, main, others=(), count=None, **more):
    path = place("tf-saved-model", name)
    signatures = more.pop("signatures", None)
    tf.saved_model.save(module, str(path), signatures=signatures)
    meta = truth.read(path).meta_graphs[0]
    variables = module.variables
    record = truth.record("tf.saved_model.save", meta, main, others, truth.parameters(variables) if variables else None)
    record.update(more.pop("record", {}))
    truth.write(path, how, record)
    return path


class Several(tf.Module):
    def __init__(self):
        super().__init__()
        self.scale = tf.Variable(tf.ones([3]), name="scale")
        self.steps = tf.Variable(tf.zeros([2], tf.int64), trainable=False, name="steps")

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def scaled(self, x):
        return {"y": x * self.scale}

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32, name="anything")])
    def unknown_rank(self, anything):
        return {"sum": tf.reduce_sum(anything), "same": anything}

    @tf.function(input_signature=[tf.TensorSpec([], tf.string, name="text")])
    def words(self, text):
        return {"words": tf.strings.split(tf.expand_dims(text, 0)).values, "is_empty": tf.equal(text, "")}

    @tf.function(
        input_signature=[
            tf.TensorSpec([2], tf.float16, name="half"),
            tf.TensorSpec([2], tf.bfloat16, name="brain"),
            tf.TensorSpec([2], tf.uint16, name="counts"),
            tf.TensorSpec([2], tf.complex64, name="waves"),
            tf.TensorSpec([2], tf.bool, name="mask"),
            tf.TensorSpec([2], tf.float64, name="double"),
            tf.TensorSpec([2], tf.uint8, name="bytes"),
            tf.TensorSpec([2], tf.int32, name="ints"),
        ]
    )
    def types(self, half, brain, counts, waves, mask, double, bytes, ints):
        return {
            "half": half, "brain": brain, "counts": counts, "waves": waves, "mask": mask, "double": double,
            "bytes": bytes, "ints": ints + tf.cast(self.steps, tf.int32),
        }


def module_signatures():
    module = Several()
    save(
        module, "module_signatures", "a tf.Module of four signatures: types of all kinds, unknown rank, scalars, texts",
        "serving_default", ["types", "unknown_rank", "words"],
        signatures={
            "serving_default": module.scaled, "unknown_rank": module.unknown_rank, "words": module.words,
            "types": module.types,
        },
    )


class NoSignature(tf.Module):
    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.ones([4, 4]), name="kernel")

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
    def first(self, x):
        return x @ self.kernel

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
    def second(self, x):
        return x @ self.kernel


def module_without_signature():
    save(NoSignature(), "module_without_signature", "a tf.Module saved without signatures", None)


class Compiled(tf.Module):
    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.ones([4, 3]), name="kernel")

    @tf.function(jit_compile=True, input_signature=[tf.TensorSpec([None, 4], tf.float32, name="x")])
    def run(self, x):
        return {"y": tf.nn.relu(x @ self.kernel)}


def module_xla():
    """Also run with TensorFlow 2.15."""
    module = Compiled()
    version = "_".join(tf.__version__.split(".")[:2])
    save(
        module, f"module_xla_{version}", "a tf.Module whose function is compiled by XLA (jit_compile)", "serving_default",
        signatures=module.run)


class Composite(tf.Module):
    @tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)])
    def ragged(self, ragged):
        return {"doubled": ragged * 2, "lengths": ragged.row_lengths()}

    @tf.function(input_signature=[tf.SparseTensorSpec([None, 8], tf.float32)])
    def sparse(self, matrix):
        return {"dense": tf.sparse.to_dense(matrix), "same": matrix}


def module_composite():
    module = Composite()
    save(
        module, "module_composite", "ragged and sparse inputs and outputs", "serving_default", ["sparse"],
        signatures={"serving_default": module.ragged, "sparse": module.sparse},
    )


class Vocabulary(tf.Module):
    def __init__(self, path):
        super().__init__()
        rows = tf.lookup.TextFileInitializer(
            path, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER)
        self.table = tf.lookup.StaticHashTable(rows, -1)
        self.embedding = tf.Variable(tf.ones([3, 4]), name="embedding")

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="words")])
    def __call__(self, words):
        return {"vectors": tf.gather(self.embedding, tf.maximum(self.table.lookup(words), 0))}


def module_assets():
    with open("classes.txt", "w") as file:
        file.write("water\nforest\ncrop\n")
    module = Vocabulary("classes.txt")
    save(module, "module_assets", "a lookup table with its vocabulary in assets/", "serving_default",
         signatures=module.__call__)


class Constants(tf.Module):
    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(np.random.default_rng(1).normal(size=(32, 64)).astype("float32"), name="kernel")
        self.fixed = np.random.default_rng(2).normal(size=(64, 16)).astype("float32")

    @tf.function(input_signature=[tf.TensorSpec([None, 32], tf.float32, name="x")])
    def __call__(self, x):
        return {"y": x @ self.kernel @ tf.constant(self.fixed)}


def module_constants():
    module = Constants()
    save(module, "module_constants", "a variable of 8 KiB, and a constant of 4 KiB in the graph", "serving_default",
         signatures=module.__call__)


class Files(tf.Module):
    @tf.function(input_signature=[tf.TensorSpec([], tf.string, name="path")])
    def read(self, path):
        return {"content": tf.io.read_file(path)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
    def python(self, x):
        return {"y": tf.numpy_function(lambda value: value, [x], tf.float32)}


def module_files():
    module = Files()
    path = place("tf-saved-model", "module_files")
    tf.saved_model.save(module, str(path), signatures={"serving_default": module.read, "python": module.python})
    meta = truth.read(path).meta_graphs[0]
    record = truth.record("tf.saved_model.save", meta, "serving_default", ["python"])
    record["loading"] = {"verdict": "dangerous"}
    truth.write(path, "a signature that reads a file and one that needs the Python process that wrote it", record)


# ---------------------------------------------------------------- archives


def archived(name, write, how):
    """The constants module in an archive that `write(path, folder)` makes."""
    folder = SCRATCH / "archived"
    shutil.rmtree(folder, ignore_errors=True)
    module = Constants()
    tf.saved_model.save(module, str(folder), signatures=module.__call__)
    path = place("tf-saved-model", name)
    write(path, folder)
    meta = truth.read(folder).meta_graphs[0]
    record = truth.record("tf.saved_model.save", meta, "serving_default", (), truth.parameters(module.variables))
    return path, folder, record


def tar(mode, top):
    def write(path, folder):
        with tarfile.open(path, mode) as archive:
            archive.add(folder, arcname=top)

    return write


def hub_archive():
    path, _, record = archived("hub_archive.tar.gz", tar("w:gz", "./"), "")
    truth.write(path, "a gzip-compressed tar archive without a top folder, as TensorFlow Hub has them", record,
                payload=[])


def top_folder():
    path, _, record = archived("top_folder.tgz", tar("w:gz", "exported"), "")
    record["loading"] = {"call": 'tf.saved_model.load("exported")'}
    truth.write(path, "a gzip-compressed tar archive with a top folder", record, payload=[])


def plain_tar():
    path, folder, record = archived("plain_tar.tar", tar("w", "exported"), "")
    data = path.read_bytes()
    contents = [(folder / "variables" / "variables.data-00000-of-00001").read_bytes()]
    ranges = [[data.index(content), len(content)] for content in contents]
    ranges += truth.constant_ranges(data, [meta.graph_def for meta in truth.read(folder).meta_graphs])
    truth.write(path, "a tar archive", record, payload=sorted(ranges))


def zipped():
    def write(path, folder):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, "exported/" + str(file.relative_to(folder)))

    path, _, record = archived("zipped.zip", write, "")
    truth.write(path, "a zip archive with a top folder", record, payload=[])


def zipped_flat():
    def write(path, folder):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, str(file.relative_to(folder)))

    path, folder, record = archived("zipped_flat.zip", write, "")
    data = path.read_bytes()
    ranges = stored_ranges(path, lambda name: ".data-" in name)
    ranges += truth.constant_ranges(data, [meta.graph_def for meta in truth.read(folder).meta_graphs])
    truth.write(path, "a zip archive without a top folder, nothing in it compressed", record, payload=sorted(ranges))


def graph_alone():
    path, folder, record = archived("graph_alone.pb", lambda path, folder: shutil.copy(folder / "saved_model.pb", path), "")
    record["loading"] = {"verdict": "incomplete"}
    ranges = truth.constant_ranges(path.read_bytes(), [meta.graph_def for meta in truth.read(folder).meta_graphs])
    truth.write(path, "saved_model.pb without the folder it belongs to", record, payload=ranges)


def no_variables():
    path, folder, record = archived("no_variables", lambda path, folder: shutil.copytree(folder, path), "")
    shutil.rmtree(path / "variables")
    record["loading"] = {"verdict": "incomplete"}
    truth.write(path, "a folder whose variables are missing", record)


FUNCTIONS = [
    hub_archive, top_folder, plain_tar, zipped, zipped_flat, graph_alone, no_variables, keras_export_dropout,
    keras_export, keras_export_compiled, keras_export_two_inputs, keras_export_unet, module_signatures,
    module_without_signature, module_composite, module_xla, module_assets, module_constants, module_files,
]

if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all(FUNCTIONS, arguments.names)
