import ModelJSON

/// What is asked of lists (section 6.4 of draft-07's validation).
extension Evaluation {
    mutating func checkList(_ elements: [JSONValue], _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .items(let node): return each(elements[...], node)
        case .tuple(let nodes, let others):
            var verdict = SchemaVerdict.valid
            for (position, (element, node)) in zip(elements, nodes).enumerated() {
                verdict = verdict && check(element, node, at: String(position))
                if isQuiet, verdict == .invalid { return .invalid }
            }
            guard let others else { return verdict }
            return verdict && each(elements.dropFirst(nodes.count), others)
        case .itemCount(let range):
            return range.contains(elements.count)
                ? .valid : fail(.array(elements), mustBe: range.expectation("a list", of: "element"))
        case .unique: return unique(elements)
        case .contains(let node): return contains(elements, node)
        default: return .valid
        }
    }

    private mutating func each(_ elements: ArraySlice<JSONValue>, _ node: SchemaNode) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        for position in elements.indices {
            verdict = verdict && check(elements[position], node, at: String(position))
            if isQuiet, verdict == .invalid { return .invalid }
        }
        return verdict
    }

    private mutating func unique(_ elements: [JSONValue]) -> SchemaVerdict {
        var places: [SameValue: Int] = [:]
        var verdict = SchemaVerdict.valid
        for (position, element) in elements.enumerated() {
            let value = SameValue(element)
            guard spend(1 + value.count / 32) else { return outOfSteps() }
            guard let first = places.updateValue(position, forKey: value) else { continue }
            verdict = at(String(position)) { $0.fail("is the same as element \(first); remove one of them") }
            if isQuiet { return verdict }
        }
        return verdict
    }

    private mutating func contains(_ elements: [JSONValue], _ node: SchemaNode) -> SchemaVerdict {
        var isOpen = false
        for (position, element) in elements.enumerated() {
            place.append(String(position))
            let verdict = decide(element, node)
            place.removeLast()
            if verdict == .valid { return .valid }
            if verdict == .undecided { isOpen = true }
        }
        if isOpen { return undecided("whether an element of the list is what one has to be") }
        return fail("has no element that is \(expectation(of: node) ?? "as one of them has to be"); add it")
    }
}
