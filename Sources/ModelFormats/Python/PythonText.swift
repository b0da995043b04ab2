/// Text as Python writes it in a call.
enum PythonText {
    /// `name` as a Python string literal.
    static func quoted(_ name: String) -> String {
        var text = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

/// Which packages classes come from.
enum PythonPackages {
    /// Modules of Python itself, and those whose package has another name, as far as models import them.
    private static let own: Set<String> = [
        "__main__", "argparse", "builtins", "collections", "contextlib", "copyreg", "datetime", "decimal", "enum",
        "functools",
        "itertools", "logging", "math", "operator", "pathlib", "random", "re", "string", "types", "typing", "uuid",
        "abc",
        "dataclasses", "fractions", "time", "_codecs", "inspect", "torch",
    ]
    private static let renamed = [
        "sklearn": "scikit-learn", "cv2": "opencv-python", "PIL": "pillow", "pytorch_lightning": "pytorch-lightning",
        "yaml": "pyyaml", "skimage": "scikit-image", "hydra": "hydra-core", "torch_geometric": "torch-geometric",
        "segmentation_models_pytorch": "segmentation-models-pytorch", "numpy": "numpy",
    ]
    /// Top-level modules that are packages of this name; a module that is none of them is the user's own file.
    private static let packages: Set<String> = [
        "torchvision", "timm", "ultralytics", "transformers", "omegaconf", "lightning", "monai", "torchgeo", "kornia",
        "fastai",
        "einops", "mmengine", "mmcv", "mmseg", "mmdet", "detectron2", "torchmetrics", "pandas", "scipy", "xgboost",
        "lightgbm",
        "catboost", "joblib", "torchaudio", "peft", "diffusers", "accelerate", "safetensors", "dill", "cloudpickle",
        "addict",
    ]

    /// Packages, as pip spells them, that hold the top-level modules of these classes.
    static func needed(by classes: [String]) -> [String] {
        let modules = Set(classes.compactMap { $0.split(separator: ".").first.map(String.init) }).subtracting(own)
        return modules.compactMap {
            renamed[$0] ?? ModelPackage.distribution(of: $0) ?? (packages.contains($0) ? $0 : nil)
        }.sorted()
    }
}
