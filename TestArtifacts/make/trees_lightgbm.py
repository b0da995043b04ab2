"""Writes LightGBM models, with what the reloaded Booster says of them.

Runs once in an environment of each release that RELEASES names, all with pandas; those before 4 need Python 3.8.
"""

import json

import lightgbm
import numpy
import pandas

from common import place, run_all, skip, start, write_truth

VERSION = lightgbm.__version__
RELEASES = ("2.2.3", "3.3.5", "4.7.0")
TAG = "_" + VERSION.replace(".", "_")
BY = {"lightgbm": VERSION}
RELEASE = int(VERSION.split(".")[0])
RANDOM = numpy.random.RandomState(7)
ROWS = RANDOM.rand(200, 4)
YES = (ROWS[:, 0] + ROWS[:, 1] > 1).astype(int)
CODES = numpy.floor(ROWS[:, 0] * 3).astype(int)
VALUES = ROWS[:, 0] * 2 + ROWS[:, 2]
FIXED = {"num_leaves": 4, "min_data_in_leaf": 5, "verbose": -1, "seed": 1, "num_threads": 1, "deterministic": True}


def features(loaded, rows):
    """Names from the Booster, categories from its dump, ranges from the table: the dump rounds their last digit."""
    rows = numpy.asarray(rows if isinstance(rows, numpy.ndarray) else rows.iloc[:, :2].to_numpy())
    infos = loaded.dump_model().get("feature_infos", {})
    # Columns of pandas have their own categories; a negative code stands for a missing value.
    lists = iter(loaded.pandas_categorical or [])
    for index, name in enumerate(loaded.feature_name()):
        feature = {"name": name}
        if info := infos.get(name):
            if info["values"]:
                feature["data_type"] = "categorical"
                codes = [str(value) for value in info["values"] if value >= 0]
                feature["categories"] = [str(value) for value in next(lists, codes)]
            else:
                column = rows[:, index]
                assert numpy.allclose([info["min_value"], info["max_value"]], [column.min(), column.max()])
                feature["range"] = [plain(column.min()), plain(column.max())]
        yield feature


def plain(value):
    return int(value) if float(value).is_integer() else float(value)


def said(path, rows, *, objective, tasks=None, settings=None, reloaded=None):
    """The record of a model; reloaded is another file with the same content, for what LightGBM does not read itself."""
    loaded = lightgbm.Booster(model_file=str(reloaded or path))
    predicted = loaded.predict(rows)
    dump = loaded.dump_model()
    # A text from LightGBM 2 has no order of its categories in the dump.
    known = list(features(loaded, rows)) if RELEASE > 2 else [{"name": name} for name in loaded.feature_name()]
    given = {"trees": loaded.num_trees(), **({"objective": objective} if objective else {})}
    for key in ("num_leaves", "min_data_in_leaf", *(["seed"] if RELEASE >= 4 else [])):
        given[key] = FIXED[key]
    if dump["num_class"] > 1:
        given["num_class"] = dump["num_class"]
    facts = {
        "framework": "LightGBM",
        "artifact_type": "lightgbm.Booster.save_model",
        "inputs": [{"name": "data", "shape": [-1, loaded.num_feature()], "data_type": "float64", "features": known}],
        "hyperparameters": {**given, **(settings or {})},
    }
    if objective:
        facts["outputs"] = [{"shape": [-1, *predicted.shape[1:]], "data_type": str(predicted.dtype)}]
    if tasks:
        facts["tasks"] = tasks
    return {"verdict": "model", "format": {"version": dump["version"]}, "facts": facts}


def save(name, how, parameters, label, *, rows=None, rounds=3, tasks=None, settings=None, ending="txt", **options):
    """Trains a Booster, saves it, and writes what it says when it is loaded again."""
    rows = ROWS if rows is None else rows
    data = lightgbm.Dataset(rows, label=label, **options)
    booster = lightgbm.train({**FIXED, **parameters}, data, rounds)
    path = place("lightgbm-text", f"{name}{TAG}.{ending}")
    booster.save_model(str(path))
    objective = None if callable(parameters.get("objective")) else parameters["objective"]
    record = said(path, rows, objective=objective, tasks=tasks, settings=settings)
    write_truth(path, written_by=BY, how=how, record=record)
    return path, booster, record


# ---------------------------------------------------------------- every release


def classifier():
    save("classifier", "lightgbm.train: two classes", {"objective": "binary"}, YES, tasks=["classification"], settings={"sigmoid": 1})


def classes():
    parameters = {"objective": "multiclass", "num_class": 3}
    settings = {"num_tree_per_iteration": 3}
    save("classes", "lightgbm.train: three classes", parameters, CODES, tasks=["classification"], settings=settings, ending="model")


def random_forest():
    parameters = {"objective": "regression", "boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}
    settings = {"boosting": "rf", "average_output": True, "bagging_fraction": 0.5}
    save("random_forest", "lightgbm.train: boosting rf", parameters, VALUES, tasks=["regression"], settings=settings)


def categorical():
    """Named columns, two of them categories of pandas."""
    frame = pandas.DataFrame(ROWS[:, :2], columns=["ndvi", "höhe"])
    frame["soil"] = pandas.Categorical(numpy.where(ROWS[:, 2] > 0.5, "clay", 'sand "x"'))
    frame["grid"] = pandas.Categorical((ROWS[:, 3] * 4).astype(int))
    path, _, record = save(
        "categorical", "lightgbm.train: a table of pandas with categories", {"objective": "regression_l1"}, VALUES,
        rows=frame, tasks=["regression"],
    )
    record["facts"]["metadata"] = {"pandas_categorical": lightgbm.Booster(model_file=str(path)).pandas_categorical}
    write_truth(path, written_by=BY, how="lightgbm.train: a table of pandas with categories", record=record)


def windows():
    """A text whose lines were ended as on Windows."""
    path, booster, record = save("windows", "", {"objective": "regression"}, VALUES, tasks=["regression"])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    write_truth(path, written_by=BY, how="a model text with CR LF", record=record)


# ---------------------------------------------------------------- the newest release


def newest(function):
    """Marks what is written by the newest release only."""

    def only():
        return function() if RELEASE >= 4 else skip("by the newest release only")

    only.__name__ = function.__name__
    return only


@newest
def dart():
    parameters = {"objective": "multiclassova", "num_class": 3, "boosting": "dart", "drop_rate": 0.2}
    save("dart", "lightgbm.train: boosting dart", parameters, CODES, tasks=["classification"], settings={"boosting": "dart", "drop_rate": 0.2})


@newest
def linear_trees():
    parameters = {"objective": "huber", "linear_tree": True}
    save("linear_trees", "lightgbm.train: linear models in the leaves", parameters, VALUES, tasks=["regression"], settings={"linear_tree": 1})


@newest
def ranker():
    parameters = {"objective": "lambdarank", "label_gain": [0, 1, 3]}
    save("ranker", "lightgbm.train: ranking in four groups", parameters, CODES, group=[50, 50, 50, 50])


@newest
def quantile():
    parameters = {"objective": "quantile", "alpha": 0.9}
    save("quantile", "lightgbm.train: a quantile", parameters, VALUES, tasks=["regression"], settings={"alpha": 0.9})


@newest
def monotone():
    parameters = {"objective": "gamma", "monotone_constraints": [1, 0, -1, 0]}
    save("monotone", "lightgbm.train: two monotone features", parameters, VALUES + 1, tasks=["regression"])


@newest
def cross_entropy():
    save("cross_entropy", "lightgbm.train: labels between 0 and 1", {"objective": "cross_entropy"}, ROWS[:, 0])


@newest
def own_objective():
    def objective(predicted, data):
        return predicted - data.get_label(), numpy.ones_like(predicted)

    save("own_objective", "lightgbm.train: an objective of the user's own", {"objective": objective}, VALUES)


@newest
def constant_column():
    rows = ROWS.copy()
    rows[:, 2] = 5
    save("constant_column", "lightgbm.train: a column without information", {"objective": "poisson"}, CODES, rows=rows, tasks=["regression"])


@newest
def early_stopping():
    data = lightgbm.Dataset(ROWS[:150], label=YES[:150])
    held = lightgbm.Dataset(ROWS[150:], label=YES[150:], reference=data)
    stop = lightgbm.early_stopping(2, verbose=False)
    parameters = {**FIXED, "objective": "binary", "learning_rate": 1}
    booster = lightgbm.train(parameters, data, 40, valid_sets=[held], callbacks=[stop])
    path = place("lightgbm-text", f"early_stopping{TAG}.txt")
    booster.save_model(str(path))
    assert lightgbm.Booster(model_file=str(path)).num_trees() == booster.best_iteration < 40
    record = said(path, ROWS[:150], objective="binary", tasks=["classification"])
    write_truth(path, written_by=BY, how="lightgbm.train: stopped early, saved to its best iteration", record=record)


@newest
def estimator():
    wrapper = lightgbm.LGBMClassifier(n_estimators=3, **{**FIXED, "verbose": -1})
    wrapper.fit(pandas.DataFrame(ROWS, columns=["b2", "b3", "b4", "b8"]), numpy.array(["sea", "ice", "land"])[CODES])
    path = place("lightgbm-text", f"estimator{TAG}.txt")
    wrapper.booster_.save_model(str(path))
    record = said(path, ROWS, objective="multiclass", tasks=["classification"])
    assert [item["name"] for item in record["facts"]["inputs"][0]["features"]] == wrapper.feature_name_
    write_truth(path, written_by=BY, how="lightgbm.LGBMClassifier: its Booster", record=record)


@newest
def dump():
    booster = lightgbm.train({**FIXED, "objective": "binary"}, lightgbm.Dataset(ROWS, label=YES), 2)
    path = place("lightgbm-dump", f"dump{TAG}.json")
    path.write_text(json.dumps(booster.dump_model()))
    record = {"verdict": "not-a-model", "cause": "dump", "facts": {"framework": "LightGBM"}}
    write_truth(path, written_by=BY, how="Booster.dump_model as JSON", record=record)


FUNCTIONS = [classifier, classes, random_forest, categorical, windows, dart, linear_trees, ranker, quantile, monotone]
FUNCTIONS += [cross_entropy, own_objective, constant_column, early_stopping, estimator, dump]

if __name__ == "__main__":
    assert VERSION in RELEASES, VERSION
    run_all(FUNCTIONS, start(__doc__).names)
