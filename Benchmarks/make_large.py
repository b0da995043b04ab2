#!/usr/bin/env python3
"""Makes the large files of the benchmark: make_large.py FOLDER.

Tensors are holes, so that 100 GB take a few megabytes of disk. What describes them is written in full, as torch.save,
onnx.save_model and safetensors write it, without any of them.
"""

import contextlib
import functools
import io
import json
import math
import os
import pickle
import struct
import subprocess
import sys
import types
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Large:
    """A file, and what the promises about it are counted from."""

    path: Path
    tensors: int
    structure: int
    """Bytes that describe the tensors: zip directory and pickle, graph, header."""
    is_read_through: bool = False
    """Text and compressed streams do not say how long they are."""


def make(folder):
    """Writes all files into `folder`, one after the other."""
    yield state_dict(folder / "state_dict_2GB.pt", transformer(layers=40, width=1024))
    yield state_dict(folder / "state_dict_60000.pt", transformer(layers=5_000, width=8))
    yield onnx(folder / "inline_19.onnx", matrices=19, width=5_000)
    yield onnx(folder / "inline_900.onnx", matrices=900, width=726)
    yield safetensors(folder / "sparse_100GB.safetensors", language_model(layers=56))
    yield safetensors(folder / "tensors_100000.safetensors", experts(layers=100, count=250))
    yield xgboost_json(folder / "trees_300MB.json", trees=1_700)
    yield xgboost_ubjson(folder / "trees_300MB.ubj", trees=4_300)
    yield lightgbm_text(folder / "trees_200MB.txt", trees=1_950)
    yield pmml(folder / "forest_200MB.pmml", trees=1_330)
    yield from forests(folder)
    yield from keras(folder)
    yield from saved_model(folder)


# ---------------------------------------------------------------- scikit-learn

FOREST = """
import sys
import joblib, numpy
from sklearn.ensemble import RandomForestClassifier
random = numpy.random.RandomState(0)
forest = RandomForestClassifier(60, random_state=0).fit(random.rand(60_000, 12), random.randint(0, 5, 60_000))
joblib.dump(forest, sys.argv[1])
joblib.dump(forest, sys.argv[2], compress=("zlib", 3))
"""


def forests(folder):
    """A forest of 60 trees as scikit-learn fits it, 250 MB, and the same compressed; nothing without scikit-learn."""
    plain, packed = folder / "forest_60.joblib", folder / "forest_60_zlib.joblib"
    python = os.environ.get("PEERS_PYTHON", "python3")
    done = subprocess.run([python, "-c", FOREST, plain, packed], capture_output=True, check=False)
    if done.returncode == 0:
        yield Large(plain, tensors=182, structure=100_000)
        yield Large(packed, tensors=182, structure=100_000, is_read_through=True)


# ---------------------------------------------------------------- Keras

WEIGHTS = """
import sys
import h5py, numpy
from h5py import h5d, h5p, h5s, h5t
holes = h5p.create(h5p.DATASET_CREATE)
holes.set_alloc_time(h5d.ALLOC_TIME_EARLY)
holes.set_fill_time(h5d.FILL_TIME_NEVER)
with h5py.File(sys.argv[1], "w") as file:
    layers = ["dense_%d" % index for index in range(int(sys.argv[2]))]
    file.attrs.update(layer_names=numpy.array(layers, "S"), backend=b"tensorflow", keras_version=b"2.15.0")
    for layer in layers:
        group = file.create_group(layer)
        group.attrs["weight_names"] = numpy.array([layer + "/kernel:0", layer + "/bias:0"], "S")
        inner = group.create_group(layer)
        width = int(sys.argv[3])
        h5d.create(inner.id, b"kernel:0", h5t.IEEE_F32LE, h5s.create_simple((width, width)), holes)
        h5d.create(inner.id, b"bias:0", h5t.IEEE_F32LE, h5s.create_simple((width,)), holes)
"""


def keras(folder):
    """Weights in HDF5 as Keras 2 lays them out, 2 GB in 120 and in 10,000 tensors; nothing without h5py."""
    python = os.environ.get("PEERS_PYTHON", "python3")
    for name, layers, width in ("weights_120.h5", 60, 2_890), ("weights_10000.h5", 5_000, 316):
        path = folder / name
        done = subprocess.run([python, "-c", WEIGHTS, path, str(layers), str(width)], capture_output=True, check=False)
        if done.returncode == 0:
            payload = 4 * layers * (width * width + width)
            yield Large(path, tensors=2 * layers, structure=path.stat().st_size - payload)


# ---------------------------------------------------------------- TensorFlow

NETWORK = """
import sys
import tensorflow as tf

class Network(tf.Module):
    def __init__(self):
        self.layers = [tf.Variable(tf.zeros((2_890, 2_890)), name="dense_%d" % index) for index in range(60)]

    @tf.function(input_signature=[tf.TensorSpec([None, 2_890], tf.float32, name="x")])
    def __call__(self, x):
        for layer in self.layers:
            x = tf.nn.relu(x @ layer)
        return {"y": x}

network = Network()
tf.saved_model.save(network, sys.argv[1], signatures=network.__call__)
"""


def saved_model(folder):
    """A SavedModel with 2 GB of variables, as TensorFlow writes it; nothing without TensorFlow."""
    path = folder / "saved_model_2GB"
    python = os.environ.get("PEERS_PYTHON", "python3")
    done = subprocess.run([python, "-c", NETWORK, path], capture_output=True, check=False)
    if done.returncode == 0:
        for shard in path.glob("variables/*.data-*"):
            subprocess.run(["fallocate", "--dig-holes", shard], capture_output=True, check=False)
        yield Large(path, tensors=60, structure=100_000)


# ---------------------------------------------------------------- names and shapes


def transformer(layers, width):
    """12 tensors a layer."""
    for layer in range(layers):
        for name, rows, columns in (
            ("norm1", width, 0),
            ("attention.qkv", 3 * width, width),
            ("attention.proj", width, width),
            ("norm2", width, 0),
            ("mlp.fc1", 4 * width, width),
            ("mlp.fc2", width, 4 * width),
        ):
            yield f"blocks.{layer}.{name}.weight", (rows, columns) if columns else (rows,)
            yield f"blocks.{layer}.{name}.bias", (rows,)


def language_model(layers, width=8_192, hidden=28_672, heads=1_024, words=128_256):
    """9 tensors a layer, and three around them."""
    yield "model.embed_tokens.weight", (words, width)
    for layer in range(layers):
        for name, shape in (
            ("self_attn.q_proj", (width, width)),
            ("self_attn.k_proj", (heads, width)),
            ("self_attn.v_proj", (heads, width)),
            ("self_attn.o_proj", (width, width)),
            ("mlp.gate_proj", (hidden, width)),
            ("mlp.up_proj", (hidden, width)),
            ("mlp.down_proj", (width, hidden)),
            ("input_layernorm", (width,)),
            ("post_attention_layernorm", (width,)),
        ):
            yield f"model.layers.{layer}.{name}.weight", shape
    yield "model.norm.weight", (width,)
    yield "lm_head.weight", (words, width)


def experts(layers, count, width=128):
    """Four tensors an expert."""
    for layer in range(layers):
        for expert in range(count):
            for name in ("gate_proj", "up_proj", "down_proj", "out_proj"):
                yield f"model.layers.{layer}.mlp.experts.{expert}.{name}.weight", (width, width)


# ---------------------------------------------------------------- torch.save


class FloatStorage:
    """Stands for torch.FloatStorage in a pickle."""


def _rebuild_tensor_v2():
    """Stands for torch._utils._rebuild_tensor_v2 in a pickle."""


@dataclass
class Storage:
    key: str
    elements: int


@dataclass
class Tensor:
    storage: Storage
    shape: tuple

    def __reduce__(self):
        stride = tuple(math.prod(self.shape[axis + 1 :]) for axis in range(len(self.shape)))
        return _rebuild_tensor_v2, (self.storage, 0, self.shape, stride, False, OrderedDict())


class StatePickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage):
            return ("storage", FloatStorage, value.key, "cpu", value.elements)
        return None


@contextlib.contextmanager
def torch_names():
    """Lets Python's own pickle find our two names where torch has them, so that it writes the names of torch."""
    names = {"torch": FloatStorage, "torch._utils": _rebuild_tensor_v2}
    before = {module: sys.modules.get(module) for module in names}
    for module, value in names.items():
        value.__module__ = module
        sys.modules[module] = types.ModuleType(module)
        setattr(sys.modules[module], value.__name__, value)
    try:
        yield
    finally:
        for module, known in before.items():
            if known is None:
                del sys.modules[module]
            else:
                sys.modules[module] = known


def state_dict(path, tensors):
    """A state_dict, byte for byte as torch 2.13 saves it, but for the serialization id."""
    state = OrderedDict()
    for key, (name, shape) in enumerate(tensors):
        state[name] = Tensor(Storage(str(key), math.prod(shape)), shape)
    state._metadata = OrderedDict()
    data = io.BytesIO()
    with torch_names():
        StatePickler(data, protocol=2).dump(state)

    with path.open("wb") as file:
        archive = TorchZip(file, path.stem)
        archive.add("data.pkl", data.getvalue())
        archive.add(".format_version", b"1")
        archive.add(".storage_alignment", b"64")
        archive.add("byteorder", b"little")
        for tensor in state.values():
            archive.add_zeros("data/" + tensor.storage.key, 4 * tensor.storage.elements)
        archive.add("version", b"3\n")
        archive.add(".data/serialization_id", b"0" * 40)
        directory = archive.end()
    return Large(path, len(state), len(data.getvalue()) + directory)


class TorchZip:
    """A zip of stored members, laid out as caffe2/serialize/inline_container.cc does; the whole below 4 GiB."""

    FLAGS = 0x0808  # a data descriptor follows, and names are UTF-8

    def __init__(self, file, stem):
        self.file = file
        self.stem = stem
        self.directory = []

    def add(self, name, content):
        self._begin(name, len(content), zlib.crc32(content))
        self.file.write(content)
        self._describe(len(content), zlib.crc32(content))

    def add_zeros(self, name, count):
        crc = crc_of_zeros(count)
        self._begin(name, count, crc)
        self.file.seek(count, io.SEEK_CUR)
        self._describe(count, crc)

    def _begin(self, name, count, crc):
        name = f"{self.stem}/{name}".encode()
        offset = self.file.tell()
        padding = -(offset + 30 + len(name) + 4) % 64
        self.file.write(struct.pack("<4s5H3I2H", b"PK\3\4", 0, self.FLAGS, 0, 0, 0, 0, 0, 0, len(name), padding + 4))
        self.file.write(name + struct.pack("<2sH", b"FB", padding) + b"Z" * padding)
        fields = (b"PK\1\2", 0, 0, self.FLAGS, 0, 0, 0, crc, count, count, len(name), 0, 0, 0, 0, 0, offset)
        self.directory.append(struct.pack("<4s6H3I5H2I", *fields) + name)

    def _describe(self, count, crc):
        self.file.write(struct.pack("<4s3I", b"PK\7\10", crc, count, count))

    def end(self):
        """Writes the directory and returns its size."""
        offset = self.file.tell()
        directory = b"".join(self.directory)
        members = len(self.directory)
        self.file.write(directory)
        record = self.file.tell()
        size = len(directory)
        self.file.write(struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 0x031E, 45, 0, 0, members, members, size, offset))
        self.file.write(struct.pack("<4sIQI", b"PK\6\7", 0, record, 1))
        self.file.write(struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, members, members, size, offset, 0))
        return len(directory)


@functools.lru_cache(maxsize=None)
def crc_of_zeros(count):
    zeros = bytes(1 << 20)
    crc = 0
    for _ in range(count // len(zeros)):
        crc = zlib.crc32(zeros, crc)
    return zlib.crc32(zeros[: count % len(zeros)], crc)


# ---------------------------------------------------------------- ONNX


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def counted(field, content):
    return varint(field << 3 | 2) + varint(len(content)) + content


def text(field, value):
    return counted(field, value.encode())


def onnx(path, matrices, width):
    """A chain of MatMul, each with its own square matrix inline; fields in the order in which protobuf writes them."""
    payload = 4 * width * width

    def value_info(name):
        rows = counted(1, text(2, "batch"))
        columns = counted(1, number(1, width))
        tensor_type = number(1, 1) + counted(2, rows + columns)
        return text(1, name) + counted(2, counted(1, tensor_type))

    def node(index):
        source = "input" if index == 0 else f"hidden_{index}"
        target = "output" if index == matrices - 1 else f"hidden_{index + 1}"
        return text(1, source) + text(1, f"weight_{index}") + text(2, target) + text(3, f"matmul_{index}") + text(4, "MatMul")

    before = b"".join(counted(1, node(index)) for index in range(matrices)) + text(2, "chain")
    after = counted(11, value_info("input")) + counted(12, value_info("output"))
    heads = []
    for index in range(matrices):
        described = number(1, width) * 2 + number(2, 1) + text(8, f"weight_{index}")
        described += varint(9 << 3 | 2) + varint(payload)
        heads.append(varint(5 << 3 | 2) + varint(len(described) + payload) + described)
    graph = len(before) + sum(map(len, heads)) + matrices * payload + len(after)
    begin = number(1, 10) + text(2, "make_large") + varint(7 << 3 | 2) + varint(graph)
    opset = counted(8, text(1, "") + number(2, 21))

    with path.open("wb") as file:
        file.write(begin + before)
        for head in heads:
            file.write(head)
            file.seek(payload, io.SEEK_CUR)
        file.write(after + opset)
        size = file.tell()
    return Large(path, matrices, size - matrices * payload)


# ---------------------------------------------------------------- safetensors


def safetensors(path, tensors):
    """A header of bfloat16 tensors, and a hole as large as they are."""
    header = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, shape in tensors:
        begin, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]}
    described = json.dumps(header, separators=(",", ":")).encode()
    described += b" " * (-len(described) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(described)) + described)
        file.truncate(8 + len(described) + end)
    return Large(path, len(header) - 1, 8 + len(described))


# ---------------------------------------------------------------- boosted trees


def full_tree(depth):
    """The arrays of one XGBoost tree that splits 13 features down to `depth`, by name."""
    inner, nodes = 2**depth - 1, 2 ** (depth + 1) - 1
    values = [((index * 2_654_435_761) % 2**32) / 2**32 for index in range(nodes)]
    return {
        "base_weights": [value - 0.5 for value in values],
        "categories": [],
        "categories_nodes": [],
        "categories_segments": [],
        "categories_sizes": [],
        "default_left": [0] * nodes,
        "id": 0,
        "left_children": [2 * index + 1 if index < inner else -1 for index in range(nodes)],
        "loss_changes": [10 * value if index < inner else 0.0 for index, value in enumerate(values)],
        "parents": [2**31 - 1, *((index - 1) // 2 for index in range(1, nodes))],
        "right_children": [2 * index + 2 if index < inner else -1 for index in range(nodes)],
        "split_conditions": values,
        "split_indices": [index % 13 if index < inner else 0 for index in range(nodes)],
        "split_type": [0] * nodes,
        "sum_hessian": [1000 * value for value in values],
        "tree_param": {"num_deleted": "0", "num_feature": "13", "num_nodes": str(nodes), "size_leaf_vector": "1"},
    }


def booster(trees):
    """A document as xgboost 3.2 saves it, but with one tree where `trees` of them belong."""
    count = {"num_parallel_tree": "1", "num_trees": str(trees)}
    inner = {"gbtree_model_param": count, "iteration_indptr": list(range(trees + 1)), "tree_info": [0] * trees}
    inner["trees"] = [full_tree(10)]
    parameters = {"base_score": "[5E-1]", "boost_from_average": "1", "num_class": "0", "num_feature": "13"}
    learner = {
        "attributes": {},
        "feature_names": [f"B{band:02}" for band in range(1, 14)],
        "feature_types": ["float"] * 13,
        "gradient_booster": {"model": inner, "name": "gbtree"},
        "learner_model_param": {**parameters, "num_target": "1"},
        "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}},
    }
    return {"learner": learner, "version": [3, 2, 0]}


def repeated(path, document, tree, mark, trees):
    """Writes the document with its tree as often as there are to be, each with its own number in place of `mark`."""
    before, after = document.split(tree)
    with path.open("wb") as file:
        file.write(before)
        for index in range(trees):
            file.write(mark(index, tree))
        file.write(after)


def xgboost_json(path, trees):
    document = json.dumps(booster(trees), separators=(",", ":")).encode()
    tree = json.dumps(full_tree(10), separators=(",", ":")).encode()

    def numbered(index, tree):
        return (b"," if index else b"") + tree.replace(b'"id":0', b'"id":%d' % index)

    repeated(path, document, tree, numbered, trees)
    return Large(path, 0, 1 << 20, is_read_through=True)


def ubjson(value, key=""):
    """As XGBoost writes UBJSON: lengths of 64 bits, lists of one type as typed arrays, but for those it builds one by one."""
    if isinstance(value, dict):
        members = (struct.pack(">cq", b"L", len(name)) + name.encode() + ubjson(value[name], name) for name in value)
        return b"{" + b"".join(members) + b"}"
    if isinstance(value, str):
        return b"S" + struct.pack(">cq", b"L", len(value)) + value.encode()
    if isinstance(value, int):
        return struct.pack(">ci", b"l", value)
    if key in ("version", "tree_info", "iteration_indptr") or any(isinstance(item, (dict, str)) for item in value):
        return b"[#" + struct.pack(">cq", b"L", len(value)) + b"".join(map(ubjson, value))
    kind = "d" if any(isinstance(item, float) for item in value) else "l"
    kind = "U" if key in ("default_left", "split_type") else kind
    kind = "L" if key in ("categories_segments", "categories_sizes") else kind
    form = {"d": "f", "l": "i", "L": "q", "U": "B"}[kind]
    return b"[$" + kind.encode() + b"#" + struct.pack(f">cq{len(value)}{form}", b"L", len(value), *value)


def xgboost_ubjson(path, trees):
    document = ubjson(booster(trees))
    tree = ubjson(full_tree(10))
    one = b"[#" + struct.pack(">cq", b"L", 1) + tree
    document = document.replace(one, b"[#" + struct.pack(">cq", b"L", trees) + tree)
    number = ubjson({"id": 0})[1:-1]

    def numbered(index, tree):
        return tree.replace(number, ubjson({"id": index})[1:-1])

    repeated(path, document, tree, numbered, trees)
    return Large(path, 13 * trees, 1_000 * trees)


def lightgbm_text(path, trees, leaves=1_024):
    """A model text as LightGBM 4 saves it; no sizes of trees, so that all of it has to be read."""
    inner = leaves - 1
    values = [((index * 2_654_435_761) % 2**32) / 2**32 for index in range(leaves)]

    def line(name, items):
        return f"{name}={' '.join(map(str, items))}\n"

    tree = f"num_leaves={leaves}\nnum_cat=0\n" + "".join(
        [
            line("split_feature", (index % 13 for index in range(inner))),
            line("split_gain", values[:inner]),
            line("threshold", values[:inner]),
            line("decision_type", [2] * inner),
            line("left_child", (index + 1 if index + 1 < inner else -1 for index in range(inner))),
            line("right_child", (-index - 2 for index in range(inner))),
            line("leaf_value", values),
            line("leaf_weight", [1] * leaves),
            line("leaf_count", [20] * leaves),
            line("internal_value", values[:inner]),
            line("internal_weight", [1] * inner),
            line("internal_count", [40] * inner),
            "is_linear=0\nshrinkage=0.1\n\n\n",
        ]
    )
    names = [f"B{band:02}" for band in range(1, 14)]
    with path.open("w") as file:
        file.write("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=12\n")
        file.write("objective=binary sigmoid:1\n")
        file.write(line("feature_names", names) + line("feature_infos", ["[0:1]"] * 13) + "\n")
        for index in range(trees):
            file.write(f"Tree={index}\n{tree}")
        file.write("end of trees\n\nfeature_importances:\nB01=1\n\nparameters:\n[boosting: gbdt]\nend of parameters\n")
        file.write("\npandas_categorical:null\n")
    return Large(path, 0, 1 << 20, is_read_through=True)


# ---------------------------------------------------------------- PMML


def pmml(path, trees, depth=9):
    """A forest as SkLearn2PMML writes it, every one of its trees the same full one."""
    bands = [f"B{band:02}" for band in range(1, 14)]
    schema = "".join(f'\t\t\t<MiningField name="{band}"/>\n' for band in bands)

    def node(level, number):
        tabs = "\t" * (5 + level)
        test = "<True/>" if number == 1 else f'<SimplePredicate field="{bands[number % 13]}" operator="lessOrEqual" value="0.{number}"/>'
        if level == depth:
            return f'{tabs}<Node id="{number}" score="crop" recordCount="{number}">\n{tabs}\t{test}\n{tabs}</Node>\n'
        inner = node(level + 1, 2 * number) + node(level + 1, 2 * number + 1)
        return f'{tabs}<Node id="{number}">\n{tabs}\t{test}\n{inner}{tabs}</Node>\n'

    tree = f'\t\t\t\t<TreeModel functionName="classification">\n\t\t\t\t<MiningSchema>\n{schema}\t\t\t\t</MiningSchema>\n'
    tree += node(0, 1) + "\t\t\t\t</TreeModel>\n\t\t\t</Segment>\n"
    with path.open("w") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">\n\t<Header>\n')
        file.write('\t\t<Application name="SkLearn2PMML package" version="0.133.1"/>\n\t</Header>\n\t<DataDictionary>\n')
        file.write('\t\t<DataField name="cover" optype="categorical" dataType="string"><Value value="crop"/></DataField>\n')
        file.writelines(f'\t\t<DataField name="{band}" optype="continuous" dataType="double"/>\n' for band in bands)
        file.write('\t</DataDictionary>\n\t<MiningModel functionName="classification">\n\t\t<MiningSchema>\n')
        file.write(f'\t\t\t<MiningField name="cover" usageType="target"/>\n{schema}\t\t</MiningSchema>\n')
        file.write('\t\t<Segmentation multipleModelMethod="majorityVote">\n')
        for index in range(1, trees + 1):
            file.write(f'\t\t\t<Segment id="{index}">\n\t\t\t\t<True/>\n{tree}')
        file.write("\t\t</Segmentation>\n\t</MiningModel>\n</PMML>\n")
    return Large(path, 0, 1 << 20, is_read_through=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make_large.py FOLDER")
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for large in make(target):
        print(f"{large.path.name}  {large.path.stat().st_size:,} bytes, {large.tensors:,} tensors, structure {large.structure:,}")
