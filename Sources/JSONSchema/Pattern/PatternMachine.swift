/// Runs a program over one text. What it does is counted; beyond the limit nobody knows whether the text matches.
struct PatternMachine {
    private enum Undo {
        case branch(step: Int, position: Int)
        case slot(Int, old: Int)
    }

    private let program: PatternProgram
    private let text: [Unicode.Scalar]
    private let alphabet: Alphabet
    private var slots: [Int]
    private var undo: [Undo] = []
    private(set) var stepsLeft: Int

    init(_ program: PatternProgram, _ text: [Unicode.Scalar], _ alphabet: Alphabet, steps: Int) {
        self.program = program
        self.text = text
        self.alphabet = alphabet
        slots = Array(repeating: -1, count: program.slots)
        stepsLeft = steps
    }

    /// Whether it matches anywhere in the text; nil when the steps were used up.
    mutating func search() -> Bool? {
        for start in 0...text.count {
            if run(from: 0, at: start) != nil { return true }
            if stepsLeft <= 0 { return nil }
            // It can match at the very beginning alone.
            if case .start = program.steps[0] { return false }
        }
        return false
    }

    /// Where it ends; nil when it does not match here. Calls itself once for each lookaround within another.
    private mutating func run(from first: Int, at start: Int) -> Int? {
        let base = undo.count
        var step = first
        var position = start
        while true {
            stepsLeft -= 1
            guard stepsLeft > 0 else { return nil }
            if case .match = program.steps[step] {
                // What was kept stays, and would be undone with what came before; the other ways are given up.
                let kept = undo[base...].filter { if case .slot = $0 { true } else { false } }
                undo.replaceSubrange(base..., with: kept)
                return position
            }
            if advance(&step, &position) { continue }
            guard let (next, place) = goBack(to: base) else { return nil }
            (step, position) = (next, place)
        }
    }

    private mutating func advance(_ step: inout Int, _ position: inout Int) -> Bool {
        switch program.steps[step] {
        case .one(let set, let isBackward):
            let place = isBackward ? position - 1 : position
            guard text.indices.contains(place), set.contains(text[place], alphabet) else { return false }
            position += isBackward ? -1 : 1
        case .split(let one, let other):
            undo.append(.branch(step: other, position: position))
            step = one
            return true
        case .jump(let next):
            step = next
            return true
        case .save(let slot): keep(slot, position)
        case .forget(let groups):
            for slot in groups.lowerBound * 2..<groups.upperBound * 2 { keep(slot, -1) }
        case .moved(let slot): if slots[slot] == position { return false }
        case .start: if position != 0 { return false }
        case .end: if !isEnd(position) { return false }
        case .wordBoundary(let isNegated):
            if (isWord(position - 1) != isWord(position)) == isNegated { return false }
        case .look(let next, let isNegated): return look(&step, next, isNegated, position)
        case .back(let group, let isBackward):
            guard repeated(group, &position, isBackward) else { return false }
        case .match: return false
        }
        step += 1
        return true
    }

    private mutating func look(_ step: inout Int, _ next: Int, _ isNegated: Bool, _ position: Int) -> Bool {
        let base = undo.count
        let isMatch = run(from: step + 1, at: position) != nil
        if isNegated || !isMatch { while undo.count > base { undoOne() } }
        guard stepsLeft > 0, isMatch != isNegated else { return false }
        step = next
        return true
    }

    private mutating func repeated(_ group: Int, _ position: inout Int, _ isBackward: Bool) -> Bool {
        let (start, end) = (slots[2 * group], slots[2 * group + 1])
        // A group that took no part matches nothing, which is everywhere.
        guard start >= 0, end >= start else { return true }
        let place = isBackward ? position - (end - start) : position
        guard place >= 0, place + end - start <= text.count else { return false }
        stepsLeft -= end - start
        guard text[start..<end] == text[place..<place + end - start] else { return false }
        position += isBackward ? start - end : end - start
        return true
    }

    private mutating func keep(_ slot: Int, _ position: Int) {
        undo.append(.slot(slot, old: slots[slot]))
        slots[slot] = position
    }

    /// The way that was left open last.
    private mutating func goBack(to base: Int) -> (step: Int, position: Int)? {
        while undo.count > base {
            if case .branch(let step, let position) = undo[undo.count - 1] {
                undo.removeLast()
                return (step, position)
            }
            undoOne()
        }
        return nil
    }

    private mutating func undoOne() {
        if case .slot(let slot, let old)? = undo.popLast() { slots[slot] = old }
    }

    /// The very end; in Python also before a line feed that is last.
    private func isEnd(_ position: Int) -> Bool {
        position == text.count || (alphabet == .python && position == text.count - 1 && text[position] == "\n")
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && alphabet.isWord(text[position])
    }
}
