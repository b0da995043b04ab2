"""Writes the TensorFlow Lite models, with their truths.

Written with tensorflow 2.21.0 (`tf.lite.TFLiteConverter`, Keras 3); labels and metadata with tflite-support 0.4.4 in a
Python of its own, named by TFLITE_SUPPORT; the oldest converter is that of tensorflow 1.15.5, named by TENSORFLOW_1.
Inputs and outputs are what `tf.lite.Interpreter` says, constants what the schema's own reader finds.
"""

import json
import math
import os
import subprocess

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import flatbuffers
import numpy
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

from common import PAYLOAD_MINIMUM, SCRATCH, place, run_all, skip, start, write_truth

WRITTEN_BY = {"tensorflow": tf.__version__, "keras": tf.keras.__version__}
TYPES = {number: name.lower() for name, number in vars(schema.TensorType).items() if not name.startswith("_")}
RULE = (
    "constant tensors of all graphs, a shared buffer once; integers that stand for no real numbers (shapes, axes, "
    "indices) are left out"
)


# ---------------------------------------------------------------- truth


def interpreter(path):
    try:
        return tf.lite.Interpreter(str(path))
    except (RuntimeError, ValueError):
        return None  # an operator the runtime does not know


def port(name, details):
    signature = details["shape_signature"]
    shape = [int(size) for size in (signature if len(signature) else details["shape"])]
    known = {"name": name, "data_type": numpy.dtype(details["dtype"]).name}
    if details["dtype"] in (numpy.str_, numpy.bytes_, numpy.object_):
        known["data_type"] = "string"
    return {**known, "shape": shape} if shape else known


def ports(path):
    """Inputs, outputs and further signatures as the interpreter tells them, names by the signature of the first graph."""
    runtime = interpreter(path)
    if runtime is None:
        return {}
    facts, names, further = {}, {}, []
    for number, key in enumerate(runtime.get_signature_list()):
        runner = runtime.get_signature_runner(key)
        inputs, outputs = runner.get_input_details(), runner.get_output_details()
        if number == 0:
            names = {"inputs": {}, "outputs": {}}
            for kind, details in (("inputs", inputs), ("outputs", outputs)):
                for name, detail in details.items():
                    names[kind].setdefault(detail["index"], name)
        else:
            further.append(key)
    for kind, details in (("inputs", runtime.get_input_details()), ("outputs", runtime.get_output_details())):
        known = names.get(kind, {})
        facts[kind] = [port(known.get(detail["index"], detail["name"]), detail) for detail in details]
    if further:
        facts["signatures"] = [signature(runtime, path, key) for key in further]
    scales = {}
    for kind, details in (("inputs", runtime.get_input_details()), ("outputs", runtime.get_output_details())):
        for detail, shown in zip(details, facts[kind]):
            scale, zero_point = detail["quantization"]
            if scale:
                shortest = float(str(numpy.float32(scale)))
                scales.setdefault(kind, {})[shown["name"]] = {"scale": shortest, "zero_point": int(zero_point)}
    if scales:
        facts["metadata"] = {"quantization": scales}
    return facts


def signature(runtime, path, key):
    """A further signature, its ports in the order of its graph."""
    model = schema.Model.GetRootAs(path.read_bytes(), 0)
    definitions = [model.SignatureDefs(i) for i in range(model.SignatureDefsLength())]
    definition = next(item for item in definitions if item.SignatureKey().decode() == key)
    graph = model.Subgraphs(definition.SubgraphIndex())
    runner = runtime.get_signature_runner(key)
    result = {"name": key}
    for kind, order, details in (
        ("inputs", graph.InputsAsNumpy(), runner.get_input_details()),
        ("outputs", graph.OutputsAsNumpy(), runner.get_output_details()),
    ):
        tensors = {}
        count = definition.InputsLength() if kind == "inputs" else definition.OutputsLength()
        for i in range(count):
            entry = definition.Inputs(i) if kind == "inputs" else definition.Outputs(i)
            tensors[entry.TensorIndex()] = entry.Name().decode()
        result[kind] = [port(tensors[index], details[tensors[index]]) for index in order.tolist()]
    return result


def constants(path):
    """The parameters by the schema's own reader, and where the large buffers lie."""
    data = path.read_bytes()
    model = schema.Model.GetRootAs(data, 0)
    buffers, payload = {}, []
    for index in range(model.BuffersLength()):
        buffer = model.Buffers(index)
        offset, size = buffer.Offset(), buffer.Size()
        if buffer.DataLength():
            offset, size = buffer._tab.Vector(buffer._tab.Offset(4)), buffer.DataLength()
        if offset > 1 and size:
            buffers[index] = size
    total, byte_count, types, seen = 0, 0, {}, set()
    for graph in (model.Subgraphs(i) for i in range(model.SubgraphsLength())):
        for tensor in (graph.Tensors(i) for i in range(graph.TensorsLength())):
            index = tensor.Buffer()
            if index not in buffers or index in seen:
                continue
            seen.add(index)
            buffer = model.Buffers(index)
            if buffers[index] >= PAYLOAD_MINIMUM:
                start = buffer._tab.Vector(buffer._tab.Offset(4)) if buffer.DataLength() else buffer.Offset()
                payload.append([start, buffers[index]])
            quantization = tensor.Quantization()
            name = TYPES[tensor.Type()]
            if "float" not in name and (quantization is None or quantization.ScaleLength() == 0):
                seen.discard(index)
                continue
            elements = math.prod(tensor.Shape(i) for i in range(tensor.ShapeLength()))
            total += elements
            byte_count += buffers[index]
            types[name] = types.get(name, 0) + elements
    counted = len(seen)
    parameters = {"total": total, "bytes": byte_count, "data_types": types, "tensors": counted, "counting": RULE}
    return (parameters if counted else None), sorted(map(list, {tuple(pair) for pair in payload}))


def finish(path, how, *, written_by=WRITTEN_BY, version=tf.__version__, count=None, facts=None, **record):
    """Opens the model again and writes its truth; `count` is what the converter's own model has."""
    path.chmod(0o644)
    parameters, payload = constants(path)
    if count is not None:
        assert parameters["total"] == count, f"{path.name}: {parameters['total']} constants, {count} parameters"
    known = {
        "framework": "TensorFlow Lite",
        "artifact_type": "tf.lite.TFLiteConverter.convert",
        "roles": ["mlm:model", "mlm:compiled"],
        **({"framework_version": version} if version else {}),
        **({"parameters": parameters} if parameters else {}),
    }
    answers = ports(path)
    for part in (answers, facts or {}):
        for key, value in part.items():
            known[key] = {**known[key], **value} if isinstance(known.get(key), dict) else value
    record = {"verdict": "model", "format": {"id": "tflite"}, "facts": known, **record}
    record.setdefault("loading", {"verdict": "data-only"})
    write_truth(path, written_by=written_by, how=how, record=record, payload=payload)


def model_path(name):
    return place("tflite", f"{name}.tflite")


def write(name, converter):
    path = model_path(name)
    path.write_bytes(converter.convert())
    return path


# ---------------------------------------------------------------- models


def small_cnn(batch=None, classes=5):
    tf.keras.utils.set_random_seed(0)
    layers = tf.keras.layers
    return tf.keras.Sequential([
        tf.keras.Input((16, 16, 4), batch_size=batch, name="image"),
        layers.Conv2D(8, 3, activation="relu", bias_initializer="random_normal"),
        layers.Conv2D(16, 3, activation="relu", bias_initializer="random_normal"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(classes, activation="softmax", bias_initializer="random_normal"),
    ])


IMAGES = {"inputs": [{"name": "image", "dim_order": ["batch", "height", "width", "channel"]}]}


def samples():
    generator = numpy.random.default_rng(0)
    for _ in range(8):
        yield [generator.random((1, 16, 16, 4), dtype=numpy.float32)]


def float_cnn():
    model = small_cnn()
    path = write("float_cnn", tf.lite.TFLiteConverter.from_keras_model(model))
    finish(path, "two convolutions and a dense layer in float32, any batch size", count=model.count_params())


def fixed_batch():
    model = small_cnn(batch=2)
    path = write("fixed_batch", tf.lite.TFLiteConverter.from_keras_model(model))
    finish(path, "the same for batches of two", count=model.count_params())


def dynamic_range():
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential([tf.keras.Input((64,), name="features"), layers.Dense(64), layers.Dense(3)])
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    path = write("dynamic_range", converter)
    optimized = {"metadata": {"optimization": ["dynamic range after training"]}}
    finish(path, "dense layers whose weights are int8, activations float32", facts=optimized)


def integers():
    converter = tf.lite.TFLiteConverter.from_keras_model(small_cnn())
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = samples
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    finish(write("integers", converter), "int8 from input to output, calibrated with eight images")


def integers_with_float_ports():
    converter = tf.lite.TFLiteConverter.from_keras_model(small_cnn())
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = samples
    finish(
        write("integers_with_float_ports", converter), "int8 inside, float32 at input and output: QUANTIZE comes first"
    )


def integers_16x8():
    converter = tf.lite.TFLiteConverter.from_keras_model(small_cnn())
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = samples
    both = tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
    converter.target_spec.supported_ops = [both]
    finish(write("integers_16x8", converter), "int16 activations, int8 weights, int64 biases")


def half_precision():
    converter = tf.lite.TFLiteConverter.from_keras_model(small_cnn())
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_types = [tf.float16]
    finish(write("half_precision", converter), "weights in float16, dequantised when it runs")


def buffers_behind():
    model = small_cnn()
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter._experimental_use_buffer_offset = True
    path = write("buffers_behind", converter)
    # Written so, a model says nothing of its converter.
    how = "buffers behind the FlatBuffer, by offset and size, as files over 2 GB have them"
    finish(path, how, version=None, count=model.count_params())


class Codec(tf.Module):
    def __init__(self):
        super().__init__()
        self.weight = tf.Variable(tf.random.stateless_normal((16, 24), seed=(0, 1)), name="weight")

    @tf.function(input_signature=[tf.TensorSpec((None, 16), tf.float32, name="image")])
    def encode(self, image):
        return {"code": tf.matmul(image, self.weight), "norm": tf.norm(image, axis=1)}

    @tf.function(input_signature=[tf.TensorSpec((None, 24), tf.float32, name="code")])
    def decode(self, code):
        return {"image": tf.matmul(code, self.weight, transpose_b=True)}


def signatures():
    module = Codec()
    folder = str(SCRATCH / "codec")
    tf.saved_model.save(module, folder, signatures={"encode": module.encode, "decode": module.decode})
    finish(
        write("signatures", tf.lite.TFLiteConverter.from_saved_model(folder)),
        "a tf.Module with two signatures, encode and decode, converted from a SavedModel",
    )


def several_ports():
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(0)
    image, numbers = tf.keras.Input((8, 8, 2), name="image"), tf.keras.Input((3,), dtype="int32", name="numbers")
    pooled = layers.Conv2D(4, 3, name="mask")(image)
    joined = layers.Concatenate()([layers.Flatten()(pooled), layers.Rescaling(0.5)(numbers)])
    model = tf.keras.Model([image, numbers], {"mask": pooled, "score": layers.Dense(2, name="score")(joined)})
    path = write("several_ports", tf.lite.TFLiteConverter.from_keras_model(model))
    finish(path, "two inputs, two outputs, one of them straight from a convolution")


def strings():
    @tf.function(input_signature=[tf.TensorSpec((4,), tf.string, name="words"), tf.TensorSpec((2,), tf.int32, name="which")])
    def pick(words, which):
        return {"picked": tf.gather(words, which)}

    module = tf.Module()
    module.pick = pick
    converter = tf.lite.TFLiteConverter.from_concrete_functions([pick.get_concrete_function()], module)
    finish(write("strings", converter), "strings in and out, no parameters")


def recurrent():
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential([
        tf.keras.Input((10, 6), batch_size=1, name="series"), tf.keras.layers.LSTM(8), tf.keras.layers.Dense(1)
    ])
    function = tf.function(lambda series: model(series)).get_concrete_function(tf.TensorSpec((1, 10, 6), tf.float32))
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], model)
    finish(write("recurrent", converter), "an LSTM: state is a tensor that varies, which is no parameter")


def loop():
    weight = tf.Variable(tf.random.stateless_normal((8, 8), seed=(1, 2)))

    @tf.function(input_signature=[tf.TensorSpec((1, 8), tf.float32, name="state"), tf.TensorSpec((), tf.int32, name="steps")])
    def run(state, steps):
        for _ in tf.range(steps):
            state = tf.tanh(tf.matmul(state, weight))
        return {"state": state}

    module = tf.Module()
    module.run, module.weight = run, weight
    converter = tf.lite.TFLiteConverter.from_concrete_functions([run.get_concrete_function()], module)
    finish(write("loop", converter), "a loop, whose condition and body are graphs of their own")


def unknown_shapes():
    @tf.function(input_signature=[tf.TensorSpec((None, None, None, 3), tf.float32, name="image")])
    def scale(image):
        return {"scaled": image * 2.0}

    module = tf.Module()
    module.scale = scale
    converter = tf.lite.TFLiteConverter.from_concrete_functions([scale.get_concrete_function()], module)
    finish(write("unknown_shapes", converter), "an image of any batch, height and width")


@tf.function(input_signature=[tf.TensorSpec((3, 3), tf.float32, name="matrix")])
def cholesky(matrix):
    return {"root": tf.linalg.cholesky(matrix)}


def flex():
    module = tf.Module()
    module.cholesky = cholesky
    converter = tf.lite.TFLiteConverter.from_concrete_functions([cholesky.get_concrete_function()], module)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]
    finding = {"severity": "note", "code": "tflite.flex"}
    path = write("flex", converter)
    finish(path, f"an operator of TensorFlow itself ({finding['code']}): Cholesky")


def custom_operator():
    module = tf.Module()
    module.cholesky = cholesky
    converter = tf.lite.TFLiteConverter.from_concrete_functions([cholesky.get_concrete_function()], module)
    converter.allow_custom_ops = True
    path = write("custom_operator", converter)
    finish(path, "a custom operator, Cholesky, that no runtime has", loading={"verdict": "needs-code"})


# ---------------------------------------------------------------- made with other tools


def edge_tpu():
    """The compiler is not to be had, so its operator is put in place of the others by the schema's own writer."""
    converter = tf.lite.TFLiteConverter.from_keras_model(small_cnn(batch=1))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = samples
    converter.inference_input_type = converter.inference_output_type = tf.uint8
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(converter.convert(), 0))
    graph = model.subgraphs[0]
    code = schema.OperatorCodeT()
    code.deprecatedBuiltinCode = code.builtinCode = schema.BuiltinOperator.CUSTOM
    code.customCode, code.version = "edgetpu-custom-op", 1
    operator = schema.OperatorT()
    operator.opcodeIndex, operator.inputs, operator.outputs = 0, graph.inputs, graph.outputs
    operator.customOptions = list(range(256)) * 8
    model.operatorCodes, graph.operators = [code], [operator]
    keep = list(graph.inputs) + list(graph.outputs)
    for index, tensor in enumerate(graph.tensors):
        if index not in keep:
            tensor.buffer = 0
    builder = flatbuffers.Builder(4096)
    builder.Finish(model.Pack(builder), b"TFL3")
    path = model_path("edge_tpu")
    path.write_bytes(builder.Output())
    finish(
        path, "one operator, edgetpu-custom-op, as the compiler of the Edge TPU leaves it",
        loading={"verdict": "needs-code"}, facts={"compile_method": "aot"},
    )


WITH_METADATA = """
import sys
from tflite_support.metadata_writers import image_classifier, writer_utils
source, target, labels = sys.argv[1:]
writer = image_classifier.MetadataWriter.create_for_inference(
    writer_utils.load_file(source), [127.5], [127.5], [labels])
writer_utils.save_file(writer.populate(), target)
"""

DESCRIBED = """
import sys
from tflite_support import metadata as tool, metadata_schema_py_generated as schema
from tflite_support import flatbuffers
source, target, labels = sys.argv[1:]
model = schema.ModelMetadataT()
model.name, model.version, model.author = "Land cover", "v3", "A. Author"
model.description, model.license = "Classifies patches of four bands", "CC-BY-4.0"
image, classes = schema.TensorMetadataT(), schema.TensorMetadataT()
image.name, image.description = "patch", "blue, green, red, near infrared"
image.dimensionNames = ["batch", "height", "width", "band"]
image.stats = schema.StatsT()
image.stats.min, image.stats.max = [0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.5]
unit = schema.ProcessUnitT()
unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
unit.options = schema.NormalizationOptionsT()
unit.options.mean, unit.options.std = [0.25, 0.5, 0.125, 0.75], [0.5]
image.processUnits = [unit]
classes.name = "probability"
german, plain = schema.AssociatedFileT(), schema.AssociatedFileT()
german.name, german.locale = "klassen.txt", "de"
plain.name = "labels.txt"
german.type = plain.type = schema.AssociatedFileType.TENSOR_AXIS_LABELS
classes.associatedFiles = [german, plain]
graph = schema.SubGraphMetadataT()
graph.inputTensorMetadata, graph.outputTensorMetadata = [image], [classes]
model.subgraphMetadata = [graph]
builder = flatbuffers.Builder(0)
builder.Finish(model.Pack(builder), tool.MetadataPopulator.METADATA_FILE_IDENTIFIER)
import pathlib, shutil
shutil.copy(source, target)
other = pathlib.Path(labels).with_name("klassen.txt")
other.write_text("Wasser\\nWald\\nAcker\\nWiese\\nStadt\\n")
populator = tool.MetadataPopulator.with_model_file(target)
populator.load_metadata_buffer(bytes(builder.Output()))
populator.load_associated_files([labels, str(other)])
populator.populate()
"""
LABELS = ["water", "forest", "cropland", "grassland", "built-up"]


def with_tool(code, name):
    python = os.environ.get("TFLITE_SUPPORT")
    if python is None:
        return skip("TFLITE_SUPPORT names no Python with tflite-support")
    source, labels, target = SCRATCH / "plain.tflite", SCRATCH / "labels.txt", model_path(name)
    source.write_bytes(tf.lite.TFLiteConverter.from_keras_model(small_cnn(batch=1)).convert())
    labels.write_text("\n".join(LABELS) + "\n")
    subprocess.run([python, "-c", code, source, target, labels], check=True, cwd=SCRATCH)
    return target


BY_BOTH = {**WRITTEN_BY, "tflite-support": "0.4.4"}


def labelled():
    """Its image classifier wants three bands."""
    global small_cnn
    original = small_cnn
    small_cnn = lambda batch=None: rgb_cnn(batch)
    path = with_tool(WITH_METADATA, "labelled")
    small_cnn = original
    if path:
        finish_labelled(path, "an image classifier with the metadata and labels of tflite-support's writer", {})


def rgb_cnn(batch):
    tf.keras.utils.set_random_seed(0)
    layers = tf.keras.layers
    return tf.keras.Sequential([
        tf.keras.Input((16, 16, 3), batch_size=batch, name="image"), layers.Conv2D(8, 3), layers.GlobalAveragePooling2D(),
        layers.Dense(5, activation="softmax"),
    ])


def finish_labelled(path, how, facts):
    outputs = [{**output, "labels": LABELS} for output in ports(path)["outputs"]]
    finish(path, how, written_by=BY_BOTH, facts={**facts, "outputs": outputs})


def described():
    path = with_tool(DESCRIBED, "described")
    if path is None:
        return
    classes = {"name": "probability", "associated_files": ["klassen.txt", "labels.txt"]}
    patch = {
        "name": "patch",
        "description": "blue, green, red, near infrared",
        "dimension_names": ["batch", "height", "width", "band"],
        "normalization": {"mean": [0.25, 0.5, 0.125, 0.75], "std": [0.5]},
        "min": [0.0, 0.0, 0.0, 0.0],
        "max": [1.0, 1.0, 1.0, 1.5],
    }
    facts = {
        "name": "Land cover",
        "license": "CC-BY-4.0",
        "metadata": {
            "model_description": "Classifies patches of four bands",
            "model_version": "v3",
            "author": "A. Author",
            "inputs": [patch],
            "outputs": [classes],
        },
    }
    finish_labelled(path, "name, licence, normalisation, labels in two languages: all that the metadata can say", facts)


OLDEST = """
import sys
import tensorflow as tf
with tf.Session() as session:
    image = tf.placeholder(tf.float32, (None, 8, 8, 3), name="image")
    kernel = tf.get_variable("kernel", (3, 3, 3, 4), initializer=tf.random_normal_initializer(seed=1))
    mask = tf.nn.conv2d(image, kernel, 1, "SAME", name="mask")
    session.run(tf.global_variables_initializer())
    converter = tf.lite.TFLiteConverter.from_session(session, [image], [mask])
    open(sys.argv[1], "wb").write(converter.convert())
print(tf.__version__)
"""


def oldest():
    python = os.environ.get("TENSORFLOW_1")
    if python is None:
        return skip("TENSORFLOW_1 names no Python with tensorflow 1.15")
    path = model_path("oldest")
    # The converter is a program of its own, beside Python.
    environment = {**os.environ, "PATH": f"{os.path.dirname(python)}:{os.environ['PATH']}"}
    command = [python, "-c", OLDEST, path]
    result = subprocess.run(command, check=True, cwd=SCRATCH, capture_output=True, text=True, env=environment)
    version = result.stdout.split()[-1]
    finish(
        path, "TOCO, the converter of TensorFlow 1: no signatures, no shape_signature, no version in it",
        written_by={"tensorflow": version}, version=None,
    )


FUNCTIONS = [
    float_cnn, fixed_batch, dynamic_range, integers, integers_with_float_ports, integers_16x8, half_precision,
    buffers_behind, signatures, several_ports, strings, recurrent, loop, unknown_shapes, flex, custom_operator, edge_tpu,
    labelled, described, oldest,
]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
