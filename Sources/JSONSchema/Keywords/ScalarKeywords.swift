import ModelJSON

/// `type`, `enum` and `const`, and what is asked of numbers and texts (sections 6.1 to 6.3 and 7 of draft-07's validation).
extension Evaluation {
    mutating func checkWord(_ value: JSONValue, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .kinds(let kinds):
            return kinds.include(value) ? .valid : fail(value, mustBe: kinds.expectation, .kind)
        case .words(let words):
            guard spendOnContainers(value) else { return outOfSteps() }
            return words.contains(value) ? .valid : fail(value, mustBe: words.expectation, .word)
        default: return .valid
        }
    }

    /// Comparing a list or an object reads all of it.
    private mutating func spendOnContainers(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): spend(elements.count + 1)
        case .object(let members): spend(members.count + 1)
        default: true
        }
    }

    mutating func checkNumber(_ number: JSONNumber, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .bound(let bound):
            return bound.holds(number) ? .valid : fail(.number(number), mustBe: bound.expectation)
        case .multiple(let divisor):
            return number.isMultiple(of: divisor)
                ? .valid : fail(.number(number), mustBe: "a multiple of \(divisor.text)")
        default: return .valid
        }
    }

    mutating func checkText(_ text: String, _ rule: SchemaRule) -> SchemaVerdict {
        switch rule {
        case .length(let range):
            // Code points, of which a character may have any number.
            return range.contains(text.unicodeScalars.count)
                ? .valid : fail(.string(text), mustBe: range.expectation("a text", of: "character"))
        case .pattern(let pattern):
            guard let isMatch = matches(text, pattern) else { return .undecided }
            return isMatch ? .valid : fail(.string(text), mustBe: pattern.expectation)
        case .format(let format):
            switch format.accepts(text) {
            case true?: return .valid
            case false?: return fail(.string(text), mustBe: format.expectation)
            case nil:
                return undecided(
                    "whether \(JSONValue.string(text).outlined) is \(format.expectation): validators do not agree")
            }
        default: return .valid
        }
    }
}

extension SchemaPattern {
    var expectation: String { "a text of the form \(text)" }
}

extension SchemaWords {
    /// As it follows "must be".
    var expectation: String {
        let most = 20
        let words = values.prefix(most).map(\.outlined)
        if words.count == 1 { return words[0] }
        return "one of " + words.joined(separator: ", ")
            + (values.count > most ? " and \(values.count - most) more" : "")
    }
}

extension CountRange {
    /// `a text of at least 2 characters`.
    func expectation(_ whole: String, of part: String) -> String {
        func count(_ number: Int) -> String { "\(number) \(part)\(number == 1 ? "" : "s")" }
        return switch (least, most) {
        case (let least, .max): "\(whole) of at least \(count(least))"
        case (0, let most): "\(whole) of at most \(count(most))"
        case (let least, let most) where least == most: "\(whole) of \(count(most))"
        case (let least, let most): "\(whole) of \(least) to \(count(most))"
        }
    }
}
