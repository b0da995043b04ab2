"""Writes estimators whose call, whose needs or whose inputs are the point (scikit-learn 1.9, joblib, skops 0.16).

Every call is executed here before it becomes the truth.
"""

import pickle
import warnings
import zipfile

import joblib
import numpy as np
import pandas as pd
import skops.io
from sklearn import __version__ as VERSION
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

import common

warnings.simplefilter("ignore")
generator = np.random.default_rng(0)
X = pd.DataFrame(generator.random((24, 2)), columns=["red", "nir"])
CODES = np.array([10, 20, 60] * 8)
BY = {"scikit-learn": VERSION, "joblib": joblib.__version__}


class Ratio(TransformerMixin, BaseEstimator):
    """A class of the program that pickles it."""

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return np.asarray(X)[:, :1]


def write(path, how, record, call):
    """The call, executed beside the file, gives the model."""
    import os

    here = os.getcwd()
    os.chdir(path.parent)
    model = eval(call)
    os.chdir(here)
    record.setdefault("loading", {})["call"] = call
    known = {"verdict": "model", "format": {"id": path.parent.name}} | record
    data = path.read_bytes()
    pickles = {"": common.pickle_imports(data)} if path.suffix == ".pkl" else None
    common.write_truth(path, written_by=BY, how=how, record=known, pickles=pickles)
    return model


def table(columns=("red", "nir")):
    return [{"name": "X", "shape": [-1, len(columns)], "dim_order": ["batch", "feature"],
             "features": [{"name": name} for name in columns]}]


def bundle():
    path = common.place("sklearn-joblib", "bundle_1_9.joblib")
    model = DecisionTreeClassifier(max_depth=1).fit(X, CODES)
    joblib.dump({"scaler": StandardScaler().fit(X), "clf": [model], "bands": list(X)}, path)
    loaded = write(path, "a dict with a list with the model: the call reaches into both",
                   {"facts": {"architecture": "DecisionTreeClassifier",
                              "outputs": [{"name": "predict", "shape": [-1], "data_type": "int64",
                                           "dim_order": ["batch"], "labels": ["10", "20", "60"],
                                           "class_values": [10, 20, 60]}]},
                    "loading": {"requires": ["joblib", "numpy>=1.26.1", f"scikit-learn=={VERSION}"]}},
                   f'joblib.load("{path.name}")["clf"][0]')
    assert list(loaded.classes_) == [10, 20, 60]


def target():
    path = common.place("sklearn-joblib", "target_1_9.joblib")
    model = TransformedTargetRegressor(make_pipeline(StandardScaler(), Ridge()), func=np.log1p, inverse_func=np.expm1)
    model.fit(X, CODES)
    joblib.dump(model, path)
    write(path, "TransformedTargetRegressor: its columns are those of the regressor inside",
          {"facts": {"architecture": "TransformedTargetRegressor(Pipeline(StandardScaler, Ridge))",
                     "tasks": ["regression"], "inputs": table()}}, f'joblib.load("{path.name}")')


def frozen():
    path = common.place("sklearn-joblib", "frozen_1_9.joblib")
    joblib.dump(FrozenEstimator(LogisticRegression().fit(X, CODES)), path)
    write(path, "FrozenEstimator: what is frozen is the model",
          {"facts": {"architecture": "FrozenEstimator(LogisticRegression)", "tasks": ["classification"],
                     "inputs": table()}}, f'joblib.load("{path.name}")')


def search():
    path = common.place("sklearn-joblib", "search_1_9.joblib")
    joblib.dump(GridSearchCV(Ridge(), {"alpha": [0.5, 2.0]}, cv=2).fit(X, CODES), path)
    model = joblib.load(path)
    write(path, "a search says what it found best",
          {"facts": {"hyperparameters": {"best_params_": model.best_params_}}}, f'joblib.load("{path.name}")')


def vectorizer():
    path = common.place("sklearn-joblib", "vectorizer_1_9.joblib")
    joblib.dump(make_pipeline(StandardScaler(), StandardScaler()).fit(X), path)
    write(path, "a pipeline of nothing but transformers prepares data", {"verdict": "not-a-model",
          "cause": "preprocessing"}, f'joblib.load("{path.name}")')


def own_class():
    path = common.place("sklearn-pickle", "own_class_1_9.pkl")
    model = Pipeline([("ratio", Ratio()), ("model", LogisticRegression())]).fit(X, CODES)
    path.write_bytes(pickle.dumps(model, protocol=1))
    write(path, "a class of the program itself, which must be defined before; protocol 1",
          {"format": {"id": "sklearn-pickle", "version": "protocol 1"}, "loading": {"define": ["__main__.Ratio"]}},
          f'pickle.load(open("{path.name}", "rb"))')


def trusted():
    path = common.place("skops", "trusted.skops")
    skops.io.dump(HistGradientBoostingClassifier(max_iter=1, max_leaf_nodes=2).fit(X, CODES), path,
                  compression=zipfile.ZIP_DEFLATED)
    names = skops.io.get_untrusted_types(file=path)
    quoted = ", ".join(f'"{name}"' for name in names)
    BY["skops"] = skops.__version__
    write(path, "a type that skops takes only when it is told to", {"verdict": "model"},
          f'skops.io.load("{path.name}", trusted=[{quoted}])')


ALL = [bundle, target, frozen, search, vectorizer, own_class, trusted]

if __name__ == "__main__":
    common.run_all(ALL, common.start(__doc__).names)
