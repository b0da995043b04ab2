"""Writes SavedModels and graphs that are broken or malicious on purpose (needs tensorflow-cpu 2.21)."""

import io
import os
import shutil
import tarfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from common import SCRATCH, place, run_all, start, write_truth

WRITTEN_BY = {"tensorflow": tf.__version__}
ID = {"id": "tf-saved-model"}


class Dense(tf.Module):
    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.ones([4, 2]), name="kernel")

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="x")])
    def __call__(self, x):
        return {"y": x @ self.kernel}


def base():
    folder = SCRATCH / "hostile_base"
    if not folder.exists():
        module = Dense()
        tf.saved_model.save(module, str(folder), signatures=module.__call__)
    return folder


def folder(name, how, record, change):
    """A copy of the base whose graph went through `change`."""
    path = place("hostile", name)
    shutil.copytree(base(), path)
    data = (path / "saved_model.pb").read_bytes()
    (path / "saved_model.pb").write_bytes(change(data))
    write_truth(path, written_by=WRITTEN_BY, how=how, record=record, payload={})


def changed(edit):
    def change(data):
        model = saved_model_pb2.SavedModel.FromString(data)
        edit(model.meta_graphs[0])
        return model.SerializeToString()

    return change


def tf_cut_graph():
    folder("tf_cut_graph", "saved_model.pb ends inside its graph",
           {"verdict": "failed", "format": ID, "error": {"reason": "truncated"}}, lambda data: data[: len(data) // 2])


def tf_empty_graph():
    folder("tf_empty_graph", "saved_model.pb has no byte",
           {"verdict": "failed", "format": ID, "error": {"reason": "malformed"}}, lambda data: b"")


def tf_lfs_graph():
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 4000000\n"
    folder("tf_lfs_graph", "saved_model.pb is a Git LFS pointer",
           {"verdict": "not-a-model", "cause": "git-lfs-pointer", "format": ID}, lambda data: pointer)


def tf_cyclic_objects():
    def edit(meta):
        for index, node in enumerate(meta.object_graph_def.nodes):
            node.children.add(node_id=0, local_name="root")
            node.children.add(node_id=index, local_name="me")
            node.children.add(node_id=10**6, local_name="nobody")
            node.children.add(node_id=-5, local_name="before")

    folder("tf_cyclic_objects", "objects that hold the root, themselves, and numbers of none",
           {"verdict": "model", "format": ID, "facts": {"parameters": {"total": 8}}}, changed(edit))


def tf_asset_outside():
    def edit(meta):
        meta.asset_file_def.add(filename="../../etc/passwd").tensor_info.name = "Const:0"

    folder("tf_asset_outside", "an asset whose name leaves the folder",
           {"verdict": "model", "findings": [{"code": "tensorflow.unsafe-asset"}]}, changed(edit))


def tf_huge_shape():
    def edit(meta):
        for node in meta.object_graph_def.nodes:
            if node.WhichOneof("kind") == "variable":
                for dim in node.variable.shape.dim:
                    dim.size = 2**62

    folder("tf_huge_shape", "a variable of 2^124 elements",
           {"verdict": "model", "findings": [{"code": "tensorflow.uncountable"}]}, changed(edit))


def tf_deep_type():
    def edit(meta):
        info = meta.signature_def["serving_default"].outputs["y"]
        value = info.composite_tensor.type_spec.type_state
        for _ in range(90):
            value = value.tuple_value.values.add()

    folder("tf_deep_type", "a type nested 90 times, 180 messages deep",
           {"verdict": "failed", "format": ID, "error": {"reason": "limit"}}, changed(edit))


def tf_cut_shard():
    path = place("hostile", "tf_cut_shard")
    shutil.copytree(base(), path)
    shard = path / "variables" / "variables.data-00000-of-00001"
    shard.write_bytes(shard.read_bytes()[:7])
    record = {
        "verdict": "model", "loading": {"verdict": "incomplete"}, "findings": [{"code": "tensorflow.variables-cut"}]}
    write_truth(path, written_by=WRITTEN_BY, how="a shard shorter than its index says", record=record, payload={})


def tf_links():
    path = place("hostile", "tf_links.tar.gz")
    with tarfile.open(path, "w:gz") as archive:
        archive.add(base(), arcname="model")
        for name, kind in [("model/link", tarfile.SYMTYPE), ("model/hard", tarfile.LNKTYPE), ("model/fifo", tarfile.FIFOTYPE)]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        for name in ["/tmp/absolute", "model/../../climbs"]:
            archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    write_truth(path, written_by=WRITTEN_BY, how="links, a FIFO, names that leave the folder",
                record={"verdict": "model", "format": ID, "findings": [
                    {"code": "tar.unsafe-name", "where": "/tmp/absolute"},
                    {"code": "tar.unsafe-name", "where": "model/../../climbs"},
                    {"code": "tensorflow.archive"}]}, payload={})


def acts(name, how, verdict, codes, edit, **more):
    """The base with nodes that do something."""
    record = {"format": ID, "loading": {"verdict": verdict}, "findings": [{"code": code} for code in codes], **more}
    folder(name, how, {"verdict": "model", **record}, changed(edit))


def constant(graph, name, value):
    node = graph.node.add(name=name, op="Const")
    node.attr["dtype"].type = tf.string.as_datatype_enum
    node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))
    return node


def tf_dataset_writes():
    with tf.Graph().as_default() as graph:
        tf.raw_ops.WriteFile(filename="nowhere", contents="text")
    inner = graph.as_graph_def().SerializeToString()

    def edit(meta):
        constant(meta.graph_def, "data", [b"first", inner])
        meta.graph_def.node.add(name="set", op="DatasetFromGraph", input=["data"])

    acts("tf_dataset_writes", "a dataset in a constant whose graph writes a file", "dangerous", ["tensorflow.writes-files"], edit)


def tf_constant_path():
    def edit(meta):
        graph = meta.graph_def
        constant(graph, "folder", "/nowhere")
        constant(graph, "file", "part")
        graph.node.add(name="path", op="StringJoin", input=["folder", "file"])
        graph.node.add(name="save_it", op="SaveV2", input=["path", "file", "file", "file"])

    acts("tf_constant_path", "a saver whose path is put together from constants", "dangerous", ["tensorflow.writes-files"], edit)


def tf_print_to_file():
    def edit(meta):
        node = meta.graph_def.node.add(name="print_it", op="PrintV2", input=["text"])
        node.attr["output_stream"].s = b"file:///nowhere/log"
        constant(meta.graph_def, "text", "text")

    acts("tf_print_to_file", "prints into a file", "dangerous", ["tensorflow.writes-files"], edit)


def tf_custom_operator():
    def edit(meta):
        meta.graph_def.node.add(name="own", op="Landcover>Clip")

    acts("tf_custom_operator", "an operator that no TensorFlow has", "needs-code", ["tensorflow.custom-operators"], edit)


def tf_calls():
    def edit(meta):
        for name in ["RpcClient", "DumpTensor"]:
            meta.graph_def.node.add(name=name, op=name)

    acts("tf_calls", "operators that call other machines and write tensors to files", "dangerous",
         ["tensorflow.writes-files", "tensorflow.network"], edit)


def tf_broken_index():
    path = place("hostile", "tf_broken_index")
    shutil.copytree(base(), path)
    data = (path / "saved_model.pb").read_bytes()

    def edit(meta):
        meta.graph_def.node.add(name="write", op="WriteFile")

    (path / "saved_model.pb").write_bytes(changed(edit)(data))
    (path / "variables" / "variables.index").write_bytes(b"")
    record = {"verdict": "failed", "format": ID, "loading": {"verdict": "dangerous"},
              "findings": [{"code": "tensorflow.writes-files"}]}
    write_truth(path, written_by=WRITTEN_BY, how="an index of the variables without a byte, beside a graph that writes a file",
                record=record, payload={})


def tflite_flex_writes():
    @tf.function(input_signature=[tf.TensorSpec([1], tf.float32, name="x")])
    def write(x):
        tf.io.write_file("nowhere", tf.strings.as_string(x[0]))
        return x + 1.0

    converter = tf.lite.TFLiteConverter.from_concrete_functions([write.get_concrete_function()])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS, tf.lite.OpsSet.SELECT_TF_OPS]
    path = place("hostile", "tflite_flex_writes.tflite")
    path.write_bytes(converter.convert())
    write_truth(path, written_by=WRITTEN_BY, how="an operator of TensorFlow that writes a file, for the Flex delegate",
                record={"verdict": "model", "format": {"id": "tflite"}, "loading": {"verdict": "dangerous"},
                        "findings": [{"code": "tflite.flex"}, {"code": "tensorflow.writes-files"}]})


def tflite_flex_renamed():
    """The delegate runs what the options hold, whatever the operator is called."""
    path = place("hostile", "tflite_flex_renamed.tflite")
    data = path.with_name("tflite_flex_writes.tflite").read_bytes()
    path.write_bytes(data.replace(b"FlexWriteFile", b"FlexMatrixExp"))
    write_truth(path, written_by=WRITTEN_BY, how="the same with another name outside of the options",
                record={"verdict": "model", "format": {"id": "tflite"}, "loading": {"verdict": "dangerous"},
                        "findings": [{"code": "tflite.flex"}, {"code": "tensorflow.writes-files"},
                                     {"code": "tensorflow.custom-operators"}]})


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all([
        tf_cut_graph, tf_empty_graph, tf_lfs_graph, tf_cyclic_objects, tf_asset_outside, tf_huge_shape, tf_deep_type,
        tf_cut_shard, tf_links, tf_dataset_writes, tf_constant_path, tf_print_to_file, tf_custom_operator, tf_calls,
        tf_broken_index, tflite_flex_writes, tflite_flex_renamed,
    ], arguments.names)
