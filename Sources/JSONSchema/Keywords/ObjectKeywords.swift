import ModelJSON

/// What is asked of objects (section 6.5 of draft-07's validation).
extension Evaluation {
    mutating func checkObject(_ members: JSONObject, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .members(let schema): return checkMembers(members, schema)
        case .required(let keys): return require(keys, of: members)
        case .memberCount(let range):
            return range.contains(members.count)
                ? .valid : fail(.object(members), mustBe: range.expectation("an object", of: "member"))
        case .names(let node):
            var verdict = SchemaVerdict.valid
            for key in members.keys {
                verdict = verdict && at(key) { $0.check(.string(key), node) }
                if isQuiet, verdict == .invalid { return .invalid }
            }
            return verdict
        case .depends(let key, let node): return members[key] == nil ? .valid : check(.object(members), node)
        case .requires(let key, let others):
            guard members[key] != nil else { return .valid }
            var verdict = SchemaVerdict.valid
            for other in others where members[other] == nil {
                verdict = fail(
                    "\(JSONValue.string(other).outlined) is missing; add it, since "
                        + "\(JSONValue.string(key).outlined) is given")
            }
            return verdict
        default: return .valid
        }
    }

    private mutating func require(_ keys: [String], of members: JSONObject) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        for key in keys where members[key] == nil {
            fail(missing: key, nil)
            verdict = .invalid
            if isQuiet { break }
        }
        return verdict
    }

    private mutating func checkMembers(_ members: JSONObject, _ schema: SchemaMembers) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        for (key, value) in members {
            verdict = verdict && checkMember(key, value, schema)
            if isQuiet, verdict == .invalid { return .invalid }
        }
        return verdict
    }

    private mutating func checkMember(_ key: String, _ value: JSONValue, _ schema: SchemaMembers) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        var isKnown = false
        if let node = schema.named[JSONKey(key)] {
            isKnown = true
            verdict = verdict && check(value, node, at: key)
        }
        var isOpen = false
        for (pattern, node) in schema.patterns {
            switch at(key, { $0.matches(key, pattern) }) {
            case true?:
                isKnown = true
                verdict = verdict && check(value, node, at: key)
            case false?: break
            case nil: isOpen = true
            }
        }
        guard !isKnown else { return isOpen ? verdict && .undecided : verdict }
        guard let others = schema.others else { return isOpen ? verdict && .undecided : verdict }
        // Whether it is one of the others is not known.
        if isOpen { return .undecided }
        if case .never? = others.rules.first { return at(key) { $0.fail(SchemaMembers.notAField(key, schema)) } }
        return verdict && check(value, others, at: key)
    }

    private mutating func at(_ token: String, _ body: (inout Evaluation) -> Bool?) -> Bool? {
        place.append(token)
        defer { place.removeLast() }
        return body(&self)
    }
}

extension SchemaMembers {
    /// Why a key is not among those that are allowed: a field of a prefix that has no such field, or one of a closed object.
    static func notAField(_ key: String, _ schema: SchemaMembers) -> String {
        if let colon = key.firstIndex(of: ":"),
            schema.patterns.contains(where: { $0.pattern.text == "^(?!\(key[...colon]))" })
        {
            return "is not a field of \(key[...colon]); check the spelling, remove it, or use another prefix"
        }
        guard !schema.names.isEmpty else { return "is not allowed here; remove it" }
        let most = 20
        let rest = schema.names.count > most ? " …" : ""
        return "is not allowed here; check the spelling (\(schema.names.prefix(most).joined(separator: ", "))\(rest)), "
            + "or remove it"
    }
}
