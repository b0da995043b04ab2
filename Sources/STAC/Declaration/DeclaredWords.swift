import ModelContainers
import ModelFormats
import ModelJSON

/// Declared values in the words of MLM v1.5.2, where the two mean the same.
struct DeclaredWords {
    /// What has no word, in sentences that go after the name of the field.
    var findings: [String]

    /// Nil when nothing is left of the value.
    mutating func accepted(_ key: String, _ value: JSONValue) -> JSONValue? {
        switch key {
        case "mlm:name":
            guard let name = value.string, !name.isEmpty else { return value }
            return .string(ModelName.valid(name))
        case "mlm:framework":
            let name = value.string ?? ""
            return .string(FrameworkFamily(formats: .all).spelling(name) ?? name)
        case "mlm:framework_version":
            // YAML reads 2.1 as a number.
            let text = value.string ?? value.number?.text ?? ""
            guard let version = SemanticVersion.lossless(text) else {
                findings.append("\"\(text)\" is not a three-part version; left out")
                return nil
            }
            return .string(version)
        case "mlm:accelerator" where value == "cpu":
            findings.append("\"cpu\" is not a word of MLM v1.5.2; left out")
            return nil
        case "mlm:tasks":
            let tasks = tasks(value)
            return tasks.isEmpty ? nil : .array(tasks)
        case "mlm:hyperparameters":
            guard let members = value.object.map(Hyperparameters.valid), !members.isEmpty else { return nil }
            return .object(members)
        case "mlm:input": return ports(value, holds: "input")
        case "mlm:output": return ports(value, holds: "result")
        case "bands": return bands(value)
        default: return value
        }
    }

    private mutating func tasks(_ value: JSONValue?) -> [JSONValue] {
        var tasks: [JSONValue] = []
        for task in value?.array ?? value?.string.map({ [.string($0)] }) ?? [] where !tasks.contains(task) {
            if Tasks.all.contains(task.string ?? "") {
                tasks.append(task)
            } else {
                findings.append("\(task) is not a task of MLM; left out")
            }
        }
        return tasks
    }

    /// `bands` of an Item: objects with a name each.
    private mutating func bands(_ value: JSONValue) -> JSONValue? {
        let names = (value.array ?? []).compactMap { band in
            band.string.map { JSONValue.object(["name": .string($0)]) } ?? (band["name"]?.string == nil ? nil : band)
        }
        guard !names.isEmpty, names.count == value.array?.count else {
            findings.append("a band has no name; left out")
            return nil
        }
        return .array(names)
    }

    private mutating func ports(_ value: JSONValue, holds key: String) -> JSONValue? {
        guard let ports = value.array, !ports.isEmpty else {
            findings.append("not a list of inputs or outputs; left out")
            return nil
        }
        return .array(ports.map { port in port.object.map { .object(self.port($0, holds: key)) } ?? port })
    }

    private mutating func port(_ declared: JSONObject, holds key: String) -> JSONObject {
        var port = JSONObject()
        for (name, value) in declared where !value.isNull {
            switch name {
            case "classes", "classification_classes", "classification:classes":
                if let classes = classes(value) { port["classification:classes"] = classes }
            case "bands", "variables":
                let references = (value.array ?? []).compactMap { reference($0, of: name) }
                if !references.isEmpty { port[name] = .array(references) }
            case "tasks": port[name] = .array(tasks(value))
            case "value_scaling": port[name] = scaling(value)
            case "resize_type":
                if Self.resizeTypes.contains(value.string ?? "") {
                    port[name] = value
                } else {
                    findings.append("resize_type \(value) is not a word of MLM; left out")
                }
            case "pre_processing_function", "post_processing_function":
                if areExpressions(value) {
                    port[name] = value
                } else {
                    findings.append("\(name) has no format and expression; left out")
                }
            case "description":
                if value.string?.isEmpty == false { port[name] = value }
            default: port[name] = value
            }
        }
        if key == "result", port["tasks"] == nil { port["tasks"] = [] }
        return port
    }

    /// A name, or an object of a name and an expression.
    private mutating func reference(_ value: JSONValue, of list: String) -> JSONValue? {
        if value.string?.isEmpty == false { return value }
        guard let members = value.object, let name = members["name"]?.string, !name.isEmpty else {
            findings.append("\(list): \(value) has no name; left out")
            return nil
        }
        let known: Set = ["name", "format", "expression"]
        var kept = JSONObject(members.filter { known.contains($0.key) && !$0.value.isNull }.map { ($0.key, $0.value) })
        let isExpression = kept["format"]?.string != nil && kept["expression"] != nil
        if !isExpression {
            kept["format"] = nil
            kept["expression"] = nil
        }
        let lost = members.filter { !$0.value.isNull && kept[$0.key] == nil }.map(\.key)
        if !lost.isEmpty { findings.append("\(list): \(lost.joined(separator: ", ")) of \"\(name)\" left out") }
        return kept.count == 1 ? .string(name) : .object(kept)
    }

    private mutating func classes(_ value: JSONValue) -> JSONValue? {
        var classes: [JSONValue] = []
        for item in value.array ?? [] {
            guard var members = item.object, members["value"]?.int != nil,
                let description = (members["description"] ?? members["name"])?.string
            else {
                findings.append("class \(item) has no value or no name; all of them are left out")
                return nil
            }
            members["description"] = .string(description)
            for (key, value) in members where value.isNull { members[key] = nil }
            classes.append(.object(members))
        }
        return .array(classes)
    }

    private mutating func scaling(_ value: JSONValue) -> JSONValue? {
        let steps = (value.array ?? []).filter { !$0.isNull }
        let isKnown = steps.allSatisfy { step in
            guard let needed = Self.scalings[step["type"]?.string ?? ""] else { return false }
            return needed.allSatisfy { key in
                let value = step[key]
                return key == "expression"
                    ? value != nil : key == "format" ? value?.string != nil : value?.number != nil
            }
        }
        guard isKnown, !steps.isEmpty, steps.count == value.array?.count else {
            if !steps.isEmpty { findings.append("value_scaling \(value) is not known to MLM; left out") }
            return nil
        }
        return .array(steps)
    }

    private func areExpressions(_ value: JSONValue) -> Bool {
        let all = value.array ?? [value]
        return !all.isEmpty && all.allSatisfy { $0["format"]?.string != nil && $0["expression"] != nil }
    }

    private static let scalings: [String: [String]] = [
        "min-max": ["minimum", "maximum"], "z-score": ["mean", "stddev"], "clip": ["minimum", "maximum"],
        "clip-min": ["minimum"], "clip-max": ["maximum"], "offset": ["value"], "scale": ["value"],
        "processing": ["format", "expression"],
    ]

    private static let resizeTypes: Set = [
        "crop", "pad", "interpolation-nearest", "interpolation-linear", "interpolation-cubic", "interpolation-area",
        "interpolation-lanczos4", "interpolation-max", "wrap-fill-outliers", "wrap-inverse-map",
    ]
}
