import ModelContainers

/// How a model text is loaded, by which releases, and whether it can be.
///
/// Tried: the predictions of every text of the tests in 2.2.3, 2.3.1, 3.0.0, 3.2.1, 3.3.5 and 4.7.0.
enum LightGBMLoading {
    static func fill(_ result: inout ProbeResult, _ model: LightGBMModel, name: String) {
        guard model.sizesFit else {
            // GBDT::LoadModelFromString: "Model format error, expect a tree here", which ends the process.
            result.report(
                .warning, code: "lightgbm.tree-sizes",
                "cannot be loaded: its trees are not where tree_sizes says, as after a change of line endings (CR LF); "
                    + "LightGBM ends the whole process. Restore the original file", at: "tree_sizes")
            result.loading = Loading(.incomplete, requires: ["lightgbm"])
            return
        }
        let call = "lightgbm.Booster(model_file=\(PythonText.quoted(name)))"
        var needs = Requirements(["lightgbm"])
        if model.hasLinearTrees {
            needs.need(
                "lightgbm", .atLeast("3.2"), .derived,
                because: "linear_tree: releases before pass over the linear models of leaves, and predict other values")
        }
        if !["v1", "v2"].contains(model.version),
            model.columns.features.contains(where: { $0.dataType == "categorical" })
        {
            needs.need(
                "lightgbm", .atLeast("2.3"), .derived,
                because: "categories in a text of version \(model.version ?? "unknown"): 2.2 ends the whole process")
        }
        needs.note(into: &result)
        result.loading = Loading(.dataOnly, call: call, requires: needs.list)
    }
}
