import ModelJSON

/// Schemas of schemas (sections 6.6 and 6.7 of draft-07's validation).
extension Evaluation {
    mutating func combine(_ value: JSONValue, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .any(let nodes): return any(value, nodes)
        case .one(let nodes): return one(value, nodes)
        case .not(let node):
            switch decide(value, node) {
            case .valid: return fail(not: node, value)
            case .invalid: return .valid
            case .undecided: return explainUndecided(value, [node])
            }
        case .condition(let condition, let then, let otherwise):
            switch decide(value, condition) {
            case .valid: return then.map { check(value, $0) } ?? .valid
            case .invalid: return otherwise.map { check(value, $0) } ?? .valid
            case .undecided:
                let branches = [then, otherwise].map { $0.map { decide(value, $0) } ?? .valid }
                if branches[0] == branches[1], branches[0] != .undecided { return branches[0] }
                return explainUndecided(value, [condition])
            }
        default: return .valid
        }
    }

    private mutating func any(_ value: JSONValue, _ nodes: [SchemaNode]) -> SchemaVerdict {
        var open: [SchemaNode] = []
        for node in nodes {
            switch decide(value, node) {
            case .valid: return .valid
            case .undecided: open.append(node)
            case .invalid: break
            }
        }
        if !open.isEmpty { return explainUndecided(value, open) }
        explainBest(value, nodes)
        return .invalid
    }

    private mutating func one(_ value: JSONValue, _ nodes: [SchemaNode]) -> SchemaVerdict {
        var open: [SchemaNode] = []
        var fitting: [Int] = []
        for (position, node) in nodes.enumerated() {
            switch decide(value, node) {
            case .valid: fitting.append(position + 1)
            case .undecided: open.append(node)
            case .invalid: break
            }
        }
        if fitting.count > 1 {
            let numbers = fitting.prefix(5).map(String.init).joined(separator: " and ")
            return fail(
                "fits \(fitting.count) of the \(nodes.count) forms that it may have (\(numbers)), and must fit one alone"
            )
        }
        if !open.isEmpty { return explainUndecided(value, open) }
        if fitting.count == 1 { return .valid }
        explainBest(value, nodes)
        return .invalid
    }

    /// Says what of these could not be checked, and nothing else.
    private mutating func explainUndecided(_ value: JSONValue, _ nodes: [SchemaNode]) -> SchemaVerdict {
        guard !isQuiet else { return .undecided }
        let count = findings.count
        for node in nodes { _ = check(value, node) }
        let open = findings[count...].filter { !$0.isFailure }
        findings.replaceSubrange(count..., with: open)
        // What is left undecided within a condition or a negation was asked quietly.
        return open.isEmpty ? undecided("which of the forms it has that are allowed here") : .undecided
    }

    // MARK: Which of several forms was meant

    /// Says what keeps the value from the form that it fits best; of forms that are told apart by one word or kind, all.
    private mutating func explainBest(_ value: JSONValue, _ nodes: [SchemaNode]) {
        guard !isQuiet else { return }
        let count = findings.count
        var branches: [[Finding]] = []
        for node in nodes {
            _ = check(value, node)
            branches.append(Array(findings[count...]))
            findings.removeSubrange(count...)
        }
        branches = branches.map { $0.filter(\.isFailure) }.filter { !$0.isEmpty }
        if let together = joined(branches) {
            findings.append(together)
        } else if let best = branches.min(by: { rank($0) < rank($1) }) {
            findings += best
        }
    }

    /// The lower, the better it fits.
    private func rank(_ findings: [Finding]) -> (Int, Int, Int) {
        let identity = findings.count { $0.tellsApart(at: place) }
        let depth = findings.map(\.place.count).min() ?? 0
        return (identity, -depth, findings.count)
    }

    /// One sentence for forms that differ in one thing: what the value is, the word that names its form, or the member that is
    /// there.
    private func joined(_ branches: [[Finding]]) -> Finding? {
        guard branches.count > 1,
            let first = branches[0].first(where: { $0.tellsApart(at: place) }) ?? branches[0].first
        else { return nil }
        let isApart = first.tellsApart(at: place)
        var expectations: [String] = []
        var keys: [String] = []
        var value: JSONValue?
        for branch in branches {
            let same = branch.first { $0.place == first.place && $0.tellsApart(at: place) == isApart }
            guard let same, branch.count == 1 || isApart else { return nil }
            switch same.kind {
            case .failure(.mustBe(let found, let expectation)):
                value = found
                if !expectations.contains(expectation) { expectations.append(expectation) }
            case .failure(.missing(let key, _)): if !keys.contains(key) { keys.append(key) }
            default: return nil
            }
        }
        if let value, keys.isEmpty {
            return Finding(
                place: first.place, kind: .failure(.mustBe(value, expectations.joined(separator: ", or "))),
                identity: first.identity)
        }
        guard expectations.isEmpty else { return nil }
        let named = keys.map { JSONValue.string($0).outlined }.joined(separator: ", ")
        return Finding(
            place: first.place,
            kind: .failure(keys.count == 1 ? .missing(keys[0], nil) : .text("one of \(named) is missing; add one")))
    }
}
