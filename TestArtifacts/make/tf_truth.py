"""What TensorFlow itself says of a SavedModel, for the truth files: its own protocol buffers and its own loader."""

import os

import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2, saved_model_pb2
from google.protobuf import text_format

from common import PAYLOAD_MINIMUM, write_truth

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def shape(proto):
    """The shape as TensorFlow reads it, -1 for None; None when the rank is unknown."""
    value = tf.TensorShape(proto)
    return None if value.rank is None else [-1 if size is None else size for size in value.as_list()]


def port(name, info):
    """A key of a signature, of TensorFlow's own types."""
    result = {"name": name}
    if info.WhichOneof("encoding") == "composite_tensor":
        return result
    if shape(info.tensor_shape) is not None:
        result["shape"] = shape(info.tensor_shape)
    result["data_type"] = tf.as_dtype(info.dtype).base_dtype.name
    return result


def ports(infos):
    return [port(name, infos[name]) for name in sorted(infos)]


def read(path):
    """The SavedModel message of a folder."""
    model = saved_model_pb2.SavedModel()
    binary, text = os.path.join(path, "saved_model.pb"), os.path.join(path, "saved_model.pbtxt")
    if os.path.exists(binary):
        model.ParseFromString(open(binary, "rb").read())
    else:
        text_format.Parse(open(text).read(), model)
    return model


def signature(meta, key):
    return {
        "inputs": ports(meta.signature_def[key].inputs),
        "outputs": ports(meta.signature_def[key].outputs),
    }


def _constants(nodes):
    for node in nodes:
        for attribute in node.attr.values():
            tensors = [attribute.tensor] if attribute.WhichOneof("value") == "tensor" else attribute.list.tensor
            for tensor in tensors:
                if len(tensor.tensor_content) >= PAYLOAD_MINIMUM:
                    yield tensor.tensor_content


def constant_ranges(data, graphs):
    """Where the contents of large constants lie in the bytes of a message."""
    found = []
    for graph in graphs:
        nodes = list(graph.node) + [node for function in graph.library.function for node in function.node_def]
        for content in _constants(nodes):
            assert data.count(content) == 1
            found.append([data.index(content), len(content)])
    return sorted(found)


def payload(path):
    """Payload by file: the shards of the variables, and large constants in the graph."""
    ranges = {}
    for folder, _, files in os.walk(path):
        for name in files:
            place = os.path.join(folder, name)
            relative = os.path.relpath(place, path)
            if ".data-" in name and os.path.getsize(place) >= PAYLOAD_MINIMUM:
                ranges[relative] = [[0, os.path.getsize(place)]]
    binary = os.path.join(path, "saved_model.pb")
    if os.path.exists(binary):
        constants = constant_ranges(open(binary, "rb").read(), [meta.graph_def for meta in read(path).meta_graphs])
        if constants:
            ranges["saved_model.pb"] = constants
    return dict(sorted(ranges.items()))


def parameters(variables):
    """Elements and types of the variables that TensorFlow has loaded."""
    types = {}
    total = size = 0
    for variable in variables:
        elements = int(variable.shape.num_elements())
        name = tf.as_dtype(variable.dtype).base_dtype.name
        types[name] = types.get(name, 0) + elements
        total += elements
        size += elements * tf.as_dtype(variable.dtype).base_dtype.size
    return {"total": total, "bytes": size, "data_types": dict(sorted(types.items())), "tensors": len(variables)}


def record(artifact_type, meta, main, others=(), count=None, **facts):
    """The part of a record that TensorFlow's own messages state."""
    result = {
        "verdict": "model",
        "format": {"id": "tf-saved-model"},
        "facts": {
            "framework": "TensorFlow",
            "framework_version": meta.meta_info_def.tensorflow_version,
            "artifact_type": artifact_type,
            "roles": ["mlm:model", "mlm:compiled"],
        },
    }
    if main:
        result["facts"].update(signature(meta, main))
    if others:
        result["facts"]["signatures"] = [dict(name=key, **signature(meta, key)) for key in others]
    if count is not None:
        result["facts"]["parameters"] = count
    result["facts"].update(facts)
    return result


def write(path, how, record, **more):
    write_truth(
        path, written_by={"tensorflow": tf.__version__, **more.pop("written_by", {})}, how=how, record=record,
        payload=more.pop("payload") if "payload" in more else payload(str(path)), **more)
