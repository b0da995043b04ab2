import MLMInspect
import ModelJSON

/// What `--show` picks from each record: a line a record, its fields parted by tabs. What is not known is empty.
struct ShownFields {
    private let fields: [[String]]

    /// Throws a `UsageError` for what is no key of a record.
    init(_ text: String) throws {
        let keys = RecordKeys()
        fields = try text.split(separator: ",", omittingEmptySubsequences: false).map { field in
            let key = String(field.drop { $0 == " " })
            if let refusal = keys.refusal(key) { throw UsageError("--show \(text): \(refusal)") }
            return RecordKeys.parts(key)
        }
    }

    /// Throws for a number that JSON cannot spell.
    func line(_ record: Record) throws -> String {
        let json = try JSONValueEncoder().encode(record)
        return fields.map { Self.text(Self.value($0[...], of: json)) }.joined(separator: "\t") + "\n"
    }

    /// What stands at a key; of a list what stands there in each of its elements.
    private static func value(_ parts: ArraySlice<String>, of value: JSONValue) -> JSONValue? {
        guard let part = parts.first else { return value }
        switch value {
        case .object:
            if let member = value[part] { return Self.value(parts.dropFirst(), of: member) }
            // A key of an artifact may have dots itself.
            return value[parts.joined(separator: ".")]
        case .array(let elements):
            if let index = Int(part) {
                return elements.indices.contains(index) ? Self.value(parts.dropFirst(), of: elements[index]) : nil
            }
            return .array(elements.compactMap { Self.value(parts, of: $0) })
        default: return nil
        }
    }

    /// A text as it is, a list of simple values with commas, everything else as JSON.
    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): TextStyle.inert(text)
        case .array(let elements) where elements.allSatisfy(isSimple):
            elements.map { text($0) }.joined(separator: ", ")
        case let value?: TextStyle.inert(value.write(pretty: false))
        }
    }

    private static func isSimple(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: false
        default: true
        }
    }
}
