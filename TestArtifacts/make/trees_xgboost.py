"""Writes XGBoost models in every encoding, with what the reloaded Booster says of them.

Runs once in an environment of each release that RELEASES names; the others need Python 3.8 with numpy below 1.24. With
pandas the categorical ones are written, too. Predictions come from the Booster that was loaded again.
"""

import base64
import json
import math
import struct
import warnings

import numpy
import xgboost

from common import PAYLOAD_MINIMUM, place, run_all, skip, start, write_truth

VERSION = xgboost.__version__
RELEASES = ("0.90", "1.0.2", "1.3.3", "1.7.6", "2.1.4", "3.2.0")
TAG = "_" + VERSION.replace(".", "_")
BY = {"xgboost": VERSION}
RELEASE = tuple(int(part) for part in VERSION.split(".")[:2])
RANDOM = numpy.random.RandomState(7)
ROWS = numpy.ascontiguousarray(RANDOM.rand(120, 4).astype(numpy.float32))
YES = (ROWS[:, 0] + ROWS[:, 1] > 1).astype(numpy.float32)
CODES = numpy.floor(ROWS[:, 0] * 3).astype(numpy.float32)
VALUES = ROWS[:, 0] * 2 + ROWS[:, 2]
NAMES = ["ndvi", "red edge", "nir", "slope"]
TASKS = {"binary": ["classification"], "multi": ["classification"], "reg": ["regression"], "count": ["regression"]}
TASKS["survival"] = ["regression"]


# ---------------------------------------------------------------- truth


def number(text):
    """A parameter as a number; the list that 3.x writes for one target as the number in it."""
    if text.startswith("["):
        values = [number(part) for part in text[1:-1].split(",")]
        return values[0] if len(values) == 1 else values
    value = float(text)
    return int(value) if value.is_integer() else value


def features(booster):
    """Names, kinds and, from 3.1 on, categories as the Booster gives them; none when the file has no names."""
    if not booster.feature_names:
        return None
    arrow = booster.get_categories(export_to_arrow=True).to_arrow() if RELEASE >= (3, 1) else []
    categories = {name: [str(value) for value in values.to_pylist()] for name, values in arrow if values is not None}
    kinds = {"c": "categorical", "i": "indicator", "q": "quantitative"}
    types = booster.feature_types or [None] * len(booster.feature_names)
    return [
        {
            "name": name,
            **({"data_type": kinds.get(kind, kind)} if kind else {}),
            **({"categories": categories[name]} if name in categories else {}),
        }
        for name, kind in zip(booster.feature_names, types)
    ]


def said(path, data, booster="gbtree", stated=None):
    """The record of a model, by the Booster that reads it again. stated has what no method of it gives."""
    loaded = xgboost.Booster(model_file=str(path)) if RELEASE >= (1, 0) else xgboost.Booster({}, model_file=str(path))
    predicted = loaded.predict(data)
    count = loaded.num_features() if hasattr(loaded, "num_features") else data.num_col()
    port = {"name": "data", "shape": [-1, count], "data_type": "float32"}
    if names := features(loaded) if RELEASE >= (1, 4) and path.suffix != ".model" else None:
        port["features"] = names
    settings = {"booster": booster}
    if booster != "gblinear":
        settings["trees"] = len(loaded.get_dump())
    if RELEASE >= (1, 0):
        config = json.loads(loaded.save_config())["learner"]
        settings["objective"] = config["objective"]["name"]
        # A binary model holds its base score as float32, the others as text.
        score = number(config["learner_model_param"]["base_score"])
        settings["base_score"] = score
        if (classes := int(config["learner_model_param"]["num_class"])) > 0:
            settings["num_class"] = classes
        if (targets := int(config["learner_model_param"].get("num_target", 1))) > 1:
            settings["num_target"] = targets
    if hasattr(loaded, "num_boosted_rounds") and not (booster == "gblinear" and RELEASE < (2, 0)):
        settings["num_boosted_rounds"] = loaded.num_boosted_rounds()
    settings.update(stated or {})
    facts = {
        "framework": "XGBoost",
        "artifact_type": "xgboost.Booster.save_model",
        "inputs": [port],
        "hyperparameters": settings,
    }
    facts["outputs"] = [{"shape": [-1, *predicted.shape[1:]], "data_type": str(predicted.dtype)}]
    if tasks := TASKS.get(settings["objective"].split(":")[0]):
        facts["tasks"] = tasks
    if attributes := loaded.attributes():
        facts["metadata"] = attributes
    return {"verdict": "model", "facts": facts}


def array_ranges(data):
    """[offset, length] of each typed array of PAYLOAD_MINIMUM bytes or more of UBJSON."""
    widths = {"i": 1, "U": 1, "I": 2, "l": 4, "L": 8, "d": 4, "D": 8, "C": 1, "Z": 0, "T": 0, "F": 0}
    integers = {"i": ">b", "U": ">B", "I": ">h", "l": ">i", "L": ">q"}
    ranges = []

    def length(at):
        form = integers[chr(data[at])]
        return struct.unpack_from(form, data, at + 1)[0], at + 1 + struct.calcsize(form)

    def value(marker, at):
        if marker in widths:
            return at + widths[marker]
        if marker in "SH":
            count, at = length(at)
            return at + count
        kind = count = None
        if chr(data[at]) == "$":
            kind, at = chr(data[at + 1]), at + 2
        if chr(data[at]) == "#":
            count, at = length(at + 1)
        if kind in widths and marker == "[":
            if count * widths[kind] >= PAYLOAD_MINIMUM:
                ranges.append([at, count * widths[kind]])
            return at + count * widths[kind]
        closing = "]" if marker == "[" else "}"
        while count is None and chr(data[at]) != closing or count:
            if marker == "{":
                size, at = length(at)
                at += size
            inner = kind
            if inner is None:
                inner, at = chr(data[at]), at + 1
            at = value(inner, at)
            if count is not None:
                count -= 1
        return at if count is not None else at + 1

    assert value(chr(data[0]), 1) == len(data)
    return ranges


# ---------------------------------------------------------------- writing


def save(name, how, parameters, label, *, rounds=3, endings=("json", "ubj"), data=None, stated=None, attributes=None, **options):
    """Trains a Booster, saves it in the encodings of these endings, and writes what it says when it is loaded again."""
    data = data if data is not None else xgboost.DMatrix(ROWS, label=label)
    booster = xgboost.train({"max_depth": 2, "seed": 1, **parameters}, data, rounds, **options)
    if attributes:
        booster.set_attr(**attributes)
    for ending in endings:
        write(booster, name, ending, how, data, parameters, stated)
    return booster


def write(booster, name, ending, how, data, parameters, stated=None):
    folder = {"json": "xgboost-json", "ubj": "xgboost-ubj"}.get(ending, "xgboost-binary")
    if ending == "model" and RELEASE >= (2, 1):
        folder = "xgboost-ubj"
    if folder == "xgboost-ubj" and RELEASE < (1, 6):
        return skip(f"{VERSION} has no UBJSON")
    path = place(folder, f"{name}{TAG}.{ending}")
    booster.save_model(str(path))
    kind = parameters.get("booster", "gbtree")
    record = said(path, data, kind, {**(stated or {}), **({} if RELEASE >= (1, 0) else {"objective": parameters["objective"]})})
    if folder == "xgboost-binary":
        if RELEASE >= (1, 0):
            record["format"] = {"version": ".".join(VERSION.split(".")[:2])}
        if RELEASE < (1, 3) or kind == "gblinear":
            record["facts"]["hyperparameters"].pop("num_boosted_rounds", None)
    else:
        record["facts"]["framework_version"] = VERSION
    payload = array_ranges(path.read_bytes()) if folder == "xgboost-ubj" else []
    write_truth(path, written_by=BY, how=how, record=record, payload=payload)


def not_loadable(folder, name, text, how, record):
    path = place(folder, name)
    path.write_text(text)
    write_truth(path, written_by=BY, how=how, record=record)


# ---------------------------------------------------------------- every release


def classifier():
    endings = ("model",) if RELEASE < (1, 3) else ("model", "json") if RELEASE < (2, 1) else ("json", "ubj")
    stated = {"base_margin": float(str(numpy.float32(-math.log(1 / 0.3 - 1))))} if RELEASE < (1, 0) else None
    save(
        "classifier",
        "xgboost.train: two classes, attributes",
        {"objective": "binary:logistic", "base_score": 0.3},
        YES,
        endings=endings,
        stated=stated,
        attributes={"sensor": "MSI", "note": "tab\tand ü"},
    )


def dart():
    endings = ("model",) if RELEASE < (1, 3) else ("model", "json") if RELEASE < (2, 1) else ("json", "ubj")
    save(
        "dart",
        "xgboost.train: booster dart, three classes, two trees a class and round",
        {"objective": "multi:softprob", "num_class": 3, "booster": "dart", "num_parallel_tree": 2},
        CODES,
        endings=endings,
        stated={"num_class": 3},
    )


def linear():
    endings = ("model",) if RELEASE < (1, 3) else ("model", "json") if RELEASE < (2, 1) else ("json", "ubj")
    save(
        "linear",
        "xgboost.train: booster gblinear",
        {"objective": "reg:squarederror", "booster": "gblinear"},
        VALUES,
        endings=endings,
    )


def poisson():
    endings = ("model",) if RELEASE < (2, 1) else ("json",)
    save("poisson", "xgboost.train: counts", {"objective": "count:poisson"}, CODES, endings=endings)


def ranker():
    data = xgboost.DMatrix(ROWS, label=CODES)
    data.set_group([40, 40, 40])
    endings = ("model",) if RELEASE < (2, 1) else ("json", "ubj")
    save("ranker", "xgboost.train: ranking in three groups", {"objective": "rank:pairwise"}, None, data=data, endings=endings)


def estimator():
    """scikit-learn's wrapper, which leaves its parameters in the file up to 2.0."""
    if RELEASE < (1, 0):
        return skip("0.x has no JSON")
    if RELEASE == (2, 1):
        return skip("2.1 and today's scikit-learn do not fit")
    options = {"use_label_encoder": False} if RELEASE == (1, 3) else {}
    wrapper = xgboost.XGBClassifier(n_estimators=3, max_depth=2, learning_rate=0.5, random_state=1, **options)
    wrapper.fit(ROWS, CODES.astype(int))
    path = place("xgboost-json", f"estimator{TAG}.json")
    wrapper.save_model(str(path))
    # Labels and parameters stand in the file up to 2.0; what they are, the wrapper says.
    stated = {"n_estimators": 3, "max_depth": 2, "learning_rate": 0.5} if RELEASE < (2, 1) else {}
    if RELEASE < (1, 3):
        record = {"verdict": "model", "facts": {"tasks": ["classification"], "hyperparameters": {"trees": 9, **stated}}}
    else:
        record = said(path, xgboost.DMatrix(ROWS), stated=stated)
    record["facts"]["framework_version"] = VERSION
    if RELEASE < (2, 1):
        labels = [str(label) for label in wrapper.classes_]
        record["facts"]["outputs"] = [{"shape": [-1, 3], "data_type": "float32", "labels": labels}]
    write_truth(path, written_by=BY, how="xgboost.XGBClassifier of three classes", record=record)


def snapshot():
    """What Python pickles of a Booster, as a file: its configuration beside its model."""
    booster = xgboost.train({"objective": "reg:squarederror", "max_depth": 3, "eta": 0.25}, xgboost.DMatrix(ROWS, label=VALUES), 2)
    data = bytes(booster.__getstate__()["handle"])
    again = xgboost.Booster()
    again.__setstate__({"handle": bytearray(data)})
    assert len(again.get_dump()) == 2
    if data[:1] != b"{":
        return skip(f"{VERSION} has it in its binary form")
    folder, ending = ("xgboost-json", "json") if data[1:2] == b'"' else ("xgboost-ubj", "ubj")
    path = place(folder, f"snapshot{TAG}.{ending}")
    path.write_bytes(data)
    settings = {"trees": 2, "max_depth": 3, "eta": 0.25, "booster": "gbtree", "objective": "reg:squarederror"}
    settings["base_score"] = number(json.loads(booster.save_config())["learner"]["learner_model_param"]["base_score"])
    facts = {"artifact_type": "xgboost.Booster.__getstate__", "framework_version": VERSION}
    facts.update(hyperparameters=settings, tasks=["regression"])
    facts["inputs"] = [{"shape": [-1, 4]}]
    how = "the buffer in the pickle of a Booster"
    write_truth(path, written_by=BY, how=how, record={"verdict": "model", "facts": facts})


def configuration():
    if RELEASE not in ((1, 7), (3, 2)):
        return skip("one old and one new are enough")
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 3, "eta": 0.25}, xgboost.DMatrix(ROWS, label=YES), 2)
    settings = {"max_depth": 3, "eta": 0.25, "booster": "gbtree", "objective": "binary:logistic"}
    record = {"verdict": "not-a-model", "cause": "architecture-only"}
    record["facts"] = {"framework_version": VERSION, "hyperparameters": settings}
    not_loadable("xgboost-config", f"config{TAG}.json", booster.save_config(), "Booster.save_config", record)


# ---------------------------------------------------------------- the newest release


def base64_model():
    """No Python of any release writes it; the binary model inside is real."""
    if RELEASE != (0, 90):
        return skip("from 0.90")
    data = xgboost.DMatrix(ROWS, label=YES)
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 2}, data, 2)
    inner = place("xgboost-binary", "base64.model")
    booster.save_model(str(inner))
    record = said(inner, data, stated={"objective": "binary:logistic"})
    inner.write_bytes(b"bs64\t" + base64.b64encode(inner.read_bytes()) + b"\n")
    write_truth(inner, written_by=BY, how="a model of Booster.save_model as base64 behind bs64", record=record)


def newest(function):
    """Marks what is written by the newest release only."""

    def only():
        return function() if RELEASE >= (3, 0) else skip("by the newest release only")

    only.__name__ = function.__name__
    return only


@newest
def named_columns():
    data = xgboost.DMatrix(ROWS, label=VALUES, feature_names=NAMES, feature_types=["float", "int", "q", "i"])
    save("named_columns", "xgboost.train: columns with names and types", {"objective": "reg:absoluteerror"}, None, data=data)


@newest
def bands():
    names = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12"]
    rows = numpy.random.RandomState(3).rand(120, len(names)).astype(numpy.float32)
    data = xgboost.DMatrix(rows, label=numpy.floor(rows[:, 3] * 4), feature_names=names)
    parameters = {"objective": "multi:softprob", "num_class": 4}
    save("bands", "xgboost.train: the bands of Sentinel-2 L2A, four classes", parameters, None, endings=("json",), data=data)


@newest
def categorical():
    import pandas

    frame = pandas.DataFrame(ROWS[:, :2], columns=NAMES[:2])
    frame["soil"] = pandas.Categorical(numpy.where(ROWS[:, 2] > 0.5, "clay", "sand"))
    frame["zone"] = pandas.Categorical(numpy.where(ROWS[:, 3] > 0.5, 31, 32))
    data = xgboost.DMatrix(frame, label=YES, enable_categorical=True)
    save("categorical", "xgboost.train: categorical columns of pandas, texts and numbers", {"objective": "binary:hinge"}, None, data=data)


@newest
def several_targets():
    labels = ROWS[:, :2]
    parameters = {"objective": "reg:squarederror", "multi_strategy": "multi_output_tree"}
    save("vector_leaves", "xgboost.train: two targets, leaves with two values", parameters, labels)
    save("several_targets", "xgboost.train: two targets, a tree for each", {"objective": "reg:squarederror"}, labels)


@newest
def quantiles():
    parameters = {"objective": "reg:quantileerror", "quantile_alpha": [0.1, 0.5, 0.9]}
    save("quantiles", "xgboost.train: three quantiles", parameters, VALUES, stated={"quantile_alpha": [0.1, 0.5, 0.9]})


@newest
def survival():
    data = xgboost.DMatrix(ROWS)
    data.set_float_info("label_lower_bound", VALUES)
    data.set_float_info("label_upper_bound", VALUES + 1)
    save("survival_aft", "xgboost.train: accelerated failure time", {"objective": "survival:aft"}, None, data=data, endings=("json",))
    save("survival_cox", "xgboost.train: Cox regression", {"objective": "survival:cox"}, VALUES, endings=("ubj",))


@newest
def early_stopping():
    data = xgboost.DMatrix(ROWS[:80], label=YES[:80])
    held = xgboost.DMatrix(ROWS[80:], label=YES[80:])
    save(
        "early_stopping",
        "xgboost.train: stopped early, best_iteration in the attributes",
        {"objective": "binary:logistic", "eta": 1},
        None,
        data=data,
        rounds=30,
        evals=[(held, "held")],
        early_stopping_rounds=2,
        verbose_eval=False,
    )


@newest
def random_forest():
    parameters = {"objective": "multi:softmax", "num_class": 3, "num_parallel_tree": 5, "subsample": 0.8, "eta": 1}
    save("random_forest", "xgboost.train: one round of five trees a class", parameters, CODES, rounds=1)


@newest
def large_trees():
    """Arrays of a kilobyte and more, none of which may be fetched, in a file without an ending of its own."""
    rows = RANDOM.rand(3000, 6).astype(numpy.float32)
    data = xgboost.DMatrix(rows, label=RANDOM.rand(3000))
    parameters = {"objective": "reg:squarederror", "max_depth": 9, "min_child_weight": 0}
    save("large_trees", "xgboost.train: trees of hundreds of nodes", parameters, None, data=data, rounds=2, endings=("model",))


@newest
def dumps():
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 2}, xgboost.DMatrix(ROWS, label=YES), 2)
    for form, ending in (("text", "txt"), ("json", "json"), ("dot", "dot")):
        path = place("xgboost-dump", f"dump.{ending}").with_name(f"dump_{form}.{ending}")
        booster.dump_model(str(path), dump_format=form, with_stats=form == "text")
        record = {"verdict": "not-a-model", "cause": "dump", "facts": {"framework": "XGBoost"}}
        write_truth(path, written_by=BY, how=f"Booster.dump_model as {form}", record=record)


FUNCTIONS = [classifier, dart, linear, poisson, ranker, estimator, snapshot, configuration, base64_model, named_columns]
FUNCTIONS += [bands]
FUNCTIONS += [categorical, several_targets, quantiles, survival, early_stopping, random_forest, large_trees, dumps]

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    assert VERSION in RELEASES, VERSION
    run_all(FUNCTIONS, start(__doc__).names)
