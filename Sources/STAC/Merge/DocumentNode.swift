import ModelBytes
import ModelContainers
import ModelJSON

/// A value of a JSON text with the bytes that it takes.
struct DocumentNode: Sendable {
    struct Member: Sendable {
        var key: String
        /// Of the key's opening quote.
        var start: Int
        var node: DocumentNode
    }

    var bytes: Range<Int>
    /// In the order of the text; empty for what is no object.
    var members: [Member] = []
    /// Empty for what is no array.
    var elements: [DocumentNode] = []

    subscript(key: String) -> DocumentNode? { members.first { $0.key == key }?.node }

    /// Of the whole of `text`.
    static func read(_ text: [UInt8], limits: Limits) throws(InspectionError) -> DocumentNode {
        var scanner = JSONScanner(ByteSource(MemoryBytes(text)), limits: limits)
        return try node(&scanner, text)
    }

    private static func node(_ scanner: inout JSONScanner, _ text: [UInt8]) throws(InspectionError) -> DocumentNode {
        let kind = try scanner.kind()
        let start = scanner.offset
        var node = DocumentNode(bytes: start..<start)
        switch kind {
        case .object:
            var end = start + 1
            try scanner.object { key, scanner in
                let start = text[end...].firstIndex(of: UInt8(ascii: "\"")) ?? end
                let value = try Self.node(&scanner, text)
                end = value.bytes.upperBound
                node.members.append(Member(key: key.text, start: start, node: value))
            }
        case .array: try scanner.array { scanner in node.elements.append(try Self.node(&scanner, text)) }
        case .string, .number, .bool, .null: try scanner.skip()
        }
        node.bytes = start..<scanner.offset
        return node
    }
}
