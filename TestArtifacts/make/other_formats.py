"""Writes models of MLflow, YDF, CoreML, OpenVINO and NumPy with their own libraries, and Esri's by hand.

Needs requirements-other-formats.txt. Compiled CoreML and Esri's definitions are written by hand after public documents.
"""

import io
import json
import zipfile
from importlib.metadata import version
from pathlib import Path

import numpy
from common import PAYLOAD_MINIMUM, place, run_all, skip, start, write_truth
from hostile import failed, save


def table(rows=60):
    generator = numpy.random.default_rng(0)
    return generator.random((rows, 3)).astype("float32"), generator.integers(0, 2, rows)


def ydf_forests():
    import ydf

    generator = numpy.random.default_rng(0)
    rows = 60
    data = {
        "B02": generator.random(rows).astype("float32"), "soil": generator.choice(["clay", "sand"], rows),
        "wet": generator.random(rows) > 0.5, "cover": generator.choice(["forest", "water", "urban"], rows),
        "height": generator.random(rows).astype("float32"),
    }
    by = {"ydf": version("ydf")}
    kinds = [
        ("forest_classes", ydf.RandomForestLearner, "cover", ydf.Task.CLASSIFICATION, "classification"),
        ("boosted_regression", ydf.GradientBoostedTreesLearner, "height", ydf.Task.REGRESSION, "regression"),
    ]
    for name, learner, label, task, word in kinds:
        options = {"validation_ratio": 0.0} if "boosted" in name else {}
        model = learner(label=label, task=task, num_trees=2, max_depth=3, **options).train(data, verbose=0)
        path = place("ydf", name)
        model.save(str(path))
        again = ydf.load_model(str(path))
        features = again.input_feature_names()
        outputs = {"name": label, "data_type": "float32", "shape": [-1, 3] if word == "classification" else [-1]}
        if word == "classification":
            outputs["labels"] = again.label_classes()
        else:
            assert list(again.predict(data).shape) == [rows]
        write_truth(
            path, written_by=by, how=f"{learner.__name__} of ydf",
            record={
                "verdict": "model", "format": {"id": "ydf"},
                "facts": {
                    "architecture": again.name(), "tasks": [word], "framework": "YDF", "roles": ["mlm:model", "mlm:compiled"],
                    "inputs": [{"shape": [-1, len(features)], "features": [{"name": each} for each in features]}],
                    "outputs": [outputs], "hyperparameters": {"num_trees": again.num_trees()},
                },
                "loading": {"verdict": "data-only"}})


def mlflow_sklearn():
    import mlflow
    import mlflow.sklearn
    import pandas
    from mlflow.models import infer_signature
    from sklearn.linear_model import LogisticRegression

    values, target = table()
    frame = pandas.DataFrame(values, columns=["B02", "B03", "ndvi"])
    model = LogisticRegression().fit(frame, target)
    path = place("mlflow", "sklearn_signature")
    options = dict(
        signature=infer_signature(frame, model.predict(frame)),
        pip_requirements=["scikit-learn=="+version("scikit-learn")])
    try:
        mlflow.sklearn.save_model(model, str(path), serialization_format="pickle", **options)
    except TypeError:
        mlflow.sklearn.save_model(model, str(path), **options)
    document = (path / "MLmodel").read_text()
    write_truth(
        path, written_by={"mlflow": mlflow.__version__, "scikit-learn": version("scikit-learn")},
        how="mlflow.sklearn.save_model with a signature",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__},
            "facts": {
                "framework": "scikit-learn", "framework_version": version("scikit-learn"),
                "artifact_type": "mlflow.sklearn.save_model", "architecture": "LogisticRegression",
                "inputs": [{"shape": [-1, 3], "features": [
                    {"name": name, "data_type": "float32"} for name in ("B02", "B03", "ndvi")]}],
            },
            "loading": {"verdict": "needs-code"}})


def mlflow_contradiction():
    """A signature of two columns beside a model of three: MLflow does not compare them."""
    import mlflow
    import mlflow.sklearn
    import pandas
    from mlflow.models import infer_signature
    from sklearn.linear_model import LogisticRegression

    values, target = table()
    frame = pandas.DataFrame(values, columns=["B02", "B03", "ndvi"])
    model = LogisticRegression().fit(frame, target)
    path = place("mlflow", "signature_differs")
    options = {"serialization_format": "pickle"} if version("mlflow-skinny") >= "3.1" else {}
    mlflow.sklearn.save_model(
        model, str(path), signature=infer_signature(frame[["B02", "B03"]], model.predict(frame)),
        pip_requirements=["scikit-learn==" + version("scikit-learn")], **options)
    assert mlflow.sklearn.load_model(str(path)).n_features_in_ == 3
    write_truth(
        path, written_by={"mlflow": mlflow.__version__, "scikit-learn": version("scikit-learn")},
        how="mlflow.sklearn.save_model with the signature of another table",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__},
            "facts": {"architecture": "LogisticRegression", "inputs": [{"shape": [-1, 2]}]},
            "findings": [{"severity": "warning", "code": "mlflow.signature"}],
            "loading": {"verdict": "needs-code"}})


def mlflow_classes():
    """A classifier of XGBoost: the model answers a score, and MLflow, as the signature says, a class."""
    import mlflow
    import mlflow.xgboost
    import xgboost
    from mlflow.models import infer_signature

    random = numpy.random.default_rng(0)
    rows = random.random((20, 2))
    model = xgboost.XGBClassifier(n_estimators=1, max_depth=1).fit(rows, (rows[:, 0] > 0.5).astype(int))
    path = place("mlflow", "xgboost_classes")
    signature = infer_signature(rows, model.predict(rows))
    mlflow.xgboost.save_model(model, str(path), signature=signature, pip_requirements=[])
    answer = mlflow.pyfunc.load_model(str(path)).predict(rows)
    write_truth(
        path, written_by={"mlflow": mlflow.__version__, "xgboost": version("xgboost")},
        how="mlflow.xgboost.save_model of a classifier with a signature",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__},
            "facts": {
                "framework": "XGBoost", "inputs": [{"shape": [-1, 2], "data_type": str(rows.dtype)}],
                "outputs": [{"shape": [-1], "data_type": str(answer.dtype)}]}})


def mlflow_from_code():
    """A model that loading makes by running a file."""
    import mlflow

    code = Path("own_model.py")
    code.write_text(
        "import mlflow\n\n\nclass Own(mlflow.pyfunc.PythonModel):\n"
        "    def predict(self, context, model_input, params=None):\n        return model_input\n\n\n"
        "mlflow.models.set_model(Own())\n")
    path = place("mlflow", "from_code")
    mlflow.pyfunc.save_model(str(path), python_model=str(code), pip_requirements=[])
    # The path of the machine that wrote it stands in MLmodel, and only its last part counts.
    document = (path / "MLmodel").read_text()
    (path / "MLmodel").write_text(document.replace(str(code.resolve()), "/home/someone/own_model.py"))
    assert type(mlflow.pyfunc.load_model(str(path)).unwrap_python_model()).__name__ == "Own"
    write_truth(
        path, written_by={"mlflow": mlflow.__version__}, how="mlflow.pyfunc.save_model of a file of Python",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__},
            "findings": [{"severity": "warning", "code": "mlflow.code"}],
            "loading": {"verdict": "needs-code"}})


def mlflow_exported():
    """The flavour of torch in its format pt2: an exported program in a folder, and no pickle."""
    import mlflow.pytorch
    import torch

    model = torch.nn.Sequential(torch.nn.Conv2d(4, 2, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(72, 3))
    sample = numpy.zeros((2, 4, 8, 8), dtype="float32")
    path = place("mlflow", "torch_exported")
    mlflow.pytorch.save_model(
        model.eval(), str(path), serialization_format="pt2", input_example=sample,
        pip_requirements=["torch==" + torch.__version__.split("+")[0]])
    for name in path.glob("*input*"):
        name.unlink()
    assert (path / "data" / "model.pt2").exists()
    again = mlflow.pytorch.load_model(str(path))
    assert again(torch.zeros(2, 4, 8, 8)).shape == (2, 3)
    write_truth(
        path, written_by={"mlflow": mlflow.__version__, "torch": torch.__version__},
        how="mlflow.pytorch.save_model with serialization_format=\"pt2\"",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__, "variant": "holds torch-export"},
            "facts": {
                "framework": "PyTorch", "artifact_type": "mlflow.pytorch.save_model",
                "parameters": {"total": sum(each.numel() for each in model.parameters())},
            },
            "loading": {"verdict": "needs-code"}})


def mlflow_transformers():
    """The flavour of transformers keeps its model in a folder of its own, and what prepares images beside it."""
    import mlflow.transformers
    import transformers

    config = transformers.ViTConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=16, patch_size=8,
        num_channels=4, id2label={0: "forest", 1: "water"}, label2id={"forest": 0, "water": 1})
    model = transformers.ViTForImageClassification(config)
    prepare = transformers.ViTImageProcessor(
        size={"height": 16, "width": 16}, image_mean=[0.1] * 4, image_std=[0.2] * 4)
    path = place("mlflow", "transformers_vit")
    mlflow.transformers.save_model(
        transformers.pipeline("image-classification", model=model, image_processor=prepare), str(path),
        pip_requirements=["transformers==" + transformers.__version__], conda_env=None)
    again = mlflow.transformers.load_model(str(path))
    assert again.model.config.id2label == {0: "forest", 1: "water"}
    write_truth(
        path, written_by={"mlflow": mlflow.__version__, "transformers": transformers.__version__},
        how="mlflow.transformers.save_model of a pipeline",
        record={
            "verdict": "model", "format": {"id": "mlflow", "version": mlflow.__version__, "variant": "holds huggingface"},
            "facts": {
                "framework": "Hugging Face", "framework_version": transformers.__version__,
                "artifact_type": "mlflow.transformers.save_model", "architecture": "ViTForImageClassification",
                "parameters": {"total": again.model.num_parameters()},
                "outputs": [{"shape": [-1, 2], "labels": ["forest", "water"]}],
            },
            "loading": {"verdict": "needs-code"}})


def coreml_models():
    import coremltools
    from coremltools.models import datatypes, neural_network

    by = {"coremltools": coremltools.__version__}
    builder = neural_network.NeuralNetworkBuilder(
        [("image", datatypes.Array(3, 8, 8))], [("scores", datatypes.Array(2))], mode="classifier")
    builder.add_flatten("flatten", 0, "image", "flat")
    builder.add_inner_product("dense", numpy.zeros((2, 192), "float32"), numpy.zeros(2, "float32"), 192, 2, True, "flat", "raw")
    builder.add_softmax("softmax", "raw", "scores")
    builder.set_class_labels(["forest", "water"], "label")
    builder.spec.description.metadata.author = "A. Author"
    builder.spec.description.metadata.license = "MIT"
    image = builder.spec.description.input[0].type.imageType
    image.width, image.height, image.colorSpace = 8, 8, 20
    path = place("coreml", "classifier.mlmodel")
    path.write_bytes(builder.spec.SerializeToString())
    data = path.read_bytes()
    weights = data.find(bytes(PAYLOAD_MINIMUM))
    write_truth(
        path, written_by=by, how="NeuralNetworkBuilder with an image as input and class labels",
        payload=[[weights, 2 * 192 * 4]] if weights > 0 else (),
        record={
            "verdict": "model", "format": {"id": "coreml"},
            "facts": {
                "framework": "CoreML", "license": "MIT", "tasks": ["classification"],
                "inputs": [{"name": "image", "shape": [8, 8, 3], "data_type": "uint8"}],
                "outputs": [{"name": "scores"}, {"name": "label", "data_type": "string", "labels": ["forest", "water"]}],
                "metadata": {"author": "A. Author"},
            },
            "loading": {"verdict": "data-only"}})

    import coremltools.converters.mil as mil
    from coremltools.converters.mil import Builder as mb

    @mb.program(input_specs=[mb.TensorSpec(shape=(1, 3, 8, 8))])
    def program(x):
        return mb.reduce_mean(x=x, axes=[2, 3], keep_dims=False, name="pooled")

    model = coremltools.convert(
        program, convert_to="mlprogram", minimum_deployment_target=coremltools.target.iOS16, skip_model_load=True,
        compute_precision=coremltools.precision.FLOAT32)
    path = place("coreml", "program.mlpackage")
    model.save(str(path))
    spec = model.get_spec()
    write_truth(
        path, written_by=by, how="coremltools.convert of a program, saved as a package",
        record={
            "verdict": "model", "format": {"id": "coreml", "version": str(spec.specificationVersion)},
            "facts": {
                "inputs": [{"name": "x", "shape": [1, 3, 8, 8], "data_type": "float32"}],
                "outputs": [{"name": "pooled"}],
            },
            "loading": {"verdict": "data-only"}})

    spec = builder.spec
    layer = spec.neuralNetworkClassifier.layers.add()
    layer.name = "own"
    layer.input.append("scores")
    layer.output.append("again")
    layer.custom.className = "OwnLayer"
    path = place("hostile", "coreml_custom_layer.mlmodel")
    path.write_bytes(spec.SerializeToString())
    write_truth(
        path, written_by=by, how="a layer whose class the program has to bring", payload=[[weights, 2 * 192 * 4]],
        record={"verdict": "model", "format": {"id": "coreml"}, "loading": {"verdict": "needs-code", "classes": ["OwnLayer"]}})


def coreml_programs():
    """ML programs: classes of an operation, whole numbers as classes, two functions in one package."""
    import shutil

    import coremltools
    import torch

    class Net(torch.nn.Module):
        def __init__(self, classes):
            super().__init__()
            self.convolution = torch.nn.Conv2d(3, 4, 3)
            self.linear = torch.nn.Linear(4, classes)

        def forward(self, image):
            return torch.softmax(self.linear(torch.relu(self.convolution(image)).mean((2, 3))), 1)

    by = {"coremltools": coremltools.__version__, "torch": torch.__version__}
    utils = coremltools.utils

    def convert(path, count, size, labels=None):
        torch.manual_seed(0)
        options = {}
        if labels:
            options["classifier_config"] = coremltools.ClassifierConfig(labels, predicted_feature_name="cover")
        model = coremltools.convert(
            torch.jit.trace(Net(count).eval(), torch.zeros(1, 3, size, size)), convert_to="mlprogram",
            inputs=[coremltools.TensorType("image", shape=(1, 3, size, size))], skip_model_load=True,
            minimum_deployment_target=coremltools.target.iOS18, **options)
        model.save(str(path))
        return utils.load_spec(str(path))

    def port(size):
        return {"name": "image", "shape": [1, 3, size, size], "data_type": "float16"}

    for name, labels in (("program_text", ["forest", "water"]), ("program_numbers", [10, 20, 30])):
        path = place("coreml", name + ".mlpackage")
        spec = convert(path, len(labels), 8, labels)
        assert spec.description.predictedFeatureName == "cover"
        write_truth(
            path, written_by=by, how=f"coremltools.convert with ClassifierConfig({labels})",
            record={
                "verdict": "model", "format": {"id": "coreml", "variant": "package, ML program"},
                "facts": {
                    "framework": "CoreML", "tasks": ["classification"], "inputs": [port(8)],
                    "outputs": [{"name": "cover", "labels": [str(label) for label in labels]}, {"name": "cover_probs"}],
                },
                "loading": {"verdict": "data-only"}})
    parts = [place("coreml", "part.mlpackage"), place("coreml", "other.mlpackage")]
    for part, count, size in zip(parts, (2, 3), (8, 16)):
        convert(part, count, size)
    path = place("coreml", "functions.mlpackage")
    description = utils.MultiFunctionDescriptor()
    for part, name in zip(parts, ("small", "large")):
        description.add_function(str(part), "main", name)
    description.default_function_name = "large"
    utils.save_multifunction(description, str(path))
    for part in parts:
        shutil.rmtree(part)
    spec = utils.load_spec(str(path))
    assert [each.name for each in spec.description.functions] == ["small", "large"]
    assert spec.description.defaultFunctionName == "large"
    write_truth(
        path, written_by=by, how="coremltools.utils.save_multifunction of two programs, the second the default",
        record={
            "verdict": "model", "format": {"id": "coreml", "variant": "package, ML program"},
            "facts": {
                "inputs": [port(16)], "outputs": [{"shape": [1, 3]}],
                "signatures": [{"name": "small", "inputs": [port(8)], "outputs": [{"shape": [1, 2]}]}],
            },
            "loading": {"verdict": "data-only"}})


def coreml_default_regressor():
    """Two functions, of which the one that is not the default is a classifier."""
    import shutil

    import coremltools
    import numpy
    from coremltools import utils
    from coremltools.converters.mil import Builder

    target = coremltools.target.iOS18

    @Builder.program(input_specs=[Builder.TensorSpec(shape=(1, 4))], opset_version=target)
    def classify(x):
        return Builder.softmax(x=Builder.linear(x=x, weight=numpy.ones((3, 4), "float32")), axis=-1, name="p")

    @Builder.program(input_specs=[Builder.TensorSpec(shape=(1, 4))], opset_version=target)
    def regress(x):
        return Builder.linear(x=x, weight=numpy.ones((1, 4), "float32"), name="r")

    description = utils.MultiFunctionDescriptor()
    parts = []
    for program, settings in (
        (classify, {"classifier_config": coremltools.ClassifierConfig(["water", "forest", "soil"])}), (regress, {})):
        model = coremltools.convert(
            program, convert_to="mlprogram", minimum_deployment_target=target, skip_model_load=True, **settings)
        parts.append(place("coreml", f"part_{len(parts)}.mlpackage"))
        model.save(str(parts[-1]))
        description.add_function(str(parts[-1]), "main", ["classify", "regress"][len(parts) - 1])
    description.default_function_name = "regress"
    path = place("coreml", "default_regressor.mlpackage")
    utils.save_multifunction(description, str(path))
    for part in parts:
        shutil.rmtree(part)
    spec = utils.load_spec(str(path))
    assert spec.description.defaultFunctionName == "regress"
    main = next(each for each in spec.description.functions if each.name == "regress")
    assert [each.name for each in main.output] == ["r"] and not main.predictedFeatureName
    write_truth(
        path, written_by={"coremltools": coremltools.__version__},
        how="save_multifunction of a classifier and a regressor, the regressor being the default",
        record={
            "verdict": "model", "format": {"id": "coreml", "variant": "package, ML program"},
            "facts": {"outputs": [{"name": "r"}], "signatures": [{"name": "classify"}]},
            "loading": {"verdict": "data-only"}})


def coreml_sizes():
    """Sizes that vary: in bounds, without an upper one, and from a list."""
    import coremltools
    from coremltools.models import datatypes, neural_network
    from coremltools.models.neural_network import flexible_shape_utils as flexible

    def base():
        builder = neural_network.NeuralNetworkBuilder([("x", datatypes.Array(3, 8, 8))], [("y", datatypes.Array(3, 8, 8))])
        builder.add_activation("relu", "RELU", "x", "y")
        return builder.spec

    def dimension(index, symbol, least, most=None):
        return {"dimension": index, "symbol": symbol, "min": least, **({"max": most} if most else {})}

    def save(name, spec, how, shape, *dynamic):
        path = place("coreml", name)
        path.write_bytes(spec.SerializeToString())
        write_truth(path, written_by={"coremltools": coremltools.__version__}, how=how, record={
            "verdict": "model", "format": {"id": "coreml"}, "loading": {"verdict": "data-only"},
            "facts": {"inputs": [{"name": "x", "shape": shape, "dynamic": list(dynamic)}]}})

    spec = base()
    flexible.set_multiarray_ndshape_range(spec, "x", [3, 8, 8], [3, 64, -1])
    save("array_range.mlmodel", spec, "set_multiarray_ndshape_range", [3, -1, -1], dimension(1, "8..64", 8, 64), dimension(2, "8..", 8))
    spec = base()
    flexible.add_multiarray_ndshape_enumeration(spec, "x", [(3, 16, 8), (3, 32, 8)])
    save("array_list.mlmodel", spec, "add_multiarray_ndshape_enumeration", [3, -1, 8], dimension(1, "8|16|32", 8, 32))
    for name, how in (("image_range.mlmodel", "update_image_size_range"), ("image_list.mlmodel", "add_enumerated_image_sizes")):
        spec = base()
        image = spec.description.input[0].type.imageType
        image.width, image.height, image.colorSpace = 8, 8, 20
        if "range" in name:
            flexible.update_image_size_range(
                spec, "x", flexible.NeuralNetworkImageSizeRange(height_range=(8, 64), width_range=(8, -1)))
            sizes = dimension(0, "8..64", 8, 64), dimension(1, "8..", 8)
        else:
            flexible.add_enumerated_image_sizes(spec, "x", [flexible.NeuralNetworkImageSize(16, 32)])
            sizes = dimension(0, "8|16", 8, 16), dimension(1, "8|32", 8, 32)
        save(name, spec, how, [-1, -1, 3], *sizes)


def coreml_compiled():
    path = place("coreml-compiled", "pooling.mlmodelc")
    path.mkdir(parents=True)
    schema = lambda name, shape: {
        "name": name, "type": "MultiArray", "dataType": "Float32", "shape": str(shape), "isOptional": "0"}
    document = [{
        "specificationVersion": 7, "license": "MIT", "author": "A. Author", "modelType": {"name": "MLModelType_mlProgram"},
        "inputSchema": [schema("x", [1, 3, 8, 8])], "outputSchema": [schema("pooled", [1, 3])]}]
    (path / "metadata.json").write_text(json.dumps(document, indent=2) + "\n")
    (path / "coremldata.bin").write_bytes(bytes(16))
    (path / "model.mil").write_text("program(1.0)\n")
    write_truth(
        path, written_by={}, how="by hand, as the compiler lays it out",
        record={
            "verdict": "model", "format": {"id": "coreml-compiled"},
            "facts": {
                "compile_method": "aot", "license": "MIT",
                "inputs": [{"name": "x", "shape": [1, 3, 8, 8], "data_type": "float32"}]},
            "loading": {"verdict": "incomplete"}})


def openvino_ir():
    import openvino
    from openvino import opset13 as opset

    by = {"openvino": openvino.__version__}
    image = opset.parameter([-1, 3, 8, 8], openvino.Type.f32, name="image")
    image.output(0).set_names({"image"})
    weights = opset.constant(numpy.zeros((4, 3, 3, 3), "float32"))
    convolution = opset.convolution(image, weights, [1, 1], [1, 1], [1, 1], [1, 1])
    convolution.output(0).set_names({"scores"})
    model = openvino.Model([opset.result(convolution)], [image], "tiny")
    model.set_rt_info("forest water urban bare", ["model_info", "labels"])
    path = place("openvino-ir", "convolution.xml")
    place("openvino-ir", "convolution.bin")
    openvino.save_model(model, str(path), compress_to_fp16=False)
    again = openvino.Core().read_model(str(path))
    total = sum(int(numpy.prod(op.shape)) for op in again.get_ops() if op.get_type_name() == "Constant" and op.get_element_type() == openvino.Type.f32)
    write_truth(
        path, written_by=by, how="openvino.save_model",
        record={
            "verdict": "model", "format": {"id": "openvino-ir", "version": "11"},
            "facts": {
                "framework": "OpenVINO", "framework_version": openvino.__version__.split("-")[0],
                "parameters": {"total": total},
                "inputs": [{"name": "image", "shape": [-1, 3, 8, 8], "data_type": "float32"}],
                "outputs": [{"name": "scores", "shape": [-1, 4, 8, 8], "data_type": "float32", "labels": ["forest", "water", "urban", "bare"]}],
            },
            "loading": {"verdict": "data-only"}})
    text = path.read_text().replace('type="Convolution" version="opset1"', 'type="Own" version="own_opset"')
    # The name of an operator is one of OpenVINO's, but its set has it not.
    strange = place("hostile", "openvino_not_in_set.xml")
    strange.write_text(path.read_text().replace('type="Convolution" version="opset1"', 'type="Gelu" version="opset1"'))
    place("hostile", "openvino_not_in_set.bin").write_bytes(path.with_suffix(".bin").read_bytes())
    try:
        openvino.Core().read_model(str(strange))
        raise AssertionError("it reads it")
    except RuntimeError as error:
        assert "doesn't contain the operation with type: Gelu" in str(error), error
    write_truth(
        strange, written_by=by, how="an operator of opset2 called one of opset1: OpenVINO refuses it",
        record={"verdict": "model", "format": {"id": "openvino-ir"}, "loading": {"verdict": "needs-code", "classes": ["opset1.Gelu"]}})
    hostile = place("hostile", "openvino_custom_operator.xml")
    hostile.write_text(text)
    place("hostile", "openvino_custom_operator.bin").write_bytes(path.with_suffix(".bin").read_bytes())
    write_truth(
        hostile, written_by=by, how="an operator of no operator set",
        record={"verdict": "model", "format": {"id": "openvino-ir"}, "loading": {"verdict": "needs-code"}})


def openvino_names():
    """Names of tensors, which are others than those of layers; version 10 knows those of layers alone."""
    import re

    import openvino
    from openvino import opset13 as opset

    image = opset.parameter([-1, 3, 8, 8], openvino.Type.f32, name="Parameter_77")
    image.output(0).get_tensor().set_names({"images", "pixels"})
    halves = opset.split(opset.relu(image, name="relu"), opset.constant(numpy.int64(2)), 2, name="halves")
    halves.output(0).get_tensor().set_names({"upper"})
    results = [opset.result(halves.output(index), name=f"Result_9{index}") for index in (0, 1)]
    model = openvino.Model(results, [image], "named")
    path = place("openvino-ir", "names.xml")
    old = place("openvino-ir", "names_10.xml")
    for each in (path, old):
        place("openvino-ir", each.stem + ".bin")
        openvino.save_model(model, str(each), compress_to_fp16=False)
    text = re.sub(' (output_)?names="[^"]*"', "", old.read_text())
    old.write_text(text.replace('version="11">', 'version="10">', 1))
    for each, how in ((path, "openvino.save_model: tensors with names of their own"),
                      (old, "the same as version 10, whose ports have no names")):
        again = openvino.Core().read_model(str(each))
        write_truth(
            each, written_by={"openvino": openvino.__version__}, how=how,
            record={
                "verdict": "model", "format": {"id": "openvino-ir"},
                "facts": {
                    "inputs": [{"name": port.get_any_name(), "shape": [-1, 3, 8, 8]} for port in again.inputs],
                    "outputs": [{"name": port.get_any_name()} for port in again.outputs],
                },
                "loading": {"verdict": "data-only"}})


def openvino_float8():
    """Constants of eight bits: a weight, and the scale of another."""
    import openvino
    from openvino import opset13 as opset

    features = opset.parameter([-1, 16], openvino.Type.f32, name="features")
    one = opset.constant(numpy.ones((16, 8), "float32"), openvino.Type.f8e4m3)
    two = opset.constant(numpy.ones((8, 4), "float32"), openvino.Type.f8e5m2)
    scale = opset.constant(numpy.ones((1, 4), "float32"), openvino.Type.f8e8m0)
    weights = opset.multiply(opset.convert(two, "f32"), opset.convert(scale, "f32"))
    hidden = opset.matmul(features, opset.convert(one, "f32"), False, False)
    model = openvino.Model([opset.result(opset.matmul(hidden, weights, False, False))], [features], "tiny")
    path = place("openvino-ir", "float8.xml")
    place("openvino-ir", "float8.bin")
    openvino.save_model(model, str(path), compress_to_fp16=False)
    names = {"f8e4m3": "float8_e4m3fn", "f8e5m2": "float8_e5m2", "f8e8m0": "float8_e8m0fnu"}
    types = {}
    for op in openvino.Core().read_model(str(path)).get_ops():
        if op.get_type_name() == "Constant":
            name = names[op.get_element_type().get_type_name()]
            types[name] = types.get(name, 0) + int(numpy.prod(op.shape))
    by = {"openvino": openvino.__version__}
    record = {
        "verdict": "model", "format": {"id": "openvino-ir", "version": "11"},
        "facts": {"parameters": {"total": sum(types.values()), "data_types": types}}, "loading": {"verdict": "data-only"}}
    write_truth(path, written_by=by, how="openvino.save_model with constants of float8", record=record)
    unknown = place("hostile", "openvino_unknown_type.xml")
    unknown.write_text(path.read_text().replace('"f8e5m2"', '"f9e9m9"'))
    place("hostile", "openvino_unknown_type.bin").write_bytes(path.with_suffix(".bin").read_bytes())
    write_truth(
        unknown, written_by=by, how="a constant of a type that does not exist, so that no total can be given",
        record={"verdict": "model", "format": {"id": "openvino-ir"}, "loading": {"verdict": "data-only"}})


DEFINITION = {
    "Framework": "PyTorch", "ModelName": "UnetClassifier", "ModelType": "ImageClassification", "ModelFile": "unet.pth",
    "InferenceFunction": "ArcGISImageClassifier.py", "ImageHeight": 256, "ImageWidth": 256, "ExtractBands": [0, 1, 2, 3],
    "DataRange": [0, 1], "SensorName": "Sentinel-2",
    "NormalizationStats": {"band_mean_values": [0.1, 0.2, 0.3, 0.4], "band_std_values": [0.05, 0.06, 0.07, 0.08]},
    "Classes": [
        {"Value": 0, "Name": "Background", "Color": [0, 0, 0]}, {"Value": 1, "Name": "Water", "Color": [0, 0, 255]}],
}


def esri():
    facts = {
        "framework": "PyTorch", "architecture": "UnetClassifier", "tasks": ["semantic-segmentation"],
        "inputs": [{"shape": [-1, 4, 256, 256]}], "outputs": [{"labels": ["Background", "Water"]}],
    }
    record = {"verdict": "model", "format": {"id": "esri-emd"}, "facts": facts, "loading": {"verdict": "needs-code"}}
    how = "by hand after Esri's documentation; no real file was to be had"
    text = json.dumps(DEFINITION, indent=2) + "\n"
    path = place("esri-emd", "definition.emd")
    path.write_text(text)
    write_truth(path, written_by={}, how=how, record=record)
    path = place("esri-emd", "folder")
    path.mkdir(parents=True)
    # No double holds 1e400; it stays the text that it is.
    more = json.dumps({**DEFINITION, "ModelName": "Unet"}, indent=2)[:-2] + ',\n  "MinCellSize": 1e400\n}\n'
    (path / "unet.emd").write_text(more)
    (path / "unet.pth").write_bytes((path.parent.parent / "torch-state-dict/no_top_folder.pt").read_bytes())
    (path / "ArcGISImageClassifier.py").write_text("class ArcGISImageClassifier: pass\n")
    write_truth(path, written_by={}, how=how + "; with weights of torch.save", record={
        **record, "facts": {**facts, "architecture": "Unet"}, "files": [
            {"path": "unet.emd", "role": "mlm:model"}, {"path": "ArcGISImageClassifier.py", "role": "code"},
            {"path": "unet.pth", "role": "mlm:weights"}]})
    path = place("esri-emd", "package.dlpk")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (
            ("unet.emd", text), ("unet.pth", "weights"), ("ArcGISImageClassifier.py", "class ArcGISImageClassifier: pass\n")):
            archive.writestr(zipfile.ZipInfo(name), data)
    write_truth(path, written_by={}, how=how, record=record)


def numpy_arrays():
    by = {"numpy": numpy.__version__}
    path = place("numpy-npz", "dense_layers.npz")
    numpy.savez(path, **{
        "params/dense/kernel": numpy.zeros((3, 4), "float32"), "params/dense/bias": numpy.zeros(4, "float32")})
    write_truth(
        path, written_by=by, how="numpy.savez of arrays named as a model's parameters",
        record={
            "verdict": "model", "format": {"id": "numpy-npz"}, "facts": {"parameters": {"total": 16}},
            "loading": {"verdict": "data-only"}})
    path = place("numpy-npz", "samples.npz")
    numpy.savez_compressed(path, image=numpy.zeros((4, 4), "uint8"), mask=numpy.zeros((4, 4), "bool"))
    write_truth(
        path, written_by=by, how="numpy.savez_compressed of an image and a mask",
        record={"verdict": "not-a-model", "cause": "data", "format": {"id": "numpy-npz"}})
    path = place("numpy-npy", "samples.npy")
    numpy.save(path, numpy.zeros((4, 4), "float32"))
    write_truth(
        path, written_by=by, how="numpy.save",
        record={
            "verdict": "not-a-model", "cause": "data", "format": {"id": "numpy-npy"},
            "loading": {"verdict": "data-only"}})

    class Touch:
        def __reduce__(self):
            import posix

            return posix.system, ("true",)

    path = place("hostile", "numpy_objects.npy")
    numpy.save(path, numpy.array([Touch()], dtype=object), allow_pickle=True)
    write_truth(
        path, written_by=by, how="an array of objects whose pickle calls posix.system",
        record={"verdict": "not-a-model", "cause": "data", "loading": {"verdict": "dangerous"}})


def hostile():
    save("mlflow_alias.yaml", b"a: &x [1]\nb: *x\n", "YAML with an alias, under a name that says nothing", {"verdict": "unrecognised"})
    path = place("hostile", "mlflow_aliases")
    path.mkdir(parents=True)
    (path / "MLmodel").write_text("flavors: &f\n  sklearn: {pickled_model: model.pkl}\nother: *f\n")
    write_truth(path, written_by={}, how="an MLmodel with an alias", record=failed("unsupported"))
    path = place("hostile", "mlflow_leaves_folder")
    path.mkdir(parents=True)
    (path / "MLmodel").write_text(
        "flavors:\n  python_function:\n    loader_module: os\n    model_path: ../../../etc/passwd\n")
    write_truth(
        path, written_by={}, how="an MLmodel that points out of its folder", record={"loading": {"verdict": "needs-code"}})
    path = place("hostile", "ydf_broken_columns")
    path.mkdir(parents=True)
    (path / "header.pb").write_bytes(b"\x0a\x01X\x10\x01\x18\x05")
    (path / "data_spec.pb").write_bytes(b"\x0a\xff\xff\xff\xff\x0f")
    write_truth(path, written_by={}, how="a column of 2^32 bytes", record=failed("truncated"))


SYSTEM = b"cposix\nsystem\n(S'true'\ntR."


def torch_system():
    """What torch.save would write of an object that calls posix.system."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("archive/data.pkl"), SYSTEM)
        archive.writestr(zipfile.ZipInfo("archive/version"), b"3\n")
    return data.getvalue()


def hostile_members():
    """Packages and folders whose members are pickles that run something."""
    path = place("hostile", "mlflow_pickle_system")
    path.mkdir(parents=True)
    (path / "MLmodel").write_text(
        "flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    python_model: python_model.pkl\n"
        "  sklearn:\n    pickled_model: model.pkl\n    sklearn_version: '1.5'\n")
    (path / "model.pkl").write_bytes(SYSTEM)
    write_truth(
        path, written_by={}, how="a flavour whose pickle calls posix.system",
        record={"verdict": "model", "format": {"id": "mlflow"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "mlflow_artifact_system")
    (path / "artifacts").mkdir(parents=True)
    (path / "MLmodel").write_text(
        "flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    python_version: '3.11'\n")
    (path / "artifacts" / "scaler.pkl").write_bytes(SYSTEM)
    write_truth(
        path, written_by={}, how="an artifact beside the model whose pickle calls posix.system",
        record={"verdict": "model", "format": {"id": "mlflow"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "esri_pickle_system.dlpk")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("unet.emd"), json.dumps(DEFINITION))
        archive.writestr(zipfile.ZipInfo("unet.pth"), torch_system())
    write_truth(
        path, written_by={}, how="a package whose weights call posix.system",
        record={"verdict": "model", "format": {"id": "esri-emd"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "esri_leaves_folder.emd")
    path.write_text(json.dumps({**DEFINITION, "ModelFile": "../../../../etc/passwd"}))
    write_truth(
        path, written_by={}, how="a definition that points out of its folder",
        record={"format": {"id": "esri-emd"}, "loading": {"verdict": "needs-code"}})
    path = place("hostile", "numpy_objects_in_archive.npz")
    data = io.BytesIO()
    numpy.save(data, numpy.zeros(1, "float32"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a/kernel.npy"), data.getvalue())
        header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(117) + "\n"
        archive.writestr(
            zipfile.ZipInfo("a/bias.npy"), b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + SYSTEM)
    write_truth(
        path, written_by={}, how="an archive whose second array is of objects, and calls posix.system",
        record={"verdict": "model", "format": {"id": "numpy-npz"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "numpy_huge_shape.npy")
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904), }\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode())
    write_truth(path, written_by={}, how="an array of 2^124 elements", record=failed("malformed"))


def hostile_huggingface():
    path = place("hostile", "huggingface_index_leaves_folder")
    path.mkdir(parents=True)
    (path / "config.json").write_text(json.dumps({
        "architectures": ["ViTForImageClassification"], "model_type": "vit", "num_channels": 3, "image_size": 32,
        "id2label": {"0": "forest", "1": "water"}}) + "\n")
    header = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    (path / "model-00001-of-00004.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    places = ["model-00001-of-00004.safetensors", "../../../../etc/passwd", "/etc/passwd", "model-00004-of-00004.safetensors"]
    (path / "model.safetensors.index.json").write_text(json.dumps({"weight_map": dict(zip("abcd", places))}) + "\n")
    write_truth(
        path, written_by={}, how="an index of four files: one is there, two lie elsewhere, one is missing",
        record={
            "verdict": "model", "format": {"id": "huggingface"},
            "facts": {
                "architecture": "ViTForImageClassification", "tasks": ["classification"],
                "outputs": [{"labels": ["forest", "water"]}]},
            "files": [
                {"path": "model.safetensors.index.json"}, {"path": places[0], "present": True},
                {"path": places[3], "present": False}, {"path": "config.json"}],
            "findings": [{"code": "shards.outside"}, {"code": "shards.outside"}, {"code": "shards.missing"}],
            "loading": {"verdict": "incomplete"}})
    path = place("hostile", "huggingface_shard_cut_off")
    path.mkdir(parents=True)
    (path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert"}\n')
    (path / "model.safetensors").write_bytes((1 << 40).to_bytes(8, "little") + header)
    (path / "training_args.bin").write_bytes(torch_system())
    write_truth(
        path, written_by={}, how="weights with a broken header, beside a pickle that calls posix.system",
        record={**failed("truncated"), "facts": {"architecture": "BertModel"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "huggingface_broken_config")
    path.mkdir(parents=True)
    (path / "config.json").write_text('{"architectures": ["BertModel"')
    (path / "pytorch_model.bin").write_bytes(torch_system())
    write_truth(
        path, written_by={}, how="a configuration that is cut off, beside weights that call posix.system",
        record={**failed(), "loading": {"verdict": "dangerous"}})
    path = place("hostile", "huggingface_pickle_system")
    path.mkdir(parents=True)
    (path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert"}\n')
    (path / "pytorch_model.bin").write_bytes(torch_system())
    write_truth(
        path, written_by={}, how="pytorch_model.bin that calls posix.system",
        record={"format": {"id": "huggingface"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "huggingface_training_system")
    path.mkdir(parents=True)
    (path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert"}\n')
    header = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    (path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    (path / "training_args.bin").write_bytes(torch_system())
    write_truth(
        path, written_by={}, how="training_args.bin that calls posix.system, beside harmless weights",
        record={"format": {"id": "huggingface"}, "loading": {"verdict": "dangerous"}})
    path = place("hostile", "open_clip_pickle_system")
    path.mkdir(parents=True)
    (path / "open_clip_config.json").write_text('{"model_cfg": {"embed_dim": 8}, "preprocess_cfg": {}}\n')
    (path / "open_clip_pytorch_model.bin").write_bytes(torch_system())
    danger = {"format": {"id": "huggingface"}, "loading": {"verdict": "dangerous", "imports": [{"name": "posix.system"}]}}
    write_truth(path, written_by={}, how="weights of open_clip that call posix.system", record=danger)
    path = place("hostile", "timm_pickle_system")
    path.mkdir(parents=True)
    (path / "config.json").write_text('{"architecture": "resnet18", "num_classes": 2, "pretrained_cfg": {"input_size": [3, 8, 8]}}\n')
    (path / "pytorch_model.bin").write_bytes(torch_system())
    write_truth(path, written_by={}, how="weights of timm that call posix.system", record=danger)
    path = place("hostile", "peft_pickle_system")
    path.mkdir(parents=True)
    (path / "adapter_config.json").write_text('{"peft_type": "LORA", "r": 1, "base_model_name_or_path": "org/base"}\n')
    (path / "adapter_model.bin").write_bytes(torch_system())
    write_truth(
        path, written_by={}, how="an adapter whose weights call posix.system", record={**danger, "format": {"id": "peft-adapter"}})
    path = place("hostile", "peft_import")
    path.mkdir(parents=True)
    (path / "adapter_config.json").write_text(
        '{"peft_type": "LORA", "r": 1, "auto_mapping": {"base_model_class": "X", "parent_library": "antigravity"}}\n')
    (path / "adapter_model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    write_truth(
        path, written_by={}, how="an adapter that names a module to import",
        record={"format": {"id": "peft-adapter"}, "loading": {"verdict": "needs-code", "classes": ["antigravity"]}})


def pipeline(name, index):
    path = place("hostile", name)
    (path / "unet").mkdir(parents=True)
    (path / "model_index.json").write_text(json.dumps({"_diffusers_version": "0.42.1", **index}) + "\n")
    (path / "unet/config.json").write_text('{"_class_name": "UNet2DModel", "_diffusers_version": "0.42.1"}\n')
    return path


def hostile_pipelines():
    """Pipelines and lists of modules whose parts are code or pickles that run something."""
    header = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    weights = len(header).to_bytes(8, "little") + header + bytes(4)
    danger = {"format": {"id": "diffusers"}, "loading": {"verdict": "dangerous", "imports": [{"name": "posix.system"}]}}
    plain = {"_class_name": "DDPMPipeline", "unet": ["diffusers", "UNet2DModel"]}
    path = pipeline("diffusers_pickle_system", plain)
    (path / "unet/diffusion_pytorch_model.bin").write_bytes(torch_system())
    write_truth(path, written_by={}, how="a component whose weights call posix.system", record=danger)
    path = pipeline("diffusers_second_pickle", plain)
    (path / "unet/diffusion_pytorch_model.safetensors").write_bytes(weights)
    (path / "unet/diffusion_pytorch_model.bin").write_bytes(torch_system())
    write_truth(path, written_by={}, how="a pickle that calls posix.system beside a component's harmless weights", record=danger)
    path = pipeline("diffusers_custom_pipeline", {**plain, "_class_name": ["pipeline_own", "OwnPipeline"]})
    (path / "unet/diffusion_pytorch_model.safetensors").write_bytes(weights)
    (path / "pipeline_own.py").write_text("raise SystemExit\n")
    needs_code = {"verdict": "model", "format": {"id": "diffusers"}, "loading": {"verdict": "needs-code"}}
    write_truth(path, written_by={}, how="a pipeline whose class is in a file beside it", record=needs_code)
    path = pipeline("diffusers_custom_component", {**plain, "unet": ["unet_own", "OwnUNet"]})
    (path / "unet/diffusion_pytorch_model.safetensors").write_bytes(weights)
    (path / "unet/unet_own.py").write_text("raise SystemExit\n")
    write_truth(path, written_by={}, how="a component whose class is in a file beside it", record=needs_code)
    for name, module, verdict in (
        ("custom_module", "own_module.OwnPooling", "needs-code"), ("pickle_system", "sentence_transformers.models.Dense", "dangerous")):
        path = place("hostile", f"sentence_transformers_{name}")
        (path / "1_Own").mkdir(parents=True)
        (path / "config.json").write_text('{"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 8}\n')
        (path / "model.safetensors").write_bytes(weights)
        (path / "modules.json").write_text(json.dumps([
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Own", "type": module}]) + "\n")
        if name == "custom_module":
            (path / "own_module.py").write_text("raise SystemExit\n")
        else:
            (path / "1_Own/pytorch_model.bin").write_bytes(torch_system())
        write_truth(
            path, written_by={}, how=f"a module of {module}" + ("" if verdict == "needs-code" else " that calls posix.system"),
            record={"format": {"id": "sentence-transformers"}, "loading": {"verdict": verdict}})


def hostile_headers():
    """Files that stand where a header is to be, and are none."""
    path = place("hostile", "ydf_nonsense_header")
    path.mkdir(parents=True)
    (path / "header.pb").write_bytes(bytes(range(255, 0, -1)))
    (path / "data_spec.pb").write_bytes(b"\x0a\x02\x10\x01")
    write_truth(path, written_by={}, how="a header of bytes that count down", record=failed())
    path = place("hostile", "ydf_empty_header")
    path.mkdir(parents=True)
    (path / "header.pb").write_bytes(b"")
    (path / "data_spec.pb").write_bytes(b"")
    write_truth(path, written_by={}, how="a header and a data specification of no byte", record=failed("malformed"))


def hostile_coreml_folders():
    path = place("hostile", "coreml_compiled_network.mlmodelc")
    path.mkdir(parents=True)
    (path / "metadata.json").write_text('[{"specificationVersion": 4}]\n')
    (path / "coremldata.bin").write_bytes(bytes(16))
    (path / "model.espresso.net").write_text('{"layers": [{"type": "custom", "class_name": "OwnLayer"}]}\n')
    write_truth(
        path, written_by={}, how="by hand: a compiled network, whose layers are not read",
        record={"verdict": "model", "format": {"id": "coreml-compiled"}, "loading": {"verdict": "incomplete"}})
    path = place("hostile", "coreml_package_outside.mlpackage")
    path.mkdir(parents=True)
    (path / "Manifest.json").write_text(json.dumps({
        "fileFormatVersion": "1.0.0", "rootModelIdentifier": "root",
        "itemInfoEntries": {"root": {"path": "../../../../etc/passwd", "name": "model.mlmodel"}}}) + "\n")
    write_truth(
        path, written_by={}, how="by hand: a package whose root is a file outside",
        record={"verdict": "failed", "format": {"id": "coreml"}})


def coreml_nested():
    import coremltools
    from coremltools.models import datatypes, neural_network
    from coremltools.proto import Model_pb2

    def network():
        builder = neural_network.NeuralNetworkBuilder(
            [("x", datatypes.Array(3))], [("y", datatypes.Array(3))], disable_rank5_shape_mapping=True)
        builder.add_activation("relu", "RELU", "x", "y")
        return builder.spec

    def save(name, model, how, classes):
        path = place("hostile", name)
        path.write_bytes(model.SerializeToString() if isinstance(model, Model_pb2.Model) else model)
        write_truth(
            path, written_by={"coremltools": coremltools.__version__}, how=how,
            record={"verdict": "model", "format": {"id": "coreml"}, "loading": {"verdict": "needs-code", "classes": classes}})

    looped = network()
    branch = looped.neuralNetwork.layers.add().branch
    branch.elseBranch.layers.add().loop.bodyNetwork.layers.add().custom.className = "OwnLayer"
    save("coreml_custom_in_loop.mlmodel", looped, "a layer of its own in the loop of a branch", ["OwnLayer"])
    outer = Model_pb2.Model(specificationVersion=4, description=looped.description)
    inner = outer.pipelineRegressor.pipeline.models.add(specificationVersion=4, description=looped.description)
    inner.pipeline.models.add().CopyFrom(network())
    inner.pipeline.models.add(specificationVersion=3, description=looped.description).customModel.className = "OwnModel"
    save("coreml_custom_in_pipeline.mlmodel", outer, "a model of its own in a pipeline in a pipeline", ["OwnModel"])
    last = Model_pb2.Model()
    last.customModel.className = "LastModel"
    save(
        "coreml_two_kinds.mlmodel", network().SerializeToString() + last.SerializeToString(),
        "a network, then a model of its own, which counts", ["LastModel"])


def openvino_bodies():
    import openvino
    from openvino import Dimension, PartialShape, opset13 as opset

    by = {"openvino": openvino.__version__}
    image = opset.parameter(PartialShape([Dimension(1, 8), 3, Dimension(16, -1), Dimension()]), openvino.Type.f32, name="image")
    choice = opset.parameter(PartialShape([]), openvino.Type.boolean, name="choice")
    anything = opset.parameter(PartialShape.dynamic(), openvino.Type.f32, name="anything")
    then = opset.parameter(PartialShape.dynamic(4), openvino.Type.f32, name="then")
    scaled = openvino.Model(
        [opset.result(opset.multiply(then, opset.constant(numpy.ones((1, 3, 1, 1), "float32"))))], [then], "scaled")
    other = opset.parameter(PartialShape.dynamic(4), openvino.Type.f32, name="other")
    cut = openvino.Model([opset.result(opset.relu(other))], [other], "cut")
    branches = opset.if_op(choice)
    branches.set_then_body(scaled)
    branches.set_else_body(cut)
    branches.set_input(image.output(0), then, other)
    result = branches.set_output(scaled.get_results()[0], cut.get_results()[0])
    model = openvino.Model([opset.result(result), opset.result(opset.relu(anything))], [image, choice, anything], "branches")
    path = place("openvino-ir", "branches.xml")
    place("openvino-ir", "branches.bin")
    openvino.save_model(model, str(path), compress_to_fp16=False)
    again = openvino.Core().read_model(str(path))
    shapes = [port.get_partial_shape() for port in again.inputs]
    assert [str(shape) for shape in shapes] == ["[1..8,3,16..,?]", "[]", "[...]"]
    write_truth(
        path, written_by=by, how="openvino.save_model with branches, bounds and a shape of any rank",
        record={
            "verdict": "model", "format": {"id": "openvino-ir"},
            "facts": {
                "parameters": {"total": 3, "tensors": 1},
                "inputs": [
                    {"name": "image", "shape": [-1, 3, -1, -1], "data_type": "float32", "dynamic": [
                        {"dimension": 0, "symbol": "1..8", "min": 1, "max": 8}, {"dimension": 2, "symbol": "16..", "min": 16}]},
                    {"name": "choice", "shape": [], "data_type": "bool"},
                    {"name": "anything", "data_type": "float32"}],
                "outputs": [{"shape": [-1, 3, -1, -1], "data_type": "float32"}, {"data_type": "float32"}]},
            "loading": {"verdict": "data-only"}})
    text = path.read_text()
    body = text.index("<else_body>")
    hostile = place("hostile", "openvino_custom_in_branch.xml")
    hostile.write_text(text[:body] + text[body:].replace('type="ReLU" version="opset1"', 'type="Own" version="extension"', 1))
    place("hostile", "openvino_custom_in_branch.bin").write_bytes(path.with_suffix(".bin").read_bytes())
    write_truth(
        hostile, written_by=by, how="an operator of no operator set in one branch",
        record={"verdict": "model", "format": {"id": "openvino-ir"}, "loading": {"verdict": "needs-code", "classes": ["extension.Own"]}})


def hostile_arrays():
    """Headers that numpy.load(allow_pickle=True) takes for arrays of objects; each was loaded, and ran what it holds."""
    import io
    import pickle

    class Flag:
        def __reduce__(self):
            return (exec, ("import builtins; builtins.flag = True",))

    import builtins
    for name, header in (
        ("numpy_object_word", "{'descr': 'object', 'fortran_order': False, 'shape': (1,), }"),
        ("numpy_object_field", "{'descr': [('a', '<f8'), ('b', 'object')], 'fortran_order': False, 'shape': (1,), }"),
        ("numpy_object_comma", "{'descr': 'f8,object', 'fortran_order': False, 'shape': (1,), }"),
        ("numpy_object_twice", "{'descr': '<f8', 'shape': (1,), 'fortran_order': False, \"descr\": \"O\", }"),
        ("numpy_object_escaped", "{'descr': '\\x4f', 'fortran_order': False, 'shape': (1,), }"),
    ):
        text = header.encode() + b" " * (-(len(header) + 11) % 64) + b"\n"
        data = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + pickle.dumps(Flag(), protocol=4)
        builtins.flag = False
        try:
            numpy.load(io.BytesIO(data), allow_pickle=True)
        except (AttributeError, TypeError, ValueError):
            pass
        assert builtins.flag, name
        path = place("hostile", f"{name}.npy")
        path.write_bytes(data)
        write_truth(
            path, written_by={"numpy": numpy.__version__}, how=f"header {header}, and a pickle that calls exec",
            record={"format": {"id": "numpy-npy"}, "loading": {"verdict": "dangerous"}})
    plain = numpy.zeros(2, [("Object", "<f8"), ("time", "M8[ns]"), ("word", "S3"), ("inner", [("x", "i4", (2, 3))])])
    path = place("numpy-npy", "records.npy")
    numpy.save(path, plain)
    write_truth(
        path, written_by={"numpy": numpy.__version__}, how="numpy.save of records without objects",
        record={"verdict": "not-a-model", "loading": {"verdict": "data-only"}})
    path = place("numpy-npy", "names.npy")
    numpy.save(path, numpy.array(["a", None, 1], object), allow_pickle=True)
    write_truth(
        path, written_by={"numpy": numpy.__version__}, how="numpy.save of an array of objects",
        record={"verdict": "not-a-model", "loading": {"verdict": "needs-code"}})


FUNCTIONS = [
    hostile_pipelines, hostile_headers, ydf_forests, mlflow_sklearn, mlflow_contradiction, mlflow_classes, mlflow_from_code, mlflow_exported, mlflow_transformers, coreml_models, coreml_programs, coreml_default_regressor, coreml_sizes, coreml_compiled, openvino_ir, openvino_names, openvino_float8, esri, numpy_arrays, hostile,
    hostile_members, hostile_huggingface,
    coreml_nested, hostile_coreml_folders, openvino_bodies, hostile_arrays,
]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
