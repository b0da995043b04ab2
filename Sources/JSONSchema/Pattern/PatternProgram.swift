/// A regular expression as steps of a backtracking machine.
struct PatternProgram {
    enum Step {
        case one(ScalarSet, isBackward: Bool)
        /// Goes on at the first, and at the second once that failed.
        case split(Int, Int)
        case jump(Int)
        /// Keeps the position in a slot.
        case save(Int)
        case forget(Range<Int>)
        /// Fails when the position is still the one in the slot: a round that took nothing does not count.
        case moved(Int)
        case start, end
        case wordBoundary(isNegated: Bool)
        /// What follows, up to `match`, has to match here; then on at `next`.
        case look(next: Int, isNegated: Bool)
        case back(Int, isBackward: Bool)
        case match
    }

    private(set) var steps: [Step] = []
    private(set) var slots: Int

    /// A repetition is written out as often as it is asked for.
    private static let mostSteps = 20_000

    init(_ node: PatternNode, groups: Int) throws(PatternError) {
        slots = 2 * (groups + 1)
        try add(node, isBackward: false)
        try append(.match)
    }

    private mutating func append(_ step: Step) throws(PatternError) {
        guard steps.count < Self.mostSteps else { throw .unsupported("is too large") }
        steps.append(step)
    }

    /// `isBackward`: within a lookbehind, which reads towards the beginning.
    private mutating func add(_ node: PatternNode, isBackward: Bool) throws(PatternError) {
        switch node {
        case .one(let set): try append(.one(set, isBackward: isBackward))
        case .sequence(let nodes):
            for node in isBackward ? nodes.reversed() : nodes { try add(node, isBackward: isBackward) }
        case .choice(let branches): try add(branches, isBackward: isBackward)
        case .group(nil, let node): try add(node, isBackward: isBackward)
        case .group(let number?, let node):
            try append(.save(2 * number + (isBackward ? 1 : 0)))
            try add(node, isBackward: isBackward)
            try append(.save(2 * number + (isBackward ? 0 : 1)))
        case .repeated(let node, let repetition): try add(node, repetition, isBackward: isBackward)
        case .start: try append(.start)
        case .end: try append(.end)
        case .wordBoundary(let isNegated): try append(.wordBoundary(isNegated: isNegated))
        case .back(let number): try append(.back(number, isBackward: isBackward))
        case .look(let node, let isBehind, let isNegated):
            let place = steps.count
            try append(.look(next: 0, isNegated: isNegated))
            try add(node, isBackward: isBehind)
            try append(.match)
            steps[place] = .look(next: steps.count, isNegated: isNegated)
        }
    }

    private mutating func add(_ branches: [PatternNode], isBackward: Bool) throws(PatternError) {
        var ends: [Int] = []
        for (position, branch) in branches.enumerated() {
            let place = steps.count
            let isLast = position == branches.count - 1
            if !isLast { try append(.split(place + 1, 0)) }
            try add(branch, isBackward: isBackward)
            guard !isLast else { break }
            ends.append(steps.count)
            try append(.jump(0))
            steps[place] = .split(place + 1, steps.count)
        }
        for place in ends { steps[place] = .jump(steps.count) }
    }

    private mutating func add(
        _ node: PatternNode, _ repetition: PatternNode.Repetition, isBackward: Bool
    ) throws(PatternError) {
        for _ in 0..<repetition.least { try round(node, repetition, isBackward: isBackward) }
        guard let most = repetition.most else {
            let place = steps.count
            try append(.split(0, 0))
            try countedRound(node, repetition, isBackward: isBackward)
            try append(.jump(place))
            steps[place] = choice(place, repetition)
            return
        }
        var places: [Int] = []
        for _ in repetition.least..<most {
            places.append(steps.count)
            try append(.split(0, 0))
            try countedRound(node, repetition, isBackward: isBackward)
        }
        for place in places { steps[place] = choice(place, repetition) }
    }

    /// Another round first, or the way past all of them.
    private func choice(_ place: Int, _ repetition: PatternNode.Repetition) -> Step {
        repetition.isLazy ? .split(steps.count, place + 1) : .split(place + 1, steps.count)
    }

    private mutating func countedRound(
        _ node: PatternNode, _ repetition: PatternNode.Repetition, isBackward: Bool
    ) throws(PatternError) {
        let slot = slots
        slots += 1
        try append(.save(slot))
        try round(node, repetition, isBackward: isBackward)
        try append(.moved(slot))
    }

    private mutating func round(
        _ node: PatternNode, _ repetition: PatternNode.Repetition, isBackward: Bool
    ) throws(PatternError) {
        if !repetition.groups.isEmpty { try append(.forget(repetition.groups)) }
        try add(node, isBackward: isBackward)
    }
}
