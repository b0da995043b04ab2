"""HDF5, which h5py writes."""

import tempfile
from pathlib import Path

import h5py
import numpy

from . import file


def written(fill):
    """The bytes of a file that `fill` has filled."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.h5"
        with h5py.File(path, "w", libver="latest") as opened:
            fill(opened)
        return path.read_bytes()


def h5(what, family="hdf5"):
    def add(fill):
        file(family, what, "model.h5")(lambda size: written(lambda opened: fill(opened, size)))
        return fill

    return add


@h5("groups")
def groups(opened, size):
    for index in range(size // 250):
        opened.create_group(f"g{index}")


@h5("groups within each other")
def deep(opened, size):
    group = opened
    for _ in range(min(size // 400, 20_000)):
        group = group.create_group("g")


@h5("datasets")
def datasets(opened, size):
    for index in range(size // 400):
        opened.create_dataset(f"d{index}", (1,), "f4")


@h5("attributes")
def attributes(opened, size):
    for index in range(min(size // 100, 60_000)):
        opened.attrs[f"a{index}"] = 1


@h5("attributes of many groups")
def attributes_of_groups(opened, size):
    for index in range(size // 1_000):
        group = opened.create_group(f"g{index}")
        for each in range(8):
            group.attrs[f"a{each}"] = "value"


@h5("links to one group")
def links(opened, size):
    group = opened.create_group("g")
    for index in range(size // 80):
        opened[f"l{index}"] = group


@h5("groups that each lead to the next twice")
def pairs(opened, size):
    group = opened
    for _ in range(min(size // 500, 200)):
        inner = group.create_group("a")
        group["b"] = inner
        group = inner


@h5("links of names")
def soft(opened, size):
    for index in range(size // 80):
        opened[f"l{index}"] = h5py.SoftLink("/g")


@h5("texts of one attribute")
def texts(opened, size):
    opened.attrs["names"] = [f"w{index}" for index in range(size // 40)]


def keras(opened):
    opened.attrs["keras_version"] = "2.12.0"
    opened.attrs["backend"] = "tensorflow"


@h5("layers", "keras-h5")
def layers(opened, size):
    import json
    count = size // 1_500
    keras(opened)
    configuration = [{"class_name": "Dense", "config": {"name": f"d{index}", "units": 4}} for index in range(count)]
    opened.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "a", "layers": configuration}})
    weights = opened.create_group("model_weights")
    weights.attrs["layer_names"] = [f"d{index}".encode() for index in range(count)]
    for index in range(count):
        layer = weights.create_group(f"d{index}")
        layer.attrs["weight_names"] = [b"kernel:0"]
        layer.create_dataset("kernel:0", (4, 4), "f4")


@h5("a configuration of layers", "keras-h5")
def configuration(opened, size):
    import json
    keras(opened)
    layers = [{"class_name": "Dense", "config": {"name": f"d{index}", "units": 4}} for index in range(size // 60)]
    opened.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "a", "layers": layers}})


@h5("names of weights", "keras-h5")
def weights(opened, size):
    keras(opened)
    opened.attrs["layer_names"] = [b"d"]
    opened.create_group("d").attrs["weight_names"] = numpy.array([f"w{index}".encode() for index in range(size // 12)])


@h5("objects of Julia", "jld2")
def julia(opened, size):
    opened.create_group("_types")
    for index in range(size // 400):
        opened.create_dataset(f"d{index}", (1,), numpy.dtype([("a", "f4"), ("b", "i8")]))
