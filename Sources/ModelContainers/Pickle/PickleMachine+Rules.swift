import ModelBytes

/// Where CPython's unpicklers end with an error, because a value is not of the type that an opcode needs. Objects may be
/// of any type: what one of them allows or not is never known here.
extension PickleMachine {
    var unhashable: InspectionError { malformed("a key that cannot be one") }

    /// Whether `id` may be a key or a member of a set.
    func isHashable(_ id: Int32) -> Bool {
        switch arena.tag(id) {
        case .list, .dict, .set, .bytearray: false
        case .tuple: arena.nodes[Int(id)].isHashable
        default: true
        }
    }

    func areHashable(_ values: ArraySlice<Int32>) -> Bool {
        for value in values where !isHashable(value) { return false }
        return true
    }

    /// `pairs` are key, value, key, value …
    func checkKeys(_ pairs: ArraySlice<Int32>) throws(InspectionError) {
        for index in stride(from: pairs.startIndex, to: pairs.endIndex, by: 2) where !isHashable(pairs[index]) {
            throw unhashable
        }
    }

    func integer(_ id: Int32) -> Int? {
        if id < 0 { return Int(~id) }
        let node = arena.nodes[Int(id)]
        return switch node.tag {
        case .int: node.int
        case .bool: node.bool ? 1 : 0
        default: nil
        }
    }

    /// REDUCE and its kin: `_pickle.c` wants a tuple of arguments, `pickle.py` takes whatever can be walked through.
    func checkCall(_ opcode: Pickle.Opcode, _ callee: Int32, _ arguments: Int32) throws(InspectionError) {
        switch arena.tag(callee) {
        case .global, .extension, .object, .amended, .persistentID: break
        default: throw malformed("calls what cannot be called")
        }
        switch arena.tag(arguments) {
        case .none, .bool, .int, .bigInt, .float, .extension: throw malformed("arguments that are none")
        default: break
        }
    }

    /// The keywords of NEWOBJ_EX.
    func isMapping(_ id: Int32) -> Bool {
        switch arena.tag(id) {
        case .dict, .object, .amended, .persistentID, .global: true
        default: false
        }
    }

    /// What READONLY_BUFFER is given.
    func checkBuffer(_ id: Int32) throws(InspectionError) {
        switch arena.tag(id) {
        case .bytes, .bytearray, .buffer, .object, .amended, .persistentID: break
        default: throw malformed("no buffer")
        }
    }

    /// Whether BUILD does anything: what has no attributes takes no state but an empty one, which changes nothing.
    func checkState(_ state: Int32, of target: Int32) throws(InspectionError) -> Bool {
        switch arena.tag(target) {
        case .object, .amended, .global, .extension, .persistentID: return true
        default:
            guard isEmpty(state) else { throw malformed("a \(PickleValue.Kind(arena.tag(target))) has no attributes") }
            return false
        }
    }

    /// What Python takes for false, or a pair of such.
    private func isEmpty(_ id: Int32) -> Bool {
        if isFalse(id) { return true }
        guard id >= 0, arena.nodes[Int(id)].tag == .tuple, arena.nodes[Int(id)].count == 2 else { return false }
        let start = arena.nodes[Int(id)].start
        return isFalse(arena.references[start]) && isFalse(arena.references[start + 1])
    }

    private func isFalse(_ id: Int32) -> Bool {
        if id < 0 { return ~id == 0 }
        let node = arena.nodes[Int(id)]
        return switch node.tag {
        case .none: true
        case .bool: !node.bool
        case .int: node.int == 0
        case .float: node.float == 0
        case .string: node.text.count == 0
        case .bytes, .bytearray: node.sourceCount == 0
        case .tuple, .frozenset: node.count == 0
        case .list, .dict, .set: node.chain.count == 0
        case .object, .amended, .persistentID: true
        default: false
        }
    }
}
