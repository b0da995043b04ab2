"""Writes ONNX models with operators that onnxruntime has not (needs onnx)."""

import onnx
from onnx import TensorProto, helper

from common import place, run_all, start, write_truth


def model(name, node, how, code, opsets):
    value = lambda label: helper.make_tensor_value_info(label, TensorProto.FLOAT, [1])
    graph = helper.make_graph([node], "graph", [value("x")], [value("y")])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid(*pair) for pair in opsets], ir_version=8)
    path = place("hostile", name)
    path.write_bytes(made.SerializeToString())
    write_truth(path, written_by={"onnx": onnx.__version__}, how=how, record={
        "verdict": "model", "format": {"id": "onnx"}, "loading": {"verdict": "needs-code"}, "findings": [{"code": code}, {"code": "onnx.refused"}]})


def onnx_python_operator():
    model("onnx_python_operator.onnx", helper.make_node("PythonOp", ["x"], ["y"], domain="com.microsoft"),
          "PythonOp of training builds of onnxruntime", "onnx.python-operator", [("", 17), ("com.microsoft", 1)])


def onnx_no_such_operator():
    model("onnx_no_such_operator.onnx", helper.make_node("EfficientNMS_TRT", ["x"], ["y"]),
          "an operator of TensorRT in onnx's own domain", "onnx.unknown-operators", [("", 17)])


def onnx_operator_too_young():
    model("onnx_operator_too_young.onnx", helper.make_node("Gelu", ["x"], ["y"]),
          "an operator that came with operator set 20, in 17", "onnx.unknown-operators", [("", 17)])


def onnx_foreign_domain():
    model("onnx_foreign_domain.onnx", helper.make_node("Clip", ["x"], ["y"], domain="landcover"),
          "an operator of a domain of its own", "onnx.custom-operators", [("", 17), ("landcover", 1)])


if __name__ == "__main__":
    arguments = start(__doc__)
    run_all([onnx_python_operator, onnx_no_such_operator, onnx_operator_too_young, onnx_foreign_domain], arguments.names)
