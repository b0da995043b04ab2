import ModelContainers
package import ModelJSON

/// Errors in a STAC document, what is missing in it, and further notes.
///
///     let check = try DocumentCheck(JSONValue.parse(text))
///     for violation in check.violations { print(violation.pointer, violation.message) }
///
/// By the rules of STAC 1.0.0 and 1.1.0 and of every extension that the document declares: our own for MLM v1.5.2 and what
/// goes with models, and for all the rest the schemas of a folder, if there is one. What neither is for is in `unchecked`.
/// Whether a document is valid says nothing about truth.
package struct DocumentCheck: Sendable {
    /// Nil when STAC does not know the `type`, which is a violation.
    package let kind: DocumentKind?
    /// The id of the document; nil if it has none.
    package let id: String?
    /// Rules that do not hold. There may be more than are listed: see `violationCount`.
    package let violations: [Violation]
    package let violationCount: Int
    /// What was not checked, and why: extensions whose rules are not known here, and rules that came to a limit.
    package let unchecked: [Violation]
    package let uncheckedCount: Int
    /// Notes on what is wrong or odd, although no schema forbids it.
    package let notes: [Violation]
    package let noteCount: Int
    /// What is still missing, by `mlm_inspect:todo`.
    package let gaps: [Violation]

    /// Whether every rule that is known here holds.
    package var isValid: Bool { violationCount == 0 }
    /// Whether all rules of the core and of every extension that the document declares were checked.
    package var isComplete: Bool { uncheckedCount == 0 }

    /// `listing` is the maximum number of violations, of notes, of what is unchecked and of missing values.
    package init(
        _ document: JSONValue, schemas: SchemaFolder? = nil, listing most: Int = 1_000
    ) throws(NotSTAC) {
        guard let members = document.object else {
            throw NotSTAC("is \(document.outlined), but a STAC document is an object")
        }
        let kind = DocumentKind(document)
        var report = CheckReport(most: most, version: STACVersion(document) ?? .current)
        if let kind {
            kind.rule.check(document, &report)
            Specification.check(document, kind, schemas, &report)
        } else {
            try Self.checkKind(members, &report)
        }
        self.kind = kind
        id = document["id"]?.string
        violations = report.violations
        violationCount = report.violationCount
        unchecked = report.unchecked
        uncheckedCount = report.uncheckedCount
        notes = report.notes
        noteCount = report.noteCount
        gaps = Self.gaps(of: document, most)
    }

    /// A document that says it is STAC, and does not say of which kind.
    private static func checkKind(_ document: JSONObject, _ report: inout CheckReport) throws(NotSTAC) {
        guard document["stac_version"] != nil || document["stac_extensions"] != nil else {
            let type = document["type"].map { "\"type\" is \($0.outlined)" } ?? "there is no \"type\""
            throw NotSTAC("is not a STAC Item, Collection or Catalog: \(type)")
        }
        let expectation = "\"Feature\" for an Item, \"Collection\" or \"Catalog\""
        guard let type = document["type"] else {
            return report.broken("\"type\" is missing; add it, \(expectation); nothing else was checked")
        }
        report.at("type") { $0.broken("is \(type.outlined); must be \(expectation); nothing else was checked") }
    }

    /// An Item has them in its properties, a Collection in itself.
    private static func gaps(of document: JSONValue, _ most: Int) -> [Violation] {
        let todo = document["properties"]?["mlm_inspect:todo"] ?? document["mlm_inspect:todo"]
        return (todo?.array ?? []).prefix(most).compactMap { gap in
            gap["pointer"]?.string.map { Violation(pointer: $0, message: gap["hint"]?.string ?? "is missing") }
        }
    }
}

/// Why a JSON document is not STAC.
package struct NotSTAC: Error, Hashable, Sendable {
    package let message: String

    init(_ message: String) { self.message = message }
}
