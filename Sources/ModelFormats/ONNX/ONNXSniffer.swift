import ModelBytes
import ModelContainers

/// Tells an ONNX message from the many others that begin alike: protobuf has no magic number, so the proof is in the
/// numbers and types of the fields, and in what the first ones hold.
///
/// Numbers are those of onnx.proto; table 0.4 of the other formats that are protobuf messages is what this stands against.
enum ONNXSniffer {
    /// How certain it is that `source` is a ModelProto; nil when it is not one.
    static func model(_ source: ByteSource, head: [UInt8]) -> SniffMatch? {
        guard begins(head, with: modelFields) else { return nil }
        let outline = ProtobufOutline(source)
        guard fits(outline.fields, modelFields, orEmpty: true) else { return nil }
        if let graph = outline.first(7) {
            guard holdsGraph(source, in: graph.payload) else { return nil }
            if case .broken = outline.end {
                return SniffMatch(.signature, "an ONNX ModelProto with a graph, damaged behind it")
            }
            return SniffMatch(.structure, "an ONNX ModelProto: field 7 is a graph of nodes or values")
        }
        guard let cut = outline.cutField(source, end: source.count), cut.number == 7,
            holdsGraph(source, in: cut.payload)
        else { return nil }
        return SniffMatch(.signature, "an ONNX ModelProto that ends inside its graph")
    }

    /// Whether this is a GraphProto that no model is around.
    static func isGraph(_ source: ByteSource, head: [UInt8]) -> Bool {
        // The first field has to prove it, so that other messages of many fields cost nothing more.
        guard begins(head, with: graphFields), let first = ProtobufOutline(source, fieldLimit: 1).fields.first,
            proves(first.number, first.payload, source)
        else { return false }
        let outline = ProtobufOutline(source)
        guard outline.isComplete, fits(outline.fields, graphFields), let value = outline.first(12) ?? outline.first(11)
        else { return false }
        return isValueInfo(source, value.payload)
    }

    /// Whether this is a TensorProto that no graph is around, as in the test data beside models of the ONNX zoo.
    static func isTensor(_ source: ByteSource, head: [UInt8]) -> Bool {
        guard begins(head, with: tensorFields) else { return false }
        let outline = ProtobufOutline(source, fieldLimit: 64)
        guard outline.isComplete, fits(outline.fields, tensorFields), let type = outline.first(2),
            let known = Int(exactly: type.value).flatMap(ONNXDataType.init), let elements = elements(outline, source)
        else { return false }
        // Its size has to be just what shape and type need: that is what no other message has.
        if let raw = outline.first(9) { return known.bytes(elements) == raw.payload.count }
        guard elements > 0 else { return false }
        if let floats = outline.first(4) {
            return floats.payload.count.isMultiple(of: 4) && floats.payload.count / 4 == elements
        }
        if let doubles = outline.first(10) {
            return doubles.payload.count.isMultiple(of: 8) && doubles.payload.count / 8 == elements
        }
        guard let varints = outline.first(5) ?? outline.first(7) ?? outline.first(11), outline.first(8) != nil else {
            return false
        }
        return varints.payload.count >= elements && varints.payload.count / 10 <= elements
    }

    // MARK: what each message may have

    /// A dozen at most, so that looking through them is quicker than making a table of them at every start.
    private typealias Fields = KeyValuePairs<Int, [ProtobufField.WireType]>

    private static let modelFields: Fields = [
        1: [.varint], 2: [.len], 3: [.len], 4: [.len], 5: [.varint], 6: [.len], 7: [.len], 8: [.len], 14: [.len],
        20: [.len], 25: [.len], 26: [.len],
    ]
    private static let graphFields: Fields = [
        1: [.len], 2: [.len], 5: [.len], 10: [.len], 11: [.len], 12: [.len], 13: [.len], 14: [.len], 15: [.len],
        16: [.len],
    ]
    private static let nodeFields: Fields = [
        1: [.len], 2: [.len], 3: [.len], 4: [.len], 5: [.len], 6: [.len], 7: [.len], 8: [.len], 9: [.len], 10: [.len],
    ]
    private static let tensorFields: Fields = [
        1: [.varint, .len], 2: [.varint], 3: [.len], 4: [.i32, .len], 5: [.varint, .len], 6: [.len],
        7: [.varint, .len],
        8: [.len], 9: [.len], 10: [.i64, .len], 11: [.varint, .len], 12: [.len], 13: [.len], 14: [.varint], 16: [.len],
    ]

    /// Whether the file begins with the tag of a field of this message: what most files fail at, for nothing.
    private static func begins(_ head: [UInt8], with fields: Fields) -> Bool {
        var tag: UInt64 = 0
        for (index, byte) in head.prefix(10).enumerated() {
            tag |= UInt64(byte & 0x7F) &<< UInt64(7 * index)
            guard byte < 0x80 else { continue }
            guard let type = ProtobufField.WireType(rawValue: UInt8(tag & 7)), let number = Int(exactly: tag >> 3)
            else { return false }
            return types(of: number, in: fields)?.contains(type) ?? false
        }
        return false
    }

    /// Whether each field that is known is written as it has to be. A later ONNX may have further ones.
    private static func fits(_ found: [ProtobufField], _ fields: Fields, orEmpty: Bool = false) -> Bool {
        (orEmpty || !found.isEmpty)
            && found.allSatisfy { types(of: $0.number, in: fields)?.contains($0.wireType) ?? true }
    }

    private static func types(of number: Int, in fields: Fields) -> [ProtobufField.WireType]? {
        fields.first { $0.key == number }?.value
    }

    // MARK: what they hold

    /// Whether one of the first fields proves a GraphProto, and none speaks against it.
    private static func holdsGraph(_ source: ByteSource, in range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 16)
        let cut = outline.cutField(source, end: range.upperBound)
        guard fits(outline.fields, graphFields, orEmpty: cut != nil) else { return false }
        return outline.fields.contains { proves($0.number, $0.payload, source) }
            || cut.map { proves($0.number, $0.payload, source) } ?? false
    }

    /// Whether this field of a message says that the message is a GraphProto.
    private static func proves(_ number: Int, _ payload: Range<Int>, _ source: ByteSource) -> Bool {
        switch number {
        case 1: isNode(source, payload)
        case 5: isTensorHeader(source, payload)
        case 11, 12, 13: isValueInfo(source, payload)
        default: false
        }
    }

    /// A NodeProto has the name of an operator.
    private static func isNode(_ source: ByteSource, _ range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 1_024)
        guard fits(outline.fields, nodeFields), let name = outline.first(4), (1...256).contains(name.payload.count),
            let text = try? source.bytes(at: name.payload.lowerBound, count: name.payload.count)
        else { return false }
        return text.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (48...57).contains(byte)
                || "_.:-".utf8.contains(byte)
        }
    }

    /// A ValueInfoProto is a name and a type with one of the fields of TypeProto.
    private static func isValueInfo(_ source: ByteSource, _ range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 16)
        guard outline.isComplete, fits(outline.fields, [1: [.len], 2: [.len], 3: [.len], 4: [.len]]),
            outline.first(1) != nil
        else { return false }
        guard let type = outline.first(2) else { return false }
        let fields: Fields = [1: [.len], 4: [.len], 5: [.len], 6: [.len], 7: [.len], 8: [.len], 9: [.len]]
        let inner = ProtobufOutline(source, in: type.payload, fieldLimit: 4)
        return inner.isComplete && (inner.fields.isEmpty || fits(inner.fields, fields))
    }

    /// A TensorProto, which may be cut off in its payload, has a data type and a name.
    private static func isTensorHeader(_ source: ByteSource, _ range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 64)
        guard fits(outline.fields, tensorFields), let type = outline.first(2), outline.first(8) != nil else {
            return false
        }
        return Int(exactly: type.value).flatMap(ONNXDataType.init) != nil
    }

    /// How many elements a TensorProto has; nil when that is too large for any memory.
    private static func elements(_ outline: ProtobufOutline, _ source: ByteSource) -> Int? {
        var shape: [Int] = []
        for field in outline.fields where field.number == 1 {
            if field.wireType == .varint {
                // Beyond any memory it is negative here, and no size.
                shape.append(Int(truncatingIfNeeded: field.value))
            } else {
                guard field.payload.count <= 512, let packed = try? source.varints(field.payload) else { return nil }
                shape += packed
            }
        }
        return TensorSize.elements(shape)
    }
}
