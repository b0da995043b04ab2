"""Reads the operators that onnxruntime knows by itself, and since which operator set onnx has had its own.

Needs onnx and an onnxruntime that was built with `get_all_opkernel_def`, as 1.32 is.
"""

import onnx
import onnxruntime
from onnx import defs
from onnxruntime.capi import onnxruntime_pybind11_state as state

from registry import Registry, read_versions


def standard():
    """`Name:7` since operator set 7, `Name:7-10` when set 10 withdrew it; domains other than onnx's go before the name."""
    first, last = {}, {}
    for schema in defs.get_all_schemas_with_history():
        name = f"{schema.domain}.{schema.name}".lstrip(".")
        if schema.deprecated:
            last[name] = schema.since_version
        else:
            first[name] = min(schema.since_version, first.get(name, 1 << 30))
    # onnxruntime runs some of onnx's own in older operator sets than onnx has them.
    for kernel in state.get_all_opkernel_def():
        name = f"{kernel.domain}.{kernel.op_name}".lstrip(".")
        if name in first:
            first[name] = min(kernel.version_range[0], first[name])
    return {f"{name}:{since}" + (f"-{last[name]}" if name in last else "") for name, since in first.items()}


def runtime():
    """onnxruntime's own: every schema of com.microsoft, and what has a kernel in the domains of others."""
    known = {(schema.domain, schema.name) for schema in state.get_all_operator_schema()}
    kernels = {(kernel.domain, kernel.op_name) for kernel in state.get_all_opkernel_def()}
    found = {pair for pair in known if pair[0].startswith("com.m")} | kernels
    own = {schema.name for schema in defs.get_all_schemas_with_history() if schema.domain == ""}
    return {f"{domain}.{name}".lstrip(".") for domain, name in found
            if not domain.startswith("ai.onnx") and not (domain == "" and name in own)}


if __name__ == "__main__":
    registry = Registry(
        "ONNX/ONNXRegistry.swift", "ONNXRegistry", "The operators of onnx and of onnxruntime.",
        "TestArtifacts/make/registry_onnx.py")
    registry.add("standard", standard(), "onnx's own, each with the operator set that brought it and the one that withdrew it.")
    registry.add(
        "runtime", runtime(),
        "onnxruntime's own: all of com.microsoft, and those of older operator sets that it still runs, without a domain.")
    registry.write()
    read_versions("onnx", onnx.__version__)
    read_versions("onnxruntime", onnxruntime.__version__)
