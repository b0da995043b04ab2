import JSONSchema
import ModelContainers
import ModelJSON

extension Rule {
    /// Any value at all.
    static let anything = Rule("any value") { _, _ in }

    static func test(_ expectation: String, _ holds: @escaping @Sendable (JSONValue) -> Bool) -> Rule {
        Rule(expectation) { value, report in
            if !holds(value) { report.broken(value, mustBe: expectation) }
        }
    }

    static let null = test("null") { $0.isNull }
    static let bool = test("true or false") { $0.bool != nil }
    static let string = test("a text") { $0.string != nil }
    /// A text that is not empty.
    static let text = test("a non-empty text") { $0.string?.isEmpty == false }

    /// One of a closed list of words.
    static func word(of words: [String]) -> Rule {
        let keys = Set(words.map { JSONKey($0) })
        let expectation = words.count == 1 ? "\"\(words[0])\"" : "one of " + words.joined(separator: ", ")
        return Rule(expectation) { value, report in
            guard let text = value.string else { return report.broken(value, mustBe: expectation) }
            guard !keys.contains(JSONKey(text)) else { return }
            let near = words.count > 1 ? NearestWord.of(text, among: words) : nil
            report.broken(value, mustBe: expectation + (near.map { "; did you mean \($0)?" } ?? ""))
        }
    }

    static func constant(_ word: String) -> Rule { .word(of: [word]) }

    /// A text of a certain form.
    static func text(of pattern: Pattern) -> Rule {
        Rule(pattern.description) { value, report in
            switch value.string.map(pattern.match) {
            case .yes?: break
            case .byPythonAlone(let why)?:
                report.note(
                    "\(value.outlined) \(why): validators that follow ECMA-262, as JSON Schema requires, reject it")
            case .no?, nil: report.broken(value, mustBe: pattern.description)
            }
        }
    }

    static let number = test("a number") { $0.number != nil }

    static func number(atLeast least: Double, atMost most: Double = .infinity) -> Rule {
        let expectation =
            most == .infinity
            ? "a number of at least \(whole(least))" : "a number from \(whole(least)) to \(whole(most))"
        return test(expectation) { value in value.number.map { (least...most).contains($0.approximate) } ?? false }
    }

    static let positiveNumber = test("a number above 0") { value in value.number.map { $0.approximate > 0 } ?? false }

    /// JSON Schema counts 12.0 as an integer.
    static let integer = test("a whole number") { $0.number?.isWhole ?? false }

    static func integer(atLeast least: Int) -> Rule {
        test("a whole number of at least \(least)") { value in
            value.number.map { $0.isWhole && $0.approximate >= Double(least) } ?? false
        }
    }

    private static func whole(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
