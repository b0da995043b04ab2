#!/usr/bin/env python3
"""Times a framework's own loader, without its import: peers.py LOADER FILE.

Prints the median of five loads in seconds, and exits with 3 when the framework is not installed.
"""

import statistics
import sys
import time
import warnings


def onnx_load():
    import onnx

    return onnx.load


def torch_load():
    import torch

    return lambda path: torch.load(path, mmap=True, weights_only=True)


def torch_export_load():
    import torch

    return torch.export.load


def safetensors_load():
    import safetensors.torch

    return safetensors.torch.load_file


def safetensors_open():
    import safetensors

    def shapes(path):
        # numpy: for torch it maps the file privately, which fails when memory is smaller than the file.
        with safetensors.safe_open(path, framework="np") as file:
            return {name: file.get_slice(name).get_shape() for name in file.keys()}

    return shapes


def json_load():
    import json

    return lambda path: json.loads(open(path, "rb").read())


def h5py_shapes():
    import h5py

    def shapes(path):
        found = {}
        with h5py.File(path, "r") as file:
            file.visititems(lambda name, item: found.update({name: getattr(item, "shape", dict(item.attrs))}))
        return found

    return shapes


def lxml_iterparse():
    from lxml import etree

    def elements(path):
        count = 0
        for _, element in etree.iterparse(path):
            count += 1
            element.clear()
        return count

    return elements


def saved_model_show():
    import contextlib
    import io

    from tensorflow.python.tools import saved_model_cli

    def show(path):
        with contextlib.redirect_stdout(io.StringIO()) as text:
            saved_model_cli._show_all(path)
        return text

    return show


def xgboost_load():
    import xgboost

    return lambda path: xgboost.Booster(model_file=path)


def lightgbm_load():
    import lightgbm

    return lambda path: lightgbm.Booster(model_file=path)


def joblib_load():
    import joblib
    import sklearn.ensemble  # noqa: F401  not part of the time

    return joblib.load


LOADERS = {
    "json.load": json_load,
    "saved_model_cli show --all": saved_model_show,
    "xgboost.Booster": xgboost_load,
    "lightgbm.Booster": lightgbm_load,
    "lxml.etree.iterparse": lxml_iterparse,
    "onnx.load": onnx_load,
    "torch.load(mmap=True, weights_only=True)": torch_load,
    "torch.export.load": torch_export_load,
    "joblib.load": joblib_load,
    "h5py: names and shapes": h5py_shapes,
    "safetensors.torch.load_file": safetensors_load,
    "safetensors.safe_open: names and shapes": safetensors_open,
}


def main(loader, path):
    warnings.simplefilter("ignore")
    try:
        load = LOADERS[loader]()
    except ImportError:
        sys.exit(3)
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        loaded = load(path)
        seconds.append(time.perf_counter() - start)
        del loaded
    print(statistics.median(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
