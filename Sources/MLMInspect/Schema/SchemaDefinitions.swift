import ModelContainers
import ModelJSON

/// The `$defs` of a schema: every type that is an object with keys of its own, once.
final class SchemaDefinitions {
    private var drafts: [(name: String, draft: SchemaDraft)] = []
    private var values: [String: Any] = [:]

    /// Some value of `type`; what is an object with keys of its own is written down here, and `decoder`'s draft refers
    /// to it. A type that holds itself has no end.
    func value<Value: Decodable>(_ type: Value.Type, _ decoder: SchemaDecoder) throws -> Value {
        // Arrays, dictionaries and optionals are written where they stand.
        if type is any Generic.Type { return try Value(from: decoder) }
        let name = Self.name(type)
        decoder.draft.reference = name
        if let value = values[name] as? Value { return value }
        let draft = SchemaDraft()
        drafts.append((name, draft))
        let value = try Value(from: SchemaDecoder(draft: draft, definitions: self, codingPath: decoder.codingPath))
        values[name] = value
        return value
    }

    var schema: JSONObject { JSONObject(drafts.map { ($0.name, .object($0.draft.schema)) }) }

    /// `Loading.Import`, without its module.
    private static func name<Value>(_ type: Value.Type) -> String {
        let full = String(reflecting: type)
        return full.firstIndex(of: ".").map { String(full[full.index(after: $0)...]) } ?? full
    }
}

private protocol Generic {}
extension Array: Generic {}
extension Dictionary: Generic {}
extension Optional: Generic {}
