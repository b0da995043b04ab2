import ModelBytes

/// Every value of a run, popped ones included, in a few flat arrays.
///
/// A value is named by an `Int32`: from 0 on it is the index of a node; below zero it is a small integer itself, the
/// complement of its value, since tensors have many sizes, strides and offsets. Values refer to each other by these
/// names in `references`, so that a value may contain itself and nothing here recurses.
struct PickleArena {
    /// The nodes every arena begins with.
    static let none: Int32 = 0
    static let `false`: Int32 = 1
    static let `true`: Int32 = 2
    static let emptyTuple: Int32 = 3

    /// No value at all; no small integer has this name.
    static let absent = Int32.min

    var nodes = ChunkedArray<PickleNode>()
    /// Begins with one that is not used, so that 0 can end a chain.
    var references = ChunkedArray<Int32>()
    var texts = PickleTexts()
    var amendments = ChunkedArray<PickleAmendment>()
    var builds = ChunkedArray<PickleBuild>()
    var imports: [Pickle.Import] = []
    /// Where the first calls stand of what is no import, but was computed, and what is called.
    var computedCalls: [(callee: Int32, offset: Int)] = []
    /// What was added to classes and to what the reader supplies.
    var foreignAdditions: [(target: Int32, offset: Int, isByKey: Bool)] = []
    static let mostForeignAdditions = 64
    /// STRING, BINSTRING or SHORT_BINSTRING was met.
    var hasByteStrings = false
    /// The value of the pickle that is embedded behind the BUILD of a value.
    var embedded: [Int32: Int32] = [:]
    /// Short `bytes` of a compressed stream, which cannot go back to them cheaply.
    var keptBytes: [Int32: PickleTexts.Piece] = [:]

    init() {
        nodes.append(PickleNode(.none))
        nodes.append(.bool(false))
        nodes.append(.bool(true))
        nodes.append(PickleNode(.tuple, start: 0, count: 0))
        references.append(0)
    }

    /// The name of `value` when it needs no node.
    static func smallInteger(_ value: Int) -> Int32? {
        value >= 0 && value < Int(Int32.max) ? ~Int32(truncatingIfNeeded: value) : nil
    }

    func tag(_ id: Int32) -> PickleNode.Tag {
        id < 0 ? .int : nodes[Int(id)].tag
    }

    /// Bytes of all but the texts, counted generously.
    var memory: Int {
        var sum: Int = nodes.count &* 16
        sum &+= references.count &* 4
        sum &+= amendments.count &* 40
        sum &+= builds.count &* 16
        sum &+= imports.count &* 128
        return sum
    }

    /// What an object is made of, whether or not something was added to it; nil for any other value.
    func amendment(_ id: Int32) -> PickleAmendment? {
        guard id >= 0 else { return nil }
        let node = nodes[Int(id)]
        switch node.tag {
        case .object: return PickleAmendment(callee: node.callee, arguments: node.arguments)
        case .amended: return amendments[Int(node.index)]
        default: return nil
        }
    }

    /// Changes what the object `id` is made of.
    mutating func amend(_ id: Int32, to amendment: PickleAmendment) {
        let node = nodes[Int(id)]
        if node.tag == .amended {
            amendments[Int(node.index)] = amendment
        } else {
            nodes[Int(id)] = node.amended(at: Int32(amendments.count))
            amendments.append(amendment)
        }
    }
}

/// What an object is made of.
struct PickleAmendment: BitwiseCopyable {
    var callee: Int32
    var arguments: Int32
    /// The dictionary of NEWOBJ_EX.
    var keywords = PickleArena.absent
    /// What BUILD set last.
    var state = PickleArena.absent
    /// What APPEND, APPENDS and ADDITEMS added.
    var items = PickleChain()
    /// What SETITEM and SETITEMS added: key, value, key, value …
    var pairs = PickleChain()
}

/// One BUILD.
struct PickleBuild: BitwiseCopyable {
    var target: Int32
    var state: Int32
    var offset: Int
}
