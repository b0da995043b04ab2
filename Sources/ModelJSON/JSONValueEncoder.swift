/// Makes a `JSONValue` of any `Encodable`: members in the order they are encoded, those of a dictionary by key.
///
/// A `Set`, and a dictionary whose keys are no strings, integers or `CodingKeyRepresentable`, come as an array in an order
/// that changes from run to run. A `Double` that is not finite becomes a string, as `JSONValue.init(_:)` says.
public struct JSONValueEncoder {
    public init() {}

    /// Throws only what `value` itself throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
        let node = JSONNode()
        try JSONNodeEncoder(node: node).write(value)
        return node.value
    }

    /// The compact form of what `encode` gives, in UTF-8, made without the value in between.
    public func line(_ value: some Encodable) throws -> [UInt8] {
        let line = JSONLine()
        try JSONLineEncoder(place: JSONLinePlace(line: line, number: 1, depth: 0)).write(value)
        if let bytes = line.bytes { return bytes }
        let node = JSONNode()
        try JSONNodeEncoder(node: node).write(value)
        var writer = JSONWriter()
        node.write(to: &writer)
        return writer.output
    }
}

/// One value on its way: containers fill it in place, as they may be written to in any order.
final class JSONNode {
    enum Shape {
        case value(JSONValue)
        case array, object
    }

    /// What encodes nothing at all is an empty object.
    var shape = Shape.object
    /// Members go by their keys, not by the order they came in.
    var isUnordered = false
    /// Of an object, or with empty keys of an array.
    private var children: [(key: String, node: JSONNode)] = []

    func child(_ key: String = "") -> JSONNode {
        let node = JSONNode()
        children.append((key, node))
        return node
    }

    var childCount: Int { children.count }

    private var members: [(key: String, node: JSONNode)] {
        isUnordered ? children.sorted { $0.key < $1.key } : children
    }

    /// A key that was encoded twice stands there twice, which no type of ours does.
    func write(to writer: inout JSONWriter) {
        switch shape {
        case .value(let value): writer.line(value, style: .compact)
        case .array:
            writer.put("[")
            for (position, child) in children.enumerated() {
                if position > 0 { writer.put(",") }
                child.node.write(to: &writer)
            }
            writer.put("]")
        case .object:
            writer.put("{")
            for (position, member) in members.enumerated() {
                if position > 0 { writer.put(",") }
                writer.string(member.key)
                writer.put(":")
                member.node.write(to: &writer)
            }
            writer.put("}")
        }
    }

    var value: JSONValue {
        switch shape {
        case .value(let value): value
        case .array: .array(children.map(\.node.value))
        case .object: .object(JSONObject(members.map { ($0.key, $0.node.value) }))
        }
    }
}

struct JSONNodeEncoder: Encoder {
    let node: JSONNode
    /// Nobody asks where a value stands: to keep that costs more than to write it.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func write(_ value: some Encodable) throws { try value.encode(to: self) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.shape = .object
        node.isUnordered = DictionaryKeys.are(type)
        return KeyedEncodingContainer(JSONMembersWriter(node: node))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.shape = .array
        return JSONElementsWriter(node: node)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONScalarWriter(node: node)
    }
}

private struct JSONScalarWriter: SingleValueEncodingContainer, JSONPlacing {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    func put(_ value: JSONValue) { node.shape = .value(value) }
    func encode(_ value: some Encodable) throws { try JSONNodeEncoder(node: node).write(value) }
}

private struct JSONElementsWriter: UnkeyedEncodingContainer, JSONPlacing {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    var count: Int { node.childCount }

    private func next() -> JSONNodeEncoder { JSONNodeEncoder(node: node.child()) }

    func put(_ value: JSONValue) { next().node.shape = .value(value) }
    func encode(_ value: some Encodable) throws { try next().write(value) }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    func superEncoder() -> any Encoder { next() }
}

struct JSONMembersWriter<Key: CodingKey>: KeyedEncodingContainerProtocol, JSONKeyedPlacing {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    private func place(_ key: some CodingKey) -> JSONNodeEncoder {
        JSONNodeEncoder(node: node.child(key.stringValue))
    }

    func put(_ value: JSONValue, _ key: Key) { place(key).node.shape = .value(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try place(key).write(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        place(key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { place(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { place(JSONCodingKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { place(key) }
}
