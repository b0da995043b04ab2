import ModelBytes
import ModelContainers
import ModelJSON

/// What caret trains, and the models that it brings itself.
extension RFacts {
    /// caret, R/train.default.R.
    mutating func caret(_ result: inout ProbeResult) {
        if let method = value["method"]?.string {
            result.facts.architecture = method
            result.note("architecture", .read, place("method"))
            settings["method"] = .string(method)
        }
        if let best = value["bestTune"] {
            for name in best.names.compactMap(\.self).prefix(64) { copy(name, from: best, below: "bestTune.") }
        }
        inner(value["finalModel"], "finalModel", &result)
        for package in value.at("modelInfo", "library")?.texts ?? [] { need(package) }
        var response = terms(levels: value["xlevels"], &result)
        if let sample = value["ptype"], !sample.names.isEmpty {
            columns(Self.frame(sample), "ptype", &result)
        } else if result.facts.inputs == nil, let sample = value["trainingData"] {
            columns(Self.frame(sample).filter { $0.name != ".outcome" }, "trainingData", &result)
        }
        if let formula = value["formula"]?.child(1) { response = response ?? RText.of(formula) }
        switch value["modelType"]?.string {
        case "Classification": labels(value["levels"]?.strings, response, "modelType, levels", &result)
        case "Regression": regression(response, "modelType", &result)
        default: break
        }
    }

    /// Neighbours: the samples themselves are the model (caret, R/knn3.R, R/knnreg.R).
    mutating func neighbours(_ result: inout ProbeResult) {
        copy("k")
        if let columns = value.at("learn", "X")?.attribute("dimnames")?.child(1)?.strings {
            self.columns(columns.map { Feature(name: $0) }, "learn$X: dimnames", &result)
        }
        let response = terms(levels: value["xlevels"], &result)
        let answers = value.at("learn", "y")
        if model.name == "knnreg" {
            regression(response, "learn$y", &result)
        } else if let levels = answers?.attribute("levels")?.strings {
            labels(levels, response, "learn$y: levels", &result)
        }
    }

    /// Searches for columns, which keep the model that was fitted to the best of them (R/rfe.R, R/selectByFilter.R,
    /// R/gafs.R, R/safs.R).
    mutating func search(_ result: inout ProbeResult) {
        inner(value["fit"], "fit", &result)
        if let names = (value["optVariables"] ?? value["optvariables"] ?? value.at("bestSubset"))?.strings {
            columns(names.map { Feature(name: $0) }, "optVariables", &result)
        }
    }

    /// Whatever was fitted, train notes in it what it was fitted to (R/createModel.R).
    func fittedByCaret(_ result: inout ProbeResult) {
        guard let names = value["xNames"]?.strings, let kind = value["problemType"]?.string else { return }
        if result.facts.inputs == nil { columns(names.map { Feature(name: $0) }, "xNames", &result) }
        guard result.facts.outputs == nil else { return }
        if kind == "Regression" { regression(nil, "problemType", &result) }
        if kind == "Classification" { labels(value["obsLevels"]?.strings, nil, "problemType, obsLevels", &result) }
    }
}
