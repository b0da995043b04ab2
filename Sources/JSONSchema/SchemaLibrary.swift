package import ModelBytes
package import ModelJSON

/// Schemas of JSON Schema draft-07 by their addresses, and what they say of documents. Nothing is ever fetched.
///
///     let library = SchemaLibrary()
///     library.add(schema, at: "https://example.com/schema.json")
///     let result = library.check(document, by: "https://example.com/schema.json")
package final class SchemaLibrary {
    private struct Resource {
        let schema: JSONValue
        let base: String
    }

    private var resources: [String: Resource] = [:]
    /// What stands at an address and was needed before.
    private var nodes: [String: Result<SchemaNode, MissingSchema>] = [:]

    /// Whether a value is a schema itself.
    let isSchema: (JSONValue) -> Bool

    /// `isSchema` answers where a schema refers to draft-07's own.
    package init(isSchema: @escaping (JSONValue) -> Bool = { $0.object != nil || $0.bool != nil }) {
        self.isSchema = isSchema
    }

    /// The addresses of whole schemas and of parts that have an address of their own.
    package var addresses: [String] { resources.keys.sorted() }

    package func holds(_ address: String) -> Bool { resources[Self.plain(address)] != nil }

    /// Adds a schema. It is known by `address`, whatever its `$id` is; without one by its `$id`. What has an address already
    /// keeps it. Returns false for what has neither, or is known.
    @discardableResult
    package func add(_ schema: JSONValue, at address: String? = nil) -> Bool {
        guard let base = address ?? schema["$id"]?.string else { return false }
        let plain = SchemaURI(base).withoutFragment.text
        guard !plain.isEmpty, resources[plain] == nil, schema.object != nil else { return false }
        resources[plain] = Resource(schema: schema, base: plain)
        for part in Self.parts(of: schema) { register(part, base: plain) }
        return true
    }

    /// Addresses within a schema.
    private func register(_ schema: JSONValue, base: String) {
        var waiting = [(schema, base)]
        while let (schema, outer) = waiting.popLast() {
            var base = outer
            if let keywords = schema.object, keywords["$ref"]?.string == nil, let id = keywords["$id"]?.string {
                let address = SchemaURI(id).resolved(against: SchemaURI(outer))
                base = SchemaCompiler.base(of: keywords, within: outer)
                let key = address.fragment?.isEmpty ?? true ? address.withoutFragment.text : address.text
                if resources[key] == nil { resources[key] = Resource(schema: schema, base: base) }
            }
            for part in Self.parts(of: schema) { waiting.append((part, base)) }
        }
    }

    private static func plain(_ address: String) -> String {
        address.hasSuffix("#") ? String(address.dropLast()) : address
    }

    // MARK: References

    /// Where a reference leads; the same one for as long as the library lives.
    func target(of reference: SchemaReference) -> Result<SchemaNode, MissingSchema> {
        if let target = reference.target { return target }
        let address = reference.address
        let key = address.text
        let target = nodes[key] ?? find(address)
        nodes[key] = target
        reference.target = target
        return target
    }

    func node(at address: String) -> Result<SchemaNode, MissingSchema> {
        target(of: SchemaReference(address, base: ""))
    }

    private func find(_ address: SchemaURI) -> Result<SchemaNode, MissingSchema> {
        let document = address.withoutFragment.text
        let fragment = address.fragment.map { PercentEncoding.decoded($0.utf8) } ?? ""
        if !fragment.isEmpty, !fragment.hasPrefix("/") {
            // A name that some $id gives.
            guard let resource = resources[address.text] else { return .failure(Self.missing(address)) }
            return .success(SchemaNode(resource.schema, base: resource.base))
        }
        guard let resource = resources[document], let pointer = JSONPointer(fragment) else {
            return .failure(Self.missing(address))
        }
        var (schema, base) = (resource.schema, resource.base)
        for token in pointer.tokens {
            guard let part = schema[JSONPointer([token])] else { return .failure(Self.missing(address)) }
            if let keywords = part.object { base = SchemaCompiler.base(of: keywords, within: base) }
            schema = part
        }
        return .success(SchemaNode(schema, base: base))
    }

    private static func missing(_ address: SchemaURI) -> MissingSchema {
        MissingSchema(message: "the schema \"\(address.text)\" is not there")
    }

    // MARK: Checking

    /// What the schema at `address` says of a document; nil when there is none. `steps` are those of the document, of which what
    /// was needed is taken off. What is beyond them, or beyond another limit, was not checked.
    package func check(
        _ document: JSONValue, by address: String, limits: Limits, steps: inout Int
    ) -> SchemaResult? {
        guard holds(address), case .success(let node) = node(at: address) else { return nil }
        var quick = Evaluation(self, limits, steps: steps, isQuiet: true)
        let verdict = quick.check(document, node)
        // To explain what is wrong takes as many again.
        let before = steps
        steps = max(0, quick.stepsLeft)
        if verdict == .valid { return SchemaResult(verdict: .valid, failures: [], undecided: []) }
        var full = Evaluation(self, limits, steps: before, isQuiet: false)
        _ = full.check(document, node)
        return full.result(verdict)
    }

    /// The same for a document that is checked by one schema alone.
    package func check(_ document: JSONValue, by address: String, limits: Limits = Limits()) -> SchemaResult? {
        var steps = limits.schemaSteps.value
        return check(document, by: address, limits: limits, steps: &steps)
    }

    /// The schemas that stand directly in a schema, by the keywords that hold some.
    private static func parts(of schema: JSONValue) -> [JSONValue] {
        guard let keywords = schema.object, keywords["$ref"]?.string == nil else { return [] }
        return keywords.flatMap { keyword, value -> [JSONValue] in
            switch keyword {
            case "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else":
                [value]
            case "items", "allOf", "anyOf", "oneOf": value.array ?? [value]
            case "definitions", "$defs", "properties", "patternProperties", "dependencies":
                (value.object ?? [:]).map(\.value)
            default: []
            }
        }
    }
}
