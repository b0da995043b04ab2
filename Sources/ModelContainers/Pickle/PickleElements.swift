/// The values in a tuple, list or set, in the order of the pickle.
package struct PickleElements: Sequence {
    private let pickle: Pickle
    /// How many there are; known without walking them.
    package let count: Int
    /// The run of references that comes first: all of them for a tuple.
    private let start: Int
    private let startCount: Int
    /// The segment behind it; 0 for none.
    private let next: UInt32

    init(_ pickle: Pickle, start: Int = 0, count: Int = 0) {
        self.pickle = pickle
        self.count = count
        self.start = start
        self.startCount = count
        self.next = 0
    }

    init(_ pickle: Pickle, _ chain: PickleChain) {
        self.pickle = pickle
        self.count = Int(chain.count)
        (start, startCount, next) = chain.first > 0 ? pickle.arena.segment(at: chain.first) : (0, 0, 0)
    }

    /// Whether there is none.
    package var isEmpty: Bool { count == 0 }
    /// The same as `count`.
    package var underestimatedCount: Int { count }
    /// The element at 0.
    package var first: PickleValue? { self[0] }

    /// The element at `index`; nil beyond the end. At once for a tuple; a list of more than a thousand is walked.
    package subscript(index: Int) -> PickleValue? {
        guard index >= 0, index < count else { return nil }
        var (position, length, following) = (start, startCount, next)
        var left = index
        while left >= length, following > 0 {
            left -= length
            (position, length, following) = pickle.arena.segment(at: following)
        }
        return PickleValue(pickle: pickle, id: pickle.arena.references[position + left])
    }

    /// Begins at the first.
    package func makeIterator() -> Iterator {
        Iterator(pickle: pickle, position: start, left: startCount, following: next)
    }

    /// Walks the segments.
    package struct Iterator: IteratorProtocol {
        fileprivate let pickle: Pickle
        fileprivate(set) var position: Int
        fileprivate(set) var left: Int
        fileprivate(set) var following: UInt32

        /// The next value; nil behind the last.
        package mutating func next() -> PickleValue? {
            if left == 0 {
                guard following > 0 else { return nil }
                (position, left, following) = pickle.arena.segment(at: following)
            }
            let id = pickle.arena.references[position]
            position += 1
            left -= 1
            return PickleValue(pickle: pickle, id: id)
        }
    }
}

/// The entries of a dict in the order of the pickle; a key that is set twice is there twice.
package struct PicklePairs: Sequence {
    private let elements: PickleElements

    init(_ elements: PickleElements) { self.elements = elements }

    /// How many entries there are; known without walking them.
    package var count: Int { elements.count / 2 }
    /// Whether there is none.
    package var isEmpty: Bool { count == 0 }
    /// The same as `count`.
    package var underestimatedCount: Int { count }

    /// Begins at the first.
    package func makeIterator() -> Iterator { Iterator(elements: elements.makeIterator()) }

    /// Takes the elements two by two.
    package struct Iterator: IteratorProtocol {
        fileprivate var elements: PickleElements.Iterator

        /// The next entry; nil behind the last.
        package mutating func next() -> (key: PickleValue, value: PickleValue)? {
            guard let key = elements.next(), let value = elements.next() else { return nil }
            return (key, value)
        }
    }
}
