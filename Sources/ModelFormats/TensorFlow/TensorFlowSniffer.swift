import ModelBytes
import ModelContainers

/// Tells TensorFlow's messages from the many others that begin alike: protobuf has no magic number, so the proof is in
/// the numbers and types of the fields, and in what the first ones hold.
///
/// Numbers are those of saved_model.proto, meta_graph.proto, graph.proto and node_def.proto of TensorFlow 2.21. A CoreML
/// model begins like a SavedModel, and a Caffe network like a graph; none of them has nodes with an operator's name.
enum TensorFlowSniffer {
    /// How certain it is that `source` is a SavedModel; nil when it is not one.
    static func savedModel(_ source: ByteSource, head: [UInt8]) -> SniffMatch? {
        guard head.starts(with: [0x08, 0x01, 0x12]) else { return nil }
        let outline = ProtobufOutline(source, fieldLimit: 256)
        guard fits(outline.fields, [1: .varint, 2: .len]) else { return nil }
        if let first = outline.first(2) {
            guard holdsMetaGraph(source, in: first.payload) else { return nil }
            guard outline.isComplete else {
                return SniffMatch(.signature, "a TensorFlow SavedModel, damaged behind its first meta graph")
            }
            return SniffMatch(.structure, "a TensorFlow SavedModel: field 2 is a MetaGraphDef")
        }
        guard let cut = outline.cutField(source, end: source.count), cut.number == 2,
            holdsMetaGraph(source, in: cut.payload)
        else { return nil }
        return SniffMatch(.signature, "a TensorFlow SavedModel that ends inside its meta graph")
    }

    /// How sure it is that `source` is a MetaGraphDef on its own.
    static func metaGraph(_ source: ByteSource, head: [UInt8]) -> SniffMatch? {
        guard head.first == 0x0A else { return nil }
        let whole = 0..<source.count
        let outline = ProtobufOutline(source, in: whole, fieldLimit: 4_096)
        let cut = outline.cutField(source, end: source.count)
        guard holdsMetaGraph(source, in: whole), outline.first(2) != nil || cut?.number == 2 else { return nil }
        if outline.isComplete { return SniffMatch(.structure, "a TensorFlow MetaGraphDef: versions, a graph") }
        return SniffMatch(.signature, "a TensorFlow MetaGraphDef that is cut or damaged")
    }

    /// How sure it is that `source` is a GraphDef: its first field is a node with an operator.
    static func graph(_ source: ByteSource, head: [UInt8]) -> SniffMatch? {
        guard head.first == 0x0A else { return nil }
        let first = ProtobufOutline(source, fieldLimit: 1)
        if let node = first.fields.first {
            guard isNode(source, in: node.payload) else { return nil }
        } else {
            guard let cut = first.cutField(source, end: source.count), cut.number == 1,
                isNode(source, in: cut.payload)
            else { return nil }
            return SniffMatch(.signature, "a TensorFlow GraphDef that ends inside its first node")
        }
        // Each node costs a small read: of a graph of many it is enough to have seen the first ones.
        let outline = ProtobufOutline(source, fieldLimit: 64)
        guard fits(outline.fields, graphFields) else { return nil }
        for node in outline.fields.filter({ $0.number == 1 }).prefix(4) where !isNode(source, in: node.payload) {
            return nil
        }
        if case .broken = outline.end { return SniffMatch(.signature, "a TensorFlow GraphDef that is cut or damaged") }
        return SniffMatch(.structure, "a TensorFlow GraphDef: field 1 is a node with an operator")
    }

    // MARK: what each message may have

    private static let metaGraphFields: [Int: ProtobufField.WireType] = [
        1: .len, 2: .len, 3: .len, 4: .len, 5: .len, 6: .len, 7: .len,
    ]
    private static let metaInfoFields: [Int: ProtobufField.WireType] = [
        1: .len, 2: .len, 3: .len, 4: .len, 5: .len, 6: .len, 7: .varint, 8: .len,
    ]
    private static let graphFields: [Int: ProtobufField.WireType] = [
        1: .len, 2: .len, 3: .varint, 4: .len, 5: .len,
    ]
    private static let nodeFields: [Int: ProtobufField.WireType] = [
        1: .len, 2: .len, 3: .len, 4: .len, 5: .len, 6: .len, 7: .len,
    ]

    private static func fits(_ found: [ProtobufField], _ fields: [Int: ProtobufField.WireType]) -> Bool {
        found.allSatisfy { fields[$0.number] == $0.wireType }
    }

    /// A MetaGraphDef begins with what wrote it, then has a graph; one of the two has to show itself.
    private static func holdsMetaGraph(_ source: ByteSource, in range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 16)
        guard fits(outline.fields, metaGraphFields) else { return false }
        var parts = outline.fields.map { (number: $0.number, payload: $0.payload) }
        if let cut = outline.cutField(source, end: range.upperBound) { parts.append(cut) }
        guard !parts.contains(where: { $0.number == 1 && !isMetaInfo(source, in: $0.payload) }) else { return false }
        return parts.contains { part in
            part.number == 2 && holdsGraph(source, in: part.payload) || part.number == 1 && !part.payload.isEmpty
        }
    }

    /// Versions are short texts; the list of operators (2) is what makes it long.
    private static func isMetaInfo(_ source: ByteSource, in range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 64)
        guard fits(outline.fields, metaInfoFields) else { return false }
        if let version = outline.first(5) { return isText(source, version.payload, upTo: 128) }
        guard let operators = outline.first(2)?.payload ?? outline.cutField(source, end: range.upperBound)?.payload
        else { return false }
        // An OpList of OpDefs, each with a name first.
        guard let first = ProtobufOutline(source, in: operators, fieldLimit: 1).fields.first, first.number == 1 else {
            return false
        }
        guard let name = ProtobufOutline(source, in: first.payload, fieldLimit: 1).fields.first else { return false }
        return name.number == 1 && isOperator(source, name.payload)
    }

    private static func holdsGraph(_ source: ByteSource, in range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 1)
        if outline.fields.isEmpty, range.isEmpty { return true }
        if let cut = outline.cutField(source, end: range.upperBound) {
            return cut.number == 1 && isNode(source, in: cut.payload) || cut.number == 2
        }
        guard let first = outline.fields.first, fits([first], graphFields) else { return false }
        return first.number == 1 ? isNode(source, in: first.payload) : true
    }

    /// A NodeDef has a name, then the name of an operator.
    private static func isNode(_ source: ByteSource, in range: Range<Int>) -> Bool {
        let outline = ProtobufOutline(source, in: range, fieldLimit: 8)
        guard fits(outline.fields, nodeFields), let name = outline.first(1), let operation = outline.first(2) else {
            return false
        }
        return isText(source, name.payload, upTo: 4_096) && isOperator(source, operation.payload)
    }

    /// Operators of TensorFlow are CamelCase, after an underscore for its own, with a domain for those of others.
    private static func isOperator(_ source: ByteSource, _ range: Range<Int>) -> Bool {
        guard (1...256).contains(range.count),
            let text = try? source.bytes(at: range.lowerBound, count: range.count)
        else { return false }
        let isName = text.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (48...57).contains(byte)
                || "_>".utf8.contains(byte)
        }
        let first = text.first { $0 != UInt8(ascii: "_") } ?? 0
        return isName && ((65...90).contains(first) || text.contains(UInt8(ascii: ">")) || text.first == 0x5F)
    }

    private static func isText(_ source: ByteSource, _ range: Range<Int>, upTo limit: Int) -> Bool {
        guard (1...limit).contains(range.count),
            let text = try? source.bytes(at: range.lowerBound, count: range.count)
        else { return false }
        return text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
