import ModelContainers

/// How a model text is loaded, and whether it can be.
enum LightGBMLoading {
    static func fill(_ result: inout ProbeResult, _ model: LightGBMModel, name: String) {
        guard model.sizesFit else {
            // GBDT::LoadModelFromString: "Model format error, expect a tree here", which ends the process.
            result.report(
                .warning, code: "lightgbm.tree-sizes",
                "cannot be loaded: its trees are not where tree_sizes says, as after a change of line ends (CR LF); "
                    + "LightGBM ends the whole process. Bring back the original file", at: "tree_sizes")
            result.loading = Loading(.incomplete, requires: ["lightgbm"])
            return
        }
        let call = "lightgbm.Booster(model_file=\(PythonText.quoted(name)))"
        result.loading = Loading(.dataOnly, call: call, requires: ["lightgbm"])
    }
}
