"""Writes hand-made ONNX graphs that show what the format allows, its text forms and its look-alikes, with their truths.

Written with onnx 1.23.2. Where the bytes themselves are unusual they are put together here and proved with onnx.load.
"""

import numpy
import onnx
from google.protobuf import json_format, text_format
from onnx import TensorProto, helper, numpy_helper, parser

from common import place, run_all, start, write_truth
from onnx_truth import onnx_record, write_onnx_truth

FLOAT = TensorProto.FLOAT
MICROSOFT = "com.microsoft"
MACHINE_LEARNING = "ai.onnx.ml"


# ---------------------------------------------------------------- building


def onnx_path(name):
    return place("onnx", f"{name}.onnx")


def weights(name, shape, dtype=numpy.float32, seed=0):
    """A tensor of reproducible values."""
    values = numpy.random.default_rng(seed).standard_normal(shape)
    return numpy_helper.from_array((values * 4).astype(dtype), name)


def tensor_value(name, shape, data_type=FLOAT):
    return helper.make_tensor_value_info(name, data_type, shape)


def dense_graph(name="dense", initializers=(), inputs=()):
    """y = x W + b over 16 columns."""
    return helper.make_graph(
        [helper.make_node("Gemm", ["x", "W", "b"], ["y"])],
        name,
        [tensor_value("x", ["batch", 16]), *inputs],
        [tensor_value("y", ["batch", 32])],
        initializers or [weights("W", (16, 32)), weights("b", 32)],
    )


def make_model(graph, ir_version=10, opsets=(("", 21),), **options):
    """A model by onnx.helper with the producer of these tests."""
    imports = [helper.make_opsetid(domain, version) for domain, version in opsets]
    options = {"producer_name": "onnx-example", "ir_version": ir_version, **options}
    return helper.make_model(graph, opset_imports=imports, **options)


def save(name, model, how, *, check=True, **options):
    """Saves a model that onnx's checker accepts (unless said otherwise) and writes its truth."""
    if check:
        onnx.checker.check_model(model)
    path = onnx_path(name)
    onnx.save_model(model, path)
    write_onnx_truth(path, how, **options)


def save_bytes(name, data, same_as, how):
    """Saves hand-made bytes that onnx reads as the same model."""
    path = onnx_path(name)
    path.write_bytes(data)
    loaded = onnx.load(path)
    loaded.DiscardUnknownFields()
    assert loaded == same_as
    write_onnx_truth(path, how)


# ---------------------------------------------------------------- wire format


def varint(value, padding=0):
    """A varint, made longer than needed by some padding bytes."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F)
    groups += [0] * padding
    return bytes(group | 0x80 for group in groups[:-1]) + bytes(groups[-1:])


def field_bytes(number, data, padding=0):
    return varint(number << 3 | 2, padding) + varint(len(data), padding) + data


def field_varint(number, value):
    return varint(number << 3) + varint(value)


def field_order():
    model = make_model(dense_graph())
    pieces = [
        field_bytes(8, model.opset_import[0].SerializeToString()),
        field_bytes(7, model.graph.SerializeToString()),
        field_bytes(2, b"onnx-example"),
        field_varint(1, model.ir_version),
    ]
    save_bytes("field_order", b"".join(pieces), model, "opset first, then the graph, then producer and ir_version")


def field_order_graph():
    model = make_model(dense_graph())
    graph = model.graph
    pieces = [field_bytes(5, tensor.SerializeToString()) for tensor in graph.initializer]
    pieces += [field_bytes(12, value.SerializeToString()) for value in graph.output]
    pieces += [field_bytes(2, graph.name.encode())]
    pieces += [field_bytes(11, value.SerializeToString()) for value in graph.input]
    pieces += [field_bytes(1, node.SerializeToString()) for node in graph.node]
    head = field_varint(1, model.ir_version) + field_bytes(2, b"onnx-example")
    tail = field_bytes(8, model.opset_import[0].SerializeToString())
    data = head + field_bytes(7, b"".join(pieces)) + tail
    save_bytes("field_order_graph", data, model, "within the graph initializers come first and nodes last")


def unusual_wire():
    model = make_model(dense_graph())
    tensor = model.graph.initializer[0]
    packed = field_bytes(9, tensor.raw_data) + field_bytes(1, varint(16) + varint(32)) + field_varint(2, FLOAT)
    packed += field_bytes(8, b"W", padding=2) + field_varint(90, 7) + field_bytes(91, b"unknown")
    rest = make_model(dense_graph()).graph
    del rest.initializer[0]
    graph = field_bytes(5, packed, padding=3)
    graph += rest.SerializeToString()
    data = field_bytes(7, graph, padding=1) + field_bytes(8, model.opset_import[0].SerializeToString())
    data += field_varint(1, model.ir_version) + field_bytes(2, b"onnx-example") + field_bytes(99, b"later versions")
    save_bytes(
        "unusual_wire", data, model, "packed dims behind the data, overlong varints, unknown fields, graph first"
    )


# ---------------------------------------------------------------- versions


def ir_3_initializers_as_inputs():
    inputs = [tensor_value("W", [16, 32]), tensor_value("b", [32])]
    model = make_model(dense_graph(inputs=inputs), ir_version=3, opsets=(("", 8),))
    save("ir_3_initializers_as_inputs", model, "ir_version 3, where every initializer is a graph input too")


def ir_4():
    save("ir_4", make_model(dense_graph(), ir_version=4, opsets=(("", 9),)), "ir_version 4")


def ir_7():
    save("ir_7", make_model(dense_graph(), ir_version=7, opsets=(("", 12),)), "ir_version 7")


def ir_newest():
    model = make_model(dense_graph(), ir_version=onnx.IR_VERSION, opsets=(("", onnx.defs.onnx_opset_version()),))
    save("ir_newest", model, "the newest ir_version and opset of the installed onnx")


def no_producer():
    save(
        "no_producer", make_model(dense_graph(), producer_name=""), "no producer: the graph follows ir_version at once"
    )


# ---------------------------------------------------------------- external data


def save_external(name, how, **options):
    """Saves two tensors outside the model."""
    path = onnx_path(name)
    onnx.save_model(make_model(dense_graph()), path, save_as_external_data=True, size_threshold=0, **options)
    return path, how


def external_one_file():
    place("onnx", "external_one_file.onnx.data")
    path, how = save_external(
        "external_one_file",
        "onnx.save_model with save_as_external_data: all tensors in one file",
        location="external_one_file.onnx.data",
    )
    write_onnx_truth(path, how)


def moved_out(tensor, file_name, **where):
    """Takes the data out of a tensor that shall be found in a file; returns it."""
    data = tensor.raw_data
    onnx.external_data_helper.set_external_data(tensor, file_name, **where)
    tensor.ClearField("raw_data")
    return data


def external_per_tensor():
    graph = dense_graph()
    for tensor in graph.initializer:
        data = place("onnx", f"external_per_tensor_{tensor.name}.bin")
        data.write_bytes(moved_out(tensor, data.name))
    path = onnx_path("external_per_tensor")
    path.write_bytes(make_model(graph).SerializeToString())
    write_onnx_truth(path, "one file for each tensor, neither offset nor length given")


def external_aligned():
    data = place("onnx", "external_aligned_weights.bin")
    graph = dense_graph()
    weight, bias = graph.initializer
    kept = moved_out(bias, data.name, offset=0, length=128).ljust(4096, b"\0")
    kept += moved_out(weight, data.name, offset=4096, length=2048)
    data.write_bytes(kept)
    path = onnx_path("external_aligned")
    path.write_bytes(make_model(graph).SerializeToString())
    write_onnx_truth(path, "external tensors at page-aligned offsets, not in the order of the initializers")


def external_missing():
    name = "external_missing.onnx.data"
    data = place("onnx", name)
    path, how = save_external("external_missing", "the file with the external data is not there", location=name)
    data.unlink()
    write_onnx_truth(path, how)


# ---------------------------------------------------------------- graphs


def functions_model():
    """A network of two model-local functions."""
    model = parser.parse_model(
        """
        <ir_version: 9, opset_import: ["" : 17, "local" : 1], producer_name: "onnx-example">
        network (float[N, 16] x) => (float[N, 8] y) <float[16, 8] W> {
            hidden = local.dense_relu(x, W)
            y = local.double(hidden)
        }
        <domain: "local", opset_import: ["" : 17]>
        dense_relu (a, b) => (c) { product = MatMul(a, b) c = Relu(product) }
        <domain: "local", opset_import: ["" : 17]>
        double (a) => (b) { two = Constant <value: tensor = float {2.0}> () b = Mul(a, two) }
        """
    )
    model.graph.initializer.append(weights("W", (16, 8)))
    return model


def local_functions():
    save("local_functions", functions_model(), "two model-local functions in a domain of their own")


def branch(name, tensor):
    """A graph without inputs that gives its own initializer."""
    return helper.make_graph(
        [helper.make_node("Identity", [tensor.name], [f"{name}_out"])],
        name,
        [],
        [tensor_value(f"{name}_out", [64, 16])],
        [tensor],
    )


def subgraph_if():
    choose = helper.make_node(
        "If",
        ["training"],
        ["y"],
        then_branch=branch("then", weights("then_weight", (64, 16))),
        else_branch=branch("else", weights("else_weight", (64, 16), seed=1)),
    )
    graph = helper.make_graph(
        [choose],
        "conditional",
        [tensor_value("training", [], TensorProto.BOOL)],
        [tensor_value("y", [64, 16])],
    )
    save("subgraph_if", make_model(graph), "If with an initializer in each branch, none in the main graph")


def subgraph_loop():
    body = helper.make_graph(
        [
            helper.make_node("MatMul", ["state", "body_weight"], ["next"]),
            helper.make_node("Identity", ["going"], ["still_going"]),
        ],
        "body",
        [
            tensor_value("step", [], TensorProto.INT64),
            tensor_value("going", [], TensorProto.BOOL),
            tensor_value("state", [1, 32]),
        ],
        [tensor_value("still_going", [], TensorProto.BOOL), tensor_value("next", [1, 32])],
        [weights("body_weight", (32, 32))],
    )
    graph = helper.make_graph(
        [helper.make_node("Loop", ["count", "", "x"], ["y"], body=body)],
        "recurrent",
        [tensor_value("x", [1, 32])],
        [tensor_value("y", [1, 32])],
        [numpy_helper.from_array(numpy.int64(4), "count")],
    )
    save("subgraph_loop", make_model(graph), "Loop with an initializer in its body and a scalar one outside")


def function_with_nested_graph():
    choose = helper.make_node(
        "If",
        ["flag"],
        ["result"],
        then_branch=branch("then", weights("then_weight", (64, 16))),
        else_branch=branch("else", weights("else_weight", (64, 16), seed=1)),
    )
    function = helper.make_function("local", "pick", ["flag"], ["result"], [choose], [helper.make_opsetid("", 21)])
    graph = helper.make_graph(
        [helper.make_node("pick", ["flag"], ["y"], domain="local")],
        "calls_a_function",
        [tensor_value("flag", [], TensorProto.BOOL)],
        [tensor_value("y", [64, 16])],
    )
    model = make_model(graph, opsets=(("", 21), ("local", 1)), functions=[function])
    save("function_with_nested_graph", model, "initializers only in the branches of an If inside a function")


def non_tensor_outputs():
    element = helper.make_tensor_type_proto(FLOAT, [1, 4])
    graph = helper.make_graph(
        [
            helper.make_node("SequenceConstruct", ["x", "x"], ["pair"]),
            helper.make_node("Optional", ["x"], ["maybe"]),
            helper.make_node("Identity", ["x"], ["same"]),
        ],
        "many_types",
        [tensor_value("x", [1, 4])],
        [
            helper.make_value_info("pair", helper.make_sequence_type_proto(element)),
            helper.make_value_info("maybe", helper.make_optional_type_proto(element)),
            tensor_value("same", [1, 4]),
        ],
    )
    save("non_tensor_outputs", make_model(graph), "outputs that are a sequence, an optional and a tensor")


def map_input():
    columns = helper.make_map_type_proto(TensorProto.STRING, helper.make_tensor_type_proto(FLOAT, []))
    graph = helper.make_graph(
        [
            helper.make_node(
                "DictVectorizer",
                ["row"],
                ["y"],
                domain=MACHINE_LEARNING,
                string_vocabulary=["elevation", "slope"],
            )
        ],
        "dictionary",
        [helper.make_value_info("row", columns)],
        [tensor_value("y", [1, 2])],
    )
    save(
        "map_input",
        make_model(graph, opsets=(("", 21), (MACHINE_LEARNING, 3))),
        "an input that is a map from string to float",
    )


def sparse_types():
    sparse = helper.make_sparse_tensor_type_proto(FLOAT, [3, 3])
    graph = helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        "sparse_value",
        [helper.make_value_info("x", sparse)],
        [helper.make_value_info("y", sparse)],
    )
    save("sparse_types", make_model(graph), "input and output of a sparse tensor type", check=False)


def sparse_initializer():
    values = numpy_helper.from_array(numpy.arange(1, 301, dtype=numpy.float32), "W")
    indices = numpy_helper.from_array(numpy.arange(0, 3000, 10, dtype=numpy.int64), "W_indices")
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "W"], ["y"])],
        "sparse",
        [tensor_value("x", ["batch", 100])],
        [tensor_value("y", ["batch", 30])],
    )
    graph.sparse_initializer.append(helper.make_sparse_tensor(values, indices, [100, 30]))
    save("sparse_initializer", make_model(graph), "300 stored values of a sparse 100 x 30 initializer")


def constant_nodes():
    graph = helper.make_graph(
        [
            helper.make_node("Constant", [], ["W"], value=weights("value", (16, 32))),
            helper.make_node("Constant", [], ["b"], value_floats=[0.5] * 32),
            helper.make_node("Gemm", ["x", "W", "b"], ["y"]),
        ],
        "constants",
        [tensor_value("x", ["batch", 16])],
        [tensor_value("y", ["batch", 32])],
    )
    save("constant_nodes", make_model(graph), "weights in Constant nodes: no initializer at all")


def no_parameters():
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])],
        "activation",
        [tensor_value("x", [1, 3, "height", "width"])],
        [tensor_value("y", [1, 3, "height", "width"])],
    )
    save("no_parameters", make_model(graph), "one Relu, nothing else")


def training_info():
    model = make_model(dense_graph())
    step = helper.make_graph(
        [helper.make_node("Identity", ["W"], ["W_next"])],
        "step",
        [],
        [tensor_value("W_next", [16, 32])],
    )
    model.training_info.append(helper.make_training_info(step, [("W", "W_next")], None, None))
    save("training_info", model, "training_info with an update of W", check=False)


def microsoft_operator():
    graph = helper.make_graph(
        [helper.make_node("FusedGemm", ["x", "W", "b"], ["y"], domain=MICROSOFT, activation="Relu")],
        "contrib",
        [tensor_value("x", ["batch", 16])],
        [tensor_value("y", ["batch", 32])],
        [weights("W", (16, 32)), weights("b", 32)],
    )
    model = make_model(graph, opsets=(("", 21), (MICROSOFT, 1)))
    save("microsoft_operator", model, "an operator of com.microsoft, which only ONNX Runtime has")


def context_node():
    graph = helper.make_graph(
        [
            helper.make_node(
                "EPContext", ["x"], ["y"], domain=MICROSOFT, embed_mode=1, ep_cache_context=b"\0" * 64, source="Example"
            )
        ],
        "compiled",
        [tensor_value("x", [1, 16])],
        [tensor_value("y", [1, 32])],
    )
    model = make_model(graph, opsets=(("", 21), (MICROSOFT, 1)))
    save("context_node", model, "an EPContext node that holds a compiled blob of an execution provider")


# ---------------------------------------------------------------- values


def value_model(name, value, how, output_shape=("n",)):
    """One Identity over an unusual input."""
    graph = helper.make_graph(
        [helper.make_node("Identity", [value.name], ["y"])],
        name,
        [value],
        [tensor_value("y", list(output_shape))],
    )
    save(name, make_model(graph), how, check=False)


def unknown_rank():
    value_model("unknown_rank", tensor_value("x", None), "an input without a shape field: its rank is unknown")


def scalar_input():
    value_model("scalar_input", tensor_value("x", []), "an input with a shape without dimensions: a scalar", ())


def zero_dimension():
    value_model("zero_dimension", tensor_value("x", [0, 3, 224, 224]), "dim_value 0 as old exporters write for unknown")


def empty_dimension():
    value_model("empty_dimension", tensor_value("x", [None, 3, None, "w"]), "dimensions without value and without name")


def untyped_input():
    value = onnx.ValueInfoProto(name="x")
    value_model("untyped_input", value, "an input without a type")


def negative_dimension():
    value_model("negative_dimension", tensor_value("x", [-1, 3, 8, 8]), "dim_value -1, a ten-byte varint")


def denotations():
    image = helper.make_tensor_value_info(
        "image", FLOAT, [1, 3, 64, 64], "an RGB image", ["DATA_BATCH", "DATA_CHANNEL", "DATA_FEATURE", "DATA_FEATURE"]
    )
    image.type.denotation = "IMAGE"
    graph = helper.make_graph(
        [helper.make_node("Relu", ["image"], ["y"])],
        "documented",
        [image],
        [tensor_value("y", [1, 3, 64, 64])],
        doc_string="What the graph does.",
    )
    model = make_model(
        graph,
        domain="org.example",
        model_version=7,
        doc_string="A documented model.\nSecond line.",
        producer_version="1.2.3",
    )
    save("denotations", model, "denotations of type and dimensions, doc strings, domain and model version")


def metadata_class_names():
    model = make_model(dense_graph())
    names = {
        "names": "{0: 'water', 1: 'forest'}",
        "task": "segment",
        "imgsz": "[640, 640]",
        "license": "Apache-2.0",
        "class_names": '{"0": "water", "1": "forêt"}',
        "resolution": "10",
        "empty": "",
    }
    helper.set_model_props(model, names)
    save("metadata_class_names", model, "metadata_props with class names, task, image size and licence")


# ---------------------------------------------------------------- tensors


def stored_model(name, tensors, how, opsets=(("", 21),), ir_version=10, check=True):
    """A model that holds some tensors and gives back its input."""
    graph = helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        name,
        [tensor_value("x", ["batch", 4])],
        [tensor_value("y", ["batch", 4])],
        tensors,
    )
    save(name, make_model(graph, ir_version, opsets), how, check=check)


def every_data_type():
    types = ["FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32"]
    types += ["UINT64", "BOOL", "COMPLEX64", "COMPLEX128"]
    tensors = [stored_tensor(name, [2, 3]) for name in types]
    stored_model("every_data_type", tensors, "an initializer of each ordinary data type, raw data")


def low_precision():
    types = [
        "FLOAT8E4M3FN",
        "FLOAT8E4M3FNUZ",
        "FLOAT8E5M2",
        "FLOAT8E5M2FNUZ",
        "FLOAT8E8M0",
        "FLOAT4E2M1",
        "INT4",
        "UINT4",
    ]
    types += ["INT2", "UINT2", "BFLOAT16"]
    tensors = [stored_tensor(name, [3, 3]) for name in types]
    stored_model("low_precision", tensors, "8, 4 and 2 bit types with 9 elements each", (("", 26),), onnx.IR_VERSION)


def stored_tensor(type_name, shape):
    """A tensor of ones, packed as onnx packs it."""
    data_type = getattr(TensorProto, type_name)
    values = numpy.ones(shape, dtype=helper.tensor_dtype_to_np_dtype(data_type))
    return numpy_helper.from_array(values, type_name.lower())


def typed_data():
    tensors = [
        helper.make_tensor("in_float_data", FLOAT, [20, 20], [0.25] * 400),
        helper.make_tensor("in_double_data", TensorProto.DOUBLE, [200], [0.25] * 200),
        helper.make_tensor("in_int64_data", TensorProto.INT64, [600], list(range(600))),
        helper.make_tensor("in_int32_data", TensorProto.INT8, [16], list(range(-8, 8))),
        helper.make_tensor("half_in_int32_data", TensorProto.FLOAT16, [8], [0.5] * 8),
        helper.make_tensor("in_uint64_data", TensorProto.UINT32, [8], list(range(8))),
        helper.make_tensor("complex_in_float_data", TensorProto.COMPLEX64, [4], [1 + 2j] * 4),
        helper.make_tensor("int4_in_int32_data", TensorProto.INT4, [5], [1, 2, 3, 4, 5]),
    ]
    stored_model("typed_data", tensors, "values in float_data, int32_data and the like instead of raw_data")


def string_tensors():
    words = [b"water", b"forest", "forêt".encode(), b""]
    tensors = [helper.make_tensor("words", TensorProto.STRING, [4], words), weights("scale", 4)]
    stored_model("string_tensors", tensors, "an initializer of strings beside one of floats")


def odd_shapes():
    tensors = [
        numpy_helper.from_array(numpy.float32(2), "scalar"),
        numpy_helper.from_array(numpy.zeros((0, 8), numpy.float32), "empty"),
        helper.make_tensor("reshaped", FLOAT, [2, 2], [1, 2, 3, 4]),
    ]
    stored_model("odd_shapes", tensors, "a scalar initializer and one without elements")


def many_tensors():
    sizes = range(40)
    nodes = [helper.make_node("MatMul", [f"h{index}", f"layer{index}.weight"], [f"h{index + 1}"]) for index in sizes]
    graph = helper.make_graph(
        nodes,
        "deep",
        [tensor_value("h0", ["batch", 32])],
        [tensor_value("h40", ["batch", 32])],
        [weights(f"layer{index}.weight", (32, 32), seed=index) for index in sizes],
    )
    save("many_tensors", make_model(graph), "40 initializers of 4 KiB each")


def many_nodes():
    nodes = [helper.make_node("Relu", [f"h{index}"], [f"h{index + 1}"], name=f"relu_{index}") for index in range(1000)]
    graph = helper.make_graph(nodes, "long", [tensor_value("h0", [1, 8])], [tensor_value("h1000", [1, 8])])
    save("many_nodes", make_model(graph), "1000 nodes without any weight")


# ---------------------------------------------------------------- text


def save_text(name, text, syntax, how):
    """Saves a model as text and proves that onnx reads it back."""
    path = place("onnx-text", name)
    path.write_text(text)
    loaded = onnx.load(path, format=syntax)
    onnx.checker.check_model(loaded)
    record = onnx_record(loaded, format_id="onnx-text")
    write_truth(path, written_by={"onnx": onnx.__version__}, how=how, record=record)


def text_model():
    model = make_model(dense_graph(), producer_version="1.0")
    helper.set_model_props(model, {"classes": "water,forest"})
    return model


def onnx_syntax():
    how = "the textual syntax of onnx.printer; it begins with < as XML does"
    save_text("onnx_syntax.onnxtxt", onnx.printer.to_text(text_model()), "onnxtxt", how)


def onnx_syntax_functions():
    how = "the textual syntax with functions behind the graph"
    save_text("onnx_syntax_functions.onnxtxt", onnx.printer.to_text(functions_model()), "onnxtxt", how)


def protobuf_text():
    save_text("protobuf_text.textproto", text_format.MessageToString(text_model()), "textproto", "protobuf text")


def protobuf_json():
    text = json_format.MessageToJson(text_model(), preserving_proto_field_name=True)
    save_text("protobuf_json.onnxjson", text, "json", "protobuf JSON with snake_case keys")


def protobuf_json_camel():
    text = json_format.MessageToJson(text_model(), indent=None)
    save_text("protobuf_json_camel.onnxjson", text, "json", "protobuf JSON with camelCase keys on one line")


# ---------------------------------------------------------------- no models


def save_data(name, message, how):
    """Saves a message of onnx that is no model."""
    path = place("not-a-model", name)
    path.write_bytes(message.SerializeToString())
    assert type(message).FromString(path.read_bytes()) == message
    record = {"verdict": "not-a-model", "cause": "data"}
    write_truth(path, written_by={"onnx": onnx.__version__}, how=how, record=record)


def onnx_tensor():
    save_data("onnx_tensor.pb", weights("input_0", (1, 3, 8, 8)), "a bare TensorProto, as in onnx's test data sets")


def onnx_graph():
    save_data("onnx_graph.pb", dense_graph(), "a bare GraphProto")


FUNCTIONS = [
    field_order,
    field_order_graph,
    unusual_wire,
    ir_3_initializers_as_inputs,
    ir_4,
    ir_7,
    ir_newest,
    no_producer,
    external_one_file,
    external_per_tensor,
    external_aligned,
    external_missing,
    local_functions,
    subgraph_if,
    subgraph_loop,
    function_with_nested_graph,
    non_tensor_outputs,
    map_input,
    sparse_types,
    sparse_initializer,
    constant_nodes,
    no_parameters,
    training_info,
    microsoft_operator,
    context_node,
    unknown_rank,
    scalar_input,
    zero_dimension,
    empty_dimension,
    untyped_input,
    negative_dimension,
    denotations,
    metadata_class_names,
    every_data_type,
    low_precision,
    typed_data,
    string_tensors,
    odd_shapes,
    many_tensors,
    many_nodes,
    onnx_syntax,
    onnx_syntax_functions,
    protobuf_text,
    protobuf_json,
    protobuf_json_camel,
    onnx_tensor,
    onnx_graph,
]


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
