import ModelBytes
import ModelContainers
import ModelJSON

/// Packages that train models of others.
extension RFacts {
    /// parsnip and workflows: what was asked for, and the fitted model of another package in it.
    mutating func parsnip(_ result: inout ProbeResult) {
        let isWorkflow = model.name == "workflow"
        guard let fit = isWorkflow ? value.at("fit", "fit") : value else { return }
        let prefix = isWorkflow ? "fit$fit$" : ""
        if let kind = fit["spec"]?.classes.first {
            result.facts.architecture = kind
            result.note("architecture", .read, place(prefix + "spec: attribute class"))
        }
        copy("mode", "engine", from: fit["spec"])
        if isWorkflow { need("parsnip") }
        inner(fit["fit"], prefix + "fit", &result)
        if let sample = value.at("pre", "mold", "blueprint", "ptypes", "predictors") {
            columns(Self.frame(sample), "pre$mold$blueprint$ptypes$predictors", as: "new_data", &result)
        } else {
            terms(levels: fit.at("preproc", "xlevels"), &result)
        }
        let response = fit.at("preproc", "y_var")?.string
        switch fit.at("spec", "mode")?.string {
        case "classification": labels(fit["lvl"]?.strings, response, prefix + "spec$mode, lvl", &result)
        case "regression": regression(response, prefix + "spec$mode", &result)
        default: break
        }
    }

    /// mlr: a learner's model with the task it was trained for.
    mutating func wrapped(_ result: inout ProbeResult) {
        inner(value["learner.model"], "learner.model", &result)
        if let learner = value.at("learner", "id")?.string { settings["learner"] = .string(learner) }
        if let names = value["features"]?.strings {
            let levels = value["factor.levels"]
            let features = names.map { Feature(name: $0, categories: levels?[$0]?.strings) }
            columns(features, "features", &result)
        }
        let target = value.at("task.desc", "target")?.string
        switch value.at("task.desc", "type")?.string {
        case "classif": labels(value.at("task.desc", "class.levels")?.strings, target, "task.desc", &result)
        case "regr": regression(target, "task.desc", &result)
        default: break
        }
    }

    /// The model that does the work: its class, its package, its settings.
    mutating func inner(_ value: RValue?, _ path: String, _ result: inout ProbeResult) {
        guard let value, let inner = RModel(value) else { return }
        need(inner.package)
        settings["fitted_class"] = .string(inner.name)
        var facts = RFacts(inner, at: place(path), header: header, limits: limits)
        var scratch = ProbeResult(result.identity)
        facts.fill(&scratch)
        for (key, value) in facts.settings where settings[key] == nil { settings[key] = value }
        if let count = scratch.facts.parameters {
            result.facts.parameters = count
            result.note("parameters", .read, place(path))
        }
    }

    /// The columns of a data frame with their types.
    static func frame(_ frame: RValue) -> [Feature] {
        frame.names.enumerated().compactMap { index, name in
            guard let name, let column = frame.child(index) else { return nil }
            let levels = column.attribute("levels")?.strings
            let type: String? =
                switch column.kind {
                case .string: "string"
                case .logical: "bool"
                case .real where !column.isObject: "float64"
                case .integer where levels != nil: "string"
                case .integer where !column.isObject: "float64"
                default: nil
                }
            return Feature(name: name, dataType: type, categories: levels)
        }
    }
}
