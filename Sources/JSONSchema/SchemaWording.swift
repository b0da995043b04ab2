import ModelJSON

/// What a schema asks, in words.
extension Evaluation {
    mutating func fail(not node: SchemaNode, _ value: JSONValue) -> SchemaVerdict {
        if case .required(let keys)? = node.rules.first(where: { if case .required = $0 { true } else { false } }) {
            guard keys.count == 1 else {
                let named = keys.map { JSONValue.string($0).outlined }.joined(separator: ", ")
                return fail("must not have all of \(named); remove one")
            }
            return at(keys[0]) { $0.fail("is not allowed here; remove it") }
        }
        if let member = wantedMember(node) {
            return fail("has no member that is \(expectation(of: member) ?? "as one of them has to be"); add it")
        }
        guard let expectation = expectation(of: node) else {
            return fail("is \(value.outlined), of a form that is not allowed here")
        }
        return fail("is \(value.outlined); must not be \(expectation)")
    }

    /// Draft-07 has no word for "one of the members": it is said by forbidding that none of them is.
    private func wantedMember(_ node: SchemaNode) -> SchemaNode? {
        for rule in node.rules {
            guard case .members(let members) = rule, let others = members.others, others.rules.count == 1,
                case .not(let wanted) = others.rules[0]
            else { continue }
            return wanted
        }
        return nil
    }

    /// As it follows "must be"; nil where that takes more than a few words.
    func expectation(of node: SchemaNode) -> String? {
        guard let text = expectation(of: node, within: 6), text.utf8.count <= 400 else { return nil }
        return text
    }

    /// `depth`: how many schemas within each other are put into words.
    private func expectation(of node: SchemaNode, within depth: Int) -> String? {
        guard depth > 0 else { return nil }
        var parts: [String] = []
        var kind: String?
        for rule in node.rules {
            if case .kinds(let kinds) = rule {
                kind = kinds.expectation
                continue
            }
            guard let part = expectation(of: rule, within: depth) else { return nil }
            parts.append(part)
        }
        // What follows says the kind as well.
        return parts.isEmpty ? kind : parts.joined(separator: ", and ")
    }

    private func expectation(of rule: SchemaRule, within depth: Int) -> String? {
        switch rule {
        case .words(let words): return words.expectation
        case .bound(let bound): return bound.expectation
        case .pattern(let pattern): return pattern.expectation
        case .format(let format): return format.expectation
        case .length(let range): return range.expectation("a text", of: "character")
        case .itemCount(let range): return range.expectation("a list", of: "element")
        case .required(let keys):
            return "an object with " + keys.map { JSONValue.string($0).outlined }.joined(separator: ", ")
        case .reference(let reference):
            guard case .success(let target) = library.target(of: reference) else { return nil }
            return expectation(of: target, within: depth - 1)
        case .any(let nodes), .one(let nodes):
            let forms = nodes.prefix(8).map { expectation(of: $0, within: depth - 1) }
            guard forms.count == nodes.count, forms.allSatisfy({ $0 != nil }) else { return nil }
            return forms.compactMap(\.self).joined(separator: ", or ")
        case .members(let members):
            guard members.patterns.isEmpty, members.others == nil, members.named.count == 1,
                let key = members.names.first,
                let node = members.named[JSONKey(key)], let part = expectation(of: node, within: depth - 1)
            else { return nil }
            return "an object whose \(JSONValue.string(key).outlined) is \(part)"
        default: return nil
        }
    }
}
