import ModelBytes
import ModelContainers
import ModelJSON

/// Linear models and what is built like them.
extension RFacts {
    /// `lm`, `glm` and those that are made of them.
    mutating func linear(_ result: inout ProbeResult) {
        let response: String?
        if model.package == "mgcv" {
            response = additive(&result)
        } else {
            // `predict.lm` works the call's offset out of the new table too (stats, R/lm.R).
            let offset = value.at("call", "offset").flatMap { [.symbol, .language].contains($0.kind) ? $0 : nil }
            response = terms(more: offset.map { [$0] } ?? [], &result)
        }
        if let coefficients = value["coefficients"], coefficients.kind == .real {
            parameters(
                coefficients.length, "coefficients", counting: "coefficients, those without a value as well", &result)
        }
        copy("method")
        let family = value.at("family", "family")?.string
        if let family { settings["family"] = .string(family) }
        if let link = value.at("family", "link")?.string { settings["link"] = .string(link) }
        if model.name == "mlm" {
            // A column of coefficients for each response.
            guard let size = value["coefficients"]?.attribute("dim")?.numbers.last.flatMap({ Int(exactly: $0) }),
                size > 0
            else { return }
            let port = Port.answer(response ?? "predict", shape: [-1, size], element: "target", dataType: "float64")
            answer(port, task: "regression", "coefficients: dim", &result)
            return
        }
        // A list of formulas is of several parameters of a distribution, and `predict` answers a column for each.
        if value["formula"]?.kind == .list { return }
        if family.map(Self.isOfNumbers) ?? true {
            return regression(response, family == nil ? "coefficients" : "family", &result)
        }
        // Of the binomial `predict` answers the logarithm of the odds; which class they are of the family does not say.
        answer(.answer(response ?? "predict", shape: [-1], dataType: "float64"), "family", &result)
    }

    /// Families of stats, MASS and mgcv whose response is a number; mgcv writes what it found into their names.
    private static func isOfNumbers(_ family: String) -> Bool {
        [
            "gaussian", "poisson", "Gamma", "inverse.gaussian", "quasi", "quasipoisson", "Negative Binomial", "Tweedie",
            "Scaled t", "Beta regression",
        ].contains { family == $0 || family.hasPrefix($0 + "(") }
    }

    /// A model of mgcv: its variables stand in `var.summary`, smooth ones included.
    private func additive(_ result: inout ProbeResult) -> String? {
        let formula = value["formula"].flatMap { $0.kind == .language && $0.count == 3 ? $0.child(1) : nil }
        if let summary = value["var.summary"] {
            let features = summary.names.enumerated().compactMap { index, name -> Feature? in
                guard let name, let known = summary.child(index) else { return nil }
                let levels = known.attribute("levels")?.strings
                let isNumber = known.kind == .real || (known.kind == .integer && !known.isObject)
                return Feature(
                    name: name, dataType: levels != nil ? "string" : isNumber ? "float64" : nil, categories: levels)
            }
            columns(features, "var.summary", &result)
        }
        return formula.flatMap { RText.of($0) }
    }

    /// nnet, R/nnet.R.
    mutating func network(_ result: inout ProbeResult) {
        let response = terms(&result)
        copy("decay", "entropy", "softmax", "censored")
        if let units = value["n"]?.numbers, units.count == 3 {
            settings["units"] = .array(units.compactMap { Int(exactly: $0) }.map { JSONValue($0) })
        }
        let levels = value["lev"]?.strings
        if model.name == "multinom" {
            logits(&result)
            labels(levels, response, "lev", &result)
            return
        }
        // Weights that `mask` holds fixed are among them, and which those are is not kept.
        if let weights = value["wts"], value.at("call", "mask") == nil {
            parameters(weights.length, "wts", counting: "weights, biases included", &result)
        }
        guard let count = value["n"]?.numbers.last.flatMap({ Int(exactly: $0) }), count > 0 else { return }
        var port = Port.answer(
            response ?? "predict", shape: [-1, count], element: levels?.count == count ? "class" : nil,
            dataType: "float64")
        if levels?.count == count { port.labels = levels }
        // Without units of its own the output is linear.
        let isLinear = value["nunits"]?.number != value["nsunits"]?.number
        let isClasses = levels != nil || value["softmax"]?.bool == true
        answer(port, task: isClasses ? "classification" : isLinear ? "regression" : nil, "n, lev", &result)
    }

    /// nnet, R/multinom.R, `coef.multinom`: of the weights those of the first class and of the units' own biases are held at
    /// zero; what is fitted is a number for each column of the design, for each class but the first.
    private func logits(_ result: inout ProbeResult) {
        guard let columns = value["vcoefnames"]?.length, columns > 0,
            let units = value["n"]?.numbers.last.flatMap({ Int(exactly: $0) }), (1...1 << 20).contains(units)
        else { return }
        let (count, overflow) = columns.multipliedReportingOverflow(by: max(1, units - 1))
        guard !overflow else { return }
        parameters(count, "vcoefnames, n", counting: "coefficients, without the zeros that are fixed", &result)
    }

    /// e1071, R/svm.R.
    mutating func svm(_ result: inout ProbeResult) {
        let types = ["C-classification", "nu-classification", "one-classification", "eps-regression", "nu-regression"]
        let kernels = ["linear", "polynomial", "radial", "sigmoid"]
        let type = value["type"]?.int.flatMap { types.indices.contains($0) ? types[$0] : nil }
        if let type { settings["type"] = .string(type) }
        if let kernel = value["kernel"]?.int, kernels.indices.contains(kernel) {
            settings["kernel"] = .string(kernels[kernel])
        }
        copy("cost", "degree", "gamma", "coef0", "nu", "epsilon")
        if let count = value["tot.nSV"]?.int { settings["support_vectors"] = JSONValue(count) }
        let response = terms(&result)
        if result.facts.inputs == nil, value["terms"] == nil, let names = Self.columnNames(value["SV"]) {
            columns(names.map { Feature(name: $0, dataType: "float64") }, "SV", &result)
        }
        switch type {
        case "C-classification", "nu-classification":
            labels(value["levels"]?.strings, response, "type, levels", &result)
        case "eps-regression", "nu-regression": regression(response, "type", &result)
        default: break
        }
    }

    /// e1071, R/naiveBayes.R.
    mutating func bayes(_ result: inout ProbeResult) {
        if let tables = value["tables"] {
            let numeric = value["isnumeric"]?.numbers ?? []
            let features = tables.names.enumerated().compactMap { index, name -> Feature? in
                guard let name else { return nil }
                let isNumber = numeric.indices.contains(index) ? numeric[index] == 1 : nil
                let levels = isNumber == false ? Self.columnNames(tables.child(index)) : nil
                return Feature(
                    name: name, dataType: isNumber.map { $0 ? "float64" : "string" }, categories: levels)
            }
            columns(features, "tables", &result)
        }
        labels(value["levels"]?.strings, nil, "levels", &result)
    }

    /// glmnet, R/glmnet.R; `beta` is a sparse matrix, or one for each class.
    mutating func glmnet(_ result: inout ProbeResult) {
        let inner = model.name == "cv.glmnet" ? value["glmnet.fit"] ?? value : value
        let prefix = model.name == "cv.glmnet" ? "glmnet.fit$" : ""
        copy("lambda.min", "lambda.1se", "name")
        let count = inner["lambda"]?.length ?? 0
        if count > 0 { settings["lambdas"] = JSONValue(count) }
        need("glmnet")
        need("Matrix")
        let beta = inner["beta"].flatMap { $0.kind == .list ? $0.child(0) : $0 }
        if let names = beta?["Dimnames"]?.child(0)?.strings {
            columns(
                names.map { Feature(name: $0, dataType: "float64") }, prefix + "beta: Dimnames", as: "newx", &result)
        }
        let kinds = inner.classes
        if let classes = inner["classnames"]?.strings, classes.count <= limits.listedValues.value {
            result.facts.metadata?["classes"] = .array(classes.map { .string($0) })
        }
        if kinds.contains("lognet") || kinds.contains("multnet") {
            result.facts.tasks = ["classification"]
            result.note("tasks", .derived, place("\(prefix): class \(kinds.first ?? "")"))
        }
        let rows = model.name == "cv.glmnet" ? 1 : count
        guard rows > 0, !kinds.contains("multnet"), !kinds.contains("mrelnet"), kinds.count > 1 else { return }
        let isRegression = kinds.contains("elnet") || kinds.contains("fishnet")
        answer(
            .answer("predict", shape: [-1, rows], dataType: "float64"), task: isRegression ? "regression" : nil,
            prefix + "lambda", &result)
    }

    /// MASS, R/lda.R, R/qda.R, R/polr.R: `lev` has the classes, of which `predict` names one a row.
    mutating func levels(_ result: inout ProbeResult) {
        let response = terms(&result)
        if result.facts.inputs == nil, value["terms"] == nil, let names = Self.columnNames(value["means"]) {
            columns(names.map { Feature(name: $0, dataType: "float64") }, "means: dimnames", &result)
        }
        labels(value["lev"]?.strings, response, "lev", &result)
    }

    /// kernlab, R/ksvm.R, R/gausspr.R: slots of an object of S4.
    mutating func kernels(_ result: inout ProbeResult) {
        let response = terms(&result)
        guard let type = value["type"]?.string else { return }
        settings["type"] = .string(type)
        if let kernel = value["kernelf"]?.classes.first { settings["kernel"] = .string(kernel) }
        switch type {
        case "C-svc", "nu-svc", "C-bsvc", "spoc-svc", "kbb-svc", "classification":
            labels(value["lev"]?.strings, response, "type, lev", &result)
        case "eps-svr", "nu-svr", "eps-bsvr", "regression":
            answer(
                .answer(response ?? "predict", shape: [-1, 1], dataType: "float64"), task: "regression", "type", &result
            )
        default: break
        }
    }

    /// mclust keeps the table that it was fitted to.
    func mixtures(_ result: inout ProbeResult) {
        guard let names = Self.columnNames(value["data"]) else { return }
        columns(names.map { Feature(name: $0, dataType: "float64") }, "data: dimnames", &result)
    }

    mutating func unsupervised(_ result: inout ProbeResult) {
        let member = ["kmeans": "centers", "princomp": "loadings"][model.name] ?? "rotation"
        guard let matrix = value[member], let names = matrix.attribute("dimnames"),
            let size = matrix.attribute("dim")?.numbers.compactMap({ Int(exactly: $0) }), size.count == 2
        else { return }
        let isClusters = model.name == "kmeans"
        if let columns = names.child(isClusters ? 1 : 0)?.strings {
            self.columns(columns.map { Feature(name: $0, dataType: "float64") }, member, &result)
        }
        settings[isClusters ? "clusters" : "components"] = JSONValue(isClusters ? size[0] : size[1])
        parameters(
            matrix.length, member, counting: isClusters ? "coordinates of the centers" : "elements of the rotation",
            &result)
        guard !isClusters else { return }
        answer(.answer("predict", shape: [-1, size[1]], dataType: "float64"), member, &result)
    }

    static func columnNames(_ matrix: RValue?) -> [String]? {
        // A sparse one has slots in place of attributes.
        (matrix?.attribute("dimnames") ?? matrix?.attribute("Dimnames"))?.child(1)?.strings
    }
}
