import MLMInspect
import ModelBytes
import ModelContainers
import STAC

/// What `check` says of one document, as programs read it.
struct CheckedDocument: Encodable {
    enum Verdict: String, Encodable {
        case valid, invalid
        /// Valid, and the artifact says something else.
        case drifted
        /// Unreadable, or no STAC document.
        case failed
    }

    let path: String
    private(set) var verdict: Verdict
    private(set) var kind: DocumentKind?
    private(set) var id: String?
    private(set) var violations: [Violation]?
    private(set) var gaps: [Violation]?
    private(set) var notes: [Violation]?
    private(set) var drift: [Contradiction]?
    private(set) var error: Failure?
    /// How many are not listed.
    private(set) var unlisted: Int?

    init(_ document: Document) {
        path = document.path
        switch document.content {
        case .failure(let error):
            verdict = .failed
            self.error = Failure(error)
        case .success(let value):
            do throws(NotSTAC) {
                let check = try DocumentCheck(value)
                verdict = check.isValid ? .valid : .invalid
                kind = check.kind
                id = check.id
                violations = Self.nonEmpty(check.violations)
                gaps = Self.nonEmpty(check.gaps)
                notes = Self.nonEmpty(check.notes)
                let rest = check.violationCount - check.violations.count + check.noteCount - check.notes.count
                unlisted = rest > 0 ? rest : nil
            } catch {
                verdict = .failed
                self.error = Failure(InspectionError(.unsupported, error.message))
            }
        }
    }

    /// Adds what the artifact contradicts.
    mutating func compare(_ drift: ArtifactDrift) {
        self.drift = Self.nonEmpty(drift.contradictions)
        if !drift.contradictions.isEmpty, verdict == .valid { verdict = .drifted }
        if !drift.notes.isEmpty { notes = (notes ?? []) + drift.notes }
    }

    private static func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
}
