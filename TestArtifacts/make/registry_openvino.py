"""Reads which operators each operator set of OpenVINO has, from the tables among the headers of its wheel."""

import re
from pathlib import Path

import openvino

from registry import Registry, read_versions

TABLES = Path(openvino.__file__).parent / "include/openvino/opsets"


def sets():
    """For each operator the numbers of the sets that have it."""
    found = {}
    for table in TABLES.glob("opset*_tbl.hpp"):
        number = int(re.search(r"\d+", table.name).group())
        for name in re.findall(r"^_OPENVINO_OP_REG\((\w+),", table.read_text(), re.M):
            found.setdefault(name, set()).add(number)
    return found


def ranges(numbers):
    """`1-6,8` for 1, 2, 3, 4, 5, 6 and 8."""
    parts = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in parts)


def check(found):
    """The tables say what the library itself says: of each set that Python can list."""
    for number in {number for numbers in found.values() for number in numbers}:
        module = __import__(f"openvino.opset{number}", fromlist=["*"])
        own = {name.replace("_", "").lower() for name in dir(module)}
        known = {name.lower() for name, numbers in found.items() if number in numbers}
        print(f"opset{number}: {len(known)} operators, not among Python's functions: {sorted(known - own)[:8]}")


if __name__ == "__main__":
    found = sets()
    check(found)
    registry = Registry(
        "OpenVINO/OpenVINORegistry.swift", "OpenVINORegistry", "The operators of OpenVINO's operator sets.",
        "TestArtifacts/make/registry_openvino.py")
    registry.add(
        "operators", {f"{name}:{ranges(numbers)}" for name, numbers in found.items()},
        "Each operator with the sets that have it: `Abs:1-16`, `RNNCell:1,3-16`.")
    registry.write()
    read_versions("openvino", openvino.__version__.split("-")[0])
