import ModelContainers
public import ModelJSON

/// What is wrong with a STAC document, what is still open in it, and what people should know besides.
///
///     let check = try DocumentCheck(JSONValue.parse(text))
///     for violation in check.violations { print(violation.pointer, violation.message) }
///
/// By the rules of STAC 1.1.0, MLM v1.5.2, file v2.1.0, raster v1.1.0, classification v1.1.0 and processing v1.1.0: those
/// of the core, and those of every extension that the document declares. Whether it is valid says nothing about truth.
public struct DocumentCheck: Sendable {
    public let kind: DocumentKind
    /// Of the document; nil when it has none.
    public let id: String?
    /// Rules that do not hold. There may be more than are listed: see `violationCount`.
    public let violations: [Violation]
    public let violationCount: Int
    /// What no schema forbids and is wrong or odd all the same.
    public let notes: [Violation]
    public let noteCount: Int
    /// What mlm-inspect left open and nobody has settled since, by `mlm_inspect:todo`.
    public let gaps: [Violation]

    public var isValid: Bool { violationCount == 0 }

    /// `most` is how many violations, notes and gaps are listed of each.
    public init(_ document: JSONValue, listing most: Int = 1_000) throws(NotSTAC) {
        guard document.object != nil else { throw NotSTAC("is \(document.outlined), and a STAC document is an object") }
        guard let kind = DocumentKind(document) else {
            let type = document["type"].map { "\"type\" is \($0.outlined)" } ?? "there is no \"type\""
            throw NotSTAC("is no STAC Item, Collection or Catalog: \(type)")
        }
        var report = CheckReport(most: most)
        kind.rule.check(document, &report)
        Specification.check(document, kind, &report)
        self.kind = kind
        id = document["id"]?.string
        violations = report.violations
        violationCount = report.violationCount
        notes = report.notes
        noteCount = report.noteCount
        gaps = Self.gaps(of: document, most)
    }

    /// An Item has them in its properties, a Collection in itself.
    private static func gaps(of document: JSONValue, _ most: Int) -> [Violation] {
        let todo = document["properties"]?["mlm_inspect:todo"] ?? document["mlm_inspect:todo"]
        return (todo?.array ?? []).prefix(most).compactMap { gap in
            gap["pointer"]?.string.map { Violation(pointer: $0, message: gap["hint"]?.string ?? "is open") }
        }
    }
}

/// A JSON document that is none of STAC, and why.
public struct NotSTAC: Error, Hashable, Sendable {
    public let message: String

    init(_ message: String) { self.message = message }
}
