package import ModelBytes

/// One value of a pickle: a cheap handle on the arena of its run.
///
/// A value can contain itself. Nothing here recurses; who walks values keeps a set of those already seen.
package struct PickleValue: Hashable {
    /// What a value is; the accessors of any other kind answer nil.
    package enum Kind: Sendable {
        case none, bool
        /// An integer of at most 64 bits.
        case int
        /// A longer one.
        case bigInt
        case float, string
        /// Also a `str` of Python 2 of more than 1 KiB, which is how it wrote the payload of arrays, and any text of more
        /// than 1 MiB.
        case bytes
        case bytearray
        case tuple, list, dict, set, frozenset
        /// A class or function that the pickle imports.
        case global
        /// The same by its extension code.
        case `extension`
        /// What REDUCE, NEWOBJ, NEWOBJ_EX, OBJ or INST made.
        case object
        /// What the reader of the pickle has to supply: a tensor's storage.
        case persistentID
        /// An out-of-band buffer of protocol 5.
        case buffer
    }

    /// The run that saw it.
    package let pickle: Pickle
    /// Which value it is within its run. What a pickle memoises and brings back is the same value, as are equal small
    /// integers, which are below zero here.
    package let id: Int32

    /// Whether both are the same value of the same run; equal content is not enough.
    package static func == (left: PickleValue, right: PickleValue) -> Bool {
        left.id == right.id && left.pickle === right.pickle
    }

    /// By `id`.
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// What it is.
    package var kind: Kind { Kind(pickle.arena.tag(id)) }

    // MARK: - Scalars

    /// Whether it is None.
    package var isNone: Bool { id == PickleArena.none }

    /// True or False.
    package var bool: Bool? { node(.bool)?.bool }

    /// An integer that fits in 64 bits; a bool does not count.
    package var int: Int? { id < 0 ? Int(~id) : node(.int)?.int }

    /// Any integer, little-endian two's complement, as short as can be; empty for 0.
    package var integerBytes: [UInt8]? {
        if let node = node(.bigInt) { return Array(pickle.arena.texts[node.text]) }
        guard let int else { return nil }
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: int >> (8 * $0)) }
        return PythonLiteral.shortest(bytes)
    }

    /// A float; an integer does not count.
    package var double: Double? { node(.float)?.float }

    /// The text of a string. What is no UTF-8, as in byte strings of Python 2 and lone surrogates, is repaired.
    package var string: String? { utf8.map { String(decoding: $0, as: UTF8.self) } }

    /// The same; nil as well for one of more than `most` bytes, which many values may share and each would copy.
    package func string(upTo most: Int) -> String? {
        guard let text = utf8, text.count <= most else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of a string as it was written.
    package var utf8: ArraySlice<UInt8>? { node(.string).map { pickle.arena.texts[$0.text] } }

    /// Whether this is the string `text`; cheaper than `string == text`.
    package func isString(_ text: String) -> Bool {
        guard let node = node(.string), node.count == text.utf8.count else { return false }
        return pickle.arena.texts[node.text].elementsEqual(text.utf8)
    }

    /// Where the content of `bytes` or a bytearray lies in `Pickle.source`, in bytes. It was not read.
    package var bytes: (offset: Int, count: Int)? {
        guard let node = node(.bytes) ?? node(.bytearray) else { return nil }
        return (node.sourceOffset, node.sourceCount)
    }

    /// The first `length` bytes of that content; fewer where there are not so many. Nil for any other value.
    package func content(_ length: Int) throws(InspectionError) -> [UInt8]? {
        guard let (offset, count) = bytes else { return nil }
        if let piece = pickle.arena.keptBytes[id] { return Array(pickle.arena.texts[piece].prefix(length)) }
        return try pickle.source.bytes(at: offset, upTo: min(length, count))
    }

    // MARK: - Containers

    /// What a tuple, list, set or frozenset contains, or what was added to an object; empty for anything else.
    package var elements: PickleElements {
        guard id >= 0 else { return PickleElements(pickle) }
        let node = pickle.arena.nodes[Int(id)]
        switch node.tag {
        case .tuple, .frozenset: return PickleElements(pickle, start: node.start, count: node.count)
        case .list, .set: return PickleElements(pickle, node.chain)
        case .amended: return PickleElements(pickle, pickle.arena.amendments[Int(node.index)].items)
        default: return PickleElements(pickle)
        }
    }

    /// The entries of a dict, or those that were added to an object (an OrderedDict is one); empty for anything else.
    package var pairs: PicklePairs {
        guard id >= 0 else { return PicklePairs(PickleElements(pickle)) }
        let node = pickle.arena.nodes[Int(id)]
        switch node.tag {
        case .dict: return PicklePairs(PickleElements(pickle, node.chain))
        case .amended: return PicklePairs(PickleElements(pickle, pickle.arena.amendments[Int(node.index)].pairs))
        default: return PicklePairs(PickleElements(pickle))
        }
    }

    /// What `pairs` has for the string `key`, the last one when there are several. Looks at every pair, of many but once:
    /// thousands of objects may share one state.
    package subscript(key: String) -> PickleValue? {
        let pairs = pairs
        guard pairs.count > Self.fewPairs else { return Self.find(key, in: pairs) }
        let lookup = Pickle.Lookup(id: id, key: key)
        if let known = pickle.lookups[lookup] { return known.map { PickleValue(pickle: pickle, id: $0) } }
        let found = Self.find(key, in: pairs)
        pickle.lookups.updateValue(found?.id, forKey: lookup)
        return found
    }

    private static let fewPairs = 64

    private static func find(_ key: String, in pairs: PicklePairs) -> PickleValue? {
        var found: PickleValue?
        for (name, value) in pairs where name.isString(key) { found = value }
        return found
    }

    // MARK: - Imports, objects, persistent ids

    /// Where an imported value, by name or extension code, stands in `Pickle.imports`.
    public var importIndex: Int? { (node(.global) ?? node(.extension)).map { Int($0.index) } }

    /// The name of an imported class or function. Empty strings stand for what a dynamic import computes.
    package var global: (module: String, name: String)? {
        guard let node = node(.global) else { return nil }
        let found = pickle.arena.imports[Int(node.index)]
        return (found.module, found.name)
    }

    /// Whether this is exactly that class or function, written out in the pickle.
    package func isGlobal(_ module: String, _ name: String) -> Bool {
        guard let node = node(.global) else { return false }
        let found = pickle.arena.imports[Int(node.index)]
        return found.name == name && found.module == module && found.kind == .named
    }

    /// An object that the pickle makes.
    package var object: PickleObject? {
        switch pickle.arena.tag(id) {
        case .object, .amended: PickleObject(value: self)
        default: nil
        }
    }

    /// What stands for the object that the reader has to supply: for a tensor's storage a tuple that begins with
    /// `"storage"`.
    package var persistentID: PickleValue? { node(.persistentID).map { PickleValue(pickle: pickle, id: $0.index) } }

    /// What the pickle makes that stands behind the BUILD of this value: the content of an array of objects, in joblib.
    package var embedded: PickleValue? {
        pickle.arena.embedded[id].map { PickleValue(pickle: pickle, id: $0) }
    }

    /// Which out-of-band buffer this is, counted from 0.
    package var bufferIndex: Int? { node(.buffer).map { Int($0.index) } }

    private func node(_ tag: PickleNode.Tag) -> PickleNode? {
        guard id >= 0 else { return nil }
        let node = pickle.arena.nodes[Int(id)]
        return node.tag == tag ? node : nil
    }
}

extension PickleValue.Kind {
    init(_ tag: PickleNode.Tag) {
        switch tag {
        case .none: self = .none
        case .bool: self = .bool
        case .int: self = .int
        case .bigInt: self = .bigInt
        case .float: self = .float
        case .string: self = .string
        case .bytes: self = .bytes
        case .bytearray: self = .bytearray
        case .tuple: self = .tuple
        case .list: self = .list
        case .dict: self = .dict
        case .set: self = .set
        case .frozenset: self = .frozenset
        case .global: self = .global
        case .extension: self = .extension
        case .object, .amended: self = .object
        case .persistentID: self = .persistentID
        case .buffer: self = .buffer
        }
    }
}
