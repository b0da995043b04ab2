import ModelBytes
import ModelJSON

/// Checks one document by one schema.
///
/// A quiet evaluation only decides, and stops at the first rule that does not hold. One that is not quiet also says what is
/// wrong and what could not be checked, and goes on.
struct Evaluation {
    let library: SchemaLibrary
    let limits: Limits
    var isQuiet: Bool
    var findings: [Finding] = []
    var place: [String] = []
    private var depth = 0
    private(set) var stepsLeft: Int
    /// References that are being followed, each with the depth of the place it was met at.
    private var followed: [(reference: ObjectIdentifier, placeDepth: Int)] = []

    /// More of them help nobody.
    private static let mostFindings = 10_000

    init(_ library: SchemaLibrary, _ limits: Limits, steps: Int, isQuiet: Bool) {
        self.library = library
        self.limits = limits
        self.isQuiet = isQuiet
        stepsLeft = steps
    }

    // MARK: Steps

    /// Counts what is done; false once it is too much.
    mutating func spend(_ steps: Int = 1) -> Bool {
        stepsLeft -= steps
        return stepsLeft > 0
    }

    mutating func outOfSteps() -> SchemaVerdict { undecided(limits.schemaSteps.reached().message) }

    mutating func check(_ value: JSONValue, _ node: SchemaNode) -> SchemaVerdict {
        depth += 1
        defer { depth -= 1 }
        guard depth <= limits.schemaDepth.value else { return undecided(limits.schemaDepth.reached().message) }
        guard spend() else { return outOfSteps() }
        var verdict = SchemaVerdict.valid
        for rule in node.rules {
            verdict = verdict && check(value, rule)
            if isQuiet, verdict == .invalid { return .invalid }
        }
        return verdict
    }

    private mutating func check(_ value: JSONValue, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .never: return fail("is not allowed here; remove it")
        case .broken(let what): return undecided("the schema has \(what)")
        case .reference(let reference): return follow(reference, value)
        case .schema: return library.isSchema(value) ? .valid : fail(value, mustBe: "a JSON Schema")
        case .all(let nodes):
            return nodes.reduce(.valid) { verdict, node in
                isQuiet && verdict == .invalid ? verdict : verdict && check(value, node)
            }
        case .any, .one, .not, .condition: return combine(value, rule)
        case .kinds, .words: return checkWord(value, rule)
        default: break
        }
        switch value {
        case .number(let number): return checkNumber(number, rule)
        case .string(let text): return checkText(text, rule)
        case .array(let elements): return checkList(elements, rule)
        case .object(let members): return checkObject(members, rule)
        case .null, .bool: return .valid
        }
    }

    private mutating func follow(_ reference: SchemaReference, _ value: JSONValue) -> SchemaVerdict {
        switch library.target(of: reference) {
        case .failure(let missing): return undecided(missing.message)
        case .success(let node):
            // To come back to a schema without a step into the document would never end.
            let identifier = ObjectIdentifier(node)
            for one in followed.reversed() {
                guard one.placeDepth == place.count else { break }
                if one.reference == identifier { return undecided("\"$ref\" leads back to itself in a cycle") }
            }
            followed.append((identifier, place.count))
            defer { followed.removeLast() }
            return check(value, node)
        }
    }

    /// Checks a member or an element.
    mutating func check(_ value: JSONValue, _ node: SchemaNode, at token: String) -> SchemaVerdict {
        place.append(token)
        defer { place.removeLast() }
        return check(value, node)
    }

    /// Decides without saying anything.
    mutating func decide(_ value: JSONValue, _ node: SchemaNode) -> SchemaVerdict {
        let wasQuiet = isQuiet
        isQuiet = true
        defer { isQuiet = wasQuiet }
        return check(value, node)
    }

    // MARK: What is said

    mutating func fail(
        _ value: JSONValue, mustBe expectation: String, _ identity: Finding.Identity = .none
    ) -> SchemaVerdict {
        say { Finding(place: $0, kind: .failure(.mustBe(value, expectation)), identity: identity) }
        return .invalid
    }

    mutating func fail(_ message: String) -> SchemaVerdict {
        say { Finding(place: $0, kind: .failure(.text(message))) }
        return .invalid
    }

    mutating func fail(missing key: String, _ expectation: String?) {
        say { Finding(place: $0, kind: .failure(.missing(key, expectation))) }
    }

    mutating func undecided(_ why: String) -> SchemaVerdict {
        say { Finding(place: $0, kind: .undecided(why)) }
        return .undecided
    }

    private mutating func say(_ finding: ([String]) -> Finding) {
        guard !isQuiet, findings.count < Self.mostFindings else { return }
        findings.append(finding(place))
    }

    /// At a member or an element.
    mutating func at(_ token: String, _ body: (inout Evaluation) -> SchemaVerdict) -> SchemaVerdict {
        place.append(token)
        defer { place.removeLast() }
        return body(&self)
    }

    /// Matches a text by a pattern of the schema; nil where that cannot be said, which is said.
    mutating func matches(_ text: String, _ pattern: SchemaPattern) -> Bool? {
        guard let compiled = pattern.pattern else {
            _ = undecided("the pattern \(JSONValue.string(pattern.text).outlined) \(pattern.problem)")
            return nil
        }
        let allowed = max(1, min(limits.patternSteps.value, stepsLeft))
        var steps = allowed
        let match = compiled.match(text, steps: &steps)
        stepsLeft -= (allowed - steps) / 8
        switch match {
        case .yes: return true
        case .no: return false
        case .byPythonAlone:
            _ = undecided(
                "the pattern \(JSONValue.string(pattern.text).outlined): validators written in Python take it, and those "
                    + "that follow ECMA-262, as JSON Schema requires, reject it")
        case .beyondLimit:
            _ = undecided(
                "the pattern \(JSONValue.string(pattern.text).outlined): \(limits.patternSteps.reached().message)")
        }
        return nil
    }

    func result(_ verdict: SchemaVerdict) -> SchemaResult {
        var failures: [SchemaFinding] = []
        var undecided: [SchemaFinding] = []
        for finding in findings {
            switch finding.kind {
            case .failure: failures.append(finding.told)
            case .undecided: undecided.append(finding.told)
            }
        }
        if verdict == .invalid, failures.isEmpty {
            failures = [SchemaFinding(place: [], message: "does not fit the schema")]
        }
        if verdict == .undecided, undecided.isEmpty {
            undecided = [SchemaFinding(place: [], message: limits.schemaSteps.reached().message)]
        }
        return SchemaResult(verdict: verdict, failures: verdict == .invalid ? failures : [], undecided: undecided)
    }
}
