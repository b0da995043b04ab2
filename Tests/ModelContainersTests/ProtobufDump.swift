import ModelBytes
import ModelContainers
import Testing

/// What was read of an ONNX model as lines of text, the same as Fixtures/protobuf.py writes them.
struct ProtobufDump {
    private indirect enum Kind {
        case int, double, string, ints, strings
        case message(String)
        case messages(String)
        /// A field that was dropped, by its number.
        case dropped(Int)
    }

    private static let fields: [String: [(name: StaticString, kind: Kind)]] = [
        "ModelProto": [
            ("ir_version", .int), ("producer_name", .string), ("producer_version", .string), ("domain", .string),
            ("model_version", .int), ("doc_string", .string), ("graph", .message("GraphProto")),
            ("opset_import", .messages("OperatorSetIdProto")), ("metadata_props", .messages("StringStringEntryProto")),
            ("training_info", .messages("TrainingInfoProto")), ("functions", .messages("FunctionProto")),
        ],
        "OperatorSetIdProto": [("domain", .string), ("version", .int)],
        "StringStringEntryProto": [("key", .string), ("value", .string)],
        "TrainingInfoProto": [
            ("initialization_binding", .messages("StringStringEntryProto")),
            ("update_binding", .messages("StringStringEntryProto")),
        ],
        "FunctionProto": [
            ("name", .string), ("input", .strings), ("output", .strings), ("attribute", .strings),
            ("node", .messages("NodeProto")), ("opset_import", .messages("OperatorSetIdProto")), ("domain", .string),
            ("overload", .string), ("metadata_props", .messages("StringStringEntryProto")),
        ],
        "GraphProto": [
            ("node", .messages("NodeProto")), ("name", .string), ("initializer", .messages("TensorProto")),
            ("doc_string", .string), ("input", .messages("ValueInfoProto")), ("output", .messages("ValueInfoProto")),
            ("sparse_initializer", .messages("SparseTensorProto")),
            ("metadata_props", .messages("StringStringEntryProto")),
        ],
        "NodeProto": [
            ("input", .strings), ("output", .strings), ("name", .string), ("op_type", .string),
            ("attribute", .messages("AttributeProto")), ("domain", .string), ("overload", .string),
            ("metadata_props", .messages("StringStringEntryProto")),
        ],
        "AttributeProto": [
            ("name", .string), ("f", .double), ("i", .int), ("s", .string), ("t", .message("TensorProto")),
            ("g", .message("GraphProto")), ("floats", .dropped(7)), ("ints", .dropped(8)), ("strings", .strings),
            ("tensors", .messages("TensorProto")), ("graphs", .messages("GraphProto")), ("type", .int),
            ("sparse_tensor", .message("SparseTensorProto")),
        ],
        "TensorProto": [
            ("dims", .ints), ("data_type", .int), ("segment", .message("Segment")), ("float_data", .dropped(4)),
            ("int32_data", .dropped(5)), ("string_data", .dropped(6)), ("int64_data", .dropped(7)), ("name", .string),
            ("raw_data", .dropped(9)), ("double_data", .dropped(10)), ("uint64_data", .dropped(11)),
            ("external_data", .messages("StringStringEntryProto")), ("data_location", .int),
            ("metadata_props", .messages("StringStringEntryProto")),
        ],
        "Segment": [("begin", .int), ("end", .int)],
        "SparseTensorProto": [
            ("values", .message("TensorProto")), ("indices", .message("TensorProto")), ("dims", .ints),
        ],
        "ValueInfoProto": [("name", .string), ("type", .message("TypeProto"))],
        "TypeProto": [
            ("tensor_type", .message("Tensor")), ("sequence_type", .message("Element")), ("map_type", .message("Map")),
            ("denotation", .string), ("opaque_type", .message("Opaque")), ("sparse_tensor_type", .message("Tensor")),
            ("optional_type", .message("Element")),
        ],
        "Tensor": [("elem_type", .int), ("shape", .message("TensorShapeProto"))],
        "Element": [("elem_type", .message("TypeProto"))],
        "Map": [("key_type", .int), ("value_type", .message("TypeProto"))],
        "Opaque": [("domain", .string), ("name", .string)],
        "TensorShapeProto": [("dim", .messages("Dimension"))],
        "Dimension": [("dim_value", .int), ("dim_param", .string), ("denotation", .string)],
    ]

    private let source: ByteSource
    private(set) var lines: [String] = []

    static func lines(_ model: ProtobufMessage, from source: ByteSource) throws -> [String] {
        var dump = ProtobufDump(source: source)
        try dump.add(model, "ModelProto", "")
        return dump.lines
    }

    private init(source: ByteSource) { self.source = source }

    private mutating func add(_ message: ProtobufMessage, _ type: String, _ path: String) throws {
        for (name, kind) in Self.fields[type] ?? [] {
            let place = path.isEmpty ? "\(name)" : "\(path).\(name)"
            switch kind {
            case .int:
                if let value = message.int(name) { lines.append("\(place) = \(value)") }
            case .double:
                if let value = message.double(name) { lines.append("\(place) = \(Self.hexadecimal(value.bitPattern))") }
            case .string:
                if let value = message.string(name) { lines.append("\(place) = \(Self.escaped(value.utf8))") }
            case .ints:
                for (index, value) in message.ints(name).enumerated() { lines.append("\(place)[\(index)] = \(value)") }
            case .strings:
                for (index, value) in message.strings(name).enumerated() {
                    lines.append("\(place)[\(index)] = \(Self.escaped(value.utf8))")
                }
            case .message(let type):
                if let value = message.message(name) {
                    lines.append(place)
                    try add(value, type, place)
                }
            case .messages(let type):
                for (index, value) in message.messages(name).enumerated() {
                    lines.append("\(place)[\(index)]")
                    try add(value, type, "\(place)[\(index)]")
                }
            case .dropped(let number):
                let runs = message.dropped(number)
                let bytes = try runs.flatMap { try content($0) }
                #expect(bytes.count == runs.reduce(0) { $0 + $1.length })
                // Python does not tell an empty list from none.
                if bytes.isEmpty { continue }
                let first = bytes.prefix(16).map { Self.hexadecimal($0) }.joined()
                lines.append("\(place) = \(bytes.count) bytes \(first)")
            }
        }
    }

    /// The values of a run as they stand in the source, fetched after all.
    private func content(_ run: ProtobufDropped) throws -> [UInt8] {
        let outline = ProtobufOutline(source, in: run.range)
        #expect(outline.isComplete)
        #expect(outline.fields.count == run.count)
        if run.count == 1 { #expect(run.payload == outline.fields[0].payload) }
        return try outline.fields.flatMap { field in
            #expect(field.number == run.field)
            return try source.bytes(at: field.payload.lowerBound, count: field.payload.count)
        }
    }

    private static func hexadecimal(_ value: some FixedWidthInteger) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: value.bitWidth / 4 - digits.count) + digits
    }

    private static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        bytes.reduce(into: "") { text, byte in
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + hexadecimal(byte)
            }
        }
    }
}
