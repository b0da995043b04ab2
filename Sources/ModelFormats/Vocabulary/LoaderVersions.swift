/// The releases of the loaders that the verdicts on loading speak of: what these know by themselves is data, everything
/// else needs code. The lists were read from their own registries by the scripts `TestArtifacts/make/registry_*.py`.
enum LoaderVersions {
    static let tensorflow = ["1.15.0", "2.1.0", "2.4.4", "2.11.0", "2.15.1", "2.21.0"]
    static let keras = [
        "1.2.2", "2.2.4-tf", "2.2.4", "2.4.0", "2.11.0", "2.15.0", "2.21.0", "3.0.5", "3.3.3", "3.6.0", "3.9.2",
        "3.12.4", "3.15.1",
    ]
    static let onnx = ["1.23.2"]
    static let onnxruntime = ["1.32.0"]
    static let torch = ["2.13.0"]
    static let openvino = ["2026.4.1"]
    static let transformers = ["5.24.0"]
    // Without a registry of their own: what these do was read in their sources and tried.
    static let python = ["3.11.7"]
    static let joblib = ["1.6.0"]
    static let numpy = ["2.4.6"]
    static let skops = ["0.16.0"]
}
