import ModelBytes
import ModelContainers
import ModelJSON

/// From a model of R to facts.
struct RFacts {
    let model: RModel
    let limits: Limits
    private let name: String
    let header: RHeader
    /// Packages that the model's functions are in.
    private(set) var packages: Set<String> = []
    /// Settings of the training.
    var settings = JSONObject()

    init(_ model: RModel, at name: String, header: RHeader, limits: Limits) {
        self.model = model
        self.name = name
        self.header = header
        self.limits = limits
    }

    var value: RValue { model.value }

    /// Where a member stands, for people.
    func place(_ path: String) -> String {
        if path.isEmpty { return name.isEmpty ? "the object" : name }
        return name.isEmpty ? path : "\(name)$\(path)"
    }

    mutating func fill(_ result: inout ProbeResult) {
        result.facts.framework = model.framework
        result.note("framework", .derived, "\(place("")): package of the class \(model.name)")
        if model.framework == "R" {
            result.facts.frameworkVersion = header.writer
            result.note("framework_version", .read, "header: the R that wrote it")
        }
        result.facts.architecture = model.name
        result.note("architecture", .read, "\(place("")): attribute class")
        if let package = model.package {
            if !RModel.base.contains(package) { packages.insert(package) }
        } else {
            result.report(
                .note, code: "r.unknown-class", "no known package has the class \(model.name)",
                at: place(""))
        }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["class"] = .array(value.classes.prefix(16).map { .string(String($0.prefix(128))) })
        if let call = (value["call"] ?? value.attribute("call")), call.kind == .language,
            let text = RText.of(call), !PrivateText.holdsPath(text)
        {
            metadata["call"] = .string(text)
        }
        result.facts.metadata = metadata
        result.note("metadata", .read, "\(place("")): class and call")
        described(&result)
        if !settings.isEmpty {
            result.facts.hyperparameters = settings
            result.note("hyperparameters", .read, place("members of the object"))
        }
        result.noteTable()
        if result.facts.inputs?.first?.features?.contains(where: { $0.dataType == "float64" }) == true {
            result.note("inputs.data_type", .derived, "R computes numbers as double")
        }
    }

    /// What only models of this class have.
    private mutating func described(_ result: inout ProbeResult) {
        switch model.name {
        case "lm", "glm", "mlm", "rlm", "negbin", "gam", "bam", "aov": linear(&result)
        case "randomForest": randomForest(&result)
        case "ranger": ranger(&result)
        case "rpart": rpart(&result)
        case "nnet", "multinom": network(&result)
        case "svm": svm(&result)
        case "naiveBayes": bayes(&result)
        case "glmnet", "cv.glmnet": glmnet(&result)
        case "gbm": gbm(&result)
        case "lmerMod", "glmerMod", "nlmerMod": mixed(&result)
        case "lme", "nlme", "gls": grouped(&result)
        case "nls": curve(&result)
        case "train": caret(&result)
        case "model_fit", "workflow": parsnip(&result)
        case "lda", "qda", "polr": levels(&result)
        case "Mclust", "MclustDA", "densityMclust": mixtures(&result)
        case "ksvm", "gausspr": kernels(&result)
        case "kmeans", "prcomp", "princomp": unsupervised(&result)
        case "WrappedModel": wrapped(&result)
        case "knn3", "knnreg": neighbours(&result)
        case "rfe", "sbf", "gafs", "safs": search(&result)
        default: terms(&result)
        }
        fittedByCaret(&result)
    }

    // MARK: pieces

    mutating func need(_ package: String?) {
        if let package, !RModel.base.contains(package) { packages.insert(package) }
    }

    /// Copies members that are one number, text or flag.
    mutating func copy(_ names: String..., from value: RValue? = nil, below prefix: String = "") {
        for name in names {
            guard let member = (value ?? self.value)[name], let plain = Self.plain(member) else { continue }
            settings[prefix + name] = plain
        }
    }

    static func plain(_ value: RValue) -> JSONValue? {
        if let bool = value.bool { return .bool(bool) }
        if let text = value.string, value.kind == .string {
            return PrivateText.holdsPath(text) ? nil : .string(text)
        }
        guard let number = value.number, number.isFinite else { return nil }
        return Int(exactly: number).map { JSONValue($0) } ?? JSONValue(number)
    }

    func columns(_ features: [Feature], _ path: String, as port: String = "newdata", _ result: inout ProbeResult) {
        guard !features.isEmpty else { return }
        var columns = TableColumns(limits: limits)
        for feature in features { columns.add(feature) }
        let types = Set(features.map(\.dataType))
        let type = types.count == 1 ? types.first ?? nil : nil
        result.facts.inputs = [
            .table(
                port, columns: columns.count, dataType: type, features: columns.listed(into: &result, at: place(path)))
        ]
        result.note("inputs", .read, place(path))
    }

    func answer(_ port: Port, task: String? = nil, _ path: String, _ result: inout ProbeResult) {
        result.facts.outputs = [port]
        result.note("outputs", .derived, place(path))
        if let task {
            result.facts.tasks = [task]
            result.note("tasks", .derived, place(path))
        }
    }

    func regression(_ name: String?, _ path: String, _ result: inout ProbeResult) {
        answer(.answer(name ?? "predict", shape: [-1], dataType: "float64"), task: "regression", path, &result)
    }

    /// One label a row.
    func labels(_ labels: [String]?, _ name: String?, _ path: String, _ result: inout ProbeResult) {
        var port = Port.answer(name ?? "predict", shape: [-1], dataType: "string")
        port.labels = listed(labels)
        answer(port, task: "classification", path, &result)
    }

    /// A number for each label.
    func scores(_ labels: [String]?, _ name: String?, _ path: String, _ result: inout ProbeResult) {
        guard let labels, !labels.isEmpty else {
            result.facts.tasks = ["classification"]
            result.note("tasks", .derived, place(path))
            return
        }
        var port = Port.answer(name ?? "predict", shape: [-1, labels.count], element: "class", dataType: "float64")
        port.labels = listed(labels)
        answer(port, task: "classification", path, &result)
    }

    private func listed(_ labels: [String]?) -> [String]? {
        guard let labels, !labels.isEmpty, labels.count <= limits.listedValues.value else { return nil }
        return labels
    }

    func parameters(_ count: Int, _ path: String, counting rule: String, _ result: inout ProbeResult) {
        guard count > 0 else { return }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: 8)
        result.facts.parameters = Parameters(
            total: count, bytes: overflow ? nil : bytes, dataTypes: ["float64": count], counting: rule)
        result.note("parameters", .read, place(path))
    }

    /// The variables of a formula, with levels that the model keeps of them; the name of the response. `more` are expressions
    /// that `predict` works out as well.
    @discardableResult
    func terms(levels: RValue? = nil, more: [RValue] = [], _ result: inout ProbeResult) -> String? {
        for (path, found) in [
            ("terms", value["terms"]), ("Terms", value["Terms"]), ("preproc$terms", value.at("preproc", "terms")),
            ("model", value["model"]?.attribute("terms")), ("frame", value["frame"]?.attribute("terms")),
        ] {
            guard let found, let terms = RTerms(found) else { continue }
            let columns = terms.columns(
                levels: levels ?? value["xlevels"], table: table(of: terms), rows: rows, more: more)
            self.columns(columns, path, &result)
            return terms.response
        }
        return nil
    }

    /// Those of a formula, or what keeps them from being said.
    func columns(_ columns: RFormulaColumns, _ path: String, _ result: inout ProbeResult) {
        guard !columns.unproven.isEmpty else { return self.columns(columns.features, path, &result) }
        var expressions: [(text: String, names: [String])] = []
        for (name, text) in columns.unproven.prefix(8) {
            if expressions.last?.text == text {
                expressions[expressions.count - 1].names.append(name)
            } else {
                expressions.append((text, [name]))
            }
        }
        let names = expressions.map { "\($0.names.joined(separator: ", ")) in \($0.text)" }.joined(separator: ", ")
        let known = columns.features.prefix(16).map(\.name).joined(separator: ", ")
        result.report(
            .note, code: "r.columns-unproven",
            (known.isEmpty ? "" : "takes the columns \(known)\(columns.features.count > 16 ? " …" : ""); ")
                + "\(names)\(columns.unproven.count > 8 ? " …" : "") may be columns or variables of the session: "
                + "the file does not say which",
            at: place(path))
    }

    /// How many samples it was fitted to, where that is seen.
    private var rows: Int? {
        for member in [value["residuals"], value["fitted.values"], value["model"]?.child(0), value["frame"]?.child(0)] {
            if let member, member.attribute("dim") == nil, member.length > 0, member.kind != .list {
                return member.length
            }
        }
        return nil
    }

    /// The columns of the table that it was fitted to, where it is kept.
    var table: [Feature]? {
        [value["data"], value.at("call", "data")].compactMap(\.self).lazy.compactMap(Self.table).first
    }

    /// The same, or what the formula's function called by the name that the call has.
    func table(of terms: RTerms) -> [Feature]? {
        if let table { return table }
        guard let name = value.at("call", "data").flatMap({ $0.kind == .symbol ? $0.string : nil }) else { return nil }
        return terms.table(named: name).flatMap(Self.table)
    }

    private static func table(_ value: RValue) -> [Feature]? {
        value.kind == .list && value.classes.contains("data.frame") ? frame(value) : nil
    }
}
