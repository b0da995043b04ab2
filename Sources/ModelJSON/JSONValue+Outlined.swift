extension JSONValue {
    /// The value, or what kind it is, in a few words.
    public var outlined: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): shortened(number.text)
        case .string(let text): JSONValue.string(shortened(text)).write(pretty: false)
        case .array(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
        case .object(let members): members.isEmpty ? "an empty object" : "an object"
        }
    }

    private func shortened(_ text: String) -> String {
        let most = 60
        // By scalars: a single character can be any number of bytes long.
        let start = text.unicodeScalars.prefix(most + 1)
        return start.count <= most ? text : String(start.dropLast()) + "…"
    }
}
