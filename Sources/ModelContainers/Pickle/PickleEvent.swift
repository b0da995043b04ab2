extension Pickle {
    /// What an unpickler would do, in the order in which it would.
    package enum Event: Sendable {
        /// `find_class` with these names; empty ones are computed when the pickle is loaded.
        case imported(module: String, name: String)
        /// EXT1, EXT2 or EXT4 with this code.
        case `extension`(Int)
        /// A call; of which import, when it is one.
        case called(Opcode, Import?)
        /// BUILD on something that can have a state.
        case built
        /// `persistent_load`.
        case supplied
    }

    /// Called with each event as it happens.
    package typealias Observer = (Event) -> Void
}

extension PickleArena {
    /// The import that the value `id` is.
    func importOf(_ id: Int32) -> Pickle.Import? {
        guard id >= 0 else { return nil }
        let node = nodes[Int(id)]
        return node.tag == .global || node.tag == .extension ? imports[Int(node.index)] : nil
    }
}
