"""Writes Sources/ModelFormats/ScikitLearn/SkopsRegistry.swift: the types that skops trusts without being told.

Runs with skops 0.16 and scikit-learn 1.9: `python registry_skops.py`.
"""

import textwrap
from collections import defaultdict
from pathlib import Path

import sklearn
import skops
from skops.io import _sklearn, _trusted_types as types
from skops.io._utils import get_module

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "Sources/ModelFormats/ScikitLearn/SkopsRegistry.swift"


def lines(names):
    modules = defaultdict(list)
    for name in sorted(set(names)):
        module, _, last = name.rpartition(".")
        modules[module].append(last)
    for module, lasts in sorted(modules.items()):
        text = f'"{module}": "{" ".join(lasts)}",'
        if len(text) <= 110:
            yield f"        {text}"
            continue
        yield f'        "{module}":'
        yield '            """'
        wrapped = textwrap.wrap(" ".join(lasts), 104)
        yield " \\\n".join(f"            {line}" for line in wrapped)
        yield '            """,'


def table(name, comment, names):
    return f"    /// {comment}\n    static let {name}: [String: String] = [\n" + "\n".join(lines(names)) + "\n    ]\n"


losses = [f"{get_module(loss)}.{loss.__name__}" for loss in _sklearn.ALLOWED_LOSSES]
parts = [
    table("objects", "Classes of objects.", types.SKLEARN_ESTIMATOR_TYPE_NAMES + types.SKLEARN_INTERNAL_TYPE_NAMES),
    table("functions", "Functions.", types.SCIPY_UFUNC_TYPE_NAMES + types.NUMPY_UFUNC_TYPE_NAMES),
    table("losses", "Loss functions.", losses),
]
TARGET.write_text(
    f"""/// What skops {skops.__version__} trusts without being told, beside scikit-learn {sklearn.__version__}: modules with their names.
///
/// Written by TestArtifacts/make/registry_skops.py.
enum SkopsRegistry {{
{chr(10).join(parts)}}}
"""
)
