/// Makes any `Decodable` of a `JSONValue`: the counterpart of `JSONValueEncoder`.
public struct JSONValueDecoder {
    public init() {}

    /// Throws `DecodingError`, or what `Value` itself throws.
    public func decode<Value: Decodable>(_ type: Value.Type, from value: JSONValue) throws -> Value {
        try Value(from: JSONValueReader(value: value, codingPath: []))
    }
}

struct JSONValueReader: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let members = value.object else { throw mismatch(JSONObject.self, "an object") }
        return KeyedDecodingContainer(JSONMembersReader(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.array else { throw mismatch([JSONValue].self, "an array") }
        return JSONElementsReader(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { JSONScalarReader(reader: self) }

    func bool() throws -> Bool {
        guard let bool = value.bool else { throw mismatch(Bool.self, "true or false") }
        return bool
    }

    func string() throws -> String {
        guard let string = value.string else { throw mismatch(String.self, "a string") }
        return string
    }

    func integer<Integer: FixedWidthInteger>() throws -> Integer {
        guard let number = value.number else { throw mismatch(Integer.self, "a number") }
        guard let integer = number.integer(as: Integer.self) else { throw misfit(Integer.self) }
        return integer
    }

    /// Also of the strings that stand for values that are not finite.
    func floatingPoint<Value: BinaryFloatingPoint & LosslessStringConvertible>() throws -> Value {
        switch value {
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        case .number(let number):
            guard let value = Value(number.text), value.isFinite == number.isFinite else { throw misfit(Value.self) }
            return value
        default: throw mismatch(Value.self, "a number")
        }
    }

    private func mismatch(_ type: Any.Type, _ wanted: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "expected \(wanted)"))
    }

    private func misfit(_ type: Any.Type) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: "the number does not fit \(type)"))
    }
}

/// What single-value and unkeyed containers share: `read` hands out the value that comes next.
private protocol JSONTaking {
    func read<Value>(_ body: (JSONValueReader) throws -> Value) throws -> Value
}

extension JSONTaking {
    func decode(_ type: Bool.Type) throws -> Bool { try read { try $0.bool() } }
    func decode(_ type: String.Type) throws -> String { try read { try $0.string() } }
    func decode(_ type: Double.Type) throws -> Double { try read { try $0.floatingPoint() } }
    func decode(_ type: Float.Type) throws -> Float { try read { try $0.floatingPoint() } }
    func decode(_ type: Int.Type) throws -> Int { try read { try $0.integer() } }
    func decode(_ type: Int8.Type) throws -> Int8 { try read { try $0.integer() } }
    func decode(_ type: Int16.Type) throws -> Int16 { try read { try $0.integer() } }
    func decode(_ type: Int32.Type) throws -> Int32 { try read { try $0.integer() } }
    func decode(_ type: Int64.Type) throws -> Int64 { try read { try $0.integer() } }
    func decode(_ type: UInt.Type) throws -> UInt { try read { try $0.integer() } }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try read { try $0.integer() } }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try read { try $0.integer() } }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try read { try $0.integer() } }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try read { try $0.integer() } }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try read { try Value(from: $0) } }
}

private struct JSONScalarReader: SingleValueDecodingContainer, JSONTaking {
    let reader: JSONValueReader
    var codingPath: [any CodingKey] { reader.codingPath }

    func read<Value>(_ body: (JSONValueReader) throws -> Value) throws -> Value { try body(reader) }
    func decodeNil() -> Bool { reader.value.isNull }
}

private final class JSONElementsReader: UnkeyedDecodingContainer, JSONTaking {
    private let elements: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSONValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    func read<Value>(_ body: (JSONValueReader) throws -> Value) throws -> Value {
        let path = codingPath + [JSONCodingKey(index: currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Value.self, .init(codingPath: path, debugDescription: "the array has no more elements"))
        }
        let value = try body(JSONValueReader(value: elements[currentIndex], codingPath: path))
        currentIndex += 1
        return value
    }

    func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try read { try $0.container(keyedBy: type) }
    }

    func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try read { try $0.unkeyedContainer() } }
    func superDecoder() throws -> any Decoder { try read { $0 } }
}

private struct JSONMembersReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: JSONObject
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: $0) } }

    private func reader(_ key: some CodingKey) throws -> JSONValueReader {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "there is no key \"\(key.stringValue)\""))
        }
        return JSONValueReader(value: value, codingPath: codingPath + [key])
    }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try reader(key).value.isNull }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try reader(key).bool() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try reader(key).string() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try reader(key).floatingPoint() }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try reader(key).floatingPoint() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try reader(key).integer() }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try reader(key).integer() }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try reader(key).integer() }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try reader(key).integer() }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try reader(key).integer() }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try reader(key).integer() }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try reader(key).integer() }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try reader(key).integer() }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try reader(key).integer() }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try reader(key).integer() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: try reader(key))
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try reader(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try reader(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try reader(JSONCodingKey("super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try reader(key) }
}
