import ModelContainers
import ModelJSON

/// What the rules have found so far, what no rule was for, and the current place in the document.
struct CheckReport {
    /// How many violations, and how many notes, are kept; the others are counted.
    private let most: Int
    private var tokens: [String] = []
    private var advice: (depth: Int, text: String)?
    private var known: Set<Violation> = []

    /// The version of STAC that the document is checked by.
    let version: STACVersion

    private(set) var violations: [Violation] = []
    private(set) var notes: [Violation] = []
    private(set) var unchecked: [Violation] = []
    private(set) var violationCount = 0
    private(set) var noteCount = 0
    private(set) var uncheckedCount = 0

    init(most: Int, version: STACVersion = .current) {
        self.most = most
        self.version = version
    }

    /// Looks at the member or element `token` of the place for as long as `body` runs.
    mutating func at(_ token: String, _ body: (inout CheckReport) -> Void) {
        tokens.append(token)
        body(&self)
        tokens.removeLast()
    }

    /// What `body` finds wrong with this place itself ends with `text`, which says what to do.
    mutating func advising(_ text: String, _ body: (inout CheckReport) -> Void) {
        let outer = advice
        advice = (tokens.count, text)
        body(&self)
        advice = outer
    }

    /// Reports a broken rule: the document is invalid.
    mutating func broken(_ message: String) {
        let ending = advice.flatMap { $0.depth == tokens.count ? "; \($0.text)" : nil } ?? ""
        if let violation = news(message + ending, \.violationCount) { violations.append(violation) }
    }

    /// Reports something that people should know, although no schema forbids it.
    mutating func note(_ message: String) {
        if let note = news(message, \.noteCount) { notes.append(note) }
    }

    /// Reports something that no rule here is for: nobody can say whether it is valid.
    mutating func leaveOut(_ message: String) {
        if let left = news(message, \.uncheckedCount) { unchecked.append(left) }
    }

    /// Nil for what is beyond the limit, and for what was said before: two rules may ask for the same.
    private mutating func news(_ message: String, _ count: WritableKeyPath<CheckReport, Int>) -> Violation? {
        guard self[keyPath: count] < most else {
            self[keyPath: count] += 1
            return nil
        }
        let news = Violation(pointer: JSONPointer(tokens).description, message: message)
        guard known.insert(news).inserted else { return nil }
        self[keyPath: count] += 1
        return news
    }
}
