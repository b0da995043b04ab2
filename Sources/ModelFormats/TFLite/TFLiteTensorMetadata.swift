import ModelBytes
import ModelContainers
import ModelJSON

/// What is said of one input or output: TensorMetadata of metadata_schema.fbs.
struct TFLiteTensorMetadata {
    /// A file with labels, packed behind the model.
    struct LabelFile {
        let name: String
        /// One label for each index along an axis, else one for each value.
        let isAxis: Bool
    }

    private(set) var json = JSONObject()
    /// Those of no language of their own, when there are several.
    private(set) var labels: LabelFile?
    /// What values are normalised by before they go in.
    private(set) var mean: [Double] = []
    private(set) var deviation: [Double] = []

    init(_ table: FlatBufferTable) throws(InspectionError) {
        for (key, slot) in [("name", 0), ("description", 1)] {
            if let text = try table.string(slot), !text.isEmpty, !PrivateText.holdsPath(text) {
                json[key] = .string(text)
            }
        }
        var names: [JSONValue] = []
        try table.forEachString(2) { name in if names.count < 64 { names.append(.string(name)) } }
        if !names.isEmpty { json["dimension_names"] = .array(names) }
        if let content = try table.table(3) { try self.content(content) }
        try table.forEachTable(4) { unit throws(InspectionError) in
            // ProcessUnitOptions.NormalizationOptions
            guard try unit.unsigned(0, width: 1) == 1, let options = try unit.table(1) else { return }
            var normalization = JSONObject()
            normalization["mean"] = try Self.floats(options, 0)
            normalization["std"] = try Self.floats(options, 1)
            if !normalization.isEmpty { json["normalization"] = .object(normalization) }
            mean = (normalization["mean"]?.array ?? []).compactMap(\.double)
            deviation = (normalization["std"]?.array ?? []).compactMap(\.double)
        }
        if let stats = try table.table(5) {
            json["max"] = try Self.floats(stats, 0)
            json["min"] = try Self.floats(stats, 1)
        }
        try files(table)
    }

    /// Content: which kind of thing it is, and what belongs to that kind.
    private mutating func content(_ table: FlatBufferTable) throws(InspectionError) {
        let kinds = ["feature", "image", "bounding box", "audio"]
        let kind = Int(try table.unsigned(0, width: 1) ?? 0) - 1
        guard kinds.indices.contains(kind) else { return }
        json["content"] = .string(kinds[kind])
        guard let properties = try table.table(1) else { return }
        switch kind {
        case 1:
            let spaces = ["RGB", "grayscale"]
            let space = Int(try properties.unsigned(0, width: 1) ?? 0) - 1
            if spaces.indices.contains(space) { json["color_space"] = .string(spaces[space]) }
        case 3:
            if let rate = try properties.unsigned(0, width: 4), rate > 0 { json["sample_rate"] = JSONValue(rate) }
            if let channels = try properties.unsigned(1, width: 4), channels > 0 {
                json["channels"] = JSONValue(channels)
            }
        default: break
        }
    }

    /// AssociatedFileType: 2 TENSOR_AXIS_LABELS, 3 TENSOR_VALUE_LABELS.
    private mutating func files(_ table: FlatBufferTable) throws(InspectionError) {
        var names: [JSONValue] = []
        var localized: LabelFile?
        var plain: LabelFile?
        try table.forEachTable(6) { file throws(InspectionError) in
            guard let name = try file.string(0), !PrivateText.isPath(name) else { return }
            if names.count < 64 { names.append(.string(name)) }
            let type = try file.unsigned(2, width: 1)
            guard type == 2 || type == 3 else { return }
            let labels = LabelFile(name: name, isAxis: type == 2)
            if try file.string(3)?.isEmpty ?? true { plain = plain ?? labels } else { localized = localized ?? labels }
        }
        labels = plain ?? localized
        if !names.isEmpty { json["associated_files"] = .array(names) }
    }

    /// A short vector of float32; nil when it is absent, empty or long.
    private static func floats(_ table: FlatBufferTable, _ slot: Int) throws(InspectionError) -> JSONValue? {
        guard (1...64).contains(try table.vector(slot, elementBytes: 4).count) else { return nil }
        var values: [JSONValue] = []
        try table.forEachUnsigned(slot, width: 4) { bits in
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            values.append(JSONValue(value))
        }
        return .array(values)
    }
}
