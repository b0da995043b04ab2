import ModelJSON

/// Makes the keywords of a schema ready for checking. Those that draft-07 does not know are annotations.
struct SchemaCompiler {
    private let keywords: JSONObject
    private let base: String
    private var rules: [SchemaRule] = []

    static func rules(_ schema: JSONValue, base: String) -> [SchemaRule] {
        switch schema {
        case .bool(true): return []
        case .bool(false): return [.never]
        case .object(let keywords):
            // What stands beside a reference does not count (section 8.3 of the core).
            if let reference = keywords["$ref"]?.string {
                let reference = SchemaReference(reference, base: base)
                return [reference.isMetaSchema ? .schema : .reference(reference)]
            }
            var compiler = SchemaCompiler(keywords, base: base)
            compiler.compile()
            return compiler.rules
        default: return [.broken("a schema that is \(schema.outlined)")]
        }
    }

    private init(_ keywords: JSONObject, base: String) {
        self.keywords = keywords
        self.base = Self.base(of: keywords, within: base)
    }

    /// `$id` is an address of its own, unless it is a name within this one.
    static func base(of keywords: JSONObject, within base: String) -> String {
        guard let id = keywords["$id"]?.string, !id.hasPrefix("#"), keywords["$ref"]?.string == nil else { return base }
        return SchemaURI(id).resolved(against: SchemaURI(base)).withoutFragment.text
    }

    private func node(_ schema: JSONValue) -> SchemaNode { SchemaNode(schema, base: base) }

    private mutating func compile() {
        values()
        numbers()
        texts()
        lists()
        objects()
        combinations()
    }

    private mutating func values() {
        take("type", as: "a kind or a list of kinds") { value in
            var kinds: JSONKinds = []
            for word in value.array ?? [value] {
                guard let kind = word.string.flatMap(JSONKinds.init) else { return nil }
                kinds.formUnion(kind)
            }
            return .kinds(kinds)
        }
        take("enum", as: "a list") { value in value.array.map { .words(SchemaWords($0)) } }
        take("const", as: "a value") { value in .words(SchemaWords([value])) }
    }

    private mutating func numbers() {
        for (keyword, side) in [
            ("minimum", NumberBound.Side.atLeast), ("maximum", .atMost), ("exclusiveMinimum", .above),
            ("exclusiveMaximum", .below),
        ] {
            take(keyword, as: "a number") { $0.number.map { .bound(NumberBound(side: side, number: $0)) } }
        }
        take("multipleOf", as: "a number above 0") { value in
            value.number.flatMap { $0.approximate > 0 ? .multiple(of: $0) : nil }
        }
    }

    private mutating func texts() {
        range("minLength", "maxLength") { .length($0) }
        take("pattern", as: "a text") { $0.string.map { .pattern(SchemaPattern($0)) } }
        // A format that draft-07 does not know is an annotation.
        if let format = keywords["format"]?.string.flatMap(Format.init(rawValue:)) { rules.append(.format(format)) }
    }

    private mutating func lists() {
        let others = keywords["additionalItems"].map(node)
        if let items = keywords["items"] {
            rules.append(items.array.map { .tuple($0.map(node), others: others) } ?? .items(node(items)))
        }
        if let contains = keywords["contains"] { rules.append(.contains(node(contains))) }
        range("minItems", "maxItems") { .itemCount($0) }
        take("uniqueItems", as: "true or false") { $0.bool.map { $0 ? .unique : .all([]) } }
    }

    private mutating func objects() {
        take("required", as: "a list of texts") { Self.texts($0).map { .required($0) } }
        range("minProperties", "maxProperties") { .memberCount($0) }
        members()
        if let names = keywords["propertyNames"] { rules.append(.names(node(names))) }
        for (key, dependency) in object("dependencies") ?? [:] {
            if dependency.array == nil {
                rules.append(.depends(key: key, node(dependency)))
            } else if let others = Self.texts(dependency) {
                rules.append(.requires(key: key, others: others))
            } else {
                rules.append(.broken("\"dependencies\" of \"\(key)\", which are no list of texts"))
            }
        }
    }

    private mutating func members() {
        var members = SchemaMembers()
        for (key, schema) in object("properties") ?? [:] {
            members.named[JSONKey(key)] = node(schema)
            members.names.append(key)
        }
        for (pattern, schema) in object("patternProperties") ?? [:] {
            members.patterns.append((SchemaPattern(pattern), node(schema)))
        }
        members.others = keywords["additionalProperties"].map(node)
        guard !members.named.isEmpty || !members.patterns.isEmpty || members.others != nil else { return }
        rules.append(.members(members))
    }

    private mutating func combinations() {
        for (keyword, rule) in [("allOf", SchemaRule.all), ("anyOf", SchemaRule.any), ("oneOf", SchemaRule.one)] {
            let base = base
            take(keyword, as: "a list of schemas") { value in
                value.array.flatMap { $0.isEmpty ? nil : rule($0.map { SchemaNode($0, base: base) }) }
            }
        }
        if let schema = keywords["not"] { rules.append(.not(node(schema))) }
        if let condition = keywords["if"], keywords["then"] != nil || keywords["else"] != nil {
            rules.append(
                .condition(
                    node(condition), then: keywords["then"].map(node), otherwise: keywords["else"].map(node)))
        }
    }

    // MARK: Values of keywords

    private mutating func take(_ keyword: String, as expectation: String, _ rule: (JSONValue) -> SchemaRule?) {
        guard let value = keywords[keyword] else { return }
        rules.append(rule(value) ?? .broken("\"\(keyword)\", which is \(value.outlined) and must be \(expectation)"))
    }

    private mutating func range(_ least: String, _ most: String, _ rule: (CountRange) -> SchemaRule) {
        var range = CountRange()
        for (keyword, path) in [(least, \CountRange.least), (most, \CountRange.most)] {
            guard let value = keywords[keyword] else { continue }
            guard let count = value.int, count >= 0 else {
                rules.append(.broken("\"\(keyword)\", which is \(value.outlined) and must be a count"))
                continue
            }
            range[keyPath: path] = count
        }
        if range.least > 0 || range.most < Int.max { rules.append(rule(range)) }
    }

    private mutating func object(_ keyword: String) -> JSONObject? {
        guard let value = keywords[keyword] else { return nil }
        if value.object == nil { rules.append(.broken("\"\(keyword)\", which is \(value.outlined), not an object")) }
        return value.object
    }

    private static func texts(_ value: JSONValue) -> [String]? {
        guard let texts = value.array?.map(\.string), texts.allSatisfy({ $0 != nil }) else { return nil }
        return texts.compactMap(\.self)
    }
}
