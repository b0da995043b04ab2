import ModelBytes
import ModelContainers
import ModelJSON

/// A model or a configuration as JSON or UBJSON: nearly all numbers are texts there.
extension XGBoostModel {
    mutating func document<Scanner: DocumentScanner & ~Copyable>(_ scanner: inout Scanner) throws(InspectionError) {
        try scanner.object { key, scanner in
            switch key {
            // A pickled Booster: its configuration and its model side by side.
            case "Config", "Model": try self.part(&scanner)
            default: try self.member(key, &scanner)
            }
        }
    }

    private mutating func part<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner
    ) throws(InspectionError) {
        guard try scanner.kind() == .object else { return }
        try scanner.object { key, scanner in try self.member(key, &scanner) }
    }

    private mutating func member<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner
    ) throws(InspectionError) {
        let kind = try scanner.kind()
        if key == "learner", kind == .object {
            try scanner.object { key, scanner in try self.learner(key, &scanner) }
        } else if key == "version", kind == .array {
            var parts: [String] = []
            try scanner.array { scanner in
                guard try scanner.kind() == .number, parts.count < 4 else { return }
                parts.append(String(try scanner.int()))
            }
            if parts.count == 3 { version = parts.joined(separator: ".") }
        }
    }

    private mutating func learner<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner
    ) throws(InspectionError) {
        switch (key, try scanner.kind()) {
        case ("attributes", .object):
            try scanner.object { key, scanner in
                guard self.attributes.count < self.limits.listedValues.value, let text = try Self.text(&scanner) else {
                    return
                }
                self.attributes[key.text] = .string(text)
            }
        case ("feature_names", .array):
            try scanner.array { scanner in
                self.featureNames.add(Feature(name: try Self.text(&scanner) ?? ""))
            }
        case ("feature_types", .array):
            try scanner.array { scanner in
                guard self.featureTypes.count < self.limits.listedValues.value else { return }
                self.featureTypes.append(try Self.text(&scanner) ?? "")
            }
        case ("gradient_booster", .object): try gradientBooster(&scanner, inner: false)
        case ("learner_model_param", .object):
            try scanner.object { key, scanner in try self.modelParameter(key, &scanner) }
        case ("objective", .object): try objective(&scanner)
        case ("generic_param", .object), ("learner_train_param", .object):
            hasConfiguration = true
            try scanner.object { key, scanner in try self.setting(key, &scanner) }
        default: break
        }
    }

    private mutating func modelParameter<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner
    ) throws(InspectionError) {
        let offset = scanner.offset
        switch key {
        // Widths as in src/learner.cc: bst_feature_t and bst_target_t are uint32, num_class is int32.
        case "num_feature": features = try Self.count(&scanner, upTo: Int(UInt32.max), key, offset)
        case "num_class": classes = try Self.count(&scanner, upTo: Int(Int32.max), key, offset)
        case "num_target": targets = try Self.count(&scanner, upTo: Int(UInt32.max), key, offset)
        case "base_score":
            let text = try Self.text(&scanner)
            baseScore = text.flatMap(Self.score)
            listsBaseScore = text?.hasPrefix("[") == true
        default: break
        }
    }

    /// The name, and the parameters one level below it: `{"name": "reg:quantileerror", "quantile_loss_param": {…}}`.
    mutating func objective<Scanner: DocumentScanner & ~Copyable>(_ scanner: inout Scanner) throws(InspectionError) {
        try scanner.object { key, scanner in
            if key == "name" {
                self.objective = try Self.text(&scanner)
            } else if try scanner.kind() == .object {
                if key == "lambdarank_param" { self.ranksByPairs = true }
                try scanner.object { key, scanner in
                    // The number of classes is said by the learner, too.
                    guard key != "num_class", self.objectiveParameters.count < 64,
                        let text = try Self.text(&scanner)
                    else { return }
                    self.objectiveParameters[key.text] = Self.score(text) ?? PlainText.value(text)
                }
            }
        }
    }

    private mutating func gradientBooster<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner, inner: Bool
    ) throws(InspectionError) {
        try scanner.object { key, scanner in
            switch (key, try scanner.kind()) {
            case ("name", .string): if !inner { self.booster = try scanner.string() }
            // dart is a gbtree with weights for its trees.
            case ("gbtree", .object): if !inner { try self.gradientBooster(&scanner, inner: true) }
            case ("model", .object):
                self.hasModel = true
                try scanner.object { key, scanner in try self.boosterModel(key, &scanner) }
            case ("updater", _): try self.updaters(&scanner, depth: 0)
            case (_, .object): try self.trainParameters(key, &scanner, depth: 0)
            default: break
            }
        }
    }

    private mutating func boosterModel<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner
    ) throws(InspectionError) {
        switch (key, try scanner.kind()) {
        case ("gbtree_model_param", .object):
            try scanner.object { key, scanner in
                let offset = scanner.offset
                switch key {
                case "num_trees": self.trees = try Self.count(&scanner, upTo: Int(Int32.max), key, offset)
                case "num_parallel_tree":
                    self.parallelTrees = try Self.count(&scanner, upTo: Int(Int32.max), key, offset)
                default: break
                }
            }
        case ("cats", .object):
            try scanner.object { key, scanner in
                guard key == "enc", try scanner.kind() == .array else { return }
                try scanner.array { scanner in
                    guard self.categories.count < self.limits.listedValues.value else { return }
                    self.categories.append(try XGBoostCategories.read(&scanner, limits: self.limits))
                }
            }
        // Where each round's trees begin, and the end of the last one's.
        case ("iteration_indptr", .array): rounds = max(0, try scanner.count() - 1)
        case ("boosted_rounds", .number): rounds = try scanner.int()
        case ("trees", .array): treesSeen = try scanner.count()
        default: break
        }
    }

    /// xgboost 1.x has an object of updaters by name, 2.x and 3.x a list of objects with their name inside.
    private mutating func updaters<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner, depth: Int
    ) throws(InspectionError) {
        switch try scanner.kind() {
        case .array: try scanner.array { scanner in try self.updaters(&scanner, depth: depth + 1) }
        case .object where depth < 4:
            try scanner.object { key, scanner in try self.trainParameters(key, &scanner, depth: depth + 1) }
        default: try scanner.skip()
        }
    }

    /// Objects called `…train_param`, one or two levels deep.
    private mutating func trainParameters<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner, depth: Int
    ) throws(InspectionError) {
        guard try scanner.kind() == .object, depth < 4 else { return }
        if key.text.hasSuffix("train_param") {
            hasConfiguration = true
            try scanner.object { key, scanner in try self.setting(key, &scanner) }
        } else if !key.text.hasSuffix("_param") {
            try scanner.object { key, scanner in try self.trainParameters(key, &scanner, depth: depth + 1) }
        }
    }

    private mutating func setting<Scanner: DocumentScanner & ~Copyable>(
        _ key: JSONKey, _ scanner: inout Scanner
    ) throws(InspectionError) {
        guard settings.count < limits.listedValues.value, !Self.ofTheRun.contains(key.text),
            let text = try Self.text(&scanner)
        else { return }
        settings[key.text] = PlainText.value(text)
    }

    /// What says where and how the training ran, not what it made.
    private static let ofTheRun: Set<String> = [
        "device", "enable_experimental_json_serialization", "fail_on_invalid_gpu_id", "gpu_id", "gpu_page_size",
        "n_gpus", "n_jobs", "nthread", "validate_parameters", "verbosity", "disable_default_eval_metric",
        "debug_synchronize", "single_precision_histogram", "max_cached_hist_node",
    ]

    /// The text, or the plain value as one; nil for an object or array, which is left to be skipped.
    private static func text<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner
    ) throws(InspectionError) -> String? {
        switch try scanner.plainValue() {
        case .string(let text)?: text
        case .number(let number)?: number.text
        case .bool(let value)?: value ? "1" : "0"
        default: nil
        }
    }

    private static func count<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner, upTo most: Int, _ key: JSONKey, _ offset: Int
    ) throws(InspectionError) -> Int {
        let text = try text(&scanner) ?? ""
        guard let value = Int(text), value >= 0, value <= most else {
            throw InspectionError(
                .malformed, "\(key.text) is \"\(text.prefix(40))\", no number up to \(most)", offset: offset)
        }
        return value
    }

    /// `5E-1` up to 2.x, `[5E-1]` or one number a target in 3.x.
    static func score(_ text: String) -> JSONValue? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return PlainText.number(text) }
        let parts = text.dropFirst().dropLast().split(separator: ",")
        guard parts.count <= 10_000 else { return nil }
        let numbers = parts.compactMap { PlainText.number($0.drop { $0 == " " }) }
        guard numbers.count == parts.count, let first = numbers.first else { return nil }
        return numbers.count == 1 ? first : .array(numbers)
    }
}
