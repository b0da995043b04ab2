"""XML, LightGBM's text, YAML, and texts that are no model."""

from . import again, file, fill, folder, names


def pmml(what):
    def add(make):
        file("pmml", what, "model.pmml")(
            lambda size: b'<?xml version="1.0"?>\n<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header><Application name="a"/></Header>'
            + make(size) + b"</PMML>")
        return make

    return add


DICTIONARY = (
    b'<DataDictionary><DataField name="x" optype="continuous" dataType="double"/><DataField name="y" optype="continuous" dataType="double"/>'
    b"</DataDictionary>"
)
SCHEMA = b'<MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema>'
pmml("fields")(
    lambda size: b"<DataDictionary>" + names(size, lambda index: b'<DataField name="f%b" optype="continuous" dataType="double"/>' % index)
    + b"</DataDictionary>"
)
pmml("fields that are mined")(
    lambda size: b"<DataDictionary>" + names(size // 2, lambda index: b'<DataField name="f%b" optype="continuous" dataType="double"/>' % index)
    + b'</DataDictionary><TreeModel functionName="regression"><MiningSchema>' + names(size // 2, lambda index: b'<MiningField name="f%b"/>' % index)
    + b"</MiningSchema></TreeModel>"
)
pmml("fields of one name")(lambda size: b"<DataDictionary>" + again(size, b'<DataField name="x"/>') + b"</DataDictionary>")
pmml("values of one field")(
    lambda size: b'<DataDictionary><DataField name="y" optype="categorical" dataType="string">' + names(size, lambda index: b'<Value value="v%b"/>' % index)
    + b'</DataField></DataDictionary><TreeModel functionName="classification">' + SCHEMA + b"</TreeModel>"
)
pmml("intervals of one field")(
    lambda size: b'<DataDictionary><DataField name="x">' + again(size, b'<Interval closure="closedClosed" leftMargin="0"/>') + b"</DataField></DataDictionary>"
)
pmml("outputs")(
    lambda size: DICTIONARY + b'<TreeModel functionName="regression">' + SCHEMA + b"<Output>" + names(
        size, lambda index: b'<OutputField name="o%b"/>' % index) + b"</Output></TreeModel>"
)
pmml("nodes of a tree")(
    lambda size: DICTIONARY + b'<TreeModel functionName="regression">' + SCHEMA + again(size, b'<Node score="1"><True/></Node>') + b"</TreeModel>"
)
pmml("nodes within each other")(
    lambda size: DICTIONARY + b'<TreeModel functionName="regression">' + SCHEMA + again(size, b"<Node>") + b"</TreeModel>"
)
pmml("models of an ensemble")(
    lambda size: DICTIONARY + b'<MiningModel functionName="regression">' + SCHEMA + b'<Segmentation multipleModelMethod="sum">' + names(
        size, lambda index: b'<Segment id="%b"><True/><TreeModel functionName="regression">%b</TreeModel></Segment>' % (index, SCHEMA))
    + b"</Segmentation></MiningModel>"
)
pmml("extensions")(lambda size: again(size, b'<Extension name="a" value="b"/>') + DICTIONARY)
pmml("attributes of one element")(lambda size: b"<Header " + names(min(size, 3 << 20), lambda index: b'a%b="" ' % index) + b"/>")
pmml("transformations")(
    lambda size: DICTIONARY + b"<TransformationDictionary>" + names(
        size, lambda index: b'<DerivedField name="d%b" optype="continuous" dataType="double"><FieldRef field="x"/></DerivedField>' % index)
    + b"</TransformationDictionary>"
)
pmml("functions of Java")(
    lambda size: DICTIONARY + b"<TransformationDictionary><DerivedField name='d'>" + names(size, lambda index: b'<Apply function="a.b.C%b"/>' % index)
    + b"</DerivedField></TransformationDictionary>"
)
pmml("elements of one letter")(lambda size: again(size, b"<a/>"))
pmml("namespaces")(lambda size: names(size, lambda index: b'<n%b:a xmlns:n%b="u%b"/>' % (index, index, index)))
pmml("comments")(lambda size: again(size, b"<!---->"))
pmml("references to characters")(lambda size: b'<Extension name="' + again(min(size, 3 << 20), b"&#65;") + b'"/>')
pmml("text")(lambda size: b"<Header>" + again(size, b"&lt;") + b"</Header>")


def openvino(what):
    def add(make):
        file("openvino", what, "model.xml")(lambda size: b'<?xml version="1.0"?>\n<net name="a" version="11">' + make(size) + b"</net>")
        return make

    return add


def layer(index, kind=b"ReLU", more=b""):
    return b'<layer id="%b" name="l%b" type="%b" version="opset1">%b</layer>' % (index, index, kind, more)


PORT = b'<output><port id="0" precision="FP32"><dim>1</dim></port></output>'
openvino("layers")(lambda size: b"<layers>" + names(size, layer) + b"</layers>")
openvino("layers of kinds of their own")(lambda size: b"<layers>" + names(size, lambda index: layer(index, b"K%b" % index)) + b"</layers>")
openvino("layers of extensions")(
    lambda size: b"<layers>" + names(size, lambda index: b'<layer id="%b" name="a" type="A" version="own%b"/>' % (index, index)) + b"</layers>"
)
openvino("inputs")(lambda size: b"<layers>" + names(size, lambda index: layer(index, b"Parameter", PORT)) + b"</layers>")
openvino("weights")(
    lambda size: b"<layers>" + names(size, lambda index: layer(
        index, b"Const", b'<data element_type="f32" shape="1" offset="0" size="4"/>' + PORT)) + b"</layers>"
)
openvino("edges")(
    lambda size: b"<layers>" + names(size // 3, layer) + b"</layers><edges>" + names(
        size, lambda index: b'<edge from-layer="%b" from-port="0" to-layer="%b" to-port="0"/>' % (index, index + 1)) + b"</edges>"
)
openvino("edges from one layer")(
    lambda size: b"<layers>" + layer(b"0", b"Parameter", PORT) + layer(b"1", b"Result") + b"</layers><edges>" + again(
        size, b'<edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>') + b"</edges>"
)
openvino("dimensions of one port")(
    lambda size: b"<layers>" + layer(b"0", b"Parameter", b'<output><port id="0" precision="FP32">' + again(size, b"<dim>1</dim>") + b"</port></output>")
    + b"</layers>"
)
openvino("ports of one layer")(
    lambda size: b"<layers>" + layer(b"0", b"Split", b"<output>" + names(size, lambda index: b'<port id="%b" precision="FP32"/>' % index) + b"</output>")
    + b"</layers>"
)
openvino("names of one port")(
    lambda size: b"<layers>" + layer(b"0", b"Parameter", b'<output><port id="0" precision="FP32" names="' + names(
        min(size, 3 << 20), lambda index: b"n%b," % index) + b'"/></output>') + b"</layers>"
)
openvino("information of the runtime")(lambda size: b"<layers/><rt_info>" + names(size, lambda index: b'<k%b value="1"/>' % index) + b"</rt_info>")
openvino("information within each other")(lambda size: b"<layers/><rt_info>" + again(size, b"<a>"))
openvino("bodies within each other")(
    lambda size: b"<layers>" + again(size, b'<layer id="0" name="a" type="Loop" version="opset5"><body><layers>')
)
openvino("bodies beside each other")(
    lambda size: b"<layers>" + names(size, lambda index: layer(index, b"Loop", b"<body><layers>" + layer(b"0") + b"</layers></body>")) + b"</layers>"
)
openvino("attributes of one layer")(lambda size: b'<layers><layer id="0" name="a" type="A"><data ' + names(
    min(size, 3 << 20), lambda index: b'a%b="" ' % index) + b"/></layer></layers>")


# LightGBM's text.
def lightgbm(what):
    def add(make):
        def whole(size):
            parts = {"features": b"a b", "infos": b"[0:1] [0:1]", "trees": b"", "more": b"", "behind": b""} | make(size)
            return (
                b"tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=1\nobjective=regression\n"
                b"feature_names=" + parts["features"] + b"\nfeature_infos=" + parts["infos"] + b"\n" + parts["more"] + b"tree_sizes=1\n\n"
                + parts["trees"] + b"end of trees\n\nfeature_importances:\n\nparameters:\n[boosting: gbdt]\n" + parts["behind"]
                + b"end of parameters\n\npandas_categorical:null\n")

        file("lightgbm", what, "model.txt")(whole)
        return make

    return add


TREE = b"Tree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=1\ndecision_type=2\nleft_child=-1\nright_child=-2\nleaf_value=1 2\nshrinkage=1\n\n"
lightgbm("trees")(lambda size: {"trees": again(size, TREE)})
lightgbm("empty trees")(lambda size: {"trees": again(size, b"Tree=0\n\n")})
lightgbm("leaves of one tree")(lambda size: {"trees": b"Tree=0\nnum_leaves=2\nleaf_value=" + again(size, b"1 ") + b"\n\n"})
lightgbm("names of features")(lambda size: {"features": names(size, lambda index: b"f%b " % index)})
lightgbm("ranges of features")(lambda size: {"infos": again(size, b"[0:1] "), "features": again(size // 3, b"a ")})
lightgbm("categories of a feature")(lambda size: {"infos": b"0" + again(size, b":1")})
lightgbm("parameters")(lambda size: {"behind": names(size, lambda index: b"[p%b: 1]\n" % index)})
lightgbm("keys of the head")(lambda size: {"more": names(size, lambda index: b"k%b=1\n" % index)})
lightgbm("empty lines")(lambda size: {"trees": b"\n" * size})
lightgbm("categories of pandas")(
    lambda size: {"behind": b"end of parameters\n\npandas_categorical:[[" + names(size, lambda index: b'"a%b", ' % index)[:-2] + b"]]\n"}
)
lightgbm("categories of pandas within each other")(lambda size: {"behind": b"end of parameters\n\npandas_categorical:" + b"[" * size + b"\n"})

# Texts that are no model.
file("text", "a script of many lines", "train.py")(lambda size: b"import torch\n" + again(size, b"import os\n"))
file("text", "one long line", "a.txt")(lambda size: b"a" * size)
file("text", "spaces", "a.txt")(lambda size: b" " * size)
file("text", "numbers, as a pickle of protocol 0 begins", "a.csv")(lambda size: b"I1\n" + again(size, b"I1\n"))
file("text", "lines of a table", "a.csv")(lambda size: again(size, b"1,2,3,4\n"))
file("text", "HTML", "model.pt")(lambda size: b"<!DOCTYPE html><html>" + again(size, b"<div>"))
file("text", "StableHLO", "model.mlir")(
    lambda size: b"module @a {\n  func.func public @main(%arg0: tensor<1xf32>) -> tensor<1xf32> {\n" + again(
        size, b"    %0 = stablehlo.add %arg0, %arg0 : tensor<1xf32>\n") + b"  }\n}\n"
)


# MLflow: a document of YAML is at most a mebibyte.
def mlmodel(what):
    def add(make):
        @folder("mlflow", what)
        def whole(path, size):
            (path / "MLmodel").write_bytes(make(min(size, 1_000_000)) + b"mlflow_version: 2.9.0\n")

        return make

    return add


mlmodel("flavors")(lambda size: b"flavors:\n" + names(size, lambda index: b"  f%b: {a: 1}\n" % index))
mlmodel("columns of the signature")(
    lambda size: b"flavors:\n  sklearn: {pickled_model: a.pkl}\nsignature:\n  inputs: '[" + names(
        size, lambda index: b'{"type": "double", "name": "c%b"}, ' % index)[:-2] + b"]'\n"
)
mlmodel("lists within each other")(lambda size: b"flavors: " + b"[" * size + b"\n")
mlmodel("maps within each other")(lambda size: b"flavors: " + again(size, b"{a: ") + b"\n")
mlmodel("anchors")(lambda size: b"a: &a [1]\nflavors: [" + again(size, b"*a, ") + b"]\n")
mlmodel("keys")(lambda size: names(size, lambda index: b"k%b: 1\n" % index) + b"flavors: {}\n")
mlmodel("a text of many lines")(lambda size: b"flavors: |\n" + again(size, b"  a\n"))
mlmodel("a flow of empty lists")(lambda size: b"flavors: {sklearn: [" + again(size, b"[],") + b"]}\n")


@folder("mlflow", "files beside the model")
def beside(path, size):
    (path / "MLmodel").write_bytes(b"flavors:\n  python_function: {loader_module: mlflow.sklearn, model_path: model.pkl}\n"
                                   b"  sklearn: {pickled_model: model.pkl, serialization_format: pickle}\nmlflow_version: 2.9.0\n")
    (path / "model.pkl").write_bytes(b"\x80\x02N.")
    for index in range(min(60_000, size // 250)):
        (path / f"a{index}.pkl").write_bytes(b"\x80\x02N.")


@folder("mlflow", "requirements")
def requirements(path, size):
    (path / "MLmodel").write_bytes(b"flavors:\n  sklearn: {pickled_model: model.pkl}\nmlflow_version: 2.9.0\n")
    (path / "requirements.txt").write_bytes(names(size, lambda index: b"p%b==1\n" % index))
    (path / "conda.yaml").write_bytes(b"dependencies:\n" + again(min(size, 1_000_000), b"- a\n"))
