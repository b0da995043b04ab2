import ModelContainers
import ModelJSON

/// What rules found so far, and the place in the document they are looking at.
struct CheckReport {
    /// How many violations, and how many notes, are kept; the others are counted.
    private let most: Int
    private var tokens: [String] = []
    private var advice: (depth: Int, text: String)?
    private var known: Set<Violation> = []

    private(set) var violations: [Violation] = []
    private(set) var notes: [Violation] = []
    private(set) var violationCount = 0
    private(set) var noteCount = 0

    init(most: Int) { self.most = most }

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

    /// A rule does not hold here: the document is invalid.
    mutating func broken(_ message: String) {
        let ending = advice.flatMap { $0.depth == tokens.count ? "; \($0.text)" : nil } ?? ""
        if let violation = news(message + ending, \.violationCount) { violations.append(violation) }
    }

    /// Something that no schema forbids, and that people should know.
    mutating func note(_ message: String) {
        if let note = news(message, \.noteCount) { notes.append(note) }
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
