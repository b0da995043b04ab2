/// An object that a pickle makes: what it calls, with what, and what it does to it afterwards.
package struct PickleObject: Hashable {
    /// The object itself.
    package let value: PickleValue

    /// REDUCE, NEWOBJ, NEWOBJ_EX, OBJ or INST.
    package var opcode: Pickle.Opcode { node.objectOpcode ?? .reduce }
    /// Where that opcode stands in the source.
    package var offset: Int { node.objectOffset }

    /// What is called: an imported value, or anything else when the pickle computes it.
    package var callee: PickleValue { handle(parts.callee) }
    /// A tuple, unless the pickle computes it.
    package var arguments: PickleValue { handle(parts.arguments) }
    /// The keyword arguments of NEWOBJ_EX.
    package var keywords: PickleValue? { handle(ifPresent: parts.keywords) }
    /// What the last BUILD set on it.
    package var state: PickleValue? { handle(ifPresent: parts.state) }
    /// What APPEND, APPENDS or ADDITEMS added to it.
    package var elements: PickleElements { value.elements }
    /// What SETITEM or SETITEMS added to it.
    package var pairs: PicklePairs { value.pairs }

    private var node: PickleNode { value.pickle.arena.nodes[Int(value.id)] }

    private var parts: PickleAmendment {
        value.pickle.arena.amendment(value.id)
            ?? PickleAmendment(callee: PickleArena.none, arguments: PickleArena.emptyTuple)
    }

    private func handle(_ id: Int32) -> PickleValue { PickleValue(pickle: value.pickle, id: id) }

    private func handle(ifPresent id: Int32) -> PickleValue? { id == PickleArena.absent ? nil : handle(id) }
}
