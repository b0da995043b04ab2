import Foundation
import MLMInspect
import TestSupport
import Testing

/// What `Benchmarks/loading` has tried: the call as pasted, and the bounds of releases, each with the artifact it is of.
@Suite struct LoadingCardTests {
    private func loading(_ artifact: String) -> Loading? {
        Inspector().inspect(TestArtifact.root.appending(path: artifact).path(percentEncoded: false)).loading
    }

    @Test(arguments: [
        (
            "keras-v3/subclassed_plain_3_15_tensorflow.keras",
            #"keras.models.load_model("subclassed_plain_3_15_tensorflow.keras", custom_objects={"Plain": keras_networks.Plain})"#
        ),
        (
            "keras-v3/custom_last_3_15_tensorflow.keras",
            #"keras.models.load_model("custom_last_3_15_tensorflow.keras")"#
        ),
        (
            "keras-v3/unet13_3_15_torch.keras", #"keras.models.load_model("unet13_3_15_torch.keras", compile=False)"#
        ),
        (
            "tf-meta-graph/meta_graph.meta",
            #"with tf.Graph().as_default(): saver = tf.compat.v1.train.import_meta_graph("meta_graph.meta")"#
        ),
        (
            "pmml/form_utf_16.pmml",
            #"pypmml.Model.fromString(open("form_utf_16.pmml", encoding="utf-16").read())"#
        ),
        (
            "pmml/form_windows_1252.pmml",
            #"pypmml.Model.fromString(open("form_windows_1252.pmml", encoding="windows-1252").read())"#
        ),
        (
            "torch-aoti/weights_outside.pt2",
            #"torch._inductor.package.load_package("weights_outside.pt2", model_name="classifier")"#
        ),
        ("keras-json-config/sequence_2_2.json", #"keras.models.model_from_json(open("sequence_2_2.json").read())"#),
        ("pmml/jpmml_tree.pmml", #"pypmml.Model.load("jpmml_tree.pmml")"#),
    ])
    func theCallWorksAsPasted(_ artifact: String, _ call: String) {
        #expect(loading(artifact)?.call == call)
    }

    @Test(arguments: [
        "keras-v3/custom_last_3_15_tensorflow.keras", "keras-v3/subclassed_3_15_jax.keras",
        "keras-v3/subclassed_2_21.keras",
    ])
    func whoDefinesALayerIsImportedFirst(_ artifact: String) {
        #expect(loading(artifact)?.first == ["keras_networks"])
    }

    /// No release that could be tried loads them.
    @Test(arguments: [
        "onnx/untyped_input.onnx", "onnx/sparse_types.onnx", "onnx/context_node.onnx", "pmml/form_prefix.pmml",
        "pmml/form_no_version.pmml", "xgboost-binary/base64.model",
        "sklearn-joblib/zfile_0_17.joblib",
    ])
    func aCallThatCannotWorkIsNotPrinted(_ artifact: String) {
        #expect(loading(artifact) != nil)
        #expect(loading(artifact)?.call == nil)
    }

    @Test(arguments: [
        ("torchscript/scripted_1_0.pt", ["torch<1.10"]), ("torchscript/traced_1_4.pt", ["torch"]),
        ("torchscript/traced_1_6.pt", ["torch>=1.6"]), ("torchscript/constants.pt", ["torch>=1.6"]),
        ("torchscript/traced_1_13.pt", ["torch>=1.8"]), ("torchscript/scripted.pt", ["torch>=1.9"]),
        ("torchscript/scripted_1_13.pt", ["torch>=1.12"]), ("torchscript/quantized.pt", ["torch>=1.12"]),
        ("torchscript-mobile/mobile_1_9.ptl", ["torch>=1.9"]),
        ("lightgbm-text/linear_trees_4_7_0.txt", ["lightgbm>=3.2"]),
        ("lightgbm-text/categorical_3_3_5.txt", ["lightgbm>=2.3"]),
        ("lightgbm-text/categorical_2_2_3.txt", ["lightgbm"]),
        ("xgboost-binary/base64.model", ["xgboost<0.90"]),
        ("keras-h5-model/unet_2_2.h5", ["keras>=2.2,<2.4", "tensorflow>=1.13,<2", "protobuf<3.21", "h5py<3"]),
        ("tf-saved-model/with_slots_2_15", ["tensorflow>=2.10", "tf-keras"]),
        ("tf-saved-model/with_slots_2_12", ["tensorflow>=2.10", "tf-keras"]),
        ("keras-v3/unet13_2_12.keras", ["tensorflow>=2.12,<2.13"]),
        ("keras-v3/unet13_2_15.keras", ["tensorflow>=2.15,<2.16"]),
        ("sklearn-joblib/forest_1_0.joblib", ["joblib", "numpy<2", "scikit-learn==1.0.2"]),
        ("sklearn-pickle/linear_0_0_17.pkl", ["numpy<1.24", "scikit-learn<0.24"]),
        ("xgboost-json/classifier_1_3_3.json", ["xgboost>=1.3"]), ("xgboost-json/linear_1_3_3.json", ["xgboost>=1.0"]),
        ("xgboost-json/classifier_1_7_6.json", ["xgboost>=1.6"]), ("xgboost-json/ranker_2_1_4.json", ["xgboost>=2.0"]),
        ("onnx/tree_ensemble_5.onnx", ["onnxruntime>=1.21"]), ("onnx/quantized_dynamic.onnx", ["onnxruntime>=1.24"]),
        ("torch-state-dict/sparse.pt", ["torch>=2.1"]), ("torch-module/compiled.pt", ["torch>=2.4"]),
        ("torch-checkpoint/numpy_numbers.pt", ["torch>=2.6", "numpy>=1.26.1"]),
        ("sklearn-pickle/protocol_5.pkl", ["numpy>=2.0", "scikit-learn==1.9.1"]),
        ("sklearn-joblib/boosting.joblib", ["joblib", "numpy>=2.0", "scikit-learn==1.9.1"]),
        ("tflite/dynamic_range.tflite", ["tensorflow>=2.17.0"]), ("tflite/float_cnn.tflite", ["tensorflow"]),
        ("tflite/recurrent.tflite", ["tensorflow>=2.6.0"]),
    ])
    func theBoundsAreWhereReleasesDiffer(_ artifact: String, _ requires: [String]) {
        #expect(loading(artifact)?.requires == requires)
    }
}
