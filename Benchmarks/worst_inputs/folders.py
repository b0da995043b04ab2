"""Folders of many files."""

import json
import struct

from . import again, folder, names
from .pickles import INNER, saved, state_dict, text

FILES = 60_000


def count(size):
    """A file costs a directory entry and an inode; as many as have room, a quarter of a kibibyte each."""
    return min(FILES, size // 250)


def safetensors(name="w"):
    header = json.dumps({name: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(4)


CONFIG = {"architectures": ["BertModel"], "model_type": "bert", "transformers_version": "4.40.0"}


def hugging_face(what):
    def add(make):
        @folder("huggingface", what)
        def whole(path, size):
            (path / "config.json").write_text(json.dumps(CONFIG))
            (path / "model.safetensors").write_bytes(safetensors())
            make(path, size)

        return make

    return add


@hugging_face("files beside the model")
def beside(path, size):
    for index in range(count(size)):
        (path / f"a{index}.txt").touch()


@hugging_face("folders beside the model")
def folders(path, size):
    for index in range(count(size) // 4):
        (path / f"a{index}").mkdir()


@hugging_face("pickles beside the model")
def pickles(path, size):
    for index in range(min(4_000, size // 2_000)):
        (path / f"a{index}.bin").write_bytes(b"\x80\x02](" + b"N" * 2_000 + b"e.")


@hugging_face("large pickles beside the model")
def large_pickles(path, size):
    for index in range(40):
        (path / f"a{index}.pkl").write_bytes(b"\x80\x02](" + b"N" * (size // 40) + b"e.")


@hugging_face("pickles that call, beside the model")
def calls(path, size):
    for index in range(min(4_000, size // 2_000)):
        (path / f"a{index}.pt").write_bytes(saved(INNER))


@hugging_face("one pickle linked again and again")
def linked(path, size):
    (path / "a.pkl").write_bytes(b"\x80\x02](" + b"N" * (size // 4) + b"e.")
    for index in range(2_000):
        (path / f"a{index}.pkl").hardlink_to(path / "a.pkl")


@hugging_face("files of code")
def code(path, size):
    CODE = dict(CONFIG, auto_map={"AutoModel": "modeling.Model"})
    (path / "config.json").write_text(json.dumps(CODE))
    (path / "modeling.py").write_bytes(again(size // 4, b"import os\n"))
    for index in range(count(size) // 2):
        (path / f"m{index}.py").write_text("import os\n")


@folder("huggingface", "labels of the configuration")
def labels(path, size):
    labels = {str(index): f"l{index}" for index in range(size // 40)}
    (path / "config.json").write_text(json.dumps(dict(CONFIG, id2label=labels, label2id={name: int(key) for key, name in labels.items()})))
    (path / "model.safetensors").write_bytes(safetensors())


@folder("huggingface", "keys of the configuration")
def keys(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG | {f"k{index}": index for index in range(size // 20)}))
    (path / "model.safetensors").write_bytes(safetensors())


@folder("huggingface", "configurations within each other")
def nested(path, size):
    inner = {}
    for _ in range(200):
        inner = {"text_config": inner, "architectures": ["BertModel"], "auto_map": {"AutoModel": "a.B"}}
    (path / "config.json").write_text(json.dumps(CONFIG | inner))
    (path / "model.safetensors").write_bytes(safetensors())


@folder("huggingface", "maps of code")
def maps(path, size):
    (path / "config.json").write_text(json.dumps(dict(CONFIG, auto_map={f"Auto{index}": f"m{index}.C" for index in range(size // 40)})))
    (path / "model.safetensors").write_bytes(safetensors())


@hugging_face("a card of a model")
def card(path, size):
    (path / "README.md").write_bytes(b"---\ntags:\n" + again(min(size, 250_000), b"- a\n") + b"---\n" + again(size, b"text\n"))


@folder("huggingface", "shards")
def shards(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    most = min(4_096, size // 1_000)
    weights = {f"w{index}": f"model-{index}.safetensors" for index in range(most)}
    (path / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    for index in range(most):
        (path / f"model-{index}.safetensors").write_bytes(safetensors(f"w{index}"))


@folder("huggingface", "shards that are pickles")
def pickled_shards(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    most = min(4_096, size // 2_000)
    weights = {f"w{index}": f"model-{index}.bin" for index in range(most)}
    (path / "pytorch_model.bin.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    for index in range(most):
        (path / f"model-{index}.bin").write_bytes(saved(state_dict(1_000)))


@folder("huggingface", "shards that are large pickles")
def large_shards(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    weights = {f"w{index}": f"model-{index}.bin" for index in range(100)}
    (path / "pytorch_model.bin.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    one = saved(state_dict(size // 100))
    for index in range(100):
        (path / f"model-{index}.bin").write_bytes(one)


@folder("huggingface", "shards that are one large pickle")
def one_shard(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    weights = {f"w{index}": f"model-{index}.bin" for index in range(500)}
    (path / "pytorch_model.bin.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    (path / "model-0.bin").write_bytes(saved(state_dict(size // 2)))
    for index in range(1, 500):
        (path / f"model-{index}.bin").hardlink_to(path / "model-0.bin")


@folder("huggingface", "shards that are one large header")
def one_header(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    weights = {f"w{index}": f"model-{index}.safetensors" for index in range(500)}
    (path / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    item = b'"w%b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'
    header = b"{" + names(size // 2, lambda index: item % index)[:-1] + b"}"
    (path / "model-0.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)
    for index in range(1, 500):
        (path / f"model-{index}.safetensors").hardlink_to(path / "model-0.safetensors")


@folder("huggingface", "shards of other endings that are one large header")
def other_endings(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    weights = {f"w{index}": f"model-{index}.st" for index in range(500)}
    (path / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    item = b'"w%b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'
    header = b"{" + names(size // 2, lambda index: item % index)[:-1] + b"}"
    (path / "model-0.st").write_bytes(struct.pack("<Q", len(header)) + header)
    for index in range(1, 500):
        (path / f"model-{index}.st").hardlink_to(path / "model-0.st")


@folder("safetensors", "shards of large headers")
def large_headers(path, size):
    count = 20
    item = b'"w%b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'
    weights = {f"w{index}": f"model-{index}.safetensors" for index in range(count)}
    (path / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    header = b"{" + names(size // count, lambda index: item % index)[:-1] + b"}"
    for index in range(count):
        (path / f"model-{index}.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)


@folder("huggingface", "an index of one file of weights")
def index(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    weights = {f"w{index}": "model-1.safetensors" for index in range(size // 30)}
    (path / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weights}))
    (path / "model-1.safetensors").write_bytes(safetensors())


@folder("huggingface", "tensors of the weights")
def tensors(path, size):
    (path / "config.json").write_text(json.dumps(CONFIG))
    item = b'"encoder.layer.%b.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'
    header = b"{" + names(size, lambda index: item % index)[:-1] + b"}"
    (path / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)


@folder("peft", "tensors of an adapter")
def adapter(path, size):
    (path / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA", "base_model_name_or_path": "a/b", "r": 8}))
    item = b'"base_model.model.layers.%b.lora_A.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},'
    header = b"{" + names(size, lambda index: item % index)[:-1] + b"}"
    (path / "adapter_model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header)


@folder("peft", "modules of an adapter")
def modules(path, size):
    (path / "adapter_config.json").write_text(
        json.dumps({"peft_type": "LORA", "base_model_name_or_path": "a/b", "target_modules": [f"m{index}" for index in range(size // 12)]}))
    (path / "adapter_model.safetensors").write_bytes(safetensors())


@folder("diffusers", "components")
def components(path, size):
    most = count(size) // 4
    (path / "model_index.json").write_text(json.dumps(
        {"_class_name": "DDPMPipeline", "_diffusers_version": "0.30.0"} | {f"c{index}": ["diffusers", "UNet2DModel"] for index in range(most)}))
    for index in range(most):
        (path / f"c{index}").mkdir()
        (path / f"c{index}/config.json").write_text('{"_class_name": "UNet2DModel"}')


@folder("diffusers", "components that are not there")
def absent(path, size):
    (path / "model_index.json").write_text(json.dumps(
        {"_class_name": "DDPMPipeline", "_diffusers_version": "0.30.0"} | {f"c{index}": ["diffusers", "UNet2DModel"] for index in range(size // 50)}))


@folder("sentence-transformers", "modules")
def sentences(path, size):
    (path / "modules.json").write_text(json.dumps(
        [{"idx": index, "name": str(index), "path": f"{index}_Dense", "type": "sentence_transformers.models.Dense"} for index in range(size // 100)]))
    (path / "config_sentence_transformers.json").write_text('{"__version__": {"sentence_transformers": "3.0.0"}}')
    (path / "config.json").write_text(json.dumps(CONFIG))
    (path / "model.safetensors").write_bytes(safetensors())


@folder("torch-dcp", "tensors")
def distributed(path, size):
    head = b"\x80\x02ctorch.distributed.checkpoint.metadata\nMetadata\n)\x81}(" + text("state_dict_metadata") + b"}("
    item = b"ctorch.distributed.checkpoint.metadata\nBytesStorageMetadata\n)\x81"
    (path / ".metadata").write_bytes(head + names(size, lambda index: text(f"a{index}") + item) + b"uub.")
    (path / "__0_0.distcp").touch()


@folder("torch-dcp", "items over each other")
def over_each_other(path, size):
    HOME = b"ctorch.distributed.checkpoint.metadata\n"

    def item(index):
        key = HOME + b"MetadataIndex\n)\x81}(" + text("fqn") + text(f"a{index}") + b"ub"
        place = text("relative_path") + text("__0_0.distcp") + text("offset") + b"J" + struct.pack("<i", index)
        return key + HOME + b"_StorageInfo\n)\x81}(" + place + text("length") + b"J" + struct.pack("<i", size - 2_000) + b"ub"

    head = b"\x80\x02" + HOME + b"Metadata\n)\x81}(" + text("state_dict_metadata") + b"}" + text("storage_data") + b"}("
    (path / ".metadata").write_bytes(head + b"".join(map(item, range(1_000))) + b"uub.")
    (path / "__0_0.distcp").write_bytes(b"(" + b"N" * size)


@folder("torch-dcp", "files")
def many_files(path, size):
    (path / ".metadata").write_bytes(
        b"\x80\x02ctorch.distributed.checkpoint.metadata\nMetadata\n)\x81}(" + text("state_dict_metadata") + b"}ub.")
    for index in range(count(size)):
        (path / f"__{index}_0.distcp").touch()


@folder("no model", "files")
def files(path, size):
    for index in range(count(size)):
        (path / f"a{index}").touch()


@folder("no model", "folders within each other")
def deep(path, size):
    for index in range(count(size) // 8):
        inner = path / f"a{index}"
        for _ in range(7):
            inner = inner / "b"
        inner.mkdir(parents=True)
