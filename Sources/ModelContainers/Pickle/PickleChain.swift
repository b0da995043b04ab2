/// What a list, dict or set contains, in order: a chain of segments in `PickleArena.references`.
///
/// A segment is `next, used, capacity` and then room for `capacity` references; the last one has `next` 0. APPENDS and
/// SETITEMS bring a thousand items at a time, which setIdentity one segment; APPEND and SETITEM fill segments that double.
struct PickleChain: BitwiseCopyable {
    var count: UInt32 = 0
    var first: UInt32 = 0
    var last: UInt32 = 0

    static let headerSize = 3
    /// Segments for single items double up to this size.
    static let largestGrowth = 1_024
}

extension PickleArena {
    /// The position of the first item of the segment at `position`, how many it has, and where the next segment is.
    func segment(at position: UInt32) -> (start: Int, count: Int, next: UInt32) {
        let position = Int(position)
        return (
            position + PickleChain.headerSize, Int(references[position + 1]),
            UInt32(truncatingIfNeeded: references[position])
        )
    }

    /// Adds `items` to the end of `chain`. The caller has checked that `references` has room for them.
    mutating func append(_ items: ArraySlice<Int32>, to chain: inout PickleChain) {
        var left = items
        if chain.last > 0 {
            let last = Int(chain.last)
            let used = Int(references[last + 1])
            let room = Int(references[last + 2]) - used
            var position = last + PickleChain.headerSize + used
            for item in left.prefix(room) {
                references[position] = item
                position += 1
            }
            references[last + 1] = Int32(position - last - PickleChain.headerSize)
            left = left.dropFirst(room)
        }
        if !left.isEmpty {
            let capacity = max(left.count, max(2, min(Int(chain.count), PickleChain.largestGrowth)))
            let start = references.count
            references.append(0)
            references.append(Int32(left.count))
            references.append(Int32(capacity))
            references.append(left)
            for _ in left.count..<capacity { references.append(0) }
            if chain.last > 0 {
                references[Int(chain.last)] = Int32(start)
            } else {
                chain.first = UInt32(start)
            }
            chain.last = UInt32(start)
        }
        chain.count += UInt32(items.count)
    }
}
