import ModelJSON

/// The versions of STAC whose rules are known.
enum STACVersion: String, CaseIterable, Sendable {
    case older = "1.0.0"
    case current = "1.1.0"

    /// Nil for a version that is not known, or when the document does not say.
    init?(_ document: JSONValue) {
        guard let text = document["stac_version"]?.string else { return nil }
        self.init(rawValue: text)
    }
}

extension Rule {
    /// One rule for documents of STAC 1.0.0, another for those of 1.1.0.
    static func stac(_ older: Rule, current rule: Rule) -> Rule {
        Rule(rule.expectation) { value, report in
            (report.version == .older ? older : rule).check(value, &report)
        }
    }

    /// What STAC 1.0.0 does not ask.
    static func currentSTAC(_ rule: Rule) -> Rule { .stac(.anything, current: rule) }
}
