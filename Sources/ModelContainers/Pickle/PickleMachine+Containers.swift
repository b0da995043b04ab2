import ModelBytes

/// Tuples, lists, dicts, sets, and the memo.
extension PickleMachine {
    /// What APPEND, SETITEM and ADDITEMS and their kin add to.
    enum Addition {
        case items, pairs, members
    }

    // MARK: - Made at once

    mutating func collectTuple(_ count: Int) throws(InspectionError) {
        // The items have to lie above the innermost MARK.
        let start = stack.count - count
        guard start >= fence else { throw underflow }
        try collectTuple(from: start)
    }

    /// A tuple of everything on the stack from `start` on.
    mutating func collectTuple(from start: Int) throws(InspectionError) {
        if start == stack.count {
            try push(PickleArena.emptyTuple)
        } else {
            try collectRun(.tuple, from: start)
        }
    }

    mutating func collectFrozenset() throws(InspectionError) {
        try collectRun(.frozenset, from: try popMark())
    }

    private mutating func collectRun(_ tag: PickleNode.Tag, from start: Int) throws(InspectionError) {
        let count = stack.count - start
        try checkReferences(count)
        let isHashable = areHashable(stack[start...])
        guard isHashable || tag != .frozenset else { throw unhashable }
        let node = PickleNode(tag, start: arena.references.count, count: count, isHashable: isHashable)
        arena.references.append(stack[start...])
        truncateStack(to: start)
        try push(node)
    }

    /// LIST and DICT: everything since the innermost MARK.
    mutating func collect(_ tag: PickleNode.Tag) throws(InspectionError) {
        let start = try popMark()
        let count = stack.count - start
        if tag == .dict {
            if count & 1 != 0 { throw malformed("a key without a value") }
            try checkKeys(stack[start...])
        }
        try checkReferences(count)
        var chain = PickleChain()
        arena.append(stack[start...], to: &chain)
        truncateStack(to: start)
        try push(PickleNode(tag, chain))
    }

    // MARK: - Grown

    mutating func add(last count: Int, to addition: Addition) throws(InspectionError) {
        try add(from: stack.count - count, to: addition)
    }

    mutating func addSinceMark(to addition: Addition) throws(InspectionError) {
        try add(from: try popMark(), to: addition)
    }

    /// Adds everything on the stack from `start` on to the value below it.
    private mutating func add(from start: Int, to addition: Addition) throws(InspectionError) {
        guard start > fence else { throw underflow }
        let count = stack.count - start
        if addition == .pairs, count & 1 != 0 { throw malformed("a key without a value") }
        if count > 0 {
            try checkReferences(count)
            try add(stack[start...], to: stack[start - 1], addition)
        }
        truncateStack(to: start)
    }

    private mutating func add(
        _ values: ArraySlice<Int32>, to target: Int32, _ addition: Addition
    ) throws(InspectionError) {
        let tag = arena.tag(target)
        switch (tag, addition) {
        case (.list, .items), (.dict, .pairs), (.set, .members):
            if addition == .pairs { try checkKeys(values) }
            if addition == .members, !areHashable(values) { throw unhashable }
            var chain = arena.nodes[Int(target)].chain
            arena.append(values, to: &chain)
            arena.nodes[Int(target)].chain = chain
        case (.object, _), (.amended, _):
            guard var amendment = arena.amendment(target) else { return }
            markAddition(amendment.callee, amendment.arguments, isByKey: addition == .pairs)
            if addition == .pairs {
                arena.append(values, to: &amendment.pairs)
            } else {
                arena.append(values, to: &amendment.items)
            }
            arena.amend(target, to: amendment)
        case (.persistentID, _), (.global, _), (.extension, _):
            // A reader may well be able to do it: that it is done is kept, and not what is added.
            addForeign(to: target, isByKey: addition == .pairs)
        case (.buffer, .pairs), (.bytearray, .items), (.bytearray, .pairs):
            break
        case (.list, .pairs):
            // Only in the place of an item that is there.
            let count = Int(arena.nodes[Int(target)].chain.count)
            for index in stride(from: values.startIndex, to: values.endIndex, by: 2) {
                guard let position = integer(values[index]), position >= -count, position < count else {
                    throw malformed("a list has no such item")
                }
            }
        default:
            throw malformed("nothing can be added to a \(PickleValue.Kind(tag))")
        }
    }

    // MARK: - The memo

    mutating func remember(at index: Int) throws(InspectionError) {
        let value = try top()
        try limits.pickleMemo.check(index)
        memo.put(value, at: index)
    }

    mutating func recall(_ index: Int) throws(InspectionError) {
        guard let value = memo[index] else { throw malformed("the memo has nothing at \(index)") }
        try push(value)
    }
}
