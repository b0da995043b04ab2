import ModelBytes

/// Reads R's serialization without building it: vectors are passed over, and of the rest the structure is kept.
///
/// Nothing is looked up or evaluated. What nests is kept on a stack of its own, so that no depth ends the program.
/// Source: R, src/main/serialize.c, `ReadItem`, `ReadBC`.
struct RParser: ~Copyable {
    var stream: RStream
    let tree: RTree
    let limits: Limits
    /// Children of what is not yet complete.
    var pending: [Int32] = []
    var frames: [Frame] = []
    /// What later items refer to by number.
    var references: [Int32] = []
    /// The same for code, by the byte code it stands in.
    var shared: [[Int: Int32]] = []
    private var items = 0
    private var keptTextBytes = 0
    /// Texts whose attributes are being read, each within those of the one before.
    private var textsWithin = 0
    private static let mostTextsWithin = 8

    /// Something that needs more items before it is complete.
    struct Frame {
        enum Kind { case attributes, pairs, slots, list, code, instruction }
        enum Stage { case attributes, tag, value, rest }
        var kind: Kind
        var node: Int32
        /// Where its children begin in `pending`.
        var base: Int
        var stage = Stage.value
        /// Items that are still to come.
        var remaining = 0
        var tag: Int32 = -1
        var hasAttributes = false
        /// Of byte code: not within other byte code.
        var isOuter = false
    }

    /// What comes next: an item that is complete, another one to be read, or a piece of code.
    enum Step {
        case done(Int32)
        case item
        case instruction
    }

    init(_ source: ByteSource, _ header: RHeader, window: ByteCursor.Window, limits: Limits) throws(InspectionError) {
        var header = header
        var stream = RStream(source, header, window: window, limits: limits)
        try stream.passHeader(&header)
        self.stream = stream
        tree = RTree(header)
        self.limits = limits
        // The node 0 is R's NULL.
        tree.nodes.append(RNode(kind: .null))
    }

    mutating func run() {
        do throws(InspectionError) {
            tree.root = try whole()
            tree.rest = try stream.rest()
        } catch {
            tree.failure = error
        }
    }

    /// The next item with all that belongs to it.
    private mutating func whole() throws(InspectionError) -> Int32 {
        let outer = frames.count
        var step = Step.item
        while true {
            switch step {
            case .item: step = try item()
            case .instruction: step = try instruction()
            case .done(let node):
                if frames.count == outer { return node }
                step = try deliver(node)
            }
        }
    }

    // MARK: nodes

    mutating func count() throws(InspectionError) {
        items += 1
        try limits.rItems.check(items, offset: stream.offset)
    }

    mutating func node(_ kind: RKind, flags: Int = 0) throws(InspectionError) -> Int32 {
        try count()
        tree.nodes.append(RNode(kind: kind, isObject: flags & 0x100 != 0))
        return Int32(tree.nodes.count - 1)
    }

    mutating func push(_ frame: Frame) throws(InspectionError) {
        frames.append(frame)
        try limits.rDepth.check(frames.count, offset: stream.offset)
    }

    /// Ends the innermost frame: what is pending of it becomes its node's children.
    mutating func close() throws(InspectionError) -> Step {
        let frame = frames.removeLast()
        let kept = pending.count - frame.base
        tree.nodes[Int(frame.node)].start = tree.children.count
        tree.nodes[Int(frame.node)].kept = Int32(kept)
        tree.children.append(contentsOf: pending[frame.base...])
        pending.removeLast(kept)
        return try attributes(of: frame.node, frame.hasAttributes)
    }

    /// A node that is complete but for its attributes.
    mutating func attributes(of node: Int32, _ follow: Bool) throws(InspectionError) -> Step {
        guard follow else { return .done(node) }
        try push(Frame(kind: .attributes, node: node, base: pending.count))
        return .item
    }

    // MARK: items

    /// Items without a type of R's own (R, src/main/serialize.c): 250 is `namespace:base`, which nothing follows, and names
    /// follow 247 (what a function of the writer's stands for), 248 (an attached package) and 249 (a namespace).
    private mutating func item() throws(InspectionError) -> Step {
        try item(flags: try stream.integer())
    }

    mutating func item(flags: Int) throws(InspectionError) -> Step {
        let offset = stream.offset
        let hasAttributes = flags & 0x200 != 0
        switch flags & 0xFF {
        case 254, 0: return .done(0)
        case 255:
            let index = flags >> 8 == 0 ? try stream.integer() : flags >> 8
            guard index >= 1, index <= references.count else {
                throw stream.malformed("refers to item \(index), but \(references.count) can be referred to")
            }
            return .done(references[index - 1])
        case 253: return .done(try node(.globalEnvironment))
        case 252: return .done(try node(.unbound))
        case 251: return .done(try node(.missingArgument))
        case 242: return .done(try node(.emptyEnvironment))
        case 241, 250: return .done(try node(.baseEnvironment))
        case 1: return .done(try symbol())
        case 247, 248, 249: return .done(try named(flags & 0xFF, offset))
        case 2, 6, 17: return try pairs(flags)
        case 3, 5: return try closure(flags, offset)
        case 4: return try environment()
        case 7, 8: return try attributes(of: try builtin(offset), hasAttributes)
        case 10, 13, 14, 15, 24: return try attributes(of: try numbers(flags), hasAttributes)
        case 16: return try attributes(of: try strings(flags), hasAttributes)
        case 19, 20: return try list(flags)
        case 21: return try bytecode(flags)
        case 22:
            tree.pointers += 1
            let pointer = try node(.externalPointer, flags: flags)
            references.append(pointer)
            return try slots(pointer, 2, hasAttributes)
        case 23:
            let reference = try node(.weakReference, flags: flags)
            references.append(reference)
            return try attributes(of: reference, hasAttributes)
        case 25: return try attributes(of: try node(.s4, flags: flags), hasAttributes)
        case 238: return try slots(try node(.altrep, flags: flags), 3, false)
        default: throw stream.malformed("there is no item of type \(flags & 0xFF) in R")
        }
    }

    /// The text of a CHARSXP, its flags included; nil for NA.
    private mutating func characters() throws(InspectionError) -> String? {
        let flags = try stream.integer()
        guard flags & 0xFF == 9 else {
            throw stream.malformed("a text was to come, not an item of type \(flags & 0xFF)")
        }
        let text = try stream.string(levels: flags >> 12)
        if flags & 0x200 != 0 { try dropAttributes() }
        return text
    }

    /// Attributes of a text: R has not written any for long, but reads them and lets them go; what they load is loaded.
    private mutating func dropAttributes() throws(InspectionError) {
        guard textsWithin < Self.mostTextsWithin else {
            throw stream.malformed("attributes of texts within each other")
        }
        textsWithin += 1
        _ = try whole()
        textsWithin -= 1
    }

    private mutating func symbol() throws(InspectionError) -> Int32 {
        let name = try characters()
        let symbol = try node(.symbol)
        keep([name], of: symbol)
        references.append(symbol)
        return symbol
    }

    /// A namespace, a package that is attached, or what a function of the loader's is asked for.
    private mutating func named(_ type: Int, _ offset: Int) throws(InspectionError) -> Int32 {
        guard try stream.integer() == 0 else { throw stream.malformed("names of names, which no R writes") }
        let count = try stream.length()
        var texts: [String?] = []
        for _ in 0..<count {
            try self.count()
            let text = try characters()
            if texts.count < 4 { texts.append(text) }
        }
        let kind: RKind = type == 249 ? .namespace : type == 248 ? .package : .persistent
        let named = try node(kind)
        keep(texts, of: named)
        if kind == .persistent { tree.hooks += 1 }
        references.append(named)
        if kind != .persistent, let text = texts.first ?? nil {
            let name = text.hasPrefix("package:") ? String(text.dropFirst(8)) : text
            if !tree.packages.contains(where: { $0.name == name }), tree.packages.count < limits.listedValues.value {
                tree.packages.append((name, offset))
            }
        }
        return named
    }

    private mutating func builtin(_ offset: Int) throws(InspectionError) -> Int32 {
        let count = try stream.length()
        let name = try stream.text(count)
        let function = try node(.builtin)
        keep([name], of: function)
        tree.builtins += 1
        tree.firstBuiltin = tree.firstBuiltin ?? offset
        return function
    }

    private func keep(_ texts: [String?], of node: Int32) {
        tree.nodes[Int(node)].start = tree.texts.count
        tree.nodes[Int(node)].length = texts.count
        tree.nodes[Int(node)].kept = Int32(texts.count)
        tree.texts += texts
    }

    // MARK: vectors

    /// A vector of this many numbers or fewer is kept.
    private static let shortVector = 256
    private static let keptOfLong = 16

    private mutating func numbers(_ flags: Int) throws(InspectionError) -> Int32 {
        let length = try stream.length()
        let (kind, width): (RKind, Int) =
            switch flags & 0xFF {
            case 10: (.logical, 4)
            case 13: (.integer, 4)
            case 14: (.real, 8)
            case 15: (.complex, 16)
            default: (.raw, 1)
            }
        let vector = try node(kind, flags: flags)
        tree.nodes[Int(vector)].length = length
        if stream.hasPayload { tree.nodes[Int(vector)].payload = stream.offset }
        var kept = 0
        if kind != .complex, kind != .raw {
            kept = length <= Self.shortVector ? length : Self.keptOfLong
            tree.nodes[Int(vector)].start = tree.numbers.count
            tree.nodes[Int(vector)].kept = Int32(kept)
            for _ in 0..<kept {
                if kind == .real {
                    tree.numbers.append(try stream.real())
                } else {
                    let number = try stream.integer()
                    tree.numbers.append(number == RStream.missing ? .nan : Double(number))
                }
            }
        }
        try stream.skip(length - kept, width: width)
        return vector
    }

    private mutating func strings(_ flags: Int) throws(InspectionError) -> Int32 {
        let length = try stream.length()
        let vector = try node(.string, flags: flags)
        tree.nodes[Int(vector)].length = length
        // The flags and the length of its first text stand before that.
        if stream.hasPayload { tree.nodes[Int(vector)].payload = stream.offset + 8 }
        // Attributes of a text may hold texts as well, so that those of this vector are put beside each other at its end.
        var texts: [String?] = []
        for place in 0..<length {
            guard place < limits.listedValues.value, keptTextBytes < limits.rHeapBytes.value else {
                let flags = try stream.integer()
                guard flags & 0xFF == 9 else { throw stream.malformed("a text was to come, not type \(flags & 0xFF)") }
                try stream.skipString()
                if flags & 0x200 != 0 { try dropAttributes() }
                continue
            }
            let text = try characters()
            keptTextBytes += 16 + (text?.utf8.count ?? 0)
            texts.append(text)
        }
        tree.nodes[Int(vector)].start = tree.texts.count
        tree.nodes[Int(vector)].kept = Int32(texts.count)
        tree.texts += texts
        return vector
    }

    private mutating func list(_ flags: Int) throws(InspectionError) -> Step {
        let length = try stream.length()
        let list = try node(flags & 0xFF == 19 ? .list : .expression, flags: flags)
        tree.nodes[Int(list)].length = length
        return try slots(list, length, flags & 0x200 != 0, kind: .list)
    }

    /// Something whose `count` items follow.
    private mutating func slots(
        _ node: Int32, _ count: Int, _ hasAttributes: Bool, kind: Frame.Kind = .slots
    ) throws(InspectionError) -> Step {
        var frame = Frame(kind: kind, node: node, base: pending.count)
        frame.remaining = count
        frame.hasAttributes = hasAttributes
        try push(frame)
        return count == 0 ? try close() : .item
    }

    private mutating func environment() throws(InspectionError) -> Step {
        // Whether it is locked.
        _ = try stream.integer()
        let environment = try node(.environment)
        references.append(environment)
        return try slots(environment, 4, false)
    }
}
