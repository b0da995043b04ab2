"""Writes GGUF files with gguf's own writer, and reads them again with its reader.

Needs gguf 0.19.0 and NumPy. What that writer no longer makes (versions 1 and 2) is made of a file of version 3.
"""

import struct
from importlib.metadata import version

import gguf
import numpy
from common import PAYLOAD_MINIMUM, place, run_all, start, write_truth
from hostile import failed, save

BY_GGUF = {"gguf": version("gguf"), "numpy": numpy.__version__}
TEMPLATE = "{% for m in messages %}{{ m['content'] }}{% endfor %}"


def fill(writer, quantized=True, tensors=True):
    writer.add_name("Tiny Llama")
    writer.add_license("apache-2.0")
    writer.add_size_label("3K")
    writer.add_context_length(32)
    writer.add_embedding_length(32)
    writer.add_block_count(1)
    writer.add_head_count(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([f"t{index}" for index in range(80)])
    writer.add_token_types([1] * 80)
    writer.add_chat_template(TEMPLATE)
    if tensors:
        add_tensors(writer, quantized)


def add_tensors(writer, quantized):
    generator = numpy.random.default_rng(0)
    for name, shape in (("token_embd.weight", (80, 32)), ("blk.0.attn_q.weight", (32, 32))):
        values = generator.standard_normal(shape).astype(numpy.float32)
        if quantized:
            kind = gguf.GGMLQuantizationType.Q4_0 if "attn" in name else gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values)
    writer.add_tensor("output_norm.weight", numpy.ones(32, numpy.float32))


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def payload(reader):
    return sorted(
        [int(tensor.data_offset), int(tensor.n_bytes)] for tensor in reader.tensors if tensor.n_bytes >= PAYLOAD_MINIMUM)


def truth(path, reader, how, format_version, parameters=None, **facts):
    total = sum(int(numpy.prod(tensor.shape)) for tensor in reader.tensors)
    write_truth(
        path, written_by=BY_GGUF, how=how, payload=payload(reader),
        record={
            "verdict": "model", "format": {"id": "gguf", "version": format_version},
            "facts": {
                "name": "Tiny Llama", "framework": "GGML", "architecture": "llama", "license": "Apache-2.0",
                "roles": ["mlm:model", "mlm:weights"],
                "parameters": {"total": total, "tensors": len(reader.tensors), **(parameters or {})},
                "hyperparameters": {"context_length": 32, "embedding_length": 32, "block_count": 1}, **facts,
            },
            "loading": {"verdict": "data-only"}})


def quantized():
    path = place("gguf", "quantized.gguf")
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    fill(writer)
    finish(writer)
    truth(
        path, gguf.GGUFReader(path), "Q8_0 and Q4_0 by gguf.quants", "3",
        {"scheme": "Q4_0", "data_types": {"Q8_0": 2560, "Q4_0": 1024, "float32": 32}})


def big_endian():
    path = place("gguf", "big_endian.gguf")
    writer = gguf.GGUFWriter(path, "llama", endianess=gguf.GGUFEndian.BIG)
    fill(writer, quantized=False)
    finish(writer)
    truth(path, gguf.GGUFReader(path), "GGUFWriter for big-endian machines", "3", {"data_types": {"float32": 3616}})


def split():
    first = place("gguf", "split-00001-of-00003.gguf")
    for index in (2, 3):
        place("gguf", f"split-0000{index}-of-00003.gguf")
    writer = gguf.GGUFWriter(first.with_name("split.gguf"), "llama", split_max_tensors=1)
    fill(writer)
    finish(writer)
    parts = sorted(first.parent.glob("split-*.gguf"))
    assert len(parts) == 3, parts
    readers = [gguf.GGUFReader(part) for part in parts]
    total = sum(int(numpy.prod(tensor.shape)) for reader in readers for tensor in reader.tensors)
    payloads = {"": payload(readers[0])}
    write_truth(
        first.with_name("split-00001-of-00003.gguf"), written_by=BY_GGUF, how="GGUFWriter with split_max_tensors=1",
        payload=payload(readers[0]),
        record={
            "verdict": "model", "format": {"id": "gguf"},
            "facts": {"architecture": "llama", "parameters": {"total": total, "tensors": 3}},
            "loading": {"verdict": "data-only"}})
    for index, reader in list(enumerate(readers))[1:]:
        write_truth(
            parts[index], written_by=BY_GGUF, how="a further part of the same", payload=payload(reader),
            record={"verdict": "model", "format": {"id": "gguf"}, "loading": {"verdict": "incomplete"}})


def packed(name, kind, file_type):
    """Tensors in blocks of a type that gguf reads but does not quantise: the blocks are zeros."""
    path = place("gguf", name)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_file_type(file_type)
    fill(writer, tensors=False)
    elements, size = gguf.GGML_QUANT_SIZES[kind]
    writer.add_tensor("token_embd.weight", numpy.zeros((8, 256 // elements * size), numpy.uint8), raw_dtype=kind)
    writer.add_tensor("output_norm.weight", numpy.ones(32, numpy.float32))
    finish(writer)
    reader = gguf.GGUFReader(path)
    assert [list(tensor.shape) for tensor in reader.tensors] == [[256, 8], [32]]
    truth(
        path, reader, f"blocks of {kind.name}, all zero", "3",
        {"scheme": kind.name, "bytes": sum(int(tensor.n_bytes) for tensor in reader.tensors),
         "data_types": {kind.name: 2048, "float32": 32}})


def nvfp4():
    packed("nvfp4.gguf", gguf.GGMLQuantizationType.NVFP4, gguf.LlamaFileType.MOSTLY_NVFP4)


def q1_0():
    packed("q1_0.gguf", gguf.GGMLQuantizationType.Q1_0, gguf.LlamaFileType.MOSTLY_Q1_0)


def unknown_type():
    """The file of Q1_0 with the number of a type that nobody has: 66, which only a fork of llama.cpp writes."""
    path = place("gguf", "unknown_type.gguf")
    data = path.with_name("q1_0.gguf").read_bytes()
    entry = text("token_embd.weight") + struct.pack("<IQQ", 2, 256, 8)
    at = data.index(entry) + len(entry)
    assert data[at:at + 4] == struct.pack("<I", 41)
    data = data[:at] + struct.pack("<I", 66) + data[at + 4:]
    key = text("general.file_type") + struct.pack("<I", 4)
    at = data.index(key) + len(key)
    path.write_bytes(data[:at] + struct.pack("<I", 145) + data[at + 4:])
    write_truth(
        path, written_by={}, how="by hand: a tensor of type 66, which ggml does not have",
        record={
            "verdict": "model", "format": {"id": "gguf", "version": "3"},
            "facts": {
                "name": "Tiny Llama", "architecture": "llama", "license": "Apache-2.0",
                "parameters": {"total": 2080, "tensors": 2}, "hyperparameters": {"context_length": 32}},
            "loading": {"verdict": "data-only"}})


def vocabulary():
    path = place("not-a-model", "vocabulary_only.gguf")
    writer = gguf.GGUFWriter(path, "llama")
    fill(writer, tensors=False)
    finish(writer)
    write_truth(
        path, written_by=BY_GGUF, how="a tokenizer without tensors",
        record={
            "verdict": "not-a-model", "cause": "tokenizer", "format": {"id": "gguf"},
            "loading": {"verdict": "data-only", "call": 'llama_cpp.Llama("vocabulary_only.gguf", vocab_only=True)'}})


def text(value, width=8):
    data = value.encode()
    return len(data).to_bytes(width, "little") + data


def older(format_version):
    """A small file of an older version; in version 1 every count and length has 4 bytes."""
    width = 4 if format_version == 1 else 8
    keys = [
        ("general.architecture", 8, text("llama", width)), ("general.name", 8, text("Tiny Llama", width)),
        ("general.license", 8, text("apache-2.0", width)),
        ("llama.context_length", 4, struct.pack("<I", 32)), ("llama.embedding_length", 4, struct.pack("<I", 32)),
        ("llama.block_count", 4, struct.pack("<I", 1)),
    ]
    data = b"GGUF" + struct.pack("<I", format_version) + (1).to_bytes(width, "little") + len(keys).to_bytes(width, "little")
    for key, kind, value in keys:
        data += text(key, width) + struct.pack("<I", kind) + value
    data += text("output_norm.weight", width) + struct.pack("<I", 1) + (32).to_bytes(width, "little")
    data += struct.pack("<IQ", 0, 0)
    return data + bytes(-len(data) % 32) + numpy.ones(32, numpy.float32).tobytes()


def version_2():
    path = place("gguf", "version_2.gguf")
    path.write_bytes(older(2))
    truth(path, gguf.GGUFReader(path), "by hand, read again by GGUFReader", "2")


def version_1():
    path = place("gguf", "version_1.gguf")
    path.write_bytes(older(1))
    write_truth(
        path, written_by={}, how="by hand after the specification; no installed reader takes version 1",
        record={
            "verdict": "model", "format": {"id": "gguf", "version": "1"},
            "facts": {"architecture": "llama", "parameters": {"total": 32}}, "loading": {"verdict": "data-only"}})


def part(name, architecture, how, code, add, call=None):
    """A file that another model is loaded with."""
    path = place("gguf", name)
    writer = gguf.GGUFWriter(path, architecture)
    add(writer)
    finish(writer)
    reader = gguf.GGUFReader(path)
    loading = {"verdict": "data-only"} | ({"call": call} if call else {})
    write_truth(
        path, written_by=BY_GGUF, how=how,
        record={
            "verdict": "model", "format": {"id": "gguf", "version": "3"},
            "facts": {
                "architecture": architecture,
                "parameters": {"total": sum(int(numpy.prod(tensor.shape)) for tensor in reader.tensors)}},
            "findings": [{"severity": "warning", "code": code}], "loading": loading})


def lora():
    def add(writer):
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, 4)
        writer.add_tensor("blk.0.attn_q.weight.lora_a", numpy.ones((2, 32), numpy.float32))
        writer.add_tensor("blk.0.attn_q.weight.lora_b", numpy.ones((32, 2), numpy.float32))

    part("lora.gguf", "llama", "a LoRA adapter, as convert_lora_to_gguf.py writes it", "gguf.adapter", add,
         'llama_cpp.Llama(base, lora_path="lora.gguf")')


def control_vector():
    def add(writer):
        writer.add_string("controlvector.model_hint", "llama")
        writer.add_uint32("controlvector.layer_count", 2)
        for layer in (1, 2):
            writer.add_tensor(f"direction.{layer}", numpy.ones(32, numpy.float32))

    part("control_vector.gguf", "controlvector", "a control vector, as llama.cpp's cvector-generator lays it out",
         "gguf.control-vector", add)


def hostile():
    head = b"GGUF" + struct.pack("<I", 3)
    save("gguf_many_keys.gguf", head + struct.pack("<QQ", 0, 2**60), "2^60 keys", failed("limit"))
    save("gguf_many_tensors.gguf", head + struct.pack("<QQ", 2**60, 0), "2^60 tensors", failed("limit"))
    save("gguf_negative_count.gguf", head + struct.pack("<qq", -1, 0), "a count of 2^64 - 1", failed("malformed"))
    long_key = head + struct.pack("<QQ", 0, 1) + struct.pack("<Q", 2**62) + b"general.architecture"
    save("gguf_long_key.gguf", long_key, "a key of 2^62 bytes", failed("malformed"))
    array = head + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<IIQ", 9, 4, 2**62)
    save("gguf_huge_array.gguf", array, "an array of 2^62 numbers", failed("truncated"))
    nested = head + struct.pack("<QQ", 0, 1) + text("a") + struct.pack("<I", 9)
    nested += struct.pack("<IQ", 9, 1) * 100_000
    save("gguf_nested_arrays.gguf", nested[:4_000], "arrays in arrays", failed("malformed"))
    huge = head + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<I", 4) + struct.pack("<Q", 2**40) * 4
    save("gguf_huge_tensor.gguf", huge + struct.pack("<IQ", 0, 0), "a tensor of 2^160 elements", failed("malformed"))
    short = head + struct.pack("<QQ", 1, 0) + text("t") + struct.pack("<IQIQ", 1, 4096, 0, 0)
    save("gguf_cut_off.gguf", short, "a tensor beyond the end of the file", failed("truncated"))
    save("gguf_version_99.gguf", b"GGUF" + struct.pack("<IQQ", 99, 0, 0), "version 99", failed("unsupported"))


FUNCTIONS = [quantized, big_endian, split, nvfp4, q1_0, unknown_type, vocabulary, version_2, version_1, lora, control_vector,
             hostile]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
