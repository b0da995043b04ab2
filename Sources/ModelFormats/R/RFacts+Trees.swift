import ModelBytes
import ModelContainers
import ModelJSON

/// Forests and single trees.
extension RFacts {
    /// randomForest, R/randomForest.default.R.
    mutating func randomForest(_ result: inout ProbeResult) {
        copy("type", "ntree", "mtry")
        let levels = value.at("forest", "xlevels")
        var response = terms(levels: levels, &result)
        if result.facts.inputs == nil, value["terms"] == nil, let levels {
            // Of a number it keeps 0, of a factor the levels.
            let features = levels.names.enumerated().compactMap { index, name -> Feature? in
                guard let name, let known = levels.child(index) else { return nil }
                let categories = known.strings
                return Feature(
                    name: name, dataType: categories == nil ? "float64" : "string", categories: categories)
            }
            columns(features, "forest$xlevels", &result)
            response = nil
        }
        switch value["type"]?.string {
        case "classification": labels(value["classes"]?.strings, response, "classes", &result)
        case "regression": regression(response, "type", &result)
        default: break
        }
    }

    /// ranger, R/ranger.R.
    mutating func ranger(_ result: inout ProbeResult) {
        copy("treetype", "num.trees", "mtry", "min.node.size", "max.depth", "splitrule", "replace", "importance.mode")
        let names = value.at("forest", "independent.variable.names")?.strings
        let categories = value.at("forest", "covariate.levels")
        if let names {
            let features = names.enumerated().map { index, name in
                let levels = categories.flatMap { $0[name] ?? $0.child(index) }?.strings
                return Feature(name: name, dataType: levels == nil ? nil : "string", categories: levels)
            }
            columns(features, "forest$independent.variable.names", as: "data", &result)
        }
        let classes = value.at("forest", "levels")?.strings
        let response = value["dependent.variable.name"]?.string
        switch value["treetype"]?.string {
        case "Classification": labels(classes, response, "treetype, forest$levels", &result)
        case "Probability estimation": scores(classes, response, "treetype, forest$levels", &result)
        case "Regression": regression(response, "treetype", &result)
        default: break
        }
    }

    /// rpart, R/rpart.R.
    mutating func rpart(_ result: inout ProbeResult) {
        copy("method")
        copy("minsplit", "minbucket", "cp", "maxdepth", from: value["control"])
        let response = terms(levels: value.attribute("xlevels"), &result)
        switch value["method"]?.string {
        case "class": scores(value.attribute("ylevels")?.strings, response, "method, attribute ylevels", &result)
        case "anova", "poisson": regression(response, "method", &result)
        default: break
        }
    }

    /// gbm, R/gbm.fit.R.
    mutating func gbm(_ result: inout ProbeResult) {
        copy(
            "n.trees", "interaction.depth", "shrinkage", "n.minobsinnode", "bag.fraction", "train.fraction",
            "num.classes")
        let distribution = value.at("distribution", "name")?.string
        if let distribution { settings["distribution"] = .string(distribution) }
        let levels = value["var.levels"]
        let types = value["var.type"]?.numbers ?? []
        if let names = value["var.names"]?.strings {
            let features = names.enumerated().map { index, name in
                // 0 is a number, else how many levels there are.
                let isNumber = types.indices.contains(index) ? types[index] == 0 : nil
                let categories = isNumber == false ? levels?.child(index)?.strings : nil
                return Feature(
                    name: name, dataType: isNumber.map { $0 ? "float64" : "string" }, categories: categories)
            }
            // With a formula `predict` makes what these name of the columns (R/predict.gbm.R).
            if let terms = value["Terms"].flatMap({ RTerms($0) }) {
                var found = terms.columns(levels: nil, table: table(of: terms))
                found.describe(features)
                columns(found, "Terms", &result)
            } else {
                columns(features, "var.names", &result)
            }
        }
        let response = value["response.name"]?.string
        switch distribution {
        case "gaussian", "laplace", "tdist", "quantile", "poisson": regression(response, "distribution", &result)
        case "bernoulli", "adaboost", "huberized", "multinomial":
            result.facts.tasks = ["classification"]
            result.note("tasks", .derived, place("distribution"))
        default: break
        }
    }
}
