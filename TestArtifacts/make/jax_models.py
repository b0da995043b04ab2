"""Writes what JAX, Orbax and Flax store: exported functions, StableHLO modules, checkpoints, parameters.

Needs what requirements-jax.txt lists. What JAX says of an exported function is read from the file by JAX again.
"""

import dataclasses
import importlib.metadata
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import flax.serialization
import jax
import jax.numpy as jnp
import numpy as np
import optax
import orbax.checkpoint as ocp
from jax import export

from common import place, run_all, start, write_truth

FUNCTIONS = []


def artifact(function):
    """Adds a function to those that write artifacts."""
    FUNCTIONS.append(function)
    return function


def versions(*names):
    return {name: importlib.metadata.version(name) for name in names}


def net(params, x):
    return {"score": jnp.tanh(x @ params["w"] + params["b"])}


def size(dimension):
    return dimension if isinstance(dimension, int) else -1


def ports(tree, avals, prefix):
    """The leaves of a tree by JAX's own names of them."""
    paths = [path for path, _ in jax.tree_util.tree_flatten_with_path(jax.tree_util.tree_unflatten(tree, range(len(avals))))[0]]
    found = []
    for path, aval in zip(paths, avals):
        name = prefix(path)
        dynamic = [{"dimension": i, "symbol": str(d)} for i, d in enumerate(aval.shape) if not isinstance(d, int)]
        found.append({"name": name, "shape": [size(d) for d in aval.shape], "data_type": str(aval.dtype),
                      **({"dynamic": dynamic} if dynamic else {})})
    return found


def argument(path):
    keys = jax.tree_util.keystr
    return ("args" if path[0].idx == 0 else "kwargs") + keys(path[1:])


def save(name, exported, how, facts=None, verdict="data-only", ranges=None, **options):
    path = place("jax-export", name)
    path.write_bytes(exported.serialize(**options))
    again = export.deserialize(bytearray(path.read_bytes()))
    metadata = {"platforms": list(again.platforms), "calling_convention_version": again.calling_convention_version}
    record = {
        "verdict": "model",
        "format": {"version": "3"},
        "facts": {
            "framework": "JAX",
            "architecture": again.fun_name,
            "inputs": ports(again.in_tree, again.in_avals, argument),
            "outputs": ports(again.out_tree, again.out_avals, lambda path: "result" + jax.tree_util.keystr(path)),
            "metadata": {**metadata, **(facts or {}).pop("metadata", {})},
            **(facts or {}),
        },
        "loading": {"verdict": verdict},
    }
    write_truth(path, written_by=versions("jax", "jaxlib"), how=how, record=record, **({"ranges": ranges} if ranges else {}))
    return again


@artifact
def exported_functions():
    (b,) = export.symbolic_shape("b", constraints=["b >= 2", "b <= 64"])
    params = {"w": jax.ShapeDtypeStruct((13, 5), jnp.float32), "b": jax.ShapeDtypeStruct((5,), jnp.float32)}
    symbolic = export.export(jax.jit(net))(params, jax.ShapeDtypeStruct((b, 13), jnp.float32))
    again = save("symbolic.jaxexport", symbolic, "jax.export of a function with a symbolic batch, 2 to 64")
    b, n = export.symbolic_shape("b, n", constraints=["b>=2", "mod(b,4)==0", "100 >= 2*b", "n <= 2*b"])
    assert b >= 2 and b <= 50 and n >= 1
    bound = export.export(jax.jit(lambda x: x.sum(1)))(jax.ShapeDtypeStruct((b, n), jnp.float32))
    again = save("constraints.jaxexport", bound, "jax.export with constraints of two dimensions, and of a remainder", {
        "metadata": {"symbolic_constraints": ["b>=2", "4*floordiv(b, 4) == b", "mod(b,4)==0", "100 >= 2*b", "n <= 2*b"]}},
        ranges={"b": [2, 50], "n": [1, None]})
    path = place("stablehlo", "module.mlirbc")
    path.write_bytes(again.mlir_module_serialized)
    write_truth(path, written_by=versions("jax", "jaxlib"), how="mlir_module_serialized of an exported function",
                record={"verdict": "model", "facts": {"framework": "StableHLO"}})
    path = place("not-a-model", "printed_module.mlir")
    path.write_text(str(again.mlir_module()))
    write_truth(path, written_by=versions("jax", "jaxlib"), how="mlir_module of an exported function, printed",
                record={"verdict": "not-a-model", "cause": "dump", "format": {"id": "stablehlo-text"}})
    h, w = export.symbolic_shape("h, w")
    two = export.export(jax.jit(lambda x, *, scale: x * scale), platforms=["cpu", "cuda"])(
        jax.ShapeDtypeStruct((h, 2 * w), jnp.bfloat16), scale=jax.ShapeDtypeStruct((), jnp.bfloat16))
    save("two_platforms.jaxexport", two, "jax.export for two platforms, an argument by name, with its first derivative",
         {"metadata": {"has_vjp": True}}, vjp_order=1)
    cuda = export.export(jax.jit(lambda x: jnp.argmax(x, -1)), platforms=["cuda"])(jax.ShapeDtypeStruct((4, 3), jnp.float16))
    save("cuda.jaxexport", cuda, "jax.export for CUDA alone", {"accelerator": "cuda"})
    checks = [export.DisabledSafetyCheck.custom_call("my_kernel"), export.DisabledSafetyCheck.platform()]
    unchecked = export.export(jax.jit(lambda x: (x + 1, x > 0)), disabled_checks=checks)(jax.ShapeDtypeStruct((7,), jnp.int8))
    save("disabled_checks.jaxexport", unchecked, "jax.export with two safety checks switched off", verdict="needs-code",
         facts={"metadata": {"disabled_checks": sorted("custom_call: my_kernel" if c.is_custom_call() else "platform" for c in checks)}})


@artifact
def custom_calls():
    """What XLA finds by its name: functions that jaxlib registers, and one that nobody did."""
    shape = jax.ShapeDtypeStruct((4, 4), jnp.float32)
    lapack = export.export(jax.jit(lambda x: jnp.linalg.qr(x)[0]))(shape)
    save("lapack.jaxexport", lapack, "jax.export of a function that LAPACK computes")
    checks = [export.DisabledSafetyCheck.custom_call("own_kernel")]
    own = export.export(jax.jit(lambda x: jax.ffi.ffi_call("own_kernel", shape)(x)), disabled_checks=checks)(shape)
    record = {"verdict": "model", "loading": {"verdict": "needs-code"}}
    path = place("hostile", "jax_call_unsaid.jaxexport")
    path.write_bytes(dataclasses.replace(own, disabled_safety_checks=()).serialize())
    assert not export.deserialize(bytearray(path.read_bytes())).disabled_safety_checks
    write_truth(path, written_by=versions("jax", "jaxlib"), how="a custom call that disabled_checks does not name", record=record)
    gradient = jax.ffi.ffi_call("own_kernel", shape)
    loss = jax.custom_vjp(lambda x: x * 2)
    loss.defvjp(lambda x: (x * 2, None), lambda _, g: (gradient(g),))
    inner = export.export(jax.jit(loss), disabled_checks=checks)(shape)
    path = place("hostile", "jax_call_of_derivative.jaxexport")
    unsaid = dataclasses.replace(inner.vjp(), disabled_safety_checks=())
    path.write_bytes(dataclasses.replace(inner, disabled_safety_checks=(), _get_vjp=lambda _: unsaid).serialize(vjp_order=1))
    assert b"own_kernel" in path.read_bytes()
    write_truth(path, written_by=versions("jax", "jaxlib"), how="a custom call in the derivative alone", record=record)
    twice = export.export(jax.jit(lambda x: jnp.sin(x)))(shape)
    save("derivatives.jaxexport", twice, "jax.export with its second derivative", {"metadata": {"has_vjp": True}}, vjp_order=2)
    path = place("hostile", "stablehlo_call.mlirbc")
    path.write_bytes(own.mlir_module_serialized)
    write_truth(path, written_by=versions("jax", "jaxlib"), how="a module with a custom call", record=record)


PARAMS = {"dense": {"kernel": np.ones((13, 5), np.float32), "bias": np.zeros(5, np.float32)},
          "scale": np.ones(3, jnp.bfloat16)}


def counted(tree):
    leaves = jax.tree_util.tree_leaves(tree)
    types = {}
    for leaf in leaves:
        types[str(leaf.dtype)] = types.get(str(leaf.dtype), 0) + leaf.size
    return {"total": sum(leaf.size for leaf in leaves), "tensors": len(leaves), "data_types": types,
            "bytes": sum(leaf.nbytes for leaf in leaves)}


def checkpoint(name, how, write, facts, roles):
    path = place("orbax", name)
    write(path)
    record = {"verdict": "model", "facts": {"framework": "JAX", "roles": roles, **facts}, "loading": {"verdict": "data-only"}}
    write_truth(path, written_by=versions("orbax-checkpoint", "tensorstore", "jax"), how=how, record=record)


@artifact
def checkpoints():
    weights, state = ["mlm:model", "mlm:weights"], ["mlm:model", "mlm:weights", "mlm:checkpoint"]

    def standard(path):
        writer = ocp.StandardCheckpointer()
        writer.save(path, PARAMS)
        writer.wait_until_finished()
    checkpoint("standard", "StandardCheckpointer: one database (OCDBT)", standard, {"parameters": counted(PARAMS)}, weights)
    checkpoint("folders", "PyTreeCheckpointer(use_ocdbt=False): a folder for each array",
               lambda path: ocp.PyTreeCheckpointer(use_ocdbt=False).save(path, PARAMS), {"parameters": counted(PARAMS)}, weights)

    ones = {"kernel": np.ones((4, 3), np.float32), "bias": np.zeros(3, np.float32)}
    model = {"mu": ones, "step": ones, "count": {"kernel": np.ones((2, 2), np.float32)}}
    statistics = {"norm": {"mean": np.zeros(5, np.float32), "var": np.ones(5, np.float32)}}

    def names(tree):
        def write(path):
            writer = ocp.StandardCheckpointer()
            writer.save(path, tree)
            writer.wait_until_finished()
        return write
    how = "StandardCheckpointer: layers that have the names of an optimizer's state"
    checkpoint("layers_of_such_names", how, names(model), {"parameters": counted(model)}, weights)
    both = counted({"params": model, "batch_stats": statistics})
    both = {**both, "total": counted(model)["total"], "buffers": counted(statistics)["total"]}
    checkpoint("batch_stats", how + ", with batch_stats and a state beside them",
               names({"params": model, "batch_stats": statistics, "opt_state": {"mu": model, "nu": model, "count": np.int32(1)},
                      "step": np.int32(7)}), {"parameters": both}, state)

    def manager(path):
        tree = {"params": PARAMS, "opt_state": {"mu": PARAMS}, "step": np.int32(0)}
        with ocp.CheckpointManager(path, options=ocp.CheckpointManagerOptions(max_to_keep=2)) as writer:
            for step in (1, 5):
                writer.save(step, args=ocp.args.Composite(state=ocp.args.StandardSave(tree), notes=ocp.args.JsonSave({"lr": 1})))
            writer.wait_until_finished()
    checkpoint("manager", "CheckpointManager: steps 1 and 5 with the state of a training", manager,
               {"parameters": counted(PARAMS), "metadata": {"steps": [1, 5], "step": 5}}, state)


@artifact
def message_pack():
    def write(name, how, tree, facts):
        path = place("flax-msgpack", name)
        path.write_bytes(flax.serialization.to_bytes(tree))
        flax.serialization.msgpack_restore(path.read_bytes())
        write_truth(path, written_by=versions("flax", "msgpack"), how=how,
                    record={"verdict": "model", "facts": {"framework": "Flax", **facts}, "loading": {"verdict": "data-only"}})
    write("params.msgpack", "flax.serialization.to_bytes of parameters", {"params": PARAMS},
          {"parameters": counted(PARAMS), "roles": ["mlm:model", "mlm:weights"]})
    state = {"params": PARAMS, "opt_state": optax.adam(1e-3).init(PARAMS), "step": 7}
    write("train_state.msgpack", "flax.serialization.to_bytes of a training's state", state,
          {"parameters": {**counted(PARAMS)}, "roles": ["mlm:model", "mlm:weights", "mlm:checkpoint"], "metadata": {"step": 7}})
    flax.serialization.MAX_CHUNK_SIZE = 64
    write("chunks.msgpack", "to_bytes with arrays in pieces, as beyond 1 GiB", {"params": PARAMS},
          {"parameters": {"total": counted(PARAMS)["total"], "tensors": 3}})


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0], neutral=True).names)
