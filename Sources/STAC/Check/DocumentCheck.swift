import ModelContainers
public import ModelJSON

/// Errors in a STAC document, what is missing in it, and further notes.
///
///     let check = try DocumentCheck(JSONValue.parse(text))
///     for violation in check.violations { print(violation.pointer, violation.message) }
///
/// By the rules of STAC 1.0.0 and 1.1.0, MLM v1.5.2, file v2.1.0, raster v1.1.0, classification v1.1.0 and processing
/// v1.1.0: those of the core, and those of every extension that the document declares. What other extensions it declares
/// is in `unchecked`. Whether it is valid says nothing about truth.
public struct DocumentCheck: Sendable {
    public let kind: DocumentKind
    /// The id of the document; nil if it has none.
    public let id: String?
    /// Rules that do not hold. There may be more than are listed: see `violationCount`.
    public let violations: [Violation]
    public let violationCount: Int
    /// Extensions whose rules are not known here; what they say of the document was not checked.
    public let unchecked: [Violation]
    public let uncheckedCount: Int
    /// Notes on what is wrong or odd, although no schema forbids it.
    public let notes: [Violation]
    public let noteCount: Int
    /// What is still missing, by `mlm_inspect:todo`.
    public let gaps: [Violation]

    /// Whether every rule that is known here holds.
    public var isValid: Bool { violationCount == 0 }
    /// Whether the rules of every extension that the document declares are known here.
    public var isComplete: Bool { uncheckedCount == 0 }

    /// `listing` is the maximum number of violations, of notes, of what is unchecked and of missing values.
    public init(_ document: JSONValue, listing most: Int = 1_000) throws(NotSTAC) {
        guard document.object != nil else { throw NotSTAC("is \(document.outlined), but a STAC document is an object") }
        guard let kind = DocumentKind(document) else {
            let type = document["type"].map { "\"type\" is \($0.outlined)" } ?? "there is no \"type\""
            throw NotSTAC("is not a STAC Item, Collection or Catalog: \(type)")
        }
        var report = CheckReport(most: most, version: STACVersion(document) ?? .current)
        kind.rule.check(document, &report)
        Specification.check(document, kind, &report)
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

    /// An Item has them in its properties, a Collection in itself.
    private static func gaps(of document: JSONValue, _ most: Int) -> [Violation] {
        let todo = document["properties"]?["mlm_inspect:todo"] ?? document["mlm_inspect:todo"]
        return (todo?.array ?? []).prefix(most).compactMap { gap in
            gap["pointer"]?.string.map { Violation(pointer: $0, message: gap["hint"]?.string ?? "is missing") }
        }
    }
}

/// Why a JSON document is not STAC.
public struct NotSTAC: Error, Hashable, Sendable {
    public let message: String

    init(_ message: String) { self.message = message }
}
