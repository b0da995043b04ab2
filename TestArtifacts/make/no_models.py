"""Writes what lies beside models and is none: images, tables, tokenizers, licences, archives of code, programs.

Needs requirements-no-models.txt, a C compiler, and TestArtifacts/gguf.
"""

import io
import json
import subprocess
import zipfile
from importlib.metadata import version

import netCDF4
import numpy
import pyarrow
import pyarrow.parquet
import rasterio
import sentencepiece
import tokenizers
import common
from common import SCRATCH, place, run_all, start, write_truth
from PIL import Image
from rasterio.transform import from_origin

FOLDER = "not-a-model"


def truth(path, cause, how, by=()):
    write_truth(
        path, written_by={name: version(name) for name in by}, how=how,
        record={"verdict": "not-a-model", "cause": cause, "format": {"id": "not-a-model"}})


def rasters():
    for name, options in (("scene_geotiff.tif", {}), ("scene_bigtiff.tif", {"BIGTIFF": "YES"})):
        path = place(FOLDER, name)
        with rasterio.open(
            path, "w", driver="GTiff", height=4, width=4, count=2, dtype="uint8", crs="EPSG:32633",
            transform=from_origin(500_000, 5_000_000, 10, 10), **options) as dataset:
            dataset.write(numpy.zeros((2, 4, 4), "uint8"))
        truth(path, "geotiff", "rasterio, driver GTiff", ["rasterio"])
    for name, ending in (("picture_png", "png"), ("picture_jpeg", "jpg"), ("picture_webp", "webp"), ("picture_tiff", "tiff")):
        path = place(FOLDER, f"{name}.{ending}")
        Image.new("RGB", (4, 4)).save(path)
        truth(path, "image", "Image.save", ["pillow"])


def tables():
    path = place(FOLDER, "classic_netcdf.nc")
    with netCDF4.Dataset(path, "w", format="NETCDF3_CLASSIC") as dataset:
        dataset.createDimension("x", 3)
        dataset.createVariable("t", "f4", ("x",))[:] = [1, 2, 3]
    truth(path, "netcdf", "netCDF4.Dataset, NETCDF3_CLASSIC", ["netCDF4"])
    path = place(FOLDER, "columns.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"a": [1, 2, 3]}), path)
    truth(path, "parquet", "pyarrow.parquet.write_table", ["pyarrow"])


def tokenizer_files():
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    trainer = tokenizers.trainers.BpeTrainer(vocab_size=40, special_tokens=["[UNK]"])
    tokenizer.train_from_iterator(["the quick brown fox jumps over the lazy dog"] * 9, trainer)
    path = place(FOLDER, "bpe_tokenizer.json")
    tokenizer.save(str(path))
    truth(path, "tokenizer", "tokenizers.Tokenizer.save", ["tokenizers"])
    path = place(FOLDER, "merges_of_bpe.txt")
    tokenizer.model.save(str(SCRATCH))
    path.write_bytes((SCRATCH / "merges.txt").read_bytes())
    truth(path, "tokenizer", "tokenizers.models.BPE.save", ["tokenizers"])
    path = place(FOLDER, "chat_tokenizer_config.json")
    path.write_text(json.dumps({
        "chat_template": "{% for message in messages %}{{ message.content }}{% endfor %}", "model_max_length": 512,
        "tokenizer_class": "PreTrainedTokenizerFast"}, indent=2) + "\n")
    write_truth(
        path, written_by={}, how="by hand, with the keys that transformers writes",
        record={"verdict": "not-a-model", "cause": "tokenizer"})
    corpus = SCRATCH / "corpus.txt"
    corpus.write_text("\n".join(f"the quick brown fox {index} jumps over lazy dogs" for index in range(200)))
    path = place(FOLDER, "pieces_sentencepiece.model")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(SCRATCH / "pieces"), vocab_size=50, minloglevel=2,
        normalization_rule_name="identity")
    path.write_bytes((SCRATCH / "pieces.model").read_bytes())
    truth(path, "tokenizer", "SentencePieceTrainer.train", ["sentencepiece"])
    path = place(FOLDER, "words_of_bert.txt")
    path.write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\n##s\n")
    truth(path, "tokenizer", "by hand, as BERT's vocabulary begins")


def beside_models():
    path = place(FOLDER, "transformers_config.json")
    path.write_text(json.dumps({"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 8}, indent=2) + "\n")
    truth(path, "architecture-only", "by hand, with the keys that transformers writes")
    path = place(FOLDER, "trainer_state.json")
    path.write_text(json.dumps({"epoch": 1.0, "global_step": 5, "log_history": [], "max_steps": 5}, indent=2) + "\n")
    truth(path, "companion", "by hand, with the keys that transformers writes")
    path = place(FOLDER, "license_mit.txt")
    path.write_text(
        "MIT License\n\nCopyright (c) 2024 A. Author\n\nPermission is hereby granted, free of charge, to any person\n")
    truth(path, "license", "the first lines of the MIT licence")
    path = place(FOLDER, "license_apache.txt")
    path.write_text(" " * 33 + "Apache License\n" + " " * 27 + "Version 2.0, January 2004\n")
    truth(path, "license", "the first lines of the Apache licence")
    path = place(FOLDER, "card_readme.md")
    path.write_text("---\nlicense: mit\ntags:\n- segmentation\n---\n\n# A model of water\n")
    truth(path, "readme", "a model card, by hand")
    path = place(FOLDER, "plain_readme.md")
    path.write_text("# A model of water\n\nIt finds water.\n\n## Use\n\nSee [the paper](paper.md).\n")
    truth(path, "readme", "Markdown, by hand")
    path = place("hostile", "code_with_license.py")
    path.write_text("# Copyright A. Author. Licensed under the Apache License, Version 2.0\n\nimport os\n")
    write_truth(
        path, written_by={}, how="code that begins with its licence, which is no text of a licence",
        record={"verdict": "unrecognised"})


def code():
    files = {"tool/__init__.py": "x = 1\n", "tool/README.md": "# Tool\n"}
    path = place(FOLDER, "code_of_repository.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    truth(path, "code", "zipfile, with code alone")
    path = place(FOLDER, "tool-1.whl")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, "tool-1.dist-info/METADATA": "Name: tool\n", "tool-1.dist-info/RECORD": ""}.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    truth(path, "code", "zipfile, laid out as a wheel")
    path = place(FOLDER, "tool_sources.tar.gz")
    source = SCRATCH / "tool-1"
    source.mkdir(exist_ok=True)
    (source / "setup.py").write_text("x = 1\n")
    (source / "PKG-INFO").write_text("Name: tool\n")
    subprocess.run(
        f"tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C {SCRATCH} -c tool-1 | gzip -n > {path}",
        shell=True, check=True)
    truth(path, "code", "tar, with code alone")


def programs():
    source = SCRATCH / "program.c"
    source.write_text("void _start(void) { for (;;); }\n")
    path = place(FOLDER, "library_elf.so")
    subprocess.run(
        ["gcc", "-shared", "-nostdlib", "-s", "-Wl,--build-id=none", "-Wl,-z,noseparate-code", "-Wl,--hash-style=gnu",
         "-fno-asynchronous-unwind-tables", "-o", path, source], check=True)
    truth(path, "program", "gcc -shared")
    model = (common._ROOT / "gguf").glob("*.gguf")
    data = io.BytesIO()
    # The program itself is left out: what llamafile puts behind it is what tells it from others.
    data.write(b"MZqFpD='\n\n\x00\x10\x00\xf8" + bytes(500))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(zipfile.ZipInfo(".args"), "-m\nmodel.gguf\n")
        archive.writestr(zipfile.ZipInfo("model.gguf"), min(model, key=lambda file: file.stat().st_size).read_bytes())
    path = place(FOLDER, "model_in_program.llamafile")
    path.write_bytes(data.getvalue())
    truth(path, "llamafile", "by hand, as llamafile lays it out, without the program")


def hostile():
    path = place("hostile", "tiff_wild_directory.tif")
    path.write_bytes(b"II+\x00\x08\x00\x00\x00" + (16).to_bytes(8, "little") + b"\xff" * 8 + bytes(40))
    truth(path, "image", "a directory of 2^64 - 1 entries")
    path = place("hostile", "llamafile_broken_directory.llamafile")
    path.write_bytes(b"MZqFpD='\n\n\x00\x10\x00\xf8" + b"PK\x05\x06" + b"\xff" * 18)
    truth(path, "program", "an end record that points nowhere")


FUNCTIONS = [rasters, tables, tokenizer_files, beside_models, code, programs, hostile]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
