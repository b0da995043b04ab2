import ModelContainers
import ModelFormats
import ModelJSON

/// A `ModelInput.input` or `ModelOutput.result`: shape, dim_order and data_type.
enum Tensor {
    struct Drafted {
        var value: JSONObject
        var gaps: [(key: String, reason: Gap.Reason, hint: String)]
    }

    struct Missing: Error {
        let reason: Gap.Reason
        let hint: String
    }

    /// Fails for what MLM cannot hold: no rank, no type, a scalar, a value that is no tensor.
    static func draft(_ port: Port) -> Result<Drafted, Missing> {
        if let type = port.type {
            return .failure(Missing(reason: .notExpressible, hint: "it is of type \(type), not a tensor"))
        }
        guard let shape = port.shape else {
            return .failure(
                Missing(reason: .notInArtifact, hint: "its shape is unknown; add shape, dim_order and data_type"))
        }
        // The columns of a table may be of several types; which, no artifact of many formats says.
        let isTable = port.dimOrder?.first == "batch" && shape.count <= 2 && port.dimOrder?.count == shape.count
        guard let exact = port.dataType ?? (isTable ? "other" : nil) else {
            return .failure(
                Missing(reason: .notInArtifact, hint: "its data type is unknown; add it with shape \(shape)"))
        }
        guard !shape.isEmpty else {
            return .failure(
                Missing(reason: .notExpressible, hint: "it is a scalar of type \(exact), and MLM has no empty shape"))
        }
        var drafted = Drafted(value: JSONObject(), gaps: [])
        let order = port.dimOrder.flatMap { DimensionNames.isValid($0, rank: shape.count) ? $0 : nil }
        drafted.value["shape"] = .array(shape.map { JSONValue($0) })
        drafted.value["dim_order"] = .array((order ?? DimensionNames.neutral(shape.count)).map(JSONValue.string))
        drafted.value["data_type"] = .string(DataType.accepted(exact))
        // For columns of several types `other` is the word, and what is of no type yet may turn out to be such.
        if port.dataType == nil, !hasSeveralTypes(port) {
            let isOneType = isTable && shape.count == 2
            drafted.gaps.append(
                (
                    "data_type", .notInArtifact,
                    isOneType
                        ? "if all columns are of one type, replace other by it, such as float32; other is right for several"
                        : "replace other by the type of its values, such as float32"
                ))
        }
        if order == nil {
            drafted.gaps.append(
                ("dim_order", .notInArtifact, "replace the neutral names by batch, channel, height, width, time …"))
        } else if let names = order?.filter(DimensionOrder.isNeutral), !names.isEmpty {
            drafted.gaps.append(
                (
                    "dim_order", .partlyKnown,
                    "replace \(names.joined(separator: ", ")) by batch, channel, height, width, time …"
                ))
        }
        return .success(drafted)
    }

    /// Whether it is a table with columns of at least two types.
    private static func hasSeveralTypes(_ port: Port) -> Bool {
        Set((port.features ?? []).compactMap(\.dataType)).count > 1
    }

    /// Whether an input or output is drafted at all.
    static func isDrafted(_ port: Port) -> Bool {
        if case .success = draft(port) { true } else { false }
    }

    static func feature(_ feature: Feature) -> JSONValue {
        var object = JSONObject()
        object["name"] = .string(feature.name)
        if let type = feature.dataType { object["data_type"] = .string(type) }
        if let range = feature.range { object["range"] = .array(range.map { JSONValue($0) }) }
        if let categories = feature.categories { object["categories"] = .array(categories.map(JSONValue.string)) }
        return .object(object)
    }
}

/// Names of dimensions: `^[a-z-_]+$`, no two alike, as many as the shape has.
enum DimensionNames {
    static func isValid(_ names: [String], rank: Int) -> Bool {
        names.count == rank && Set(names).count == rank
            // MLM reserves these two for dimensions that list their bands or variables.
            && names.allSatisfy { name in
                !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 || $0 == 95 }
                    && name != "bands" && name != "variables"
            }
    }

    /// Names without a meaning.
    static func neutral(_ count: Int) -> [String] { (0..<count).map(DimensionOrder.neutral) }
}

/// Data types of the raster extension v1.1.0; what it has no word for is `other`.
enum DataType {
    static func accepted(_ exact: String) -> String {
        switch exact {
        case "complex64": "cfloat32"
        case "complex128": "cfloat64"
        default: CommonMetadata.dataTypes.contains(exact) ? exact : "other"
        }
    }
}

/// `classification:classes` of the classification extension v1.1.0: integer `value` and `description` are required.
enum Classes {
    /// The value of a class is its index, unless the model answers another one of `values`.
    static func draft(_ labels: [String], values: [Int]?) -> [JSONValue] {
        labels.enumerated().map { index, label in
            var object = JSONObject()
            object["value"] = JSONValue(values.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? index)
            object["name"] = .string(Slug.of(label) ?? "class-\(index)")
            object["description"] = .string(label.isEmpty ? "class \(index)" : label)
            return .object(object)
        }
    }
}

/// `mlm:hyperparameters`: keys of `^[0-9a-zA-Z_.-]+$`.
enum Hyperparameters {
    static func valid(_ object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object {
            let name = key.utf8.allSatisfy(isKept) ? key : replaced(key)
            if !name.isEmpty, result[name] == nil { result[name] = value }
        }
        return result
    }

    private static func replaced(_ key: String) -> String {
        String(
            String.UnicodeScalarView(
                key.unicodeScalars.map { $0.isASCII && isKept(UInt8($0.value)) ? $0 : "_" }))
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }
}
