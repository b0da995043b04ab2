import ModelContainers
import ModelJSON

extension Rule {
    /// All of them; what is expected is what the first one says.
    static func all(_ first: Rule, _ others: Rule...) -> Rule {
        Rule(first.expectation) { value, report in
            first.check(value, &report)
            for rule in others { rule.check(value, &report) }
        }
    }

    /// One of several; a violation names only the expectation, or the one given here.
    static func either(_ rules: Rule..., as expectation: String? = nil) -> Rule {
        let expectation = expectation ?? rules.map(\.expectation).joined(separator: ", or ")
        return Rule(expectation) { value, report in
            guard !rules.contains(where: { $0.accepts(value, by: report.version) }) else { return }
            report.broken(value, mustBe: expectation)
        }
    }

    static func null(or rule: Rule) -> Rule {
        Rule("\(rule.expectation), or null") { value, report in
            if !value.isNull { rule.check(value, &report) }
        }
    }

    /// A rule for lists, and another for everything else.
    static func list(_ list: Rule, or rule: Rule) -> Rule {
        Rule("\(rule.expectation), or \(list.expectation)") { value, report in
            (value.array == nil ? rule : list).check(value, &report)
        }
    }

    /// An object whose text at `key` says which rule is for the rest of it.
    static func object(by key: String, _ rules: [String: Rule]) -> Rule {
        let byName = Dictionary(uniqueKeysWithValues: rules.map { (JSONKey($0.key), $0.value) })
        let names = Rule.word(of: rules.keys.sorted())
        let frame = Rule.object([key: names], required: [key])
        return Rule("an object with a \"\(key)\"") { value, report in
            guard let name = value[key]?.string, let rule = byName[JSONKey(name)] else {
                return frame.check(value, &report)
            }
            rule.check(value, &report)
        }
    }

    /// There must be no such member.
    static func absent(_ why: String) -> Rule {
        Rule("absent") { _, report in report.broken(why) }
    }

    /// A rule about several members of an object; it says nothing about what is no object.
    static func members(_ apply: @escaping @Sendable (JSONObject, inout CheckReport) -> Void) -> Rule {
        Rule("an object") { value, report in
            if let object = value.object { apply(object, &report) }
        }
    }

    /// A rule that holds itself.
    static func nested(_ expectation: String, _ rule: @escaping @Sendable () -> Rule) -> Rule {
        Rule(expectation) { value, report in rule().check(value, &report) }
    }

    /// The same rule, and what to do when it does not hold.
    func or(_ advice: String) -> Rule {
        Rule(expectation) { value, report in report.advising(advice) { check(value, &$0) } }
    }

    /// The same rule, called otherwise where it is told what is missing.
    func named(_ expectation: String) -> Rule { Rule(expectation) { value, report in check(value, &report) } }
}
