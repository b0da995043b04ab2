"""Writes pickles of estimators and boosters whose needs, inputs or classes are the point, each by two sets of releases.

Run once in Python 3.11 (scikit-learn 1.9.1, xgboost 3.2.0, catboost 1.2.10) and once in Python 3.8 (scikit-learn 1.0.2, xgboost
1.5.2, catboost 1.0.6, numpy below 1.24). Every call is executed here before it becomes the truth.
"""

import os
import pickle
import subprocess
import sys
import warnings

import catboost
import joblib
import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn.compose import TransformedTargetRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import common
from estimators import Threshold

warnings.simplefilter("ignore")
generator = np.random.default_rng(1)
X = pd.DataFrame(generator.random((30, 2)), columns=["B02", "ndvi"])
CODES = np.array([11, 21, 31] * 10)
HALVES = (X["ndvi"] > 0.5).astype(int)
HERE = os.path.dirname(os.path.abspath(__file__))
RELEASE = "_".join(sklearn.__version__.split(".")[:2])
BY = {"scikit-learn": sklearn.__version__, "xgboost": xgboost.__version__, "catboost": catboost.__version__}


def table(name="X"):
    return {"name": name, "shape": [-1, 2], "dim_order": ["batch", "feature"],
            "features": [{"name": "B02"}, {"name": "ndvi"}]}


def write(format_id, name, value, how, facts, loading=None):
    """Pickles the value, loads it again with the call that becomes the truth, and predicts with what that gives."""
    ending = "joblib" if format_id.endswith("joblib") else "pkl"
    path = common.place(format_id, "{}_{}.{}".format(name, RELEASE, ending))
    if ending == "joblib":
        joblib.dump(value, path)
        call = 'joblib.load("{}")'.format(path.name)
    else:
        path.write_bytes(pickle.dumps(value, protocol=4))
        call = 'pickle.load(open("{}", "rb"))'.format(path.name)
    code = "import joblib, pickle, warnings\nwarnings.simplefilter('ignore')\nloaded = " + call
    environment = dict(os.environ, PYTHONPATH=HERE)
    subprocess.run([sys.executable, "-c", code], cwd=str(path.parent), env=environment, check=True)
    record = {"verdict": "model", "format": {"id": format_id}, "facts": facts, "loading": {"call": call}}
    record["loading"].update(loading or {})
    pickles = {"": common.pickle_imports(path.read_bytes())} if ending == "pkl" else None
    common.write_truth(path, written_by=BY, how=how, record=record, pickles=pickles)


def booster_in_pipeline():
    model = make_pipeline(StandardScaler(), xgboost.XGBClassifier(n_estimators=2, max_depth=2)).fit(X, HALVES)
    inner = model.steps[-1][1]
    assert len(inner.get_booster().get_dump()) == 2
    write("sklearn-joblib", "boosted", model, "a booster as the last step: fitted, since it holds trees",
          {"architecture": "Pipeline(StandardScaler, XGBClassifier)", "inputs": [table()]})


def own_estimator():
    model = make_pipeline(StandardScaler(), Threshold(1)).fit(X, HALVES)
    write("sklearn-joblib", "threshold", model, "the last step is a class of one's own, which is fitted by its own rule",
          {"architecture": "Pipeline(StandardScaler, Threshold)", "inputs": [table()]}, {"verdict": "needs-code"})


def whole_numbers():
    model = LogisticRegression().fit(X, CODES)
    assert list(model.classes_) == [11, 21, 31]
    write("sklearn-joblib", "codes", model, "classes that are whole numbers of a land-cover key",
          {"architecture": "LogisticRegression", "inputs": [table()],
           "outputs": [{"name": "predict", "shape": [-1], "data_type": "int64", "dim_order": ["batch"], "labels": ["11", "21", "31"], "class_values": [11, 21, 31]}]})


def best():
    search = GridSearchCV(Ridge(), {"alpha": [0.1, 10.0]}, cv=3).fit(X, X["ndvi"] * 2)
    write("sklearn-joblib", "best", search, "a search: what it found best is the model",
          {"architecture": "GridSearchCV(Ridge)", "inputs": [table()]})


def scaled_target():
    model = TransformedTargetRegressor(Ridge(), transformer=StandardScaler()).fit(X, X["B02"] * 3)
    write("sklearn-joblib", "target_scaled", model, "a regressor around another",
          {"architecture": "TransformedTargetRegressor(Ridge)", "inputs": [table()]})


def words():
    vectorizer = TfidfVectorizer().fit(["wet meadow", "dry heath", "wet heath"])
    path = common.place("sklearn-joblib", "words_{}.joblib".format(RELEASE))
    joblib.dump(vectorizer, path)
    common.write_truth(path, written_by=BY, how="a vectorizer alone is preprocessing, and no model",
                       record={"verdict": "not-a-model", "cause": "preprocessing"})


def gradient_booster():
    model = xgboost.XGBClassifier(n_estimators=2, max_depth=2).fit(X, HALVES)
    write("xgboost-pickle", "columns", model, "the columns of a table in the estimator's booster",
          {"inputs": [table()]})


def cat_booster():
    model = catboost.CatBoostClassifier(iterations=2, depth=2, verbose=0, allow_writing_files=False).fit(X, HALVES)
    assert list(model.classes_) == [0, 1]
    write("pickle-other", "catboost_classes", model, "the classes of a pickled CatBoost model",
          {"architecture": "CatBoostClassifier", "inputs": [dict(table("data"), data_type="float32")],
           "outputs": [{"name": "predict", "shape": [-1], "dim_order": ["batch"], "labels": ["0", "1"]}]})


if __name__ == "__main__":
    common.run_all([booster_in_pipeline, own_estimator, whole_numbers, best, scaled_target, words, gradient_booster, cat_booster],
                   common.start(__doc__).names)
