/// An object that a pickle makes: what it calls, with what, and what it does to it afterwards.
public struct PickleObject: Hashable {
    /// The object itself.
    public let value: PickleValue

    /// REDUCE, NEWOBJ, NEWOBJ_EX, OBJ or INST.
    public var opcode: Pickle.Opcode { node.objectOpcode ?? .reduce }
    /// Where that opcode stands in the source.
    public var offset: Int { node.objectOffset }

    /// What is called: an imported value, or anything else when the pickle computes it.
    public var callee: PickleValue { handle(parts.callee) }
    /// A tuple, unless the pickle computes it.
    public var arguments: PickleValue { handle(parts.arguments) }
    /// The keyword arguments of NEWOBJ_EX.
    public var keywords: PickleValue? { handle(ifPresent: parts.keywords) }
    /// What the last BUILD set on it.
    public var state: PickleValue? { handle(ifPresent: parts.state) }
    /// What APPEND, APPENDS or ADDITEMS added to it.
    public var elements: PickleElements { value.elements }
    /// What SETITEM or SETITEMS added to it.
    public var pairs: PicklePairs { value.pairs }

    private var node: PickleNode { value.pickle.arena.nodes[Int(value.id)] }

    private var parts: PickleAmendment {
        value.pickle.arena.amendment(value.id)
            ?? PickleAmendment(callee: PickleArena.none, arguments: PickleArena.emptyTuple)
    }

    private func handle(_ id: Int32) -> PickleValue { PickleValue(pickle: value.pickle, id: id) }

    private func handle(ifPresent id: Int32) -> PickleValue? { id == PickleArena.absent ? nil : handle(id) }
}
