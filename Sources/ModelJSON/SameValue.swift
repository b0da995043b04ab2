/// What makes two JSON values the same for JSON Schema's `uniqueItems`: numbers by value, objects in any order of members,
/// texts scalar by scalar.
package struct SameValue: Hashable {
    private let bytes: [UInt8]

    package init(_ value: JSONValue) { bytes = Self.spelt(value).bytes(pretty: false) }

    /// How many bytes are compared.
    package var count: Int { bytes.count }

    private static func spelt(_ value: JSONValue) -> JSONValue {
        switch value {
        case .number(let number): .number(spelt(number))
        case .array(let elements): .array(elements.map(spelt))
        case .object(let members):
            .object(
                JSONObject(
                    members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                        .map { ($0.key, spelt($0.value)) }))
        default: value
        }
    }

    private static func spelt(_ number: JSONNumber) -> JSONNumber {
        if let whole = number.integer(as: Int128.self) { return JSONNumber(whole) }
        return number.double.flatMap { JSONNumber($0) } ?? number
    }
}
