"""What scikit-learn itself says about an estimator that was read back, as the record that has to come out."""

import io
import math
import pickle
import pickletools

import numpy as np
import sklearn
from sklearn.base import BaseEstimator

try:
    from sklearn.base import is_classifier, is_regressor
except ImportError:
    from sklearn.utils import is_classifier, is_regressor

import common


def plain(value, depth=0):
    """The value as JSON has it, or NotImplemented when it is no number, text or short list or dict of them."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else NotImplemented
    if depth < 3 and isinstance(value, (list, tuple)) and len(value) <= 64:
        items = [plain(item, depth + 1) for item in value]
        return NotImplemented if NotImplemented in items else items
    return NotImplemented


def parameters(estimator):
    """Every plain parameter of get_params(deep=True)."""
    return {key: value for key, value in ((k, plain(v)) for k, v in estimator.get_params().items())
            if value is not NotImplemented}


def final(estimator):
    """The estimator whose predict is called in the end."""
    if hasattr(estimator, "steps"):
        return final(estimator.steps[-1][1])
    if hasattr(estimator, "best_estimator_"):
        return final(estimator.best_estimator_)
    return estimator


def title(estimator):
    """The name of the class, with those inside a pipeline or a search."""
    name = type(estimator).__name__
    if hasattr(estimator, "steps"):
        return f"{name}({', '.join(step if isinstance(step, str) else title(step) for _, step in estimator.steps)})"
    if hasattr(estimator, "best_estimator_"):
        return f"{name}({title(estimator.best_estimator_)})"
    return name


def tree_count(estimator):
    """How many trees an ensemble of trees holds."""
    if type(estimator).__name__.startswith("HistGradientBoosting"):
        return sum(len(each) for each in estimator._predictors)
    members = getattr(estimator, "estimators_", None)
    if members is None or not hasattr(np.ravel(members)[0], "tree_"):
        return None
    return int(np.size(members))


def coefficients(estimator):
    """coef_ and intercept_ of a linear model, coefs_ and intercepts_ of a network."""
    if hasattr(estimator, "coefs_"):
        return list(estimator.coefs_) + list(estimator.intercepts_)
    linear = type(estimator).__module__.startswith("sklearn.linear_model") or type(estimator).__name__ == "LinearSVC"
    if not linear or not hasattr(estimator, "coef_"):
        return None
    return [part for part in (estimator.coef_, estimator.intercept_) if isinstance(part, (np.ndarray, np.generic))]


def facts(estimator):
    """The facts of the record."""
    last = final(estimator)
    result = {"framework": "scikit-learn", "architecture": title(estimator)}
    if "_sklearn_version" in BaseEstimator.__getstate__(estimator):
        result["framework_version"] = sklearn.__version__
    result["hyperparameters"] = parameters(estimator)
    trees = tree_count(last)
    if trees is not None:
        result["hyperparameters"]["trees"] = trees
    if is_classifier(last):
        result["tasks"] = ["classification"]
    elif is_regressor(last):
        result["tasks"] = ["regression"]
    columns = getattr(estimator, "n_features_in_", None)
    if columns is not None:
        result["inputs"] = [{"shape": [-1, int(columns)]}]
        names = getattr(estimator, "feature_names_in_", None)
        if names is not None:
            result["inputs"][0]["features"] = [{"name": str(name)} for name in names]
    classes = getattr(last, "classes_", None)
    if is_classifier(last) and isinstance(classes, np.ndarray):
        output = {"shape": [-1], "data_type": "string" if classes.dtype.kind in "OUS" else classes.dtype.name}
        if classes.dtype.kind in "OUS" or list(classes) == list(range(len(classes))):
            output["labels"] = [str(label) for label in classes]
        else:
            result["metadata"] = {"classes": [plain(label) for label in classes]}
        result["outputs"] = [output]
    elif isinstance(classes, list):
        result["outputs"] = [{"shape": [-1, int(last.n_outputs_)]}]
    parts = coefficients(last)
    if parts:
        types = {}
        for part in parts:
            types[part.dtype.name] = types.get(part.dtype.name, 0) + int(part.size)
        result["parameters"] = {
            "total": sum(int(part.size) for part in parts), "bytes": sum(int(part.nbytes) for part in parts),
            "data_types": types, "tensors": len(parts)}
    return result


# ---------------------------------------------------------------- imports


def pickle_imports(data):
    """What plain pickles import, by pickletools."""
    return common.pickle_imports(data)


def joblib_imports(joblib, path):
    """What a joblib file imports: joblib's own unpickler is watched, since pickletools cannot pass the arrays."""
    from joblib import numpy_pickle

    found = set()
    original = numpy_pickle.NumpyUnpickler.find_class
    inner = pickle._Unpickler.find_class

    def watched(self, module, name):
        found.add((module, name))
        return inner(self, module, name)

    numpy_pickle.NumpyUnpickler.find_class = watched
    # Arrays of objects are pickles of their own, which older joblib reads with pickle.load.
    plain_load = pickle.load

    def load(file, **arguments):
        unpickler = pickle._Unpickler(file, **arguments)
        unpickler.find_class = lambda module, name: watched(unpickler, module, name)
        return unpickler.load()

    pickle.load = load
    try:
        joblib.load(path)
    finally:
        pickle.load = plain_load
        if "find_class" in vars(numpy_pickle.NumpyUnpickler):
            if original is inner:
                del numpy_pickle.NumpyUnpickler.find_class
            else:
                numpy_pickle.NumpyUnpickler.find_class = original
    return [list(pair) for pair in sorted(found)]


# ---------------------------------------------------------------- payload


def pickle_payload(data):
    """The bytes of 1 KiB and more in a plain pickle."""
    ranges = []
    for opcode, argument, position in pickletools.genops(io.BytesIO(data)):
        if opcode.name in ("BINBYTES", "BINBYTES8", "SHORT_BINBYTES", "BYTEARRAY8") and len(argument) >= common.PAYLOAD_MINIMUM:
            head = {"BINBYTES": 5, "BINBYTES8": 9, "SHORT_BINBYTES": 2, "BYTEARRAY8": 9}[opcode.name]
            ranges.append([position + head, len(argument)])
    return ranges


def joblib_payload(joblib, path):
    """Where joblib's own unpickler reads the elements of arrays of 1 KiB and more; for a file that is not compressed."""
    from joblib import numpy_pickle

    ranges = []
    original = numpy_pickle.NumpyArrayWrapper.read_array

    def watched(self, unpickler, *rest):
        array = original(self, unpickler, *rest)
        if not self.dtype.hasobject and array.nbytes >= common.PAYLOAD_MINIMUM:
            ranges.append([unpickler.file_handle.tell() - array.nbytes, array.nbytes])
        return array

    numpy_pickle.NumpyArrayWrapper.read_array = watched
    try:
        joblib.load(path)
    finally:
        numpy_pickle.NumpyArrayWrapper.read_array = original
    return sorted(ranges)
