"""Reads what a Keras finds by itself when it deserialises a configuration (any release from 1.2 to 3.15).

Runs in an environment of each release; `KERAS_PACKAGE` names the package to import: `keras`, `tf_keras`, `tensorflow.keras`.
"""

import importlib
import inspect
import os
import pkgutil
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from registry import Registry, read_versions

PACKAGE = os.environ.get("KERAS_PACKAGE", "keras")
KINDS = ["activations", "constraints", "initializers", "losses", "metrics", "optimizers", "regularizers"]
# They take a configuration or a name themselves, so that what they make is not said by their own name.
INDIRECT = {
    "deserialize", "serialize", "get", "from_config", "deserialize_keras_object", "serialize_keras_object", "get_from_module",
    "get_custom_objects", "optimizer_from_config", "register_keras_serializable",
}


def is_saved(value):
    return inspect.isclass(value) and hasattr(value, "from_config")


def relative(module):
    """`layers` of `keras.layers`, `engine.functional` of `keras.src.engine.functional`."""
    for root in ("tensorflow.python.keras", "tensorflow_core.python.keras", "tensorflow.keras", "tf_keras", "keras"):
        if module == root or module.startswith(root + "."):
            rest = module[len(root):].lstrip(".")
            return rest[4:] if rest.startswith("src.") else "" if rest == "src" else rest
    return None


def public(keras):
    """Dotted names below the package, as its own modules show them."""
    found, seen, waiting = set(), set(), [("", keras)]
    while waiting:
        path, module = waiting.pop()
        for name in dir(module):
            try:
                value = getattr(module, name)
            except Exception:
                continue
            full = f"{path}.{name}".lstrip(".")
            if isinstance(value, types.ModuleType):
                inner = value.__name__
                isown = "keras" in inner.split(".") or "tf_keras" in inner.split(".")
                if isown and full.count(".") < 4 and name not in ("src", "backend", "python", "_tf_keras") and full not in seen:
                    seen.add(full)
                    waiting.append((full, value))
            elif name.startswith("_") or name in INDIRECT:
                continue
            elif is_saved(value):
                found.add(full)
            elif callable(value) and not inspect.isclass(value) and path in KINDS + ["ops"]:
                found.add(full)
    return found


def internal(root):
    """Classes that are written with the module they are defined in, since nothing else names them."""
    found = set()
    package = importlib.import_module(root)
    for item in pkgutil.walk_packages(package.__path__, root + "."):
        if "test" in item.name or "benchmark" in item.name or "export" in item.name.split("."):
            continue
        try:
            module = importlib.import_module(item.name)
        except BaseException:
            continue
        for name, value in vars(module).items():
            if is_saved(value) and value.__module__ == item.name and not name.startswith("_"):
                path = relative(item.name)
                if path is not None:
                    found.add(f"{path}.{name}")
    return found


def legacy(keras):
    """Names without a module, as Keras 1 and 2 wrote them: of layers and models, and of everything else."""
    layers, others = set(), set()
    for kind in ["layers", "models"] + KINDS:
        try:
            module = importlib.import_module(f"{keras.__name__}.{kind}")
        except ImportError:
            module = getattr(keras, kind, None)
        if module is None:
            continue
        names = {**vars(module), **getattr(getattr(module, "LOCAL", None), "ALL_OBJECTS", {})}
        target = layers if kind in ("layers", "models") else others
        for name, value in names.items():
            if name.startswith("_") or name in INDIRECT:
                continue
            if is_saved(value) or (kind in KINDS and callable(value) and "keras" in getattr(value, "__module__", "")):
                target.add(name)
    try:
        others.update(name for name in dir(keras.optimizers.schedules) if name[0].isupper())
    except AttributeError:
        pass
    return layers, others


def operations():
    """Functions of TensorFlow that a TFOpLambda of tf.keras 2.4 to 2.15 can name: those that take Keras' own tensors."""
    import tensorflow as tf

    found, seen, waiting = set(), set(), [("", tf)]
    waiting += [(f"keras.{name}", getattr(tf.keras, name)) for name in ("backend", "activations", "losses", "metrics")]
    while waiting:
        path, module = waiting.pop()
        for name in dir(module):
            value = getattr(module, name, None)
            full = f"{path}.{name}".lstrip(".")
            if isinstance(value, types.ModuleType):
                own = value.__name__.startswith("tensorflow._api.v2") or value.__name__.startswith("tensorflow_core._api")
                if own and full not in seen and full.split(".")[0] not in ("compat", "raw_ops", "keras"):
                    seen.add(full)
                    waiting.append((full, value))
            elif name.startswith("_") and path != "__operators__" or path.startswith("_API"):
                continue
            elif hasattr(value, "_tf_type_based_dispatcher") or hasattr(value, "_tf_dispatchers"):
                found.add(full)
    return found


if __name__ == "__main__":
    if PACKAGE == "tensorflow.keras":
        import tensorflow

        keras = tensorflow.keras
    else:
        keras = importlib.import_module(PACKAGE)
    version = keras.__version__
    registry = Registry(
        "Keras/KerasRegistry.swift", "KerasRegistry",
        "What Keras finds by itself when it reads a configuration: classes that have from_config, and functions of the modules "
        "that it looks functions up in. Names are those below the package, `layers.Dense` for keras.layers.Dense, without "
        "the `src` of internal modules.", "TestArtifacts/make/registry_keras.py")
    names = public(keras)
    known = {name.rpartition(".")[2] for name in names}
    release = [int(part) for part in version.partition("-")[0].split(".")[:2]]
    major = release[0]
    hasmodules = release >= [2, 11]
    root = {"tf_keras": "tf_keras.src"}.get(PACKAGE, "keras.src" if release >= [2, 13] else "keras")
    hidden = internal(root) if hasmodules else set()
    hidden = {name for name in hidden if name.rpartition(".")[2] not in known
              or name.rpartition(".")[2] in ("Functional", "Sequential", "Model") or ".optimizers." in name
              or name.startswith("ops.")}
    if hasmodules:
        registry.add(f"keras{major}", names | hidden, f"Keras {major}, by module and name.")
    if major != 3:
        layers, others = legacy(keras)
        registry.add("layers", layers, "Layers and models of Keras 1 and 2, by their names alone.")
        registry.add("others", others, "Initializers, optimizers, losses and the like of Keras 1 and 2, by their names alone.")
    if major == 2 and release >= [2, 4] and PACKAGE != "tf_keras":
        registry.add("operations", operations(), "Functions of TensorFlow that a TFOpLambda can name.")
    registry.write()
    read_versions("keras", f"{version}")
    print(PACKAGE, version, len(names), len(hidden))
