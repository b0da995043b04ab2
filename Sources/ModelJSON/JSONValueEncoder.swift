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
        // A dictionary encodes its members in an order that changes from run to run. It is told by the type of its keys:
        // to ask whether the value is a dictionary of any kind costs a search through all conformances of the program.
        node.isUnordered = _typeName(type, qualified: false) == "_DictionaryCodingKey"
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

/// What single-value and unkeyed containers share: each value goes to the place that `next()` gives.
private protocol JSONPlacing {
    func next() -> JSONNodeEncoder
}

extension JSONPlacing {
    func encodeNil() { put(.null) }
    func encode(_ value: Bool) { put(JSONValue(value)) }
    func encode(_ value: String) { put(JSONValue(value)) }
    func encode(_ value: Double) { put(JSONValue(value)) }
    func encode(_ value: Float) { put(JSONValue(value)) }
    func encode(_ value: Int) { put(JSONValue(value)) }
    func encode(_ value: Int8) { put(JSONValue(value)) }
    func encode(_ value: Int16) { put(JSONValue(value)) }
    func encode(_ value: Int32) { put(JSONValue(value)) }
    func encode(_ value: Int64) { put(JSONValue(value)) }
    func encode(_ value: UInt) { put(JSONValue(value)) }
    func encode(_ value: UInt8) { put(JSONValue(value)) }
    func encode(_ value: UInt16) { put(JSONValue(value)) }
    func encode(_ value: UInt32) { put(JSONValue(value)) }
    func encode(_ value: UInt64) { put(JSONValue(value)) }
    func encode(_ value: some Encodable) throws { try next().write(value) }

    private func put(_ value: JSONValue) { next().node.shape = .value(value) }
}

private struct JSONScalarWriter: SingleValueEncodingContainer, JSONPlacing {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    func next() -> JSONNodeEncoder { JSONNodeEncoder(node: node) }
}

private struct JSONElementsWriter: UnkeyedEncodingContainer, JSONPlacing {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    var count: Int { node.childCount }

    func next() -> JSONNodeEncoder {
        JSONNodeEncoder(node: node.child())
    }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    func superEncoder() -> any Encoder { next() }
}

private struct JSONMembersWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    private func place(_ key: some CodingKey) -> JSONNodeEncoder {
        JSONNodeEncoder(node: node.child(key.stringValue))
    }

    private func put(_ value: JSONValue, _ key: Key) { place(key).node.shape = .value(value) }

    func encodeNil(forKey key: Key) { put(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: String, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Double, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Float, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int8, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int16, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int32, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int64, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt8, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt16, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt32, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt64, forKey key: Key) { put(JSONValue(value), key) }
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
