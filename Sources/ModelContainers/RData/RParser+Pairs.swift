import ModelBytes

/// Pairs, functions, promises and byte code.
extension RParser {
    mutating func pairs(_ flags: Int) throws(InspectionError) -> Step {
        let kind: RKind =
            switch flags & 0xFF {
            case 2: .pairlist
            case 6: .language
            default: .dots
            }
        let pairs = try node(kind, flags: flags)
        try push(Frame(kind: .pairs, node: pairs, base: pending.count))
        cell(flags)
        return .item
    }

    /// What of a pair comes first.
    private mutating func cell(_ flags: Int) {
        let last = frames.count - 1
        frames[last].tag = -1
        frames[last].stage = flags & 0x200 != 0 ? .attributes : flags & 0x400 != 0 ? .tag : .value
        frames[last].hasAttributes = flags & 0x400 != 0
    }

    /// A closure or a promise: environment, arguments or value, body or expression.
    mutating func closure(_ flags: Int, _ offset: Int) throws(InspectionError) -> Step {
        let isPromise = flags & 0xFF == 5
        let closure = try node(isPromise ? .promise : .closure, flags: flags)
        if isPromise {
            tree.promises.append(closure)
            tree.promiseOffsets.append(offset)
        } else {
            tree.closures += 1
            tree.firstClosure = tree.firstClosure ?? offset
        }
        var frame = Frame(kind: .slots, node: closure, base: pending.count)
        frame.remaining = 3
        // Its attributes come first.
        frame.stage = flags & 0x200 != 0 ? .attributes : .value
        try push(frame)
        frames[frames.count - 1].tag = flags & 0x400 != 0 ? 0 : -1
        if flags & 0x400 == 0, frame.stage == .value { skipEnvironment() }
        return .item
    }

    /// A closure without an environment of its own has none in the file.
    private mutating func skipEnvironment() {
        pending.append(-1)
        frames[frames.count - 1].remaining = 2
    }

    mutating func bytecode(_ flags: Int) throws(InspectionError) -> Step {
        let code = try node(.bytecode, flags: flags)
        tree.bytecodes += 1
        let count = try stream.integer()
        guard count >= 0 else { throw stream.malformed("byte code that shares \(count) pieces") }
        shared.append([:])
        return try self.code(code, isOuter: true, flags & 0x200 != 0)
    }

    /// The instructions, a vector of integers; its constants follow.
    private mutating func code(_ node: Int32, isOuter: Bool, _ hasAttributes: Bool) throws(InspectionError) -> Step {
        var frame = Frame(kind: .code, node: node, base: pending.count)
        frame.stage = .tag
        frame.isOuter = isOuter
        frame.hasAttributes = hasAttributes
        try push(frame)
        return .item
    }

    private mutating func constant() throws(InspectionError) -> Step {
        let last = frames.count - 1
        if frames[last].remaining == 0 {
            if frames[last].isOuter { shared.removeLast() }
            return try close()
        }
        frames[last].remaining -= 1
        let type = try stream.integer()
        switch type {
        case 21:
            tree.bytecodes += 1
            return try code(try node(.bytecode), isOuter: false, false)
        case 2, 6, 239, 240, 243, 244: return try instruction(type)
        default: return .item
        }
    }

    mutating func instruction() throws(InspectionError) -> Step { try instruction(try stream.integer()) }

    /// A piece of code among the constants; it may be one that was there before.
    private mutating func instruction(_ given: Int) throws(InspectionError) -> Step {
        var type = given
        var place: Int?
        switch type {
        case 243:
            let place = try stream.integer()
            // R takes any number here; one that leads nowhere is NULL.
            return .done(shared.last?[place] ?? 0)
        case 244:
            place = try stream.integer()
            type = try stream.integer()
        case 2, 6, 239, 240: break
        default: return .item
        }
        guard [2, 6, 239, 240].contains(type) else { throw stream.malformed("byte code has no type \(type)") }
        let node = try node(type == 6 || type == 240 ? .language : .pairlist)
        if let place, !shared.isEmpty { shared[shared.count - 1][place] = node }
        var frame = Frame(kind: .instruction, node: node, base: pending.count)
        frame.stage = type >= 239 ? .attributes : .tag
        try push(frame)
        return .item
    }

    // MARK: items that belong to something

    /// Hands a complete item to what it belongs to.
    mutating func deliver(_ item: Int32) throws(InspectionError) -> Step {
        let last = frames.count - 1
        switch frames[last].kind {
        case .attributes:
            let node = frames.removeLast().node
            tree.nodes[Int(node)].attributes = item
            return .done(node)
        case .list:
            pending.append(item)
            frames[last].remaining -= 1
            return frames[last].remaining == 0 ? try close() : .item
        case .slots: return try slot(item)
        case .pairs: return try pair(item)
        case .code:
            if frames[last].stage == .tag {
                frames[last].stage = .value
                frames[last].remaining = try stream.integer()
                guard frames[last].remaining >= 0 else { throw stream.malformed("byte code has a negative length") }
            }
            pending.append(item)
            return try constant()
        case .instruction: return try instructionPart(item)
        }
    }

    private mutating func slot(_ item: Int32) throws(InspectionError) -> Step {
        let last = frames.count - 1
        let node = Int(frames[last].node)
        if frames[last].stage == .attributes {
            tree.nodes[node].attributes = item
            frames[last].stage = .value
            if frames[last].tag < 0 { skipEnvironment() }
            return .item
        }
        pending.append(item)
        frames[last].remaining -= 1
        guard frames[last].remaining == 0 else { return .item }
        switch tree.nodes[node].kind {
        case .environment:
            if item != 0 { tree.nodes[node].attributes = item }
        case .altrep: return try compact(item)
        default: break
        }
        return try close()
    }

    /// A vector in a compact form: what it is made of, and its class.
    private mutating func compact(_ attributes: Int32) throws(InspectionError) -> Step {
        let frame = frames[frames.count - 1]
        let description = RValue(tree, pending[frame.base])
        let name = description.child(0)?.string ?? ""
        let package = description.child(1)?.string ?? ""
        if !tree.compactClasses.contains(where: { $0.name == name && $0.package == package }),
            tree.compactClasses.count < limits.listedValues.value || package == "base" && RTree.isFileMap(name)
        {
            tree.compactClasses.append((name, package, stream.offset))
        }
        let state = pending[frame.base + 1]
        let step = try close()
        let node = Int(frame.node)
        tree.nodes[node].attributes = attributes == 0 ? -1 : attributes
        guard package == "base" else { return step }
        expand(node, name, RValue(tree, state))
        return step
    }

    /// R's own compact forms (R, src/main/altclasses.c) as the vectors they stand for.
    private func expand(_ node: Int, _ name: String, _ state: RValue) {
        switch name {
        case "compact_intseq", "compact_realseq":
            // Length, first number, step.
            guard let length = state.numbers.first, let count = Int(exactly: length), count >= 0 else { return }
            tree.nodes[node].kind = name == "compact_intseq" ? .integer : .real
            tree.nodes[node].length = count
            tree.nodes[node].kept = 0
            tree.nodes[node].start = 0
        case _ where name.hasPrefix("wrap_"):
            // The vector itself and what is known of it; a pair in R 3.5 and 3.6, a list later.
            guard let inner = state.child(0) else { return }
            let attributes = tree.nodes[node].attributes
            let isObject = tree.nodes[node].isObject
            tree.nodes[node] = tree.nodes[Int(inner.index)]
            if attributes >= 0 { tree.nodes[node].attributes = attributes }
            tree.nodes[node].isObject = isObject
        case "deferred_string":
            // A vector of numbers that becomes text once somebody looks.
            tree.nodes[node].kind = .string
            tree.nodes[node].length = state.child(0)?.length ?? 0
            tree.nodes[node].kept = 0
            tree.nodes[node].start = 0
        default: break
        }
    }

    private mutating func pair(_ item: Int32) throws(InspectionError) -> Step {
        let last = frames.count - 1
        switch frames[last].stage {
        case .attributes:
            // A list may have some at every pair; those of the first are its own.
            if pending.count == frames[last].base { tree.nodes[Int(frames[last].node)].attributes = item }
            frames[last].stage = frames[last].hasAttributes ? .tag : .value
            return .item
        case .tag:
            frames[last].tag = item
            frames[last].stage = .value
            return .item
        case .value:
            pending += [frames[last].tag, item]
            let flags = try stream.integer()
            switch flags & 0xFF {
            case 2:
                try count()
                cell(flags)
                return .item
            case 254: return try closePairs()
            default:
                frames[last].stage = .rest
                return try self.item(flags: flags)
            }
        case .rest:
            if item != 0 { pending += [-1, item] }
            return try closePairs()
        }
    }

    private mutating func closePairs() throws(InspectionError) -> Step {
        let last = frames.count - 1
        frames[last].hasAttributes = false
        tree.nodes[Int(frames[last].node)].length = (pending.count - frames[last].base) / 2
        return try close()
    }

    private mutating func instructionPart(_ item: Int32) throws(InspectionError) -> Step {
        let last = frames.count - 1
        switch frames[last].stage {
        case .attributes:
            tree.nodes[Int(frames[last].node)].attributes = item
            frames[last].stage = .tag
            return .item
        case .tag:
            frames[last].tag = item
            frames[last].stage = .value
            return .instruction
        case .value:
            pending += [frames[last].tag, item]
            let type = try stream.integer()
            if type == 2 {
                try count()
                frames[last].stage = .tag
                return .item
            }
            frames[last].stage = .rest
            return try instruction(type)
        case .rest:
            let rest = tree.nodes[Int(item)]
            if rest.kind == .pairlist, rest.kept > 0 {
                // The pairs behind the first, each of which was an item of its own.
                for place in rest.start..<rest.start + Int(rest.kept) {
                    try count()
                    pending.append(tree.children[place])
                }
            } else if item != 0 {
                pending += [-1, item]
            }
            return try closePairs()
        }
    }
}
