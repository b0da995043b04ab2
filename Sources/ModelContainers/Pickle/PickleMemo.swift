/// The memo: what PUT and MEMOIZE remember and GET brings back.
///
/// Picklers number their memo from 0 without gaps, which an array holds best; what a hostile pickle scatters far beyond
/// that goes to a dictionary, so that one PUT never costs more than its own entry.
struct PickleMemo {
    private var dense: [Int32] = []
    private var sparse: [Int: Int32] = [:]
    /// Slots in use, which is also the index that MEMOIZE takes next.
    private(set) var count = 0

    subscript(index: Int) -> Int32? {
        if index >= 0, index < dense.count, dense[index] != PickleArena.absent { return dense[index] }
        return sparse[index]
    }

    /// `index` is not negative and has been checked against the limit.
    mutating func put(_ value: Int32, at index: Int) {
        if index == dense.count, sparse.isEmpty {
            dense.append(value)
            count += 1
            return
        }
        if self[index] == nil { count += 1 }
        if index < 2 * count + 64 {
            while dense.count <= index { dense.append(PickleArena.absent) }
            dense[index] = value
        } else {
            sparse[index] = value
        }
    }

    mutating func removeAll() {
        dense.removeAll(keepingCapacity: true)
        sparse.removeAll()
        count = 0
    }
}
