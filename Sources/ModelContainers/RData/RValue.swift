/// One value of an `RTree`.
package struct RValue {
    let tree: RTree
    let index: Int32

    init(_ tree: RTree, _ index: Int32) {
        self.tree = tree
        self.index = index
    }

    private var node: RNode { tree.nodes[Int(index)] }

    /// Tells one value from another of the same tree: an environment that is referred to again has the same.
    package var identity: Int { Int(index) }
    package var kind: RKind { node.kind }
    package var isObject: Bool { node.isObject }
    /// Elements of a vector; members of a list.
    package var length: Int { node.length }
    /// Where its first element stands in the file.
    package var payload: Int? { node.payload >= 0 ? node.payload : nil }

    /// The texts of a character vector, or the first of them; the name of a symbol or of a function of R's own.
    package var texts: [String?] {
        guard kind == .string || kind == .symbol || kind == .builtin else { return [] }
        return Array(tree.texts[node.start..<node.start + Int(node.kept)])
    }

    /// All texts of a character vector; nil when one is NA or they are not all kept.
    package var strings: [String]? {
        guard kind == .string, Int(node.kept) == node.length else { return nil }
        let strings = texts.compactMap(\.self)
        return strings.count == node.length ? strings : nil
    }

    /// The one text of a character vector, or the name of a symbol or of a function of R's own.
    package var string: String? {
        guard node.length == 1 || kind == .symbol || kind == .builtin else { return nil }
        return texts.first ?? nil
    }

    /// The numbers of a short vector, or the first of a long one; NaN is NA as well.
    package var numbers: [Double] {
        guard [.logical, .integer, .real].contains(kind) else { return [] }
        return Array(tree.numbers[node.start..<node.start + Int(node.kept)])
    }

    package var number: Double? { node.length == 1 ? numbers.first : nil }

    package var int: Int? { number.flatMap { Int(exactly: $0) } }

    package var bool: Bool? {
        guard kind == .logical, let number, !number.isNaN else { return nil }
        return number != 0
    }

    private var isPairs: Bool { [.pairlist, .language, .dots].contains(kind) }

    /// How many children are kept.
    package var count: Int { isPairs ? Int(node.kept) / 2 : Int(node.kept) }

    /// The child at `position`: a member of a list, the value of a pair, a slot of a closure.
    package func child(_ position: Int) -> RValue? {
        guard hasChildren, position >= 0, position < count else { return nil }
        let child = tree.children[node.start + (isPairs ? 2 * position + 1 : position)]
        return child >= 0 ? RValue(tree, child) : nil
    }

    /// The name of the pair at `position`.
    package func tag(_ position: Int) -> String? {
        guard isPairs, position >= 0, position < count else { return nil }
        let tag = tree.children[node.start + 2 * position]
        return tag >= 0 ? RValue(tree, tag).string : nil
    }

    private var hasChildren: Bool {
        switch kind {
        case .pairlist, .language, .dots, .closure, .environment, .promise, .list, .expression, .bytecode: true
        case .externalPointer, .altrep: true
        default: false
        }
    }

    package func attribute(_ name: String) -> RValue? {
        guard node.attributes >= 0 else { return nil }
        let pairs = RValue(tree, node.attributes)
        // A million values may refer to one that has a million attributes.
        return (0..<min(pairs.count, Self.mostAttributes)).first { pairs.tag($0) == name }.flatMap(pairs.child)
    }

    private static let mostAttributes = 256
    private static let mostClasses = 64

    /// Names of the members; empty when they have none.
    package var names: [String?] {
        if isPairs { return (0..<count).map(tag) }
        return attribute("names")?.texts ?? []
    }

    /// The attribute `class`.
    package var classes: [String] {
        guard let names = attribute("class"), names.kind == .string else { return [] }
        let start = names.node.start
        return tree.texts[start..<start + min(Int(names.node.kept), Self.mostClasses)].compactMap(\.self)
    }

    /// The member of this name: of a list by its names, of pairs by their tags, of an environment by its bindings, of an S4
    /// object by its slots.
    package subscript(_ name: String) -> RValue? {
        switch kind {
        case .environment: return binding(name)
        case .s4: return attribute(name)
        case .list, .expression:
            guard let names = attribute("names") else { return nil }
            let texts = names.tree.texts[names.node.start..<names.node.start + Int(names.node.kept)]
            guard names.kind == .string, let place = texts.firstIndex(of: name) else { return nil }
            return child(place - texts.startIndex)
        default:
            guard isPairs else { return nil }
            return (0..<count).first { tag($0) == name }.flatMap(child)
        }
    }

    /// The slots of an object of S4, which are its attributes.
    package var slots: RValue? {
        guard kind == .s4, node.attributes >= 0 else { return nil }
        return RValue(tree, node.attributes)
    }

    /// Names that an environment binds.
    package var bindings: [String] {
        frames.flatMap { frame in (0..<frame.count).compactMap { frame.tag($0) } }
    }

    /// What an environment binds, in the order of the file.
    package var bound: [(name: String, value: RValue)] {
        frames.flatMap { frame in
            (0..<frame.count).compactMap { place in
                guard let name = frame.tag(place), let value = frame.child(place) else { return nil }
                return (name, value)
            }
        }
    }

    private func binding(_ name: String) -> RValue? {
        for frame in frames { if let value = frame[name] { return value } }
        return nil
    }

    /// The pairs of an environment: its frame, and the buckets of its table.
    private var frames: [RValue] {
        guard kind == .environment else { return [] }
        var frames: [RValue] = []
        if let frame = child(1), frame.kind == .pairlist { frames.append(frame) }
        if let table = child(2), table.kind == .list {
            for place in 0..<table.count {
                if let bucket = table.child(place), bucket.isPairs { frames.append(bucket) }
            }
        }
        return frames
    }

    /// Of compiled code the expression it was compiled from, which is its first constant.
    package var source: RValue { kind == .bytecode ? child(1) ?? self : self }

    /// The value below these names.
    package func at(_ path: String...) -> RValue? {
        var value: RValue? = self
        for name in path { value = value?[name] }
        return value
    }
}
