"""Writes ONNX models with an older onnx, to be run in an environment of its own (requirements-old-onnx.txt).

Written with onnx 1.13.1 and NumPy 1.23.5.
"""

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from common import place, run_all, start
from onnx_truth import write_onnx_truth


def old_convolution():
    generator = numpy.random.default_rng(0)
    weight = numpy_helper.from_array(generator.standard_normal((8, 4, 3, 3)).astype(numpy.float32), "weight")
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["image", "weight"], ["features"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
            helper.make_node("Relu", ["features"], ["active"]),
        ],
        "old",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 4, "H", "W"])],
        [helper.make_tensor_value_info("active", TensorProto.FLOAT, ["N", 8, "H", "W"])],
        [weight],
    )
    model = helper.make_model(graph, producer_name="onnx-example", producer_version="0.1")
    helper.set_model_props(model, {"bands": "B02,B03,B04,B08"})
    onnx.checker.check_model(model, full_check=True)
    path = place("onnx", "old_convolution.onnx")
    onnx.save_model(model, path)
    write_onnx_truth(path, "a convolution by onnx 1.13, with the ir_version and opset that it writes by default")


def old_external():
    place("onnx", "old_external_weights.bin")
    weight = numpy_helper.from_array(numpy.ones((64, 16), numpy.float32), "weight")
    bias = numpy_helper.from_array(numpy.zeros(16, numpy.float32), "bias")
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "weight", "bias"], ["y"])],
        "old",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 64])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 16])],
        [weight, bias],
    )
    path = place("onnx", "old_external.onnx")
    model = helper.make_model(graph, producer_name="onnx-example")
    onnx.save_model(model, str(path), save_as_external_data=True, location="old_external_weights.bin")
    write_onnx_truth(path, "external data by onnx 1.13: the small bias stays inside")


FUNCTIONS = [old_convolution, old_external]


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
