"""What onnx itself says about an ONNX model, as the truth files of the artifact scripts need it."""

import ast
import math

import onnx
from google.protobuf.descriptor import FieldDescriptor

from common import PAYLOAD_MINIMUM, write_truth

PACKED_BITS = {"int4": 4, "uint4": 4, "float4_e2m1fn": 4, "int2": 2, "uint2": 2}
LENGTH_DELIMITED = 2
TENSOR_DATA = {"raw_data", "float_data", "int32_data", "int64_data", "double_data", "uint64_data"}


def onnx_record(model, *, format_id="onnx", labels=None, metadata=None, producer_version=True):
    """The partial record of a model: labels are {output name: [label]}; metadata replaces what the model holds."""
    facts = {"framework": "ONNX", "artifact_type": "onnx.save_model", "roles": ["mlm:model", "mlm:compiled"]}
    architecture = torch_class(model)
    if architecture:
        facts["architecture"] = architecture
    parameters = count_parameters(model)
    if parameters:
        facts["parameters"] = parameters
    facts["inputs"] = model_inputs(model)
    facts["outputs"] = [describe_value(value) for value in model.graph.output]
    assert set(labels or ()) <= {output["name"] for output in facts["outputs"]}
    for output in facts["outputs"]:
        if labels and output["name"] in labels:
            output["labels"] = [str(label) for label in labels[output["name"]]]
    facts["opsets"] = dict(sorted((entry.domain or "ai.onnx", entry.version) for entry in model.opset_import))
    producer = {"name": model.producer_name, "version": model.producer_version if producer_version else ""}
    if model.producer_name:
        facts["producer"] = {key: value for key, value in producer.items() if value}
    if metadata is None:
        metadata = dict(sorted((entry.key, entry.value) for entry in model.metadata_props))
    if metadata:
        facts["metadata"] = metadata
    trees = count_trees(model)
    if trees:
        facts["hyperparameters"] = {"trees": trees}
    return {
        "verdict": "model",
        "format": {"id": format_id, "version": str(model.ir_version)},
        "facts": facts,
        "loading": {"verdict": "data-only"},
    }


def write_onnx_truth(path, how, *, written_by=None, **options):
    """Loads the model that was written, its external data included, and writes its truth."""
    model = onnx.load(path, load_external_data=False)
    record = onnx_record(model, **options)
    payload = payload_ranges(path.read_bytes())
    external = external_ranges(model)
    if external:
        present = {name: path.with_name(name).exists() for name in external}
        record["files"] = [{"path": name, "role": "mlm:weights", "present": here} for name, here in present.items()]
        payload = {path.name: payload, **{name: ranges for name, ranges in external.items() if present[name]}}
        if all(present.values()):
            onnx.load(str(path))
        else:
            record["loading"] = {"verdict": "incomplete"}
    write_truth(
        path,
        written_by={"onnx": onnx.__version__, **(written_by or {})},
        how=how,
        record=record,
        payload=payload,
    )


def torch_class(model):
    """The name of the exported module's class, which PyTorch's exporter notes on the nodes; None without a note."""
    for node in model.graph.node:
        for entry in getattr(node, "metadata_props", ()):
            if entry.key == "pkg.torch.onnx.class_hierarchy":
                return ast.literal_eval(entry.value)[0].rpartition(".")[2]
    return None


# ---------------------------------------------------------------- values


def model_inputs(model):
    """The graph's inputs without those that an initializer gives a value."""
    graph = model.graph
    given = {tensor.name for tensor in graph.initializer} | {tensor.values.name for tensor in graph.sparse_initializer}
    return [describe_value(value) for value in graph.input if value.name not in given]


def describe_value(value):
    """Name, and for a tensor also its shape (-1 for what can vary) and data type, as far as they are there."""
    described = {"name": value.name}
    if value.type.WhichOneof("value") != "tensor_type":
        return described
    tensor = value.type.tensor_type
    if tensor.HasField("shape"):
        described["shape"] = [dimension.dim_value if dimension.dim_value > 0 else -1 for dimension in tensor.shape.dim]
    if tensor.elem_type:
        described["data_type"] = data_type_name(tensor.elem_type)
    return described


def data_type_name(data_type):
    """The data type as NumPy and ml_dtypes spell it."""
    if data_type == onnx.TensorProto.STRING:
        return "string"
    return onnx.helper.tensor_dtype_to_np_dtype(data_type).name


def count_trees(model):
    """The distinct trees of all tree ensembles."""
    trees = 0
    for node in model.graph.node:
        attributes = {attribute.name: attribute for attribute in node.attribute}
        if node.op_type in ("TreeEnsembleClassifier", "TreeEnsembleRegressor"):
            trees += len(set(attributes["nodes_treeids"].ints))
        elif node.op_type == "TreeEnsemble":
            trees += len(attributes["tree_roots"].ints)
    return trees


# ---------------------------------------------------------------- parameters


def count_parameters(model):
    """The counts over every initializer that could be learned, those of nested graphs and functions included; None without any."""
    uses = initializer_uses(model)
    tensors = [tensor for tensor in all_initializers(model) if is_parameter(tensor, uses.get(tensor.name, set()))]
    if not tensors:
        return None
    data_types = {}
    for tensor in tensors:
        name = data_type_name(tensor.data_type)
        data_types[name] = data_types.get(name, 0) + math.prod(tensor.dims)
    return {
        "total": sum(data_types.values()),
        "bytes": sum(tensor_bytes(tensor) for tensor in tensors),
        "data_types": data_types,
        "tensors": len(tensors),
    }


# What the schemas of the operators call the inputs by which they are only told how to work.
SETTINGS = set("""
shape axes axis starts ends steps pads constant_value value roi scales sizes repeats split K k depth values start limit delta
indices output_size block_shape image_shape size ratio training_mode position max_output_boxes_per_class iou_threshold
score_threshold x_scale x_zero_point y_scale y_zero_point w_scale w_zero_point a_scale a_zero_point b_scale b_zero_point
W_scale W_zero_point R_scale R_zero_point cos_cache sin_cache position_ids dft_length frame_step window frame_length
""".split())


def is_parameter(tensor, uses):
    """Floating-point and small numbers that some operator takes as data; other whole numbers where they are quantised weights."""
    name = data_type_name(tensor.data_type)
    if name in ("bool", "string") or (name.startswith(("int", "uint")) and int(name.lstrip("uint")) >= 16):
        return bool(uses & {"DequantizeLinear.x", "QLinearConv.B", "QGemm.C"}) or "unknown" in uses
    return not uses or any(use == "unknown" or use.partition(".")[2] not in SETTINGS for use in uses)


def initializer_uses(model):
    """{name of a value: {operator.input, as its schema calls it}}; unknown for operators without a schema."""
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    local = {(function.domain, function.name) for function in model.functions}
    uses = {}
    graphs = [model.graph, *model.functions]
    while graphs:
        graph = graphs.pop()
        graphs += nested_graphs(graph.node)
        for node in graph.node:
            inputs = schema_inputs(node, opsets.get(node.domain, 1))
            for index, name in enumerate(node.input):
                if inputs:
                    use = f"{node.op_type}.{inputs[min(index, len(inputs) - 1)]}"
                else:
                    use = f"{node.op_type}.data" if (node.domain, node.op_type) in local else "unknown"
                uses.setdefault(name, set()).add(use)
    return uses


def schema_inputs(node, opset):
    """Names of the inputs of an operator; None for one that neither onnx nor onnxruntime knows."""
    domain = "" if node.domain == "ai.onnx" else node.domain
    if domain == "com.microsoft":
        from onnxruntime.capi.onnxruntime_pybind11_state import get_all_operator_schema

        found = [schema for schema in get_all_operator_schema() if (schema.domain, schema.name) == (domain, node.op_type)]
        return [value.name for value in found[0].inputs] if found else None
    try:
        return [value.name for value in onnx.defs.get_schema(node.op_type, opset, domain).inputs]
    except onnx.defs.SchemaError:
        return ["data"] if domain.startswith("ai.onnx") or not domain else None


def tensor_bytes(tensor):
    """Elements times item size; types below eight bits are packed within a tensor."""
    name, elements = data_type_name(tensor.data_type), math.prod(tensor.dims)
    if name in PACKED_BITS:
        return (elements * PACKED_BITS[name] + 7) // 8
    return elements * onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type).itemsize


def all_initializers(model):
    """Every initializer; a sparse one as the tensor of its stored values."""
    graphs = [model.graph]
    for function in model.functions:
        graphs += nested_graphs(function.node)
    while graphs:
        graph = graphs.pop()
        yield from graph.initializer
        for sparse in graph.sparse_initializer:
            yield sparse.values
        graphs += nested_graphs(graph.node)


def nested_graphs(nodes):
    """The graphs that the attributes of some nodes hold."""
    return [graph for node in nodes for attribute in node.attribute for graph in [attribute.g, *attribute.graphs]]


# ---------------------------------------------------------------- payload


def payload_ranges(data, descriptor=onnx.ModelProto.DESCRIPTOR):
    """Sorted [offset, length] of the data of every tensor of PAYLOAD_MINIMUM bytes or more in a serialized message."""
    return sorted(_ranges(data, 0, len(data), descriptor))


def external_ranges(model):
    """{file: sorted ranges of its large tensors} of the tensors that are stored outside the model."""
    files = {}
    for tensor in all_initializers(model):
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            entries = {entry.key: entry.value for entry in tensor.external_data}
            length = int(entries.get("length", tensor_bytes(tensor)))
            ranges = files.setdefault(entries["location"], [])
            if length >= PAYLOAD_MINIMUM:
                ranges.append([int(entries.get("offset", 0)), length])
    return {name: sorted(ranges) for name, ranges in sorted(files.items())}


def _ranges(data, position, end, descriptor):
    while position < end:
        tag, position = _varint(data, position)
        field = descriptor.fields_by_number.get(tag >> 3)
        if tag & 7 == LENGTH_DELIMITED:
            length, position = _varint(data, position)
            if field and field.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _ranges(data, position, position + length, field.message_type)
            elif field and descriptor.name == "TensorProto" and field.name in TENSOR_DATA and length >= PAYLOAD_MINIMUM:
                yield [position, length]
            position += length
        else:
            position = _skip_scalar(data, position, tag & 7)


def _skip_scalar(data, position, wire_type):
    if wire_type == 0:
        return _varint(data, position)[1]
    return position + {1: 8, 5: 4}[wire_type]


def _varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return value, position
