"""Reads the operators that torch registers by itself (2.13, and older releases as far as they can be installed)."""

import torch

from registry import Registry, read_versions

if __name__ == "__main__":
    names = {schema.name.replace("::", ".") for schema in torch._C._jit_get_all_schemas()}
    registry = Registry(
        "PyTorch/TorchRegistry.swift", "TorchRegistry", "The operators that torch registers by itself.",
        "TestArtifacts/make/registry_torch.py")
    for space in ("aten", "prim", "quantized", "prims"):
        registry.add(
            space, {name.partition(".")[2] for name in names if name.startswith(space + ".")}, f"Those of `{space}`.")
    registry.add(
        "others", {name for name in names if name.partition(".")[0] not in ("aten", "prim", "quantized", "prims", "_test")},
        "All others, with their namespaces.")
    registry.write()
    read_versions("torch", torch.__version__.partition("+")[0])
