"""Writes estimators of scikit-learn as pickles, joblib files and skops archives.

Runs with any scikit-learn from 0.20 on: with the newest it writes everything, with an older release a few estimators,
named after it (sklearn-pickle/forest_1_0.pkl). Needs numpy, joblib; with the newest also pandas, skops, cloudpickle,
dill, lz4.
"""

import bz2
import gzip
import lzma
import pickle
import sys

import joblib
import numpy as np
import sklearn
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import (ExtraTreesRegressor, GradientBoostingClassifier, IsolationForest, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression, Ridge, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC

import common
import sklearn_truth as truth

RELEASE = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
IS_NEW = RELEASE >= (1, 5)
TAG = "" if IS_NEW else "_{}_{}".format(*RELEASE)
BANDS = ["blue", "green", "red", "nir", "swir1", "swir2"]
COVER = np.array(["crop", "forest", "water"])


def versions(*more):
    names = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "joblib": joblib.__version__}
    for module in more:
        names[module.__name__] = module.__version__
    return names


def pixels(count=60):
    random = np.random.RandomState(7)
    x = random.rand(count, len(BANDS))
    return x, (x[:, 3] * 3).astype(int).clip(0, 2), x[:, 0] + 2 * x[:, 3]


X, Y, VALUE = pixels()


def save_pickle(name, estimator, how, protocol=None, folder="sklearn-pickle", write=None, record=None, more=(), has_payload=True):
    """A pickle, read back for its truth. The bytes of a model that is read itself are no payload."""
    path = common.place(folder, name)
    data = pickle.dumps(estimator, protocol=pickle.DEFAULT_PROTOCOL if protocol is None else protocol)
    with (write or open)(path, "wb") as file:
        file.write(data)
    facts = truth.facts(pickle.loads(data)) if record is None else record
    full = {"verdict": "model", "facts": {"artifact_type": "pickle.dump", **facts}, "loading": {"verdict": "needs-code"}}
    common.write_truth(path, written_by=versions(*more), how=how, record=full, pickles={"": truth.pickle_imports(data)},
                       payload=[] if write or not has_payload else truth.pickle_payload(data))


def save_joblib(name, estimator, how, folder="sklearn-joblib", record=None, model=None, **arguments):
    """A joblib file, read back for its truth."""
    path = common.place(folder, name)
    joblib.dump(estimator, path, **arguments)
    loaded = joblib.load(path)
    facts = truth.facts(model(loaded) if model else loaded) if record is None else record
    full = {"verdict": "model", "facts": {"artifact_type": "joblib.dump", **facts}, "loading": {"verdict": "needs-code"}}
    common.write_truth(path, written_by=versions(), how=how, record=full,
                       pickles={"": truth.joblib_imports(joblib, path)},
                       payload=[] if arguments.get("compress") else truth.joblib_payload(joblib, str(path)))


def forest(**arguments):
    return RandomForestClassifier(n_estimators=5, max_depth=4, random_state=0, **arguments)


# ---------------------------------------------------------------- every release


def estimators_of_every_release():
    save_pickle(f"forest{TAG}.pkl", forest().fit(X, COVER[Y]), "a random forest of three named classes")
    save_joblib(f"forest{TAG}.joblib", forest().fit(X, Y), "a random forest of the classes 0, 1, 2")
    save_pickle(f"logistic{TAG}.pkl", LogisticRegression(C=0.5, max_iter=200).fit(X, COVER[Y]), "logistic regression")
    save_joblib(f"linear{TAG}.joblib", LinearRegression().fit(X, VALUE), "linear regression of one value")
    steps = make_pipeline(StandardScaler(), PCA(n_components=3), SVC(kernel="rbf", C=2.0))
    save_joblib(f"pipeline{TAG}.joblib", steps.fit(X, COVER[Y]), "scaler, PCA and SVC; the classes are texts")
    save_joblib(f"boosting{TAG}.joblib", GradientBoostingClassifier(n_estimators=3, max_depth=2).fit(X, Y),
                "gradient boosting: estimators_ is an array of objects, a pickle of its own in joblib")
    save_pickle(f"kmeans{TAG}.pkl", KMeans(n_clusters=3, n_init=2, random_state=0).fit(X), "a clusterer has no task")
    for compress in ["zlib", "gzip", "bz2", "xz", "lzma"]:
        save_joblib(f"forest{TAG}_{compress}.joblib", forest().fit(X, COVER[Y]), f"compressed with {compress}",
                    compress=(compress, 3))


def protocols():
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        search = GridSearchCV(make_pipeline(StandardScaler(), Ridge()), {"ridge__alpha": [0.1, 1.0]}, cv=2)
        save_pickle(f"protocol_{protocol}{TAG}.pkl", search.fit(X, VALUE), f"a grid search over a pipeline, protocol {protocol}",
                    protocol=protocol)
    for protocol in [2, 3, 5]:
        if protocol <= pickle.HIGHEST_PROTOCOL:
            save_joblib(f"protocol_{protocol}{TAG}.joblib", forest().fit(X, COVER[Y]), f"joblib with protocol {protocol}",
                        protocol=protocol)


# ---------------------------------------------------------------- the newest


class BandRatio(BaseEstimator, TransformerMixin):
    """A transformer of the user's own: one ratio of two bands."""

    def __init__(self, first=3, second=2):
        self.first = first
        self.second = second

    def fit(self, x, y=None):
        self.n_features_in_ = x.shape[1]
        return self

    def transform(self, x):
        return np.column_stack([x, x[:, self.first] / (x[:, self.second] + 1)])


def table():
    import pandas

    frame = pandas.DataFrame(X, columns=BANDS)
    frame["soil"] = np.where(X[:, 1] > 0.5, "clay", "sand")
    return frame


def estimators_of_today():
    from sklearn.ensemble import HistGradientBoostingRegressor, StackingClassifier, VotingClassifier

    frame = table()
    columns = ColumnTransformer([("bands", StandardScaler(), BANDS), ("soil", OneHotEncoder(), ["soil"])])
    save_joblib("columns.joblib", Pipeline([("columns", columns), ("forest", forest())]).fit(frame, COVER[Y]),
                "a ColumnTransformer before a forest, fitted on a table with names")
    save_pickle("columns.pkl", Pipeline([("columns", columns), ("forest", forest())]).fit(frame, COVER[Y]),
                "the same as a pickle")
    save_joblib("search.joblib", GridSearchCV(forest(), {"max_depth": [2, 3]}, cv=2).fit(frame[BANDS], Y),
                "a grid search over a forest, fitted on a table")
    save_joblib("hist.joblib", HistGradientBoostingRegressor(max_iter=4, max_depth=2).fit(X, VALUE),
                "histogram gradient boosting")
    save_joblib("extra.joblib", ExtraTreesRegressor(n_estimators=4, max_depth=3).fit(X, np.column_stack([VALUE, VALUE])),
                "two outputs")
    save_joblib("network.joblib", MLPClassifier([8, 5], max_iter=30).fit(X, COVER[Y]), "a network of 6, 8, 5 and 3")
    save_joblib("isolation.joblib", IsolationForest(n_estimators=4, max_samples=16).fit(X), "outliers: no task")
    save_joblib("neighbours.joblib", KNeighborsClassifier(3).fit(X, 10 * (Y + 1)), "classes 10, 20, 30")
    save_joblib("pca.joblib", PCA(2).fit(X), "a transformer alone")
    save_joblib("lasso.joblib", Lasso(alpha=0.01, fit_intercept=False).fit(X, VALUE), "no intercept: a Python 0.0")
    save_joblib("float32.joblib", SGDClassifier(random_state=0).fit(X.astype(np.float32), Y), "fitted on float32")
    save_joblib("large.joblib", RandomForestRegressor(n_estimators=2, random_state=0).fit(*[pixels(400)[i] for i in (0, 2)]),
                "arrays of more than 1 KiB")
    save_joblib("bayes.joblib", GaussianNB().fit(X, Y == 1), "classes False and True")
    save_joblib("vote.joblib", VotingClassifier([("svm", LinearSVC()), ("bayes", GaussianNB())]).fit(X, Y), "a vote")
    save_joblib("stack.joblib", StackingClassifier([("bayes", GaussianNB())], cv=2).fit(X, Y), "a stack")
    save_joblib("forest_lz4.joblib", forest().fit(X, COVER[Y]), "compressed with lz4", compress="lz4")
    save_pickle("custom.pkl", make_pipeline(BandRatio(), LogisticRegression()).fit(X, Y),
                "a step of the user's own class, __main__.BandRatio")
    for name, opener in [("gz", gzip.open), ("bz2", bz2.open), ("xz", lzma.open)]:
        save_pickle(f"opened_{name}.pkl.{name}", LinearSVC().fit(X, COVER[Y]), f"written through {opener.__module__}.open",
                    write=opener)
    save_pickle("unfitted.pkl", SVC(C=3.0), "never fitted")


def bundles():
    model = forest().fit(X, COVER[Y])
    bundle = {"model": model, "scaler": StandardScaler().fit(X), "bands": BANDS, "trained": "2026-05-01"}
    save_joblib("bundle.joblib", bundle, "a dict of a forest, a scaler and names", model=lambda loaded: loaded["model"])
    pair = (StandardScaler().fit(X), LogisticRegression().fit(X, Y))
    save_pickle("pair.pkl", pair, "a tuple of a scaler and a classifier", record=truth.facts(pair[1]))


def beside_models():
    """What lies beside models and is none, and a model of several answers."""
    path = common.place("sklearn-pickle", "scaler.pkl")
    scaler = StandardScaler().fit(table()[BANDS])
    path.write_bytes(pickle.dumps(scaler))
    record = {"verdict": "not-a-model", "cause": "preprocessing", "facts": {"architecture": "StandardScaler"},
              "loading": {"verdict": "needs-code"}}
    common.write_truth(path, written_by=versions(), how="a scaler alone, fitted on a table", record=record)
    labels = np.column_stack([Y > 0, X[:, 0] > 0.5]).astype(int)
    save_pickle("two_labels.pkl", RandomForestClassifier(2, max_depth=2, random_state=0).fit(X, labels), "a forest of two labels a row")


def by_value():
    import cloudpickle
    import dill

    for package in [cloudpickle, dill]:
        folder, name = "sklearn-pickle", f"by_{package.__name__}.pkl"
        path = common.place(folder, name)
        custom = make_pipeline(BandRatio(), LogisticRegression()).fit(X, Y)
        data = package.dumps(custom, byref=False, recurse=True) if package is dill else package.dumps(custom)
        path.write_bytes(data)
        record = {"verdict": "model", "facts": {"artifact_type": f"{package.__name__}.dump", **truth.facts(package.loads(data))},
                  # dill puts the class together with getattr and setattr.
                  "loading": {"verdict": "needs-code"}}
        common.write_truth(path, written_by=versions(package), how=f"{package.__name__}.dump of a pipeline with a class of __main__",
                           record=record, pickles={"": truth.pickle_imports(data)}, payload=truth.pickle_payload(data))


    model = forest().fit(X, COVER[Y])
    path = common.place("sklearn-pickle", "dill.pkl")
    path.write_bytes(dill.dumps(model))
    common.write_truth(path, written_by=versions(dill), how="dill.dump of a forest", pickles={"": truth.pickle_imports(path.read_bytes())},
                       record={"verdict": "model", "facts": {**truth.facts(model), "artifact_type": "dill.dump"},
                               "loading": {"verdict": "needs-code"}}, payload=truth.pickle_payload(path.read_bytes()))


def boosters():
    import lightgbm
    import pandas
    import xgboost

    names = {"xgboost": "XGBoost", "lightgbm": "LightGBM"}
    table = pandas.DataFrame(X, columns=BANDS)
    cases = [(xgboost, "classifier", xgboost.XGBClassifier(n_estimators=3, max_depth=2).fit(X, Y)),
             (xgboost, "regressor", xgboost.XGBRegressor(n_estimators=2, max_depth=2).fit(table, VALUE)),
             (lightgbm, "classifier", lightgbm.LGBMClassifier(n_estimators=3, num_leaves=4, verbose=-1).fit(X, Y)),
             (lightgbm, "regressor", lightgbm.LGBMRegressor(n_estimators=2, num_leaves=4, verbose=-1).fit(table, VALUE))]
    for module, name, estimator in cases:
        booster = estimator.get_booster() if module is xgboost else estimator.booster_
        # What the wrapper leaves open, the booster has decided.
        settings = {key: value for key, value in truth.parameters(estimator).items() if value is not None}
        record = {"framework": names[module.__name__], "architecture": type(estimator).__name__,
                  "tasks": ["classification" if name == "classifier" else "regression"],
                  "inputs": [{"shape": [-1, 6]}], "hyperparameters": settings}
        columns = booster.feature_names if module is xgboost else booster.feature_name()
        if name == "regressor":
            record["inputs"][0]["features"] = [{"name": column} for column in columns]
        if module is xgboost:
            record["framework_version"] = xgboost.__version__
            settings["trees"] = len(booster.get_dump())
        else:
            settings["trees"] = booster.num_trees()
        save_pickle(f"{name}.pkl", estimator, "the wrapper for scikit-learn", folder=f"{module.__name__}-pickle",
                    record=record, more=[module], has_payload=False)
        # Without an array of numpy in it, only the compression tells a joblib file from a pickle.
        save_joblib(f"{name}.joblib", estimator, "the wrapper for scikit-learn", folder=f"{module.__name__}-joblib",
                    record=record, compress=3)
        save_pickle(f"{name}_booster.pkl", booster, "the booster itself, protocol 2", folder=f"{module.__name__}-pickle",
                    protocol=2, more=[module], has_payload=False,
                    record={"framework": names[module.__name__], "architecture": "Booster",
                            "hyperparameters": {"trees": settings["trees"]}, "inputs": record["inputs"]})
    import catboost

    model = catboost.CatBoostClassifier(iterations=3, depth=2, verbose=False, allow_writing_files=False).fit(X, Y)
    save_pickle("catboost.pkl", model, "the wrapper of CatBoost", folder="pickle-other", more=[catboost], has_payload=False,
                record={"framework": "CatBoost", "framework_version": catboost.__version__,
                        "architecture": "CatBoostClassifier", "tasks": ["classification"],
                        "hyperparameters": {"trees": model.tree_count_}})
    import statsmodels
    import statsmodels.api

    fitted = statsmodels.api.OLS(VALUE, X).fit()
    save_pickle("statsmodels.pkl", fitted, "results of statsmodels", folder="pickle-other", more=[statsmodels],
                record={"framework": "statsmodels", "architecture": "RegressionResultsWrapper"})


def no_models():
    import pandas

    def save(name, value, how, folder="pickle-other", **arguments):
        path = common.place(folder, name)
        if folder == "joblib-other":
            joblib.dump(value, path, **arguments)
            imports = truth.joblib_imports(joblib, path)
            payload = [] if arguments else truth.joblib_payload(joblib, str(path))
        else:
            path.write_bytes(pickle.dumps(value))
            imports, payload = truth.pickle_imports(path.read_bytes()), truth.pickle_payload(path.read_bytes())
        common.write_truth(path, written_by=versions(pandas), how=how, pickles={"": imports}, payload=payload,
                           record={"verdict": "not-a-model", "cause": "data"})

    save("array.pkl", X, "a numpy array")
    save("table.pkl", table(), "a pandas table")
    save("dictionary.pkl", {"bands": BANDS, "count": 6}, "a dict of plain values")
    save("array.joblib", X, "a numpy array", folder="joblib-other")
    save("objects.joblib", np.array(BANDS, dtype=object), "an array of objects", folder="joblib-other")
    save("compressed.joblib", {"x": X, "y": COVER[Y]}, "a dict of arrays, zlib", folder="joblib-other", compress=3)
    save("fortran.joblib", np.asfortranarray(X), "an array in column order", folder="joblib-other")
    save("scalar.joblib", [np.array(1.5), np.zeros((0, 3)), np.zeros(3, dtype=[("a", "f4"), ("b", "i8")])],
         "no dimension, no elements, a structured type", folder="joblib-other")


def skops_archives():
    import skops.io

    def save(name, estimator, how, facts=None, **arguments):
        path = common.place("skops", name)
        skops.io.dump(estimator, path, **arguments)
        loaded = skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))
        record = {"verdict": "model", "facts": {"artifact_type": "skops.io.dump", **truth.facts(loaded)}}
        common.write_truth(path, written_by={**versions(), "skops": skops.__version__}, how=how, record=record,
                           payload=common.stored_ranges(path, lambda entry: entry.endswith(".npy")))

    save("forest.skops", forest().fit(X, COVER[Y]), "a random forest")
    save("pipeline.skops", make_pipeline(StandardScaler(), LogisticRegression()).fit(table()[BANDS], Y), "a pipeline")
    save("custom.skops", make_pipeline(BandRatio(), Ridge()).fit(X, VALUE), "a class of __main__ that is not trusted")
    import zipfile

    save("deflated.skops", GradientBoostingClassifier(n_estimators=2).fit(X, Y), "deflated",
         compression=zipfile.ZIP_DEFLATED)
    save("network.skops", MLPClassifier([4], max_iter=20).fit(X, COVER[Y]), "a network")


EVERY = [estimators_of_every_release, protocols]
TODAY = [estimators_of_today, bundles, beside_models, by_value, boosters, no_models, skops_archives]

if __name__ == "__main__":
    arguments = common.start(__doc__)
    sys.path.insert(0, str(common.SCRATCH))
    common.run_all(EVERY + (TODAY if IS_NEW else []), arguments.names)
