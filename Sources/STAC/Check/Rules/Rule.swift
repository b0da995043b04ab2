import ModelContainers
import ModelJSON

/// What a value has to be: one rule of a specification, or several together.
///
///     static let resizing = Rule.object(
///         ["name": .text, "factor": .integer(atLeast: 1), "mode": .null(or: .word(of: ["crop", "pad"]))],
///         required: ["name"])
struct Rule: Sendable {
    /// As it follows "must be": `a whole number of at least 1`.
    let expectation: String
    private let apply: @Sendable (JSONValue, inout CheckReport) -> Void

    init(_ expectation: String, _ apply: @escaping @Sendable (JSONValue, inout CheckReport) -> Void) {
        self.expectation = expectation
        self.apply = apply
    }

    /// Adds to `report` what is wrong with a value.
    func check(_ value: JSONValue, _ report: inout CheckReport) { apply(value, &report) }

    /// Whether nothing is wrong with it in a document of this version.
    func accepts(_ value: JSONValue, by version: STACVersion) -> Bool {
        var report = CheckReport(most: 0, version: version)
        apply(value, &report)
        return report.violationCount == 0
    }
}

extension CheckReport {
    mutating func broken(_ value: JSONValue, mustBe expectation: String) {
        broken("is \(value.outlined); must be \(expectation)")
    }
}
