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


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all([
        tf_cut_graph, tf_empty_graph, tf_lfs_graph, tf_cyclic_objects, tf_asset_outside, tf_huge_shape, tf_deep_type,
        tf_cut_shard, tf_links,
    ], arguments.names)
