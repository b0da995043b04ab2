extension Pickle {
    /// Every value that stands for an object which the reader has to supply, in order.
    package var persistentIDs: some Sequence<PickleValue> {
        (0..<Int32(arena.nodes.count)).lazy.filter { self.arena.nodes[Int($0)].tag == .persistentID }
            .map { PickleValue(pickle: self, id: $0) }
    }
}
