"""What the modules of Python's own library hold, as far as a pickle can reach something dangerous through them.

Run by the interpreter it tells of: `python3.12 facts.py > 312.json`; `names.py` makes one table of several of them.
Modules are imported here, never by what the tables are used for.
"""

import inspect
import json
import pkgutil
import sys
import types
import warnings

warnings.simplefilter("ignore")

# Importing them opens a browser or a window, prints, or runs a test.
LEFT_OUT = {"antigravity", "this", "test", "idlelib", "turtledemo", "turtle", "tkinter", "lib2to3", "ensurepip", "venv"}


def modules():
    yield from sorted(set(sys.builtin_module_names))
    for top in sorted(sys.stdlib_module_names):
        if top in LEFT_OUT or top.startswith("_test") or top.startswith("_xx"):
            continue
        yield top
        try:
            path = __import__(top).__path__
        except Exception:
            continue
        for found in pkgutil.walk_packages(path, top + ".", onerror=lambda name: None):
            parts = found.name.split(".")
            if "__main__" in parts or "tests" in parts or "test" in parts:
                continue
            yield found.name


def kind(value):
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, type):
        try:
            if issubclass(value, BaseException) or issubclass(value, tuple) or issubclass(value, int):
                return "value"
        except TypeError:
            pass
        return "class"
    if callable(value) and not isinstance(value, (types.GenericAlias,)) and hasattr(value, "__name__"):
        return "function"
    return "other"


def home(value):
    own = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    return own if all(isinstance(part, str) for part in own) else ("", "")


facts = {}
for name in modules():
    if name in facts:
        continue
    try:
        __import__(name)
        module = sys.modules[name]
    except BaseException:
        continue
    entry = {"modules": {}, "functions": {}, "classes": {}}
    for attribute, value in sorted(vars(module).items()):
        if attribute in ("__builtins__", "__loader__", "__spec__"):
            continue
        try:
            what = kind(value)
        except Exception:
            continue
        if what == "module":
            entry["modules"][attribute] = value.__name__
        elif what in ("function", "class"):
            entry["functions" if what == "function" else "classes"][attribute] = list(home(value))
    facts[name] = entry
json.dump(facts, sys.stdout, sort_keys=True)
