import ModelContainers
import ModelJSON

extension Rule {
    /// An object. `others` is for the members that are not named.
    static func object(
        _ members: [String: Rule] = [:], required: [String] = [], others: Rule = .anything, atLeast least: Int = 0
    ) -> Rule {
        let rules = Dictionary(uniqueKeysWithValues: members.map { (JSONKey($0.key), $0.value) })
        let expectation = least == 0 ? "an object" : "an object of at least \(least) member\(least == 1 ? "" : "s")"
        return Rule(expectation) { value, report in
            guard let object = value.object, object.count >= least else {
                return report.broken(value, mustBe: expectation)
            }
            for key in required where object[key] == nil { report.missing(key, rules[JSONKey(key)]) }
            for (key, member) in object {
                report.at(key) { (rules[JSONKey(key)] ?? others).check(member, &$0) }
            }
        }
    }

    /// Members whose keys begin with `prefix` have to be among those named; all others are free.
    static func fields(prefix: String, _ members: [String: Rule]) -> Rule {
        let rules = Dictionary(uniqueKeysWithValues: members.map { (JSONKey($0.key), $0.value) })
        return Rule("an object") { value, report in
            guard let object = value.object else { return report.broken(value, mustBe: "an object") }
            for (key, member) in object {
                if let rule = rules[JSONKey(key)] {
                    report.at(key) { rule.check(member, &$0) }
                } else if key.utf8.starts(with: prefix.utf8) {
                    report.at(key) {
                        $0.broken(
                            "is not a field of \(prefix); check the spelling, remove it, or use another prefix")
                    }
                }
            }
        }
    }

    /// Members that have to be there; the rule of each says what it has to be.
    static func required(_ keys: [String], of rules: [String: Rule]) -> Rule {
        .members { object, report in
            for key in keys where object[key] == nil { report.missing(key, rules[key]) }
        }
    }

    /// A list of so many elements, each by the same rule. With `unique` no two of them may be equal.
    static func list(
        of element: Rule = .anything, as expectation: String, unique: Bool = false,
        count isRight: @escaping @Sendable (Int) -> Bool
    ) -> Rule {
        Rule(expectation) { value, report in
            guard let elements = value.array, isRight(elements.count) else {
                return report.broken(value, mustBe: expectation)
            }
            for (position, one) in elements.enumerated() {
                report.at(String(position)) { element.check(one, &$0) }
            }
            if unique { report.repeated(elements) }
        }
    }

    static func list(of element: Rule = .anything, unique: Bool = false) -> Rule {
        list(of: element, as: "a list", unique: unique) { _ in true }
    }

    static func list(of element: Rule = .anything, atLeast least: Int, unique: Bool = false) -> Rule {
        list(of: element, as: "a list of at least \(least)", unique: unique) { $0 >= least }
    }
}

extension CheckReport {
    fileprivate mutating func missing(_ key: String, _ rule: Rule?) {
        broken("\"\(key)\" is missing; add it" + (rule.map { ", " + $0.expectation } ?? ""))
    }

    /// Every element that was there before is a violation.
    fileprivate mutating func repeated(_ elements: [JSONValue]) {
        var places: [SameValue: Int] = [:]
        for (position, element) in elements.enumerated() {
            let value = SameValue(element)
            if let first = places[value] {
                at(String(position)) { $0.broken("is the same as element \(first); remove one of them") }
            } else {
                places[value] = position
            }
        }
    }
}
