"""Writes the ONNX models of classical machine learning (ai.onnx.ml), with their truths.

Written with scikit-learn 1.9.1, skl2onnx 1.20.0, onnxmltools 1.16.0, XGBoost 3.2.0, LightGBM 4.7.0, CatBoost 1.2.10.
"""

import catboost
import lightgbm
import numpy
import onnx
import onnxmltools
import onnxruntime
import skl2onnx
import sklearn
import xgboost
from onnx import TensorProto, helper
from onnxmltools.convert.common.data_types import FloatTensorType as OnnxmltoolsFloat
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris
from sklearn.ensemble import GradientBoostingRegressor, IsolationForest, RandomForestClassifier, RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC

from common import place, run_all, start
from onnx_truth import count_trees, write_onnx_truth

BY_SKL2ONNX = {"scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__}
DATA, CODES = load_iris(return_X_y=True)
DATA = DATA.astype(numpy.float32)
NAMES = numpy.array(["setosa", "versicolor", "virginica"])[CODES]
ML = "ai.onnx.ml"


def onnx_path(name):
    return place("onnx", f"{name}.onnx")


def proved(path):
    """Opens the model with ONNX Runtime, which refuses what it cannot run."""
    onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return path


# ---------------------------------------------------------------- scikit-learn


def save_sklearn(name, estimator, how, *, labels_of=None, trees=0, inputs=None, **options):
    """Converts an estimator; labels_of names the output that carries its classes."""
    inputs = inputs or [("X", FloatTensorType([None, 4]))]
    model = skl2onnx.to_onnx(estimator, initial_types=inputs, **options)
    assert count_trees(model) == trees
    path = onnx_path(name)
    onnx.save_model(model, path)
    labels = {labels_of: estimator.classes_} if labels_of else None
    write_onnx_truth(proved(path), how, written_by=BY_SKL2ONNX, labels=labels)


def skl2onnx_random_forest():
    forest = RandomForestClassifier(n_estimators=5, max_depth=3, random_state=0).fit(DATA, NAMES)
    how = "skl2onnx of a RandomForestClassifier with string labels; ZipMap gives a sequence of maps"
    save_sklearn("skl2onnx_random_forest", forest, how, labels_of="output_label", trees=5)


def skl2onnx_logistic_regression():
    regression = LogisticRegression(max_iter=200).fit(DATA, CODES)
    how = "skl2onnx of a LogisticRegression with integer labels, zipmap off"
    save_sklearn("skl2onnx_logistic_regression", regression, how, labels_of="label", options={"zipmap": False})


def skl2onnx_pipeline():
    pipeline = make_pipeline(StandardScaler(), SVC(max_iter=50)).fit(DATA, NAMES)
    save_sklearn(
        "skl2onnx_pipeline", pipeline, "skl2onnx of a Pipeline: Scaler, then SVMClassifier", labels_of="output_label"
    )


def skl2onnx_columns():
    columns = [("elevation", FloatTensorType([None, 1])), ("slope", FloatTensorType([None, 1]))]
    columns += [("soil", StringTensorType([None, 1])), ("month", Int64TensorType([None, 1]))]
    table = numpy.array([[0.5, 1.0, "clay", 3], [1.5, 2.0, "sand", 7]] * 10, dtype=object)
    prepare = ColumnTransformer([("numbers", StandardScaler(), [0, 1]), ("words", OneHotEncoder(), [2])])
    model = make_pipeline(prepare, LinearRegression()).fit(table, numpy.arange(20.0))
    how = "skl2onnx of a ColumnTransformer: one input for each column, of three data types"
    save_sklearn("skl2onnx_columns", model, how, inputs=columns)


def skl2onnx_gradient_boosting():
    model = GradientBoostingRegressor(n_estimators=6, max_depth=2, random_state=0).fit(DATA[:, :3], DATA[:, 3])
    how = "skl2onnx of a GradientBoostingRegressor"
    save_sklearn("skl2onnx_gradient_boosting", model, how, trees=6, inputs=[("X", FloatTensorType([None, 3]))])


def skl2onnx_forest_many_trees():
    model = RandomForestRegressor(n_estimators=60, max_depth=4, random_state=0).fit(DATA[:, :3], DATA[:, 3])
    how = "skl2onnx of 60 trees: long attribute lists"
    save_sklearn("skl2onnx_forest_many_trees", model, how, trees=60, inputs=[("X", FloatTensorType([None, 3]))])


def skl2onnx_isolation_forest():
    model = IsolationForest(n_estimators=3, max_samples=16, random_state=0).fit(DATA)
    how = "skl2onnx of an IsolationForest: every tree is an operator of its own"
    save_sklearn("skl2onnx_isolation_forest", model, how, trees=3, target_opset={"": 17, ML: 3})


def skl2onnx_mlp():
    model = MLPClassifier((64,), max_iter=20, random_state=0).fit(DATA, CODES)
    save_sklearn(
        "skl2onnx_mlp", model, "skl2onnx of an MLPClassifier: its weights are initializers", options={"zipmap": False}
    )


def skl2onnx_kmeans():
    model = KMeans(3, n_init=1, random_state=0).fit(DATA)
    save_sklearn("skl2onnx_kmeans", model, "skl2onnx of KMeans: centres as an initializer, no labels")


def skl2onnx_text():
    model = TfidfVectorizer(lowercase=False).fit(["wet dark soil", "dry bright sand", "open water"])
    how = "skl2onnx of a TfidfVectorizer: a string input"
    save_sklearn("skl2onnx_text", model, how, inputs=[("text", StringTensorType([None]))])


# ---------------------------------------------------------------- boosted trees


def save_onnxmltools(name, model, trees, labels, how, written_by):
    """Saves a model of onnxmltools, whose tree count is the framework's."""
    assert count_trees(model) == trees
    path = onnx_path(name)
    onnx.save_model(model, path)
    write_onnx_truth(
        proved(path), how, written_by={"onnxmltools": onnxmltools.__version__, **written_by}, labels=labels
    )


def onnxmltools_xgboost():
    booster = xgboost.XGBClassifier(n_estimators=4, max_depth=2, n_jobs=1).fit(DATA, CODES)
    model = onnxmltools.convert_xgboost(booster, initial_types=[("input", OnnxmltoolsFloat([None, 4]))])
    trees = len(booster.get_booster().get_dump())
    how = "onnxmltools of an XGBClassifier: 4 rounds of 3 classes; only ai.onnx.ml is imported"
    written_by = {"xgboost": xgboost.__version__}
    save_onnxmltools("onnxmltools_xgboost", model, trees, {"label": booster.classes_}, how, written_by)


def onnxmltools_xgboost_regressor():
    booster = xgboost.XGBRegressor(n_estimators=4, max_depth=2, n_jobs=1).fit(DATA[:, :3], DATA[:, 3])
    model = onnxmltools.convert_xgboost(booster, initial_types=[("input", OnnxmltoolsFloat([None, 3]))])
    trees = len(booster.get_booster().get_dump())
    written_by = {"xgboost": xgboost.__version__}
    save_onnxmltools("onnxmltools_xgboost_regressor", model, trees, None, "onnxmltools of an XGBRegressor", written_by)


def onnxmltools_lightgbm():
    booster = lightgbm.LGBMClassifier(n_estimators=4, num_leaves=4, verbose=-1, n_jobs=1).fit(DATA, CODES)
    model = onnxmltools.convert_lightgbm(booster, initial_types=[("input", OnnxmltoolsFloat([None, 4]))])
    how = "onnxmltools of an LGBMClassifier: ir_version 4, Cast and ZipMap behind the trees"
    written_by = {"lightgbm": lightgbm.__version__}
    save_onnxmltools(
        "onnxmltools_lightgbm", model, booster.booster_.num_trees(), {"label": booster.classes_}, how, written_by
    )


def save_catboost(name, model, how, labels=None):
    """Saves with CatBoost's own exporter; of its many metadata entries only class_params goes to the truth."""
    path = onnx_path(name)
    options = {"onnx_domain": "org.example", "onnx_model_version": 1, "onnx_graph_name": "trees"}
    model.save_model(str(path), format="onnx", export_parameters=options)
    assert count_trees(onnx.load(path)) == model.tree_count_
    metadata = {entry.key: entry.value for entry in onnx.load(path).metadata_props if entry.key == "class_params"}
    write_onnx_truth(
        proved(path),
        how,
        written_by={"catboost": catboost.__version__},
        labels=labels,
        metadata=metadata,
        producer_version=False,
    )


def catboost_classifier():
    options = {"iterations": 4, "depth": 2, "random_seed": 0, "verbose": 0, "allow_writing_files": False}
    model = catboost.CatBoostClassifier(**options).fit(DATA, NAMES)
    how = "CatBoost's own export: ir_version 3, class_params in the metadata, a multi-line producer_version"
    save_catboost("catboost_classifier", model, how, labels={"label": model.classes_})


def catboost_regressor():
    options = {"iterations": 4, "depth": 2, "random_seed": 0, "verbose": 0, "allow_writing_files": False}
    model = catboost.CatBoostRegressor(**options).fit(DATA[:, :3], DATA[:, 3])
    save_catboost("catboost_regressor", model, "CatBoost's own export of a regressor")


# ---------------------------------------------------------------- by hand


def tree_ensemble_5():
    tensor = helper.make_tensor
    node = helper.make_node(
        "TreeEnsemble",
        ["X"],
        ["Y"],
        domain=ML,
        n_targets=2,
        aggregate_function=1,
        post_transform=0,
        tree_roots=[0, 1],
        nodes_modes=tensor("modes", TensorProto.UINT8, (2,), [0, 0]),
        nodes_featureids=[0, 1],
        nodes_splits=tensor("splits", TensorProto.FLOAT, (2,), [0.5, 1.5]),
        nodes_truenodeids=[0, 2],
        nodes_trueleafs=[1, 1],
        nodes_falsenodeids=[1, 3],
        nodes_falseleafs=[1, 1],
        leaf_targetids=[0, 1, 0, 1],
        leaf_weights=tensor("weights", TensorProto.FLOAT, (4,), [5.0, 12.0, -12.0, 1.0]),
    )
    graph = helper.make_graph(
        [node],
        "two_stumps",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, ["batch", 2])],
        [helper.make_tensor_value_info("Y", TensorProto.FLOAT, ["batch", 2])],
    )
    imports = [helper.make_opsetid("", 21), helper.make_opsetid(ML, 5)]
    model = helper.make_model(graph, opset_imports=imports, producer_name="onnx-example", ir_version=10)
    onnx.checker.check_model(model)
    path = onnx_path("tree_ensemble_5")
    onnx.save_model(model, path)
    write_onnx_truth(proved(path), "TreeEnsemble of ai.onnx.ml 5: two trees, values in tensor attributes")


FUNCTIONS = [
    skl2onnx_random_forest,
    skl2onnx_logistic_regression,
    skl2onnx_pipeline,
    skl2onnx_columns,
    skl2onnx_gradient_boosting,
    skl2onnx_forest_many_trees,
    skl2onnx_isolation_forest,
    skl2onnx_mlp,
    skl2onnx_kmeans,
    skl2onnx_text,
    onnxmltools_xgboost,
    onnxmltools_xgboost_regressor,
    onnxmltools_lightgbm,
    catboost_classifier,
    catboost_regressor,
    tree_ensemble_5,
]


if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__).names)
