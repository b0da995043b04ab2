"""PMML by SkLearn2PMML (needs Java), Nyoka and CatBoost, and documents in the older forms that no writer of today writes.

The truth is what PMML4S says of them (pypmml, which needs Java, too). It knows nothing of a document without a namespace
and reads PMML 4.x; what it cannot say of an older one is said by lxml's tree.
"""

import warnings

import numpy as np
import pandas as pd
from lxml import etree
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_iris, make_regression
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from common import place, run_all, start, write_truth

warnings.simplefilter("ignore")

TYPES = {"float": "float32", "double": "float64", "boolean": "bool", "real": "float64"}
TASKS = {"classification": "classification", "regression": "regression"}


def bands():
    """Iris as if its columns were reflectances, with class names."""
    x, y = load_iris(return_X_y=True)
    frame = pd.DataFrame(x[::3], columns=["red", "green", "nir", "swir"])
    return frame, pd.Series(np.array(["water", "forest", "crop"])[y[::3]], name="cover")


def exact(data_type):
    return TYPES.get(data_type, data_type)


def outputs(model, has_output):
    """The output fields, and the target's prediction where no output field is that.

    Without an Output element PMML4S makes up a name for the prediction, which PMML itself calls by the target's.
    """
    labels = {"labels": [str(label) for label in model.classes]} if model.classes else {}
    fields = list(model.outputFields) if has_output else []
    found = [
        {
            "name": field.name,
            "shape": [-1],
            "data_type": exact(field.dataType),
            **(labels if field.feature == "predictedValue" and len(model.targetFields) == 1 else {}),
        }
        for field in fields
    ]
    if any(field.feature == "predictedValue" for field in fields):
        return found
    targets = [
        {"name": field.name, "shape": [-1], "data_type": exact(field.dataType), **labels} for field in model.targetFields
    ]
    return targets + found


def truth(path, written_by, how, *, framework="scikit-learn", trees=None, **facts):
    """What PMML4S says of the model."""
    from pypmml import Model

    model = Model.load(str(path))
    root = etree.parse(str(path)).getroot()
    features = [{"name": field.name, "data_type": exact(field.dataType)} for field in model.inputFields]
    types = {feature["data_type"] for feature in features}
    record = {
        "verdict": "model",
        "format": {"id": "pmml", "version": model.version},
        "facts": {
            "framework": framework,
            "artifact_type": "PMML",
            "roles": ["mlm:model", "mlm:compiled"],
            "inputs": [
                {
                    "shape": [-1, len(features)],
                    "data_type": types.pop() if len(types) == 1 else "other",
                    "features": features,
                }
            ],
            **facts,
        },
        "loading": {"verdict": "data-only"},
    }
    application = root.find(".//{*}Application")
    if application is not None:
        record["facts"]["producer"] = {"name": application.get("name")}
    if model.functionName in TASKS:
        record["facts"]["tasks"] = [TASKS[model.functionName]]
    if trees is not None:
        record["facts"]["hyperparameters"] = {"trees": trees}
    record["facts"]["outputs"] = outputs(model, has_output=root.find(".//{*}Output") is not None)
    write_truth(path, written_by=written_by, how=how, record=record)


def sklearn2pmml_file(name, estimator, x, y, how, **known):
    import sklearn
    import sklearn2pmml

    path = place("pmml", name + ".pmml")
    pipeline = sklearn2pmml.PMMLPipeline([("model", estimator)] if not isinstance(estimator, list) else estimator)
    pipeline.fit(x, y)
    sklearn2pmml.sklearn2pmml(pipeline, str(path))
    writers = {"sklearn2pmml": sklearn2pmml.__version__, "scikit-learn": sklearn.__version__}
    truth(path, writers, f"sklearn2pmml of {how}", **known)


def jpmml_tree():
    x, y = bands()
    sklearn2pmml_file("jpmml_tree", DecisionTreeClassifier(max_depth=3, random_state=0), x, y, "a decision tree of 3 classes")


def jpmml_forest():
    x, y = bands()
    forest = RandomForestClassifier(n_estimators=5, max_depth=3, random_state=0)
    sklearn2pmml_file("jpmml_forest", forest, x, y, "a random forest of 5 trees", trees=5)


def jpmml_boosting():
    x, y = bands()
    boosting = GradientBoostingClassifier(n_estimators=3, max_depth=2, random_state=0)
    sklearn2pmml_file("jpmml_boosting", boosting, x, y, "gradient boosting of 3 stages and 3 classes: a chain of ensembles", trees=9)


def jpmml_forest_regressor():
    x, y = make_regression(60, 3, random_state=0)
    frame = pd.DataFrame(x, columns=["a", "b", "c"]).astype("float32")
    forest = RandomForestRegressor(n_estimators=4, max_depth=2, random_state=0)
    target = pd.Series(y, name="yield")
    sklearn2pmml_file("jpmml_forest_regressor", forest, frame, target, "a forest that regresses from float32 columns", trees=4)


def jpmml_logistic():
    x, y = bands()
    sklearn2pmml_file("jpmml_logistic", LogisticRegression(), x, y, "a logistic regression of 3 classes")


def jpmml_pipeline():
    x, y = bands()
    x["soil"] = ["clay", "sand"] * (len(x) // 2) + ["loam"] * (len(x) % 2)
    columns = ColumnTransformer([("scale", StandardScaler(), ["red", "nir"]), ("soil", OneHotEncoder(), ["soil"])])
    steps = [("columns", columns), ("model", LogisticRegression())]
    sklearn2pmml_file("jpmml_pipeline", steps, x, y, "a pipeline that scales numbers and encodes a text column")


def jpmml_perceptron():
    x, y = bands()
    network = MLPClassifier((4,), max_iter=20, random_state=0)
    sklearn2pmml_file("jpmml_perceptron", network, x, y, "a multi-layer perceptron")


def jpmml_clusters():
    x, _ = bands()
    sklearn2pmml_file("jpmml_clusters", KMeans(3, n_init=1, random_state=0), x, None, "k-means of 3 clusters")


def jpmml_linear():
    x, y = make_regression(30, 2, random_state=0)
    frame = pd.DataFrame(x, columns=["a", "b"])
    sklearn2pmml_file("jpmml_linear", LinearRegression(), frame, pd.Series(y, name="target"), "a linear regression")


def nyoka_file(name, pipeline, columns, target, how, **known):
    import nyoka
    import sklearn

    path = place("pmml", name + ".pmml")
    nyoka.skl_to_pmml(pipeline, columns, target, str(path))
    known.setdefault("framework", "PMML")
    truth(path, {"nyoka": nyoka.__version__, "scikit-learn": sklearn.__version__}, f"Nyoka of {how}", **known)


def nyoka_forest():
    x, y = bands()
    pipeline = Pipeline([("model", RandomForestClassifier(n_estimators=3, max_depth=2, random_state=0))]).fit(x, y)
    nyoka_file("nyoka_forest", pipeline, list(x.columns), "cover", "a random forest of 3 trees", trees=3)


def nyoka_linear():
    x, y = make_regression(30, 2, random_state=0)
    pipeline = Pipeline([("scale", StandardScaler()), ("model", LinearRegression())]).fit(x, y)
    nyoka_file("nyoka_linear", pipeline, ["a", "b"], "target", "a scaled linear regression")


def catboost_classifier():
    import catboost

    x, y = bands()
    model = catboost.CatBoostClassifier(iterations=4, depth=2, verbose=0, allow_writing_files=False)
    model.fit(x, (y == "water").astype(int))
    path = place("pmml", "catboost_classifier.pmml")
    model.save_model(str(path), format="pmml", export_parameters={"pmml_model_version": "3"})
    truth(path, {"catboost": catboost.__version__}, "CatBoost's own export of a classifier of 2 classes, its bias a tree, too", framework="CatBoost", trees=5)


# ---------------------------------------------------------------- forms that no writer of today writes

TREE = """<TreeModel modelName="cover tree" functionName="classification">
<MiningSchema><MiningField name="red"/><MiningField name="nir" usageType="active"/><MiningField name="note" usageType="supplementary"/>
<MiningField name="cover" usageType="{target}"/></MiningSchema>
<Node score="forêt"><True/><Node score="eau"><SimplePredicate field="nir" operator="lessThan" value="0.1"/></Node></Node>
</TreeModel>"""
DOCUMENT = """<?xml version="1.0" encoding="{encoding}"?>
{doctype}<PMML{version}{namespace}>
<Header copyright="none" description="a tree for the tests"><Application name="by hand"/></Header>
<DataDictionary numberOfFields="4"><DataField name="red" optype="continuous" dataType="float"/>
<DataField name="nir" optype="continuous" dataType="double"/><DataField name="note" optype="categorical" dataType="string"/>
<DataField name="cover" optype="categorical" dataType="string"><Value value="forêt"/><Value value="eau"/>
<Value value="?" property="missing"/></DataField></DataDictionary>
{model}
</PMML>
"""


def by_hand(name, how, text, encoding, version, **facts):
    """A document that lxml reads; the truth is what was written, checked with lxml's tree."""
    path = place("pmml", name + ".pmml")
    path.write_bytes(text.encode(encoding))
    tree = etree.fromstring(path.read_bytes(), etree.XMLParser(load_dtd=False, no_network=True))
    labels = [value.get("value") for value in tree.iter("{*}Value") if value.get("property") is None]
    assert labels == ["forêt", "eau"], labels
    features = [{"name": "red", "data_type": "float32"}, {"name": "nir", "data_type": "float64"}]
    record = {
        "verdict": "model",
        "format": {"id": "pmml", "version": version},
        "facts": {
            "name": "cover tree",
            "framework": "PMML",
            "architecture": "TreeModel",
            "tasks": ["classification"],
            "producer": {"name": "by hand"},
            "inputs": [{"shape": [-1, 2], "data_type": "other", "features": features}],
            "outputs": [{"name": "cover", "shape": [-1], "data_type": "string", "labels": labels}],
            **facts,
        },
    }
    write_truth(path, written_by={}, how=how, record=record)


def document(encoding="UTF-8", version=' version="4.2"', namespace=' xmlns="http://www.dmg.org/PMML-4_2"', doctype="", target="target"):
    return DOCUMENT.format(
        encoding=encoding, version=version, namespace=namespace, doctype=doctype, model=TREE.format(target=target)
    )


def form_utf_16():
    by_hand("form_utf_16", "in UTF-16 with its byte order mark", document("UTF-16"), "utf-16", "4.2")


def form_latin_1():
    by_hand("form_latin_1", "in ISO-8859-1", document("ISO-8859-1"), "latin-1", "4.2")


def form_windows_1252():
    by_hand("form_windows_1252", "in windows-1252", document("windows-1252"), "cp1252", "4.2")


def form_prefix():
    text = document(namespace=' xmlns:p="http://www.dmg.org/PMML-4_2" xmlns:x="http://example.com/x"')
    text = text.replace("</", "\0").replace("<", "<p:").replace("\0", "</p:").replace("<p:?", "<?")
    # An element of somebody else, where one of PMML's would count.
    text = text.replace("<p:Node score=\"for", "<x:MiningSchema><x:MiningField name=\"y\"/></x:MiningSchema><p:Node score=\"for", 1)
    by_hand("form_prefix", "with a prefix on every element, and elements of another namespace", text, "utf-8", "4.2")


def form_no_version():
    text = document(version="", namespace=' xmlns="https://www.dmg.org/PMML-4_4"')
    by_hand("form_no_version", "a root without a version, in the namespace with https", text, "utf-8", "4.4")


def form_pmml_3():
    text = document(version=' version="3.2"', namespace=' xmlns="http://www.dmg.org/PMML-3_2"', target="predicted")
    by_hand("form_pmml_3", "PMML 3.2, whose target is called predicted", text, "utf-8", "3.2")


def form_document_type():
    doctype = '<!DOCTYPE PMML PUBLIC "PMML 2.0" "http://www.dmg.org/v2-0/pmml_v2_0.dtd">\n'
    text = document(version=' version="2.0"', namespace="", doctype=doctype, target="predicted")
    by_hand("form_document_type", "PMML 2.0 with a document type and no namespace", text, "utf-8", "2.0")


if __name__ == "__main__":
    arguments = start(__doc__.splitlines()[0])
    functions = [
        jpmml_tree, jpmml_forest, jpmml_boosting, jpmml_forest_regressor, jpmml_logistic, jpmml_pipeline, jpmml_perceptron,
        jpmml_clusters, jpmml_linear, nyoka_forest, nyoka_linear, catboost_classifier,
        form_utf_16, form_latin_1, form_windows_1252, form_prefix, form_no_version, form_pmml_3, form_document_type,
    ]  # fmt: skip
    run_all(functions, arguments.names)
