"""Writes CatBoost models, binary and as JSON, with what the reloaded model says of them.

Runs once in an environment of each release that RELEASES names; 0.26 needs Python 3.8.
"""

import catboost
import numpy
import pandas

from common import place, run_all, skip, start, write_truth

VERSION = catboost.__version__
RELEASES = ("0.26.1", "1.2.10")
TAG = "_" + VERSION.replace(".", "_")
BY = {"catboost": VERSION}
RELEASE = tuple(int(part) for part in VERSION.split(".")[:2])
RANDOM = numpy.random.RandomState(7)
ROWS = RANDOM.rand(200, 4).astype(numpy.float32)
YES = (ROWS[:, 0] + ROWS[:, 1] > 1).astype(int)
CODES = numpy.floor(ROWS[:, 0] * 3).astype(int)
VALUES = ROWS[:, 0] * 2 + ROWS[:, 2]
FIXED = {"iterations": 3, "depth": 2, "learning_rate": 0.25, "random_seed": 1, "thread_count": 1, "verbose": 0, "allow_writing_files": False}


def said(path, form, rows, *, tasks=None, kinds=None):
    """The record of a model; kinds are those of its columns that are no numbers."""
    loaded = catboost.CatBoost().load_model(str(path), format=form)
    parameters = loaded.get_all_params()
    names = loaded.feature_names_
    port = {"name": "data", "shape": [-1, len(names)]}
    port["features"] = [{"name": name, "data_type": (kinds or {}).get(name, "float32")} for name in names]
    if not kinds:
        port["data_type"] = "float32"
    predicted = loaded.predict(rows)
    output = {"name": "RawFormulaVal", "shape": [-1, *predicted.shape[1:]], "data_type": str(predicted.dtype)}
    if len(loaded.classes_):
        output["labels"] = [str(label) for label in loaded.classes_]
    settings = {"trees": loaded.tree_count_}
    for key in ("loss_function", "learning_rate", "depth", "iterations", "l2_leaf_reg", "random_seed", "grow_policy"):
        if key in parameters:
            value = parameters[key]
            settings[key] = int(value) if isinstance(value, float) and value.is_integer() else value
    facts = {
        "framework": "CatBoost",
        # The wheel of 0.26 was built from a branch, and no version is in its models.
        **({"framework_version": VERSION} if RELEASE >= (1, 0) else {}),
        "artifact_type": "catboost.CatBoost.save_model",
        "inputs": [port],
        "outputs": [output],
        "hyperparameters": settings,
    }
    if tasks:
        facts["tasks"] = tasks
    return {"verdict": "model", "facts": facts}


def save(name, how, model, label, *, rows=None, tasks=None, kinds=None, forms=("cbm", "json"), **options):
    """Trains a model, saves it in these forms, and writes what it says when it is loaded again."""
    rows = ROWS if rows is None else rows
    model.fit(catboost.Pool(rows, label, **options))
    for form in forms:
        path = place("catboost" if form == "cbm" else "catboost-json", f"{name}{TAG}.{form}")
        model.save_model(str(path), format=form)
        if form == "json" and not isinstance(rows, numpy.ndarray) and RELEASE < (1, 0):
            path.unlink()
            continue
        # A model with categories cannot be applied when it comes from JSON: its hashes stay behind.
        record = said(path, form, catboost.Pool(rows, **options), tasks=tasks, kinds=kinds)
        write_truth(path, written_by=BY, how=how, record=record)


# ---------------------------------------------------------------- every release


def classifier():
    model = catboost.CatBoostClassifier(**FIXED)
    save("classifier", "CatBoostClassifier: labels 0 and 1", model, YES, tasks=["classification"])


def classes():
    labels = numpy.array(["sea", "ice", "land"])[CODES]
    model = catboost.CatBoostClassifier(**FIXED, loss_function="MultiClass")
    save("classes", "CatBoostClassifier: three texts as labels", model, labels, tasks=["classification"])


def regressor():
    names = ["ndvi", "red edge", "höhe", "slope"]
    model = catboost.CatBoostRegressor(**FIXED, loss_function="Quantile:alpha=0.9", l2_leaf_reg=2.5)
    save("regressor", "CatBoostRegressor: named columns, a quantile", model, VALUES, tasks=["regression"], feature_names=names)


# ---------------------------------------------------------------- the newest release


def newest(function):
    """Marks what is written by the newest release only."""

    def only():
        return function() if RELEASE >= (1, 2) else skip("by the newest release only")

    only.__name__ = function.__name__
    return only


@newest
def columns():
    """Numbers, categories, texts and embeddings side by side."""
    frame = pandas.DataFrame(ROWS[:, :2], columns=["ndvi", "nir"])
    frame["soil"] = numpy.where(ROWS[:, 2] > 0.5, "clay", "sand")
    frame["note"] = [f"seen on day {index % 3}" for index in range(len(ROWS))]
    frame["patch"] = [list(row[:3]) for row in ROWS]
    model = catboost.CatBoostClassifier(**FIXED)
    kinds = {"soil": "categorical", "note": "text", "patch": "embedding"}
    options = {"cat_features": ["soil"], "text_features": ["note"], "embedding_features": ["patch"]}
    save("columns", "CatBoostClassifier: columns of four kinds", model, YES, rows=frame, tasks=["classification"], kinds=kinds, forms=("cbm",), **options)


@newest
def categorical():
    frame = pandas.DataFrame(ROWS[:, :2], columns=["ndvi", "nir"])
    frame["soil"] = numpy.where(ROWS[:, 2] > 0.5, "clay", "sand")
    model = catboost.CatBoostRegressor(**FIXED)
    save("categorical", "CatBoostRegressor: a column of categories", model, VALUES, rows=frame, tasks=["regression"], kinds={"soil": "categorical"}, cat_features=["soil"])


@newest
def lossguide():
    model = catboost.CatBoostClassifier(**{**FIXED, "depth": 3}, grow_policy="Lossguide", max_leaves=5)
    save("lossguide", "CatBoostClassifier: trees that are not symmetric", model, YES, tasks=["classification"])


@newest
def several_targets():
    model = catboost.CatBoostRegressor(**FIXED, loss_function="MultiRMSE")
    save("several_targets", "CatBoostRegressor: two targets", model, ROWS[:, :2], tasks=["regression"])


@newest
def uncertainty():
    model = catboost.CatBoostRegressor(**FIXED, loss_function="RMSEWithUncertainty")
    save("uncertainty", "CatBoostRegressor: mean and variance", model, VALUES, tasks=["regression"])


@newest
def ranker():
    model = catboost.CatBoostRanker(**FIXED, loss_function="YetiRank", l2_leaf_reg=3)
    groups = numpy.repeat(numpy.arange(4), 50)
    save("ranker", "CatBoostRanker in four groups", model, CODES, forms=("cbm",), group_id=groups)


@newest
def early_stopping():
    model = catboost.CatBoostClassifier(**{**FIXED, "iterations": 40, "learning_rate": 1}, od_type="Iter", od_wait=2)
    model.fit(ROWS[:150], YES[:150], eval_set=(ROWS[150:], YES[150:]), use_best_model=True)
    path = place("catboost", f"early_stopping{TAG}.cbm")
    model.save_model(str(path))
    assert model.tree_count_ < 40
    record = said(path, "cbm", ROWS, tasks=["classification"])
    write_truth(path, written_by=BY, how="CatBoostClassifier: stopped early", record=record)


FUNCTIONS = [classifier, classes, regressor, columns, categorical, lossguide, several_targets, uncertainty, ranker]
FUNCTIONS += [early_stopping]

if __name__ == "__main__":
    assert VERSION in RELEASES, VERSION
    run_all(FUNCTIONS, start(__doc__).names)
