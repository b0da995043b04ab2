import MLMInspect
import ModelBytes
import ModelContainers
import STAC

/// The result of `check` for one document, as JSON.
struct CheckedDocument: Encodable {
    enum Verdict: String, Encodable, CaseIterable {
        case valid
        /// No rule that was checked is broken, and some were not checked.
        case validAsFarAsChecked = "valid as far as checked"
        case invalid
        /// Valid, but the artifact says something else.
        case drifted
        /// Unreadable, or not a STAC document.
        case failed

        var isValid: Bool { self == .valid || self == .validAsFarAsChecked }
    }

    let path: String
    private(set) var verdict: Verdict
    private(set) var kind: DocumentKind?
    private(set) var id: String?
    private(set) var violations: [Violation]?
    /// What was not checked, and why.
    private(set) var unchecked: [Violation]?
    private(set) var gaps: [Violation]?
    private(set) var notes: [Violation]?
    private(set) var drift: [Contradiction]?
    private(set) var error: Failure?
    /// How many entries are not listed.
    private(set) var unlisted: Int?

    init(_ document: Document, _ schemas: SchemaFolder?) {
        path = document.path
        switch document.content {
        case .failure(let error):
            verdict = .failed
            self.error = Failure(error)
        case .success(let value):
            do throws(NotSTAC) {
                let check = try DocumentCheck(value, schemas: schemas)
                verdict = !check.isValid ? .invalid : check.isComplete ? .valid : .validAsFarAsChecked
                kind = check.kind
                id = check.id
                violations = Self.nonEmpty(check.violations)
                unchecked = Self.nonEmpty(check.unchecked)
                gaps = Self.nonEmpty(check.gaps)
                notes = Self.nonEmpty(check.notes)
                let rest =
                    check.violationCount - check.violations.count + check.noteCount - check.notes.count
                    + check.uncheckedCount - check.unchecked.count
                unlisted = rest > 0 ? rest : nil
            } catch {
                verdict = .failed
                self.error = Failure(InspectionError(.unsupported, error.message))
            }
        }
    }

    /// Adds what the artifact contradicts.
    mutating func compare(_ drift: ArtifactDrift) {
        self.drift = Self.nonEmpty((self.drift ?? []) + drift.contradictions)
        if !drift.contradictions.isEmpty, verdict.isValid { verdict = .drifted }
        add(notes: drift.notes)
    }

    mutating func add(notes more: [Violation]) {
        if !more.isEmpty { notes = (notes ?? []) + more }
    }

    private static func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
}
