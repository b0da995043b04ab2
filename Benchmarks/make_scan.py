#!/usr/bin/env python3
"""Makes a tree of small models of mixed formats for the scan: make_scan.py FOLDER [COUNT].

Copies what is below 40 kB in TestArtifacts, each format alike often, with a few bytes after the end of the container
changed where the format allows that, and prints the mix. 100 files a folder.
"""

import collections
import sys
from pathlib import Path

ARTIFACTS = Path(__file__).resolve().parent.parent / "TestArtifacts"
MOST_BYTES = 40 << 10
A_FOLDER = 100

# What is read of each is its structure; one file of each format takes its turn.
FORMATS = [
    "onnx", "safetensors", "torch-state-dict", "torchscript", "tflite", "sklearn-joblib", "sklearn-pickle", "skops",
    "xgboost-ubj", "xgboost-json", "lightgbm-text", "catboost", "pmml", "tf-frozen-graph", "torch-checkpoint", "keras-v3",
]


def sources():
    """One list of small artifacts a format."""
    found = {}
    for name in FORMATS:
        files = [
            path for path in sorted((ARTIFACTS / name).iterdir())
            if path.is_file() and not path.name.endswith((".truth.json", ".expected.json")) and path.stat().st_size < MOST_BYTES
        ]
        if files:
            found[name] = files
    return found


def make(folder, count, flat=False):
    """Makes `count` files and says how many there are of each format."""
    folder = Path(folder)
    lists = sources()
    names = list(lists)
    mix = collections.Counter()
    for index in range(count):
        name = names[index % len(names)]
        source = lists[name][index // len(names) % len(lists[name])]
        place = folder if flat else folder / f"{index // A_FOLDER:05d}"
        place.mkdir(parents=True, exist_ok=True)
        content = bytearray(source.read_bytes())
        # Different bytes, so that no two are one file to whoever looks for that: in weights, which nobody reads here.
        if name in ("safetensors", "xgboost-ubj") and len(content) > 64:
            content[-1] = index & 0x7F if name == "safetensors" else content[-1]
        (place / f"{index:06d}{source.suffix}").write_bytes(content)
        mix[name] += 1
    return mix


if __name__ == "__main__":
    for name, count in make(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000).items():
        print(f"{count:6d}  {name}")
