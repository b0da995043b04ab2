/// One value of the arena in 16 bytes.
///
/// What `word` and `payload` hold depends on the tag; the functions below are the only place that knows.
struct PickleNode: BitwiseCopyable {
    enum Tag: UInt8 {
        case none, bool, int, bigInt, float, string, bytes, bytearray
        case tuple, list, dict, set, frozenset
        case global, `extension`, persistentID, buffer
        /// An object as its opcode made it.
        case object
        /// An object that something was added to: what it is made of stands in `PickleArena.amendments`.
        case amended
    }

    /// Offsets and counts of a source have to fit 48 bits, so that they fit here.
    static let largestOffset = 1 << 48

    var tag: Tag
    /// The opcode that made an object.
    private var opcode: UInt8 = 0
    /// The upper 16 of 48 bits; `word` has the lower 32.
    private var high: UInt16 = 0
    private var word: UInt32 = 0
    private var payload: UInt64 = 0

    init(_ tag: Tag) { self.tag = tag }

    // MARK: - none, bool, int, float

    static func bool(_ value: Bool) -> PickleNode {
        var node = PickleNode(.bool)
        node.payload = value ? 1 : 0
        return node
    }

    static func int(_ value: Int) -> PickleNode {
        var node = PickleNode(.int)
        node.payload = UInt64(bitPattern: Int64(value))
        return node
    }

    static func float(_ value: Double) -> PickleNode {
        var node = PickleNode(.float)
        node.payload = value.bitPattern
        return node
    }

    var bool: Bool { payload != 0 }
    var int: Int { Int(Int64(bitPattern: payload)) }
    var float: Double { Double(bitPattern: payload) }

    // MARK: - string, bigInt: a piece of the text pool

    init(_ tag: Tag, _ text: PickleTexts.Piece) {
        self.tag = tag
        self.word = text.count
        self.payload = UInt64(text.chunk) << 32 | UInt64(text.start)
    }

    var text: PickleTexts.Piece {
        PickleTexts.Piece(
            chunk: UInt32(truncatingIfNeeded: payload >> 32), start: UInt32(truncatingIfNeeded: payload), count: word)
    }

    // MARK: - bytes, bytearray: a range of the source

    /// `count` and `offset` are below `largestOffset`.
    init(_ tag: Tag, offset: Int, count: Int) {
        self.tag = tag
        self.payload = UInt64(offset)
        setWide(count)
    }

    var sourceOffset: Int { Int(payload) }
    var sourceCount: Int { wide }

    // MARK: - tuple, frozenset: a run of references

    init(_ tag: Tag, start: Int, count: Int, isHashable: Bool = true) {
        self.tag = tag
        opcode = isHashable ? 0 : 1
        self.payload = UInt64(start)
        self.word = UInt32(count)
    }

    /// Whether nothing in it is a list, a dict or the like, so that it may be a key.
    var isHashable: Bool { opcode == 0 }
    var start: Int { Int(payload) }
    var count: Int { Int(word) }

    // MARK: - list, dict, set: a chain of segments

    init(_ tag: Tag, _ chain: PickleChain) {
        self.tag = tag
        self.chain = chain
    }

    var chain: PickleChain {
        get {
            PickleChain(
                count: word, first: UInt32(truncatingIfNeeded: payload),
                last: UInt32(truncatingIfNeeded: payload >> 32))
        }
        set {
            word = newValue.count
            payload = UInt64(newValue.first) | UInt64(newValue.last) << 32
        }
    }

    // MARK: - global, extension, persistentID, buffer, amended: one index

    init(_ tag: Tag, index: Int32) {
        self.tag = tag
        self.payload = Self.pack(index, 0)
    }

    var index: Int32 { Self.low(payload) }

    // MARK: - object

    /// `offset` is below `largestOffset`.
    static func object(_ opcode: Pickle.Opcode, offset: Int, callee: Int32, arguments: Int32) -> PickleNode {
        var node = PickleNode(.object)
        node.opcode = opcode.rawValue
        node.setWide(offset)
        node.payload = pack(callee, arguments)
        return node
    }

    /// The same object, with what it is made of at `index` of the amendments.
    func amended(at index: Int32) -> PickleNode {
        var node = self
        node.tag = .amended
        node.payload = Self.pack(index, 0)
        return node
    }

    var objectOpcode: Pickle.Opcode? { Pickle.Opcode(rawValue: opcode) }
    var objectOffset: Int { wide }
    var callee: Int32 { Self.low(payload) }
    var arguments: Int32 { Self.low(payload >> 32) }

    // MARK: -

    private var wide: Int { Int(high) << 32 | Int(word) }

    private mutating func setWide(_ value: Int) {
        word = UInt32(truncatingIfNeeded: value)
        high = UInt16(truncatingIfNeeded: value >> 32)
    }

    private static func pack(_ low: Int32, _ high: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32
    }

    private static func low(_ payload: UInt64) -> Int32 {
        Int32(truncatingIfNeeded: payload)
    }
}
