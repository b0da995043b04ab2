import MLMInspect
import ModelJSON
import STAC

/// The keys of a record as its schema has them, dotted: `facts.parameters.total`. What is in a list is named without a number
/// or with one; below an object of any keys everything is one.
struct RecordKeys {
    private let definitions: JSONValue?
    private let root: JSONValue

    init(schema: JSONValue = RecordSchema.document) {
        root = schema
        definitions = schema["$defs"]
    }

    /// Why this is no key; nil if it is one.
    func refusal(_ key: String) -> String? {
        if key.isEmpty { return "name a key of the record, such as facts.parameters.total" }
        var node = resolved(root)
        for part in Self.parts(key) {
            if Int(part) != nil, let items = node["items"] {
                node = resolved(items)
                continue
            }
            while let items = node["items"] { node = resolved(items) }
            guard let properties = node["properties"] else {
                if node["type"] == "object" || node["type"] == nil { return nil }
                return unknown(key)
            }
            guard let next = properties[part] else { return unknown(key) }
            node = resolved(next)
        }
        return nil
    }

    /// The parts of a key.
    static func parts(_ key: String) -> [String] {
        key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    private func unknown(_ key: String) -> String {
        let all = all(below: root, prefix: "", depth: 0)
        // Somebody may know the last part alone.
        let last = all.first { $0.hasSuffix("." + key) }
        let byLeaf = Self.parts(key).last.flatMap { leaf in
            NearestWord.of(leaf, among: all.compactMap { Self.parts($0).last })
        }
        let near =
            last ?? NearestWord.of(key, among: all)
            ?? byLeaf.flatMap { leaf in all.first { $0.hasSuffix("." + leaf) || $0 == leaf } }
        let advice = near.map { "; did you mean \($0)?" } ?? "; mlm-inspect formats --schema has all keys"
        return "a record has no key \(key)\(advice)"
    }

    /// Every key of the record in the order of the schema. Types do not contain themselves; the depth ends it if one does.
    private func all(below node: JSONValue, prefix: String, depth: Int) -> [String] {
        var node = resolved(node)
        while let items = node["items"] { node = resolved(items) }
        guard depth < 8, let properties = node["properties"]?.object else { return [] }
        return properties.flatMap { key, value in
            [prefix + key] + all(below: value, prefix: prefix + key + ".", depth: depth + 1)
        }
    }

    private func resolved(_ node: JSONValue) -> JSONValue {
        guard let name = node["$ref"]?.string?.split(separator: "/").last else { return node }
        return definitions?[String(name)] ?? node
    }
}
