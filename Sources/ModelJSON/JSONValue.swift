public import ModelBytes

/// A JSON document as a value: members keep their order, numbers their text.
public enum JSONValue: Hashable, Sendable {
    /// JSON `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, with its digits as written.
    case number(JSONNumber)
    /// A text, without its escapes.
    case string(String)
    /// The elements in their order.
    case array([JSONValue])
    /// The members in the order they were written, each key once.
    case object(JSONObject)

    /// The whole of `source`, which may hold white space besides.
    ///
    /// Throws `malformed` for what RFC 8259 forbids, for a key that occurs twice, and for the escape of a lone surrogate,
    /// unless `dialect` takes them; `truncated`; and `limit`, by the json fields of `limits`.
    public static func parse(
        _ source: ByteSource, limits: Limits, dialect: JSONDialect = []
    ) throws(InspectionError) -> JSONValue {
        try limits.jsonBytes.check(source.count, entry: source.entry)
        var scanner = JSONScanner(source, limits: limits, dialect: dialect)
        let value = try scanner.value()
        try scanner.end()
        return value
    }

    /// As `parse(_:limits:dialect:)` of a source.
    public static func parse(
        _ bytes: [UInt8], limits: Limits = Limits(), dialect: JSONDialect = []
    ) throws(InspectionError) -> JSONValue {
        try parse(ByteSource(MemoryBytes(bytes)), limits: limits, dialect: dialect)
    }

    /// As `parse(_:limits:dialect:)` of a source.
    public static func parse(
        _ text: String, limits: Limits = Limits(), dialect: JSONDialect = []
    ) throws(InspectionError) -> JSONValue {
        try parse(Array(text.utf8), limits: limits, dialect: dialect)
    }
}

extension JSONScanner {
    /// Builds the value that comes next; errors as those of `JSONValue.parse`.
    public mutating func value() throws(InspectionError) -> JSONValue {
        switch try kind() {
        case .object:
            var members = JSONObject()
            try object { key, scanner in
                let value = try scanner.value()
                if members.insert(key.text, value) { return }
                guard scanner.dialect.contains(.repeatedKeys) else { throw scanner.repeated(key) }
                members[key.text] = value
            }
            return .object(members)
        case .array:
            var elements: [JSONValue] = []
            try array { scanner in elements.append(try scanner.value()) }
            return .array(elements)
        case .string: return .string(try string())
        case .number: return .number(try number())
        case .bool: return .bool(try bool())
        case .null:
            _ = try null()
            return .null
        }
    }
}

extension JSONValue {
    /// Nil for any other kind, as with the accessors below.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The number; nil for any other value.
    public var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }
    /// A number that is an integer and fits, whichever way it is written.
    public var int: Int? { number?.int }
    /// The nearest `Double` of a number; nil when it is beyond the range.
    public var double: Double? { number?.double }
    /// The text; nil for any other value.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The elements; nil for any other value.
    public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
    /// The members; nil for any other value.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    /// Whether the value is null.
    public var isNull: Bool { self == .null }

    /// The member of an object; nil when it has none with this key, and for any other kind.
    public subscript(key: String) -> JSONValue? { object?[key] }

    /// The element of an array; nil beyond its ends, and for any other kind.
    public subscript(position: Int) -> JSONValue? {
        guard let array, array.indices.contains(position) else { return nil }
        return array[position]
    }
}

extension JSONValue {
    /// The value of a Boolean.
    public init(_ value: Bool) { self = .bool(value) }
    /// The value of an integer.
    public init(_ value: some BinaryInteger) { self = .number(JSONNumber(value)) }
    /// A value that is not finite becomes the string `NaN`, `Infinity` or `-Infinity`, as in protobuf's JSON mapping.
    public init(_ value: some BinaryFloatingPoint & LosslessStringConvertible) {
        self =
            JSONNumber(value).map(JSONValue.number)
            ?? .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
    /// The value of a text.
    public init(_ value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self.init(value) }
}

extension JSONValue: ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
    public init(floatLiteral value: Double) { self.init(value) }
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(JSONObject(members)) }
}
