#!/usr/bin/env python3
"""Writes protobuf-*.onnx and, beside each, what python's onnx reads of the fields that our onnx.proto keeps.

    protobuf.py            writes the fixtures (pip: onnx, numpy)
    protobuf.py FILE.onnx  prints the second half for any model
"""

import pathlib
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from google.protobuf.descriptor import FieldDescriptor

HERE = pathlib.Path(__file__).parent

# Fields that onnx.proto in CModelProtos does not have.
LEFT_OUT = {
    "ModelProto": {"configuration"},
    "TrainingInfoProto": {"initialization", "algorithm"},
    "FunctionProto": {"doc_string", "attribute_proto", "value_info"},
    "GraphProto": {"value_info", "quantization_annotation"},
    "NodeProto": {"doc_string", "device_configurations"},
    "AttributeProto": {"doc_string", "ref_attr_name", "tp", "type_protos", "sparse_tensors"},
    "TensorProto": {"doc_string"},
    "ValueInfoProto": {"doc_string", "metadata_props"},
}
# Fields that it does not have either, but lists as dropped.
PAYLOAD = {
    "TensorProto": {"float_data", "int32_data", "string_data", "int64_data", "raw_data", "double_data", "uint64_data"},
    "AttributeProto": {"floats", "ints"},
}


def text(value):
    if isinstance(value, float):
        return struct.pack(">d", value).hex()
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return "".join(chr(b) if 0x20 <= b < 0x7F and b != 0x5C else f"\\x{b:02x}" for b in value)
    return str(int(value))


def payload_bytes(field, values):
    """The values as they stand on the wire, joined, without tags and lengths."""
    if field.name == "raw_data":
        return values
    if field.name == "string_data":
        return b"".join(values)
    if field.name in ("float_data", "floats"):
        return b"".join(struct.pack("<f", value) for value in values)
    if field.name == "double_data":
        return b"".join(struct.pack("<d", value) for value in values)
    result = bytearray()
    for value in values:
        value &= (1 << 64) - 1
        while value >= 0x80:
            result.append(value & 0x7F | 0x80)
            value >>= 7
        result.append(value)
    return bytes(result)


def dump(message, path, lines):
    kind = message.DESCRIPTOR.name
    for field in sorted(message.DESCRIPTOR.fields, key=lambda field: field.number):
        place = f"{path}.{field.name}" if path else field.name
        value = getattr(message, field.name)
        if field.name in LEFT_OUT.get(kind, ()):
            continue
        if field.name in PAYLOAD.get(kind, ()):
            content = payload_bytes(field, value)
            if content:
                lines.append(f"{place} = {len(content)} bytes {content[:16].hex()}")
            continue
        repeated = field.is_repeated if hasattr(field, "is_repeated") else field.label == FieldDescriptor.LABEL_REPEATED
        if not repeated and not message.HasField(field.name):
            continue
        for index, item in enumerate(value if repeated else [value]):
            here = f"{place}[{index}]" if repeated else place
            if field.type == FieldDescriptor.TYPE_MESSAGE:
                lines.append(here)
                dump(item, here, lines)
            else:
                lines.append(f"{here} = {text(item)}")
    return lines


def properties(message, **entries):
    for key, value in entries.items():
        message.metadata_props.add(key=key, value=value)


def everything():
    """Every field that is kept and every one that is dropped, once at least."""
    weight = numpy_helper.from_array(np.arange(12, dtype=np.float32).reshape(3, 4), "weight")
    weight.doc_string = "dropped"
    properties(weight, role="weight")
    weight.segment.begin, weight.segment.end = 0, 12
    typed = [
        helper.make_tensor("floats", TensorProto.FLOAT, [3], [0.5, -1.5, 2.5]),
        helper.make_tensor("halves", TensorProto.FLOAT16, [2], np.array([1, 2], np.float16)),
        helper.make_tensor("longs", TensorProto.INT64, [4], [1, -1, 1 << 40, 0]),
        helper.make_tensor("doubles", TensorProto.DOUBLE, [2], [0.25, -0.75]),
        helper.make_tensor("unsigned", TensorProto.UINT64, [2], [1, (1 << 64) - 1]),
        helper.make_tensor("strings", TensorProto.STRING, [2], [b"one", b"\xff two"]),
        helper.make_tensor("scalar", TensorProto.INT32, [], [7]),
    ]
    external = TensorProto(name="external", data_type=TensorProto.BFLOAT16, dims=[1024, 0, 7])
    external.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "weights.bin"), ("offset", "4096"), ("length", "14336")):
        external.external_data.add(key=key, value=value)
    sparse = helper.make_sparse_tensor(
        helper.make_tensor("sparse", TensorProto.FLOAT, [2], [1.0, 2.0]),
        helper.make_tensor("sparse_at", TensorProto.INT64, [2], [3, 5]),
        [3, 3],
    )

    def branch(name, value):
        constant = helper.make_node("Constant", [], [f"{name}_y"], value=numpy_helper.from_array(value, "inner"))
        return helper.make_graph([constant], name, [], [helper.make_tensor_value_info(f"{name}_y", 1, [2])])

    nodes = [
        helper.make_node(
            "Conv", ["x", "weight", ""], ["t0"], "conv \N{SNOWMAN}", "a line\nof documentation", "ai.onnx",
            kernel_shape=[3, 3], pads=[1, 1, 1, 1], group=1, auto_pad="NOTSET", alpha=0.1, scales=[0.5, 2.0],
        ),
        helper.make_node(
            "If", ["flag"], ["t1"], then_branch=branch("then", np.ones(2, np.float32)),
            else_branch=branch("else", np.zeros(2, np.float32)),
        ),
        helper.make_node("Constant", [], ["t2"], sparse_value=sparse),
        helper.make_node("Local", ["t2"], ["t3"], domain="local.functions", overload="v2"),
        helper.make_node("ZipMap", ["t3"], ["t4"], domain="ai.onnx.ml", classlabels_strings=["cat", "\N{ELEPHANT}"]),
        helper.make_node("Odd", [], ["t5"], graphs=[branch("g0", np.ones(1)), branch("g1", np.ones(1))], tensors=typed),
    ]
    properties(nodes[0], **{"pkg.torch.onnx.class_hierarchy": "['Net', 'Conv2d']"})

    tensor = helper.make_tensor_type_proto(TensorProto.FLOAT, ["batch", 3, None, 0])
    types = {
        "x": tensor,
        "unknown_rank": helper.make_tensor_type_proto(TensorProto.FLOAT, None),
        "a_scalar": helper.make_tensor_type_proto(TensorProto.INT64, []),
        "sequence": helper.make_sequence_type_proto(helper.make_map_type_proto(TensorProto.INT64, tensor)),
        "optional": helper.make_optional_type_proto(tensor),
        "sparse": helper.make_sparse_tensor_type_proto(TensorProto.DOUBLE, [5, "n"]),
        "untyped": onnx.TypeProto(denotation="IMAGE"),
    }
    inputs = [onnx.ValueInfoProto(name=name, type=type, doc_string="dropped") for name, type in types.items()]
    inputs[0].type.tensor_type.shape.dim[0].denotation = "DATA_BATCH"
    opaque = onnx.ValueInfoProto(name="opaque")
    opaque.type.opaque_type.domain, opaque.type.opaque_type.name = "com.example", "Tokens"
    inputs += [opaque, onnx.ValueInfoProto(name="no_type")]

    graph = helper.make_graph(
        nodes, "main_graph", inputs, [helper.make_tensor_value_info("t5", 1, ["batch"])],
        [weight, *typed, external], "what the graph does", [helper.make_tensor_value_info("t0", 1, [1])], [sparse],
    )
    properties(graph, source="protobuf.py")
    graph.quantization_annotation.add(tensor_name="x")
    function = helper.make_function(
        "local.functions", "Local", ["a"], ["b"], [helper.make_node("Relu", ["a"], ["b"])],
        [helper.make_opsetid("", 21)], ["attribute"], overload="v2", doc_string="dropped",
    )
    model = helper.make_model(
        graph, producer_name="protobuf.py", producer_version="1", functions=[function], doc_string="a test",
        opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid("ai.onnx.ml", 5)],
    )
    model.ir_version, model.model_version, model.domain = 10, -3, "com.example"
    properties(model, author="nobody", empty="")
    training = model.training_info.add()
    training.algorithm.node.add(op_type="Adam")
    training.update_binding.add(key="weight", value="weight_new")
    return model


def trees():
    """A forest of 40 trees of 5 nodes; its attributes are lists that are not packed."""
    ids = range(200)
    node = helper.make_node(
        "TreeEnsembleClassifier", ["x"], ["label", "scores"], domain="ai.onnx.ml",
        nodes_treeids=[i // 5 for i in ids], nodes_nodeids=[i % 5 for i in ids], nodes_values=[i / 8 for i in ids],
        nodes_modes=["BRANCH_LEQ" if i % 5 < 2 else "LEAF" for i in ids], classlabels_int64s=[-1, 1 << 62],
        post_transform="SOFTMAX",
    )
    graph = helper.make_graph([node], "forest", [helper.make_tensor_value_info("x", 1, [None, 4])], [])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("ai.onnx.ml", 3)], ir_version=8)


if __name__ == "__main__":
    if sys.argv[1:]:
        model = onnx.load(sys.argv[1], load_external_data=False)
        print("\n".join(dump(model, "", [])))
    else:
        for model in (everything, trees):
            data = model().SerializeToString(deterministic=True)
            (HERE / f"protobuf-{model.__name__}.onnx").write_bytes(data)
            lines = dump(onnx.ModelProto.FromString(data), "", [])
            (HERE / f"protobuf-{model.__name__}.txt").write_text("\n".join(lines) + "\n")
