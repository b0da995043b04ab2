import JSONSchema
import ModelContainers
import ModelJSON

/// The machine learning model extension v1.5.2.
enum MLMRules {
    static let specification = Specification(
        "mlm", "v1.5.2",
        item: .all(
            .object(
                ["properties": .all(itemFields, MLMNotes.properties), "assets": .object(others: modelAsset)],
                required: ["properties", "assets"]),
            modelAssetIsThere, MLMBandRules.bandsAreDescribed, MLMBandRules.variablesAreDescribed),
        collection: .object([
            "summaries": .object(others: .all(fields, notAllOfAnItem)), "assets": .object(others: assetFields),
            "item_assets": .object(others: assetFields),
        ]),
        // The schema says nothing of Catalogs.
        catalog: .anything)

    private static let rules: [String: Rule] = [
        "mlm:name": .text(of: name), "mlm:architecture": .string,
        "mlm:tasks": MLMTensorRules.tasks, "mlm:framework": .text(of: framework),
        "mlm:framework_version": .text(of: .semanticVersion),
        "mlm:memory_size": .integer(atLeast: 0), "mlm:total_parameters": .integer(atLeast: 0),
        "mlm:pretrained": .bool, "mlm:pretrained_source": .null(or: .string),
        "mlm:batch_size_suggestion": .integer(atLeast: 0),
        "mlm:accelerator": accelerator,
        "mlm:accelerator_constrained": .bool, "mlm:accelerator_summary": .string,
        "mlm:accelerator_count": .integer(atLeast: 1),
        "mlm:input": MLMTensorRules.inputs, "mlm:output": MLMTensorRules.outputs,
        "mlm:hyperparameters": hyperparameters,
        "mlm:artifact_type": .text, "mlm:compile_method": .text.or("leave it out when nothing was compiled"),
        "mlm:entrypoint": .text,
    ]

    private static let accelerator = Rule(Rule.null(or: .word(of: accelerators)).expectation) { value, report in
        guard value == "cpu" else {
            return Rule.null(or: .word(of: accelerators)).or("leave it out when it runs on any processor")
                .check(value, &report)
        }
        report.broken(
            "is \"cpu\", which MLM does not take; write \"amd64\", which also says that no accelerator is used")
    }

    static let accelerators = [
        "amd64", "cuda", "xla", "amd-rocm", "intel-ipex-cpu", "intel-ipex-gpu", "macos-arm",
    ]

    /// Whether MLM has a field of this name.
    static func isField(_ key: String) -> Bool { rules[key] != nil }

    private static let fields = Rule.fields(prefix: "mlm:", rules)

    private static let itemFields = Rule.all(fieldsOfProperties, requiredOfItems)

    static let requiredOfItems = Rule.required(
        ["mlm:name", "mlm:architecture", "mlm:tasks", "mlm:input", "mlm:output"], of: rules)

    /// What the fields are that are known; others may be there.
    static let knownFields = Rule.object(rules)

    /// What the properties of an Item may have, whether or not all is there.
    static let fieldsOfProperties = Rule.all(
        fields,
        .without(["mlm:artifact_type", "mlm:compile_method", "mlm:entrypoint"], "belongs to an asset; move it there"))

    private static let assetFields = Rule.all(
        fields,
        .without(
            ["mlm:name", "mlm:input", "mlm:output", "mlm:hyperparameters"], "belongs to the properties; move it there"))

    private static let modelAsset = Rule.all(assetFields, assetsAlone)

    /// What an asset has to be, whichever fields there are.
    static let assetsAlone = Rule.all(MLMNotes.asset, rolesFit)

    /// `mlm:artifact_type` goes with the role `mlm:model`, and `mlm:entrypoint` with `code`.
    private static let rolesFit = Rule.members { asset, report in
        switch (asset.hasRole("mlm:model"), asset["mlm:artifact_type"] != nil) {
        case (true, false):
            report.broken("\"mlm:artifact_type\" is missing; add it, the call that wrote the file, such as torch.save")
        case (false, true):
            report.at("mlm:artifact_type") {
                $0.broken("needs the role mlm:model; add it to the asset's roles, or remove this")
            }
        default: break
        }
        if asset["mlm:entrypoint"] != nil, !asset.hasRole("code") {
            report.at("mlm:entrypoint") {
                $0.broken("needs the role code; add it to the asset's roles, or remove this")
            }
        }
    }

    static let modelAssetIsThere = Rule.members { item, report in
        guard let assets = item["assets"]?.object, !assets.isEmpty,
            !assets.contains(where: { $0.value.object?.hasRole("mlm:model") ?? false })
        else { return }
        report.at("assets") { $0.broken("no asset has the role mlm:model; add it to the roles of the model's asset") }
    }

    private static let notAllOfAnItem = Rule.members { summary, report in
        let keys = ["mlm:input", "mlm:output", "mlm:artifact_type", "mlm:compile_method"]
        if keys.allSatisfy({ summary[$0] != nil }) {
            report.broken("must not have all of \(keys.joined(separator: ", "))")
        }
    }

    /// `^[0-9a-zA-Z_.-]+$` are the keys.
    private static let hyperparameters = Rule.all(
        .object(atLeast: 1).or("leave it out when there are none"), hyperparameterKeys)

    private static let hyperparameterKeys = Rule.members { object, report in
        for key in object.keys {
            report.at(key) { Rule.text(of: hyperparameterKey).check(.string(key), &$0) }
        }
    }

    private static let hyperparameterKey = Pattern.all("a key of letters, digits, _ . and - alone") { scalar, _ in
        scalar.isLetter || scalar.isDigit || "_.-".unicodeScalars.contains(scalar)
    }

    /// `^[a-zA-Z][a-zA-Z0-9_.\-\s]+[a-zA-Z0-9]$`.
    private static let name = Pattern(
        "at least 3 letters, digits, spaces, _ . or -, the first a letter, the last a letter or digit, without accents"
    ) { text, alphabet in
        guard text.count >= 3, let first = text.first, first.isLetter, let last = text.last else { return false }
        return (last.isLetter || last.isDigit)
            && text.allSatisfy {
                $0.isLetter || $0.isDigit || "_.-".unicodeScalars.contains($0) || alphabet.isSpace($0)
            }
    }

    /// `^(?=[^\s._\-]).*[^\s._\-]$`, or one of the names that MLM lists, all of which are of that form.
    private static let framework = Pattern(
        "a name that does not begin or end with a space, dot, _ or -"
    ) { text, alphabet in
        guard let first = text.first, let last = text.last else { return false }
        let isEdge = { (scalar: Unicode.Scalar) in
            !alphabet.isSpace(scalar) && !"._-".unicodeScalars.contains(scalar)
        }
        return isEdge(first) && isEdge(last) && !text.contains(where: alphabet.endsLine)
    }
}

extension Rule {
    /// None of these keys may be there.
    static func without(_ keys: [String], _ why: String) -> Rule {
        .members { object, report in
            for key in keys where object[key] != nil {
                report.at(key) { $0.broken(why) }
            }
        }
    }
}

extension JSONObject {
    /// Whether an asset has a role.
    func hasRole(_ role: String) -> Bool { self["roles"]?.array?.contains(.string(role)) ?? false }
}
