"""Writes ONNX graphs whose dimensions, packed weights or words are the point, with their truths, each by two releases.

The newest is the onnx that runs this (1.23.2, with onnxruntime 1.32.0); the other that of the Python named by OLD_ONNX (onnx
1.8.1 in Python 3.7). What onnxruntime runs it runs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy
import onnxruntime

from common import place, pretty, run_all, start
from onnx_truth import write_onnx_truth

BUILDER = Path(__file__).with_name("onnx_card_graphs.py")
PYTHONS = {"new": sys.executable, "1_8": os.environ["OLD_ONNX"]}


def write(name, how, change, runs=True):
    """The same graph by each release; `change` adds to the record what the graph was built for."""
    for release, python in PYTHONS.items():
        path = place("onnx", f"card_{name}_{release}.onnx")
        made = subprocess.run([python, str(BUILDER), name, str(path)], stdout=subprocess.PIPE, check=True, text=True)
        if runs:
            run(path)
        write_onnx_truth(path, how, written_by={"onnx": made.stdout.strip()})
        truth = path.with_name(path.name.split(".")[0] + ".truth.json")
        known = json.loads(truth.read_text())
        change(known["record"])
        truth.write_text(pretty(known) + "\n")


def run(path):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feeds = {}
    for value in session.get_inputs():
        shape = [size if isinstance(size, int) else 4 for size in value.shape]
        feeds[value.name] = numpy.zeros(shape, dtype=numpy.float32)
    session.run(None, feeds)


def dimensions(*names):
    def change(record):
        record["facts"]["inputs"][0]["dim_order"] = list(names)
    return change


def letters():
    write("letters", "dimensions called N, C, H and W", dimensions("batch", "channel", "height", "width"))


def tokens():
    write("tokens", "two of three dimensions have a name", dimensions("batch", "token", "dim-c"))


def frames():
    write("frames", "a dimension called frames is no height", lambda record: None)


def transposed():
    write("transposed", "turned round before the convolution", dimensions("batch", "height", "width", "channel"))


def divided():
    def change(record):
        dimensions("batch", "channel", "height", "width")(record)
        record["facts"]["inputs"][0]["value_scaling"] = [{"type": "scale", "value": 10000}]
    write("divided", "divided by 10000 before the convolution", change)


def plugin():
    def change(record):
        record["loading"] = {"verdict": "needs-code"}
    write("plugin", "an operator of TensorRT in the domain of the standard's own, which onnxruntime refuses", change, runs=False)


def packed():
    def change(record):
        record["facts"]["parameters"] = {"total": 768, "bits": 4}
    write("packed", "MatMulNBits: 768 weights of 4 bits", change)


def reshaped():
    def change(record):
        record["facts"]["parameters"] = {"total": 8}
    write("reshaped", "operands of Reshape are no parameters", change)


def computed():
    def change(record):
        record["facts"]["parameters"] = {"total": 12}
    write("computed", "whole numbers that a shape is computed from are no parameters", change)


def older():
    def change(record):
        record["loading"] = {"verdict": "data-only"}
        record["findings"] = [{"severity": "warning", "code": "onnx.refused"}]
    write("older", "an operator in a form that onnxruntime never had", change, runs=False)
    for release in PYTHONS:
        try:
            onnxruntime.InferenceSession(str(place("onnx", "none").with_name(f"card_older_{release}.onnx")))
            raise AssertionError("onnxruntime loads it")
        except onnxruntime.capi.onnxruntime_pybind11_state.NotImplemented:
            pass


def described():
    def change(record):
        facts = record["facts"]
        facts.update({"tasks": ["object-detection"], "architecture": "YOLOv8n",
                      "license": "AGPL-3.0 License (https://ultralytics.com/license)",
                      "producer": {"name": "Ultralytics", "version": "8.3.40"}})
        facts["outputs"][0]["labels"] = ["field", "hedge"]
    write("described", "the words of Ultralytics' exporter", change)


if __name__ == "__main__":
    run_all([letters, tokens, frames, transposed, divided, plugin, packed, reshaped, computed, older, described],
            start(__doc__).names)
