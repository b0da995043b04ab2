import ModelContainers

/// What a property of an Item may be: the fields of MLM v1.5.2 and those of STAC 1.1.0 that a person gives.
enum PropertyRules {
    static func check(_ key: String, _ value: JSONValue, flag: String) throws(GivenError) {
        guard !key.isEmpty, !key.hasPrefix("mlm_inspect:") else {
            throw GivenError("\(flag): this field is for mlm-inspect itself")
        }
        if let rule = rules[key] {
            if let wrong = rule(value) {
                let isShort = value.array == nil && value.object == nil
                throw GivenError("\(flag)\(isShort ? " " + value.shown : ""): \(wrong)")
            }
            return
        }
        if assetFields.contains(key) {
            throw GivenError("\(flag): \(key) belongs to the asset, and MLM refuses it in the properties of an Item")
        }
        if key.hasPrefix("mlm:") {
            let known = rules.keys.filter { $0.hasPrefix("mlm:") }.sorted().joined(separator: ", ")
            throw GivenError("\(flag): MLM has no property \(key); there are \(known)")
        }
    }

    private static let assetFields: Set<String> = ["mlm:artifact_type", "mlm:compile_method", "mlm:entrypoint"]

    /// Nil when the value is right, else what is wrong.
    private typealias Rule = @Sendable (JSONValue) -> String?

    private static let rules: [String: Rule] = [
        "title": { $0.string == nil ? "a title is text" : nil },
        "description": { $0.isText ? nil : "a description is text, and not empty" },
        "license": { value in
            guard let text = value.string, !text.isEmpty, text.utf8.allSatisfy(isOfLicense) else {
                return "write one SPDX identifier, such as Apache-2.0 or CC-BY-4.0; or other"
            }
            return nil
        },
        GivenValues.datetime: { $0.isNull ? nil : time($0) },
        GivenValues.start: time,
        GivenValues.end: time,
        "mlm:name": { value in
            guard let name = value.string else { return "a name is text" }
            guard ModelName.valid(name) != name else { return nil }
            return "a name has three characters or more of A-Z a-z 0-9 _ . - and spaces, begins with a letter and ends "
                + "with a letter or digit; such as \(ModelName.valid(name))"
        },
        "mlm:architecture": { $0.isText ? nil : "an architecture is text, such as U-Net" },
        "mlm:tasks": { value in
            guard let tasks = value.array, !tasks.isEmpty else { return "give a list of tasks" }
            guard Set(tasks).count == tasks.count else { return "a task is named once" }
            let wrong = tasks.first { !ItemProperties.tasks.contains($0.string ?? "") }
            return wrong.map {
                "\($0.shown) is no task of MLM; there are \(ItemProperties.tasks.joined(separator: ", "))"
            }
        },
        "mlm:framework": { value in
            let marks = Set<Character>(" ._-\t\n")
            guard let text = value.string, let first = text.first, let last = text.last, !marks.contains(first),
                !marks.contains(last), !text.contains("\n")
            else { return "a framework is text that begins and ends with a letter or digit, such as PyTorch" }
            return nil
        },
        "mlm:framework_version": { value in
            let text = value.string ?? value.write(pretty: false)
            let lossless = SemanticVersion.lossless(text)
            guard value.string == nil || lossless != text else { return nil }
            return "a version is text of three parts, such as \(lossless ?? "2.7.0")"
        },
        "mlm:memory_size": count,
        "mlm:total_parameters": count,
        "mlm:batch_size_suggestion": count,
        "mlm:pretrained": flag,
        "mlm:pretrained_source": { $0.string != nil || $0.isNull ? nil : "write text, or null" },
        "mlm:accelerator": { value in
            value.isNull || accelerators.contains(value.string ?? "")
                ? nil : "an accelerator is one of \(accelerators.joined(separator: ", ")), or null"
        },
        "mlm:accelerator_constrained": flag,
        "mlm:accelerator_summary": { $0.string == nil ? "a summary is text" : nil },
        "mlm:accelerator_count": { ($0.int ?? 0) >= 1 ? nil : "write a whole number from 1 on" },
        "mlm:input": { PortRules.wrong($0, holds: "input") },
        "mlm:output": { PortRules.wrong($0, holds: "result") },
        "mlm:hyperparameters": { value in
            guard let members = value.object, !members.isEmpty else { return "write an object with a member" }
            let wrong = members.keys.first { Hyperparameters.valid([$0: 0]).keys != [$0] }
            return wrong.map { "the key \"\($0)\" has other characters than A-Z a-z 0-9 _ . -" }
        },
    ]

    private static let accelerators = [
        "amd64", "cuda", "xla", "amd-rocm", "intel-ipex-cpu", "intel-ipex-gpu", "macos-arm",
    ]

    private static let time: Rule = { value in
        do throws(GivenError) {
            _ = try Timestamp(value.string ?? "")
            return nil
        } catch {
            return error.message
        }
    }

    private static let count: Rule = { ($0.int ?? -1) >= 0 ? nil : "write a whole number from 0 on" }
    private static let flag: Rule = { $0.bool == nil ? "write true or false" : nil }

    /// `^[\w\-\.\+]+$`.
    private static func isOfLicense(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }

    /// Whether a licence is one that STAC takes as it is.
    static func isLicense(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isOfLicense) }
}

/// What the inputs and outputs of a model may be (`ModelInput` and `ModelOutput` of MLM v1.5.2).
enum PortRules {
    static func wrong(_ value: JSONValue, holds: String) -> String? {
        guard let ports = value.array else { return "write a list" }
        for (index, port) in ports.enumerated() {
            if let wrong = wrong(port: port, holds: holds) { return "number \(index): \(wrong)" }
        }
        return nil
    }

    private static func wrong(port: JSONValue, holds: String) -> String? {
        guard let name = port["name"], name.isText else { return "it needs a name" }
        if holds == "result" {
            guard let tasks = port["tasks"]?.array, Set(tasks).count == tasks.count,
                tasks.allSatisfy({ ItemProperties.tasks.contains($0.string ?? "") })
            else { return "it needs tasks: a list of names of MLM, or []" }
        }
        guard let tensor = port[holds] else { return "it needs \(holds): shape, dim_order and data_type" }
        guard let shape = tensor["shape"]?.array, !shape.isEmpty, shape.allSatisfy({ ($0.int ?? -2) >= -1 }) else {
            return "its shape is a list of whole numbers, -1 for a dimension that varies"
        }
        guard let order = tensor["dim_order"]?.array, order.count == shape.count, Set(order).count == order.count,
            order.allSatisfy({ DimensionNames.isWord($0.string ?? "") })
        else { return "its dim_order has as many names as its shape, of a-z, - and _, no two alike" }
        guard DataType.isKnown(tensor["data_type"]?.string ?? "") else {
            return "its data_type is one of \(DataType.all.joined(separator: ", "))"
        }
        for list in ["bands", "variables"] {
            let isListed = port[list]?.array?.isEmpty == false
            if isListed != order.contains(.string(list)) {
                return "a dimension \(list) and a list \(list) go together"
            }
        }
        return nil
    }
}

extension JSONValue {
    /// Text that is not empty.
    fileprivate var isText: Bool { string.map { !$0.isEmpty } ?? false }

    /// For an error: what a person wrote, no longer than a line.
    fileprivate var shown: String {
        let text = string ?? write(pretty: false)
        return text.count <= 60 ? text : text.prefix(59) + "…"
    }
}
