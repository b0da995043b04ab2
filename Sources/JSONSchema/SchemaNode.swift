import ModelJSON

/// One schema. Its keywords are made ready when it is first used, and what `$ref` leads to is looked up then, so that only
/// what a document comes to is ever looked at.
final class SchemaNode {
    private let schema: JSONValue
    private let base: String
    private(set) lazy var rules = SchemaCompiler.rules(schema, base: base)

    /// `base`: the address that references in it are relative to.
    init(_ schema: JSONValue, base: String) {
        self.schema = schema
        self.base = base
    }
}

/// Where `$ref` leads, once it was followed.
final class SchemaReference {
    let text: String
    /// The address that it is relative to.
    let base: String
    var target: Result<SchemaNode, MissingSchema>?

    init(_ text: String, base: String) {
        self.text = text
        self.base = base
    }

    /// The whole address that it stands for.
    var address: SchemaURI { SchemaURI(text).resolved(against: SchemaURI(base)) }

    /// Whether it is draft-07's own schema.
    var isMetaSchema: Bool {
        address.withoutFragment.text == "http://json-schema.org/draft-07/schema" && address.fragment?.isEmpty ?? true
    }
}

/// A `$ref` that leads nowhere.
struct MissingSchema: Error { let message: String }
