"""Builds small graphs of ONNX, in whatever release of onnx it runs: onnx_card_graphs.py NAME FILE. Prints that release."""

import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 21 if hasattr(helper, "tensor_dtype_to_np_dtype") else 13


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def weight(name, shape, kind=numpy.float32):
    count = int(numpy.prod(shape))
    return numpy_helper.from_array((numpy.arange(count) % 7).astype(kind).reshape(shape), name)


def integers(name, values):
    return numpy_helper.from_array(numpy.array(values, dtype=numpy.int64), name)


def model(nodes, inputs, outputs, weights=(), opset=OPSET, domains=(), props=None):
    graph = helper.make_graph(nodes, "g", inputs, outputs, list(weights))
    imports = [helper.make_opsetid("", opset)] + [helper.make_opsetid(domain, 1) for domain in domains]
    made = helper.make_model(graph, opset_imports=imports)
    # The version that onnx of the same opset writes.
    made.ir_version = 10 if opset > 13 else 7
    if props:
        helper.set_model_props(made, props)
    return made


def letters():
    return model([helper.make_node("Relu", ["x"], ["y"])],
                 [value("x", ["N", "C", "H", "W"])], [value("y", ["N", "C", "H", "W"])])


def tokens():
    shape = ["batch_size", "sequence_length", 16]
    return model([helper.make_node("Relu", ["x"], ["y"])], [value("x", shape)], [value("y", shape)])


def frames():
    """A spectrum: what a convolution takes for height the model calls frames."""
    return model([helper.make_node("Conv", ["x", "w"], ["y"])],
                 [value("x", ["batch_size", 2, "frames", 80])], [value("y", ["batch_size", 3, "frames", 80])],
                 [weight("w", [3, 2, 1, 1])])


def transposed():
    return model([helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]), helper.make_node("Conv", ["t", "w"], ["y"])],
                 [value("x", ["N", 6, 6, 3])], [value("y", ["N", 2, 6, 6])], [weight("w", [2, 3, 1, 1])])


def divided():
    """Reflectances are whole numbers of 10000 steps."""
    scale = numpy_helper.from_array(numpy.array(10000, dtype=numpy.float32), "scale")
    return model([helper.make_node("Div", ["x", "scale"], ["r"]), helper.make_node("Conv", ["r", "w"], ["y"])],
                 [value("x", ["batch", 4, "height", "width"])], [value("y", ["batch", 2, "height", "width"])],
                 [weight("w", [2, 4, 1, 1]), scale])


def plugin():
    """An operator of TensorRT, in the domain of the standard's own."""
    node = helper.make_node("EfficientNMS_TRT", ["boxes", "scores"], ["count"], max_output_boxes=5)
    return model([node], [value("boxes", [1, 8, 4]), value("scores", [1, 8, 2])], [value("count", [1, 1], TensorProto.INT32)])


def packed():
    """A matrix of 24 rows and 32 columns in 4 bits."""
    node = helper.make_node(
        "MatMulNBits", ["a", "q", "s"], ["y"], domain="com.microsoft", K=32, N=24, bits=4, block_size=32)
    return model([node], [value("a", ["batch", 32])], [value("y", ["batch", 24])],
                 [weight("q", [24, 1, 16], numpy.uint8), weight("s", [24])], domains=["com.microsoft"])


def reshaped():
    """Eight weights, and the numbers of two shapes."""
    nodes = [helper.make_node("Reshape", ["x", "before"], ["r"]), helper.make_node("Conv", ["r", "w"], ["c"]),
             helper.make_node("Reshape", ["c", "after"], ["y"])]
    return model(nodes, [value("x", [2, 4, 9])], [value("y", [2, 18])],
                 [integers("before", [2, 4, 3, 3]), weight("w", [2, 4, 1, 1]), integers("after", [2, 18])])


def computed():
    """A shape that is put together from that of the input, with whole numbers that are no weights."""
    nodes = [
        helper.make_node("Shape", ["x"], ["s"]), helper.make_node("Gather", ["s", "last"], ["size"], axis=0),
        helper.make_node("Mul", ["size", "last"], ["more"]), helper.make_node("Reshape", ["more", "one"], ["tail"]),
        helper.make_node("Concat", ["first", "second", "tail"], ["shape"], axis=0),
        helper.make_node("Conv", ["x", "w"], ["c"]), helper.make_node("Reshape", ["c", "shape"], ["y"])]
    return model(nodes, [value("x", [1, 4, 3, 3])], [value("y", [1, 3, 9])],
                 [integers("last", 3), integers("one", [1]), integers("first", [1]), integers("second", [-1]),
                  weight("w", [3, 4, 1, 1])])


def older():
    """Operator set 6 broadcasts only where a node says so."""
    return model([helper.make_node("Conv", ["x", "w"], ["c"]), helper.make_node("Add", ["c", "b"], ["y"], broadcast=1, axis=1)],
                 [value("x", [1, 2, 4, 4])], [value("y", [1, 3, 4, 4])], [weight("w", [3, 2, 1, 1]), weight("b", [3])], opset=6)


def described():
    """What Ultralytics' exporter notes (ultralytics/engine/exporter.py)."""
    props = {
        "description": "Ultralytics YOLOv8n model trained on fields.yaml", "author": "Ultralytics", "version": "8.3.40",
        "license": "AGPL-3.0 License (https://ultralytics.com/license)", "docs": "https://docs.ultralytics.com",
        "stride": "32", "task": "detect", "batch": "1", "imgsz": "[32, 32]", "names": "{0: 'field', 1: 'hedge'}"}
    return model([helper.make_node("Conv", ["images", "w"], ["c"], strides=[8, 8], kernel_shape=[1, 1]),
                  helper.make_node("Reshape", ["c", "shape"], ["output0"])],
                 [value("images", [1, 3, 32, 32])], [value("output0", [1, 6, 16])],
                 [weight("w", [6, 3, 1, 1]), integers("shape", [1, 6, 16])], props=props)


if __name__ == "__main__":
    onnx.save(globals()[sys.argv[1]](), sys.argv[2])
    print(onnx.__version__)
