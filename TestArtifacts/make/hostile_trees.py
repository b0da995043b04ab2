"""Writes boosted trees that are broken or malicious, and files that only look like boosted trees.

Needs the standard library alone; each is named by its fault.
"""

import json
import struct

from common import place, run_all, start, write_truth
from hostile import UNRECOGNISED, WRITTEN_BY, failed, save

FUNCTIONS = []


def artifact(function):
    """Adds a function to those that write artifacts."""
    FUNCTIONS.append(function)
    return function


def pair(key, value):
    """A member of a UBJSON object, its key with a length of 64 bits as XGBoost writes it."""
    return b"L" + struct.pack(">q", len(key)) + key.encode() + value


def obj(*members):
    return b"{" + b"".join(members) + b"}"


def text(value):
    return b"S" + b"L" + struct.pack(">q", len(value)) + value.encode()


def counted(kind, count):
    """The head of an array of one type."""
    return b"[$" + kind + b"#L" + struct.pack(">q", count)


def learner(*members, features="4"):
    """The beginning of a model, up to the members of its learner."""
    parameters = obj(pair("num_feature", text(features)), pair("num_class", text("0")))
    return pair("learner", obj(pair("learner_model_param", parameters), *members))


def model(trees, **options):
    """A whole model around an array of trees."""
    inner = obj(pair("gbtree_model_param", obj(pair("num_trees", text("1")))), pair("trees", trees))
    booster = obj(pair("model", inner), pair("name", text("gbtree")))
    return obj(learner(pair("gradient_booster", booster), **options))


@artifact
def ubjson():
    tree = obj(pair("base_weights", counted(b"d", 2) + bytes(8)))
    save("xgboost_huge_count.ubj", model(counted(b"d", 2**61)), "an array of 2^61 numbers", failed("truncated"))
    save("xgboost_negative_count.ubj", model(counted(b"d", -1)), "an array of -1 numbers", failed("malformed"))
    save("xgboost_least_count.ubj", model(counted(b"d", -(2**63))), "an array of -2^63 numbers", failed("malformed"))
    save("xgboost_most_count.ubj", model(counted(b"d", 2**63 - 1)), "an array of 2^63 - 1 numbers", failed("truncated"))
    save("xgboost_null_bomb.ubj", model(counted(b"Z", 2**62)), "2^62 nulls, which take no bytes", {"verdict": "model"})
    nested = b"[" * 20_000 + b"]" * 20_000
    save("xgboost_deep.ubj", model(nested), "arrays nested 20,000 deep", failed("limit"))
    save("xgboost_deep_types.ubj", model(b"[$[#i\1" * 300), "typed arrays nested 300 deep", failed())
    save("xgboost_cut.ubj", model(b"[" + tree + b"]")[:-30], "the file ends in the trees", failed("truncated"))
    save("xgboost_unknown_marker.ubj", model(b"[q]"), "a marker that does not exist", failed("malformed"))
    save("xgboost_type_without_count.ubj", model(b"[$d]"), "a type without a count", failed("malformed"))
    save("xgboost_huge_key.ubj", obj(learner(), b"L" + struct.pack(">q", 2**40)), "a key of 2^40 bytes", failed("limit"))
    record = {"verdict": "model", "facts": {"hyperparameters": {"trees": 1}}}
    save("xgboost_no_operations.ubj", model(b"[NN" + tree + b"N]N"), "marks that stand for nothing", record)


@artifact
def parameters():
    for name, value in (("huge", str(2**62)), ("negative", "-1"), ("text", "many"), ("digits", "9" * 20_000)):
        how = f"num_feature is {value[:24]}"
        save(f"xgboost_features_{name}.ubj", model(b"[]", features=value), how, failed("malformed"))


@artifact
def json_models():
    whole = {"learner": {"learner_model_param": {"num_feature": "4"}, "gradient_booster": {"name": "gbtree"}}}
    save("xgboost_learner_only.json", json.dumps(whole).encode(), "a learner without trees", failed("malformed"))
    deep = '{"learner":{"gradient_booster":{"model":{"trees":' + "[" * 100_000
    save("xgboost_deep_text.json", deep.encode(), "JSON nested 100,000 deep", failed("limit"))
    digits = '{"learner":{"learner_model_param":{}},"version":[' + "1" * 50_000 + "]}"
    save("xgboost_digits.json", digits.encode(), "a version of 50,000 digits", failed())
    twice = '{"learner":{"gradient_booster":{"model":{},"name":"gbtree"},"gradient_booster":{"model":{},"name":"dart"}}}'
    save("xgboost_repeated_keys.json", twice.encode(), "a booster twice: the last one counts", {"verdict": "model"})


@artifact
def binary():
    def head(features, trees):
        parameters = struct.pack("<fI", 0.5, features) + bytes(128)
        names = b"".join(struct.pack("<Q", len(name)) + name for name in (b"reg:linear", b"gbtree"))
        return parameters + names + struct.pack("<ii", trees, 1) + bytes(152)

    save("xgboost_many_trees.model", head(4, 2**31 - 1), "2^31 - 1 trees, none of which is there", failed("truncated"))
    save("xgboost_negative_trees.model", head(4, -1), "-1 trees", failed("malformed"))
    nodes = struct.pack("<ii", 1, 2**31 - 1) + bytes(140)
    save("xgboost_many_nodes.model", head(4, 1) + nodes, "a tree of 2^31 - 1 nodes", failed("truncated"))
    save("xgboost_bad_base64.model", b"bs64\t!!!!\n", "no base64 behind bs64", failed("malformed"))


@artifact
def lightgbm():
    head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\n"
    end = "\nTree=0\nnum_leaves=1\n\nend of trees\n"
    many = head + "max_feature_idx=9999999\nobjective=regression\nfeature_names=a b\ntree_sizes=22\n" + end
    record = {"verdict": "model", "facts": {"inputs": [{"shape": [-1, 10_000_000]}], "hyperparameters": {"trees": 1}}}
    save("lightgbm_10_million_features.txt", many.encode(), "ten million features, two of them named", record)
    huge = head + f"max_feature_idx={2**62}\n" + end
    save("lightgbm_huge_feature_index.txt", huge.encode(), "2^62 features", failed("malformed"))
    sizes = head + "max_feature_idx=0\nfeature_names=a\ntree_sizes=2147483647 2147483647\n" + end
    record = {"verdict": "model", "facts": {"hyperparameters": {"trees": 1}}}
    save("lightgbm_wrong_sizes.txt", sizes.encode(), "sizes of trees that lead out of the file", record)
    cut = head + "max_feature_idx=0\nfeature_names=a\n\nTree=0\nnum_leaves=1\n"
    save("lightgbm_cut.txt", cut.encode(), "ends in its trees", failed("truncated"))


@artifact
def catboost():
    save("catboost_size_past_end.cbm", b"CBM1" + struct.pack("<I", 2**32 - 1) + bytes(64), "a core longer than the file", failed("truncated"))
    save("catboost_zeros.cbm", b"CBM1" + struct.pack("<I", 64) + bytes(64), "a core of zeros", failed("malformed"))
    save("catboost_cut.cbm", b"CBM1\x10", "five bytes", failed("truncated"))


def other(name, data, how):
    path = place("not-a-model", name)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    write_truth(path, written_by=WRITTEN_BY, how=how, record=UNRECOGNISED)


@artifact
def look_alikes():
    other("learner_number.json", '{"learner":1,"version":2}', "JSON with the outer keys of an XGBoost model")
    other("learner_empty.json", '{"learner":{},"version":[1,0,0]}', "a learner with nothing in it")
    other("learner_person.json", '{"learner":{"name":"Ada","attributes":{}},"version":[1,0,0]}', "a learner of another kind")
    other("tree_text.txt", "tree\nof life\nversion=1\n", "a text that begins with tree")
    other("tree_listing.txt", "tree\nversion=2.0.4\n.\n|-- src\n", "the output of a program called tree")
    other("tree_fragment.txt", "Tree=0\nnum_leaves=2\n", "a piece of a LightGBM model")
    other("lightgbm_predictions.txt", "0.25\n0.5\n0.75\n", "predictions, a number a line")
    other("nodes.json", '[{"nodeid":1,"name":"a"},{"nodeid":2,"name":"b"}]', "nodes of another kind")
    other("features_info.json", '{"features_info":{"count":3},"trees":[]}', "trees of another kind")
    other("other.ubj", obj(pair("name", text("a")), pair("values", counted(b"d", 2) + bytes(8))), "UBJSON of another kind")
    other("booster.txt", "booster[0]: is a rocket\nnothing more\n", "a text that begins like a dump")
    treelite = struct.pack("<iiiBBB", 4, 1, 0, 1, 2, 2) + struct.pack("<QiiB", 3, 4, 1, 0) + bytes(256)
    other("treelite.tl", treelite, "the head of a treelite checkpoint")


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
