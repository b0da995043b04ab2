import ModelBytes

/// Runs pickles symbolically: a stack, a mark stack and a memo as in CPython, but what would be imported, called or
/// loaded becomes a value that says so. Nothing is ever imported or called.
///
/// Semantics are those of CPython's `Modules/_pickle.c` and of `Lib/pickle.py`, which joblib uses. Where only one of
/// them goes on, so does this, as it does on text that is no UTF-8 and on types that do not fit a call: what either
/// of them would reach is reached here, or `failure` says that the run ended before.
struct PickleMachine: ~Copyable {
    let limits: Limits
    let afterBuild: Pickle.AfterBuild?
    /// Whether persistent ids become objects; else the run ends at the first.
    var suppliesObjects = true
    var observe: Pickle.Observer?
    var isAwaited: Pickle.IsAwaited?
    var cursor: ByteCursor
    var arena = PickleArena()

    private(set) var stack: [Int32] = []
    /// Where the stack stood at each open MARK.
    private var marks: [Int] = []
    /// The innermost open MARK: nothing below it may be popped.
    private(set) var fence = 0
    var memo = PickleMemo()
    var importIndices: [PickleImportKey: Int32] = [:]
    var buffers: Int32 = 0
    /// Bytes of all texts and names kept so far.
    private var heapBytes = 0
    /// Of these, short `bytes` of a compressed stream.
    var keptBytes = 0
    /// A line of protocol 0; kept to save its allocation.
    var line: [UInt8] = []

    private var operations = 0
    /// Of all pickles of the run, and of the one being read.
    private var opcodes = Pickle.OpcodeSet()
    private var streamOpcodes = Pickle.OpcodeSet()
    /// The one being executed; nil while the next one is read.
    private var opcode: Pickle.Opcode?
    /// Where `opcode` stands.
    private(set) var opcodeOffset = 0
    /// A pickle inside the pickle is being read.
    private(set) var isEmbedded = false
    private var protocolVersion = 0
    /// A FRAME that reaches beyond the data. `_pickle.c` stops there, `pickle.py` goes on.
    private var brokenFrame: PickleFailure?
    /// Where the last FRAME ends.
    private var frameEnd = 0
    /// The first opcode whose argument goes beyond its frame. `_pickle.c` then drops what is left of the frame, when it
    /// reads from a file; in memory it goes on, and `pickle.py` ends.
    private var splitFrame: Int?

    private var streams: [Pickle.StreamRecord] = []
    private var failure: PickleFailure?
    private var end: Int

    init(
        _ source: ByteSource, at offset: Int, window: ByteCursor.Window, limits: Limits, afterBuild: Pickle.AfterBuild?
    ) {
        self.limits = limits
        self.afterBuild = afterBuild
        self.cursor = ByteCursor(source, at: offset, window: window)
        self.end = offset
    }

    /// What the run has seen so far. It shares the arena until the run goes on; only what is kept longer is copied.
    func result() -> Pickle {
        Pickle(
            source: cursor.source, arena: arena, streams: streams, failure: failure, end: end, operations: operations,
            opcodes: opcodes.union(streamOpcodes), splitFrame: splitFrame)
    }

    // MARK: - The run

    /// Reads pickles until there are `wanted`, or the data ends, or something is wrong.
    mutating func run(_ wanted: Int?) {
        guard cursor.source.count < PickleNode.largestOffset else {
            failure = PickleFailure(
                InspectionError(.unsupported, "a pickle in more than 256 TiB", entry: cursor.source.entry))
            return
        }
        while failure == nil, wanted.map({ streams.count < $0 }) ?? true {
            do throws(InspectionError) {
                if !streams.isEmpty, try cursor.reachesEnd() { return }
                opcode = nil
                opcodeOffset = cursor.offset
                try limits.pickleStreams.check(streams.count + 1)
                try runStream()
                failure = brokenFrame
            } catch {
                failure = brokenFrame ?? located(error)
            }
        }
    }

    private mutating func runStream() throws(InspectionError) {
        stack.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        fence = 0
        memo.removeAll()
        protocolVersion = 0
        opcodes = opcodes.union(streamOpcodes)
        streamOpcodes = Pickle.OpcodeSet()
        let start = cursor.offset
        let root = try runToStop()
        end = cursor.offset
        // Protocol 1 has no mark but its opcodes.
        if protocolVersion == 0, !streamOpcodes.common(with: Pickle.Opcode.protocolOne).isEmpty { protocolVersion = 1 }
        streams.append(Pickle.StreamRecord(protocolVersion: protocolVersion, start: start, end: end, root: root))
    }

    /// A pickle inside this one, with a stack and a memo of its own; the value it makes.
    mutating func runEmbedded() throws(InspectionError) -> Int32 {
        let outer = (stack, marks, fence, memo, protocolVersion)
        (stack, marks, fence, memo, isEmbedded) = ([], [], 0, PickleMemo(), true)
        let root = try runToStop()
        (stack, marks, fence, memo, protocolVersion) = outer
        isEmbedded = false
        return root
    }

    private mutating func runToStop() throws(InspectionError) -> Int32 {
        while true {
            opcode = nil
            opcodeOffset = cursor.offset
            let byte = try cursor.byte()
            guard let opcode = Pickle.Opcode(rawValue: byte) else {
                throw malformed("unknown opcode 0x\(String(byte, radix: 16))")
            }
            self.opcode = opcode
            streamOpcodes.insert(opcode)
            operations += 1
            if operations > limits.pickleOperations.value { throw limits.pickleOperations.exceeded(by: operations) }
            if operations & 0x3FF == 0 { try limits.pickleMemory.check(memory) }
            if opcode == .stop { return try pop() }
            try execute(opcode)
            if opcodeOffset < frameEnd, cursor.offset > frameEnd, opcode != .frame { noteSplitFrame() }
        }
    }

    private func located(_ error: InspectionError) -> PickleFailure {
        PickleFailure(error, at: opcode, offset: opcodeOffset, in: cursor.source.entry)
    }

    /// An error without a place, which is added where the run ends.
    func malformed(_ message: String) -> InspectionError { InspectionError(.malformed, message) }

    // MARK: - The stream

    mutating func readProtocol() throws(InspectionError) {
        let version = Int(try cursor.byte())
        guard version <= 5 else { throw InspectionError(.unsupported, "pickle protocol \(version)") }
        protocolVersion = version
    }

    mutating func readFrame() throws(InspectionError) {
        let count = try cursor.length(8)
        let end = cursor.offset &+ min(count, PickleNode.largestOffset)
        if opcodeOffset < frameEnd, end > frameEnd { noteSplitFrame() }
        frameEnd = end
        if count > cursor.remaining, brokenFrame == nil { brokenFrame = located(cursor.truncated(count)) }
    }

    /// joblib writes its arrays where a frame goes on, and reads by `pickle.py` without frames.
    private mutating func noteSplitFrame() {
        if afterBuild == nil, splitFrame == nil { splitFrame = opcodeOffset }
    }

    // MARK: - The stack

    mutating func push(_ id: Int32) throws(InspectionError) {
        if stack.count >= limits.pickleValues.value { throw limits.pickleValues.exceeded(by: stack.count + 1) }
        stack.append(id)
    }

    mutating func push(_ node: PickleNode) throws(InspectionError) {
        try push(try add(node))
    }

    mutating func pop() throws(InspectionError) -> Int32 {
        guard stack.count > fence, let top = stack.popLast() else { throw underflow }
        return top
    }

    func top() throws(InspectionError) -> Int32 {
        guard stack.count > fence, let top = stack.last else { throw underflow }
        return top
    }

    /// Puts `id` in the place of what is on top.
    mutating func replaceTop(_ id: Int32) { stack[stack.count - 1] = id }

    var underflow: InspectionError {
        malformed(marks.isEmpty ? "the stack is too short" : "the stack is too short above its MARK")
    }

    mutating func mark() throws(InspectionError) {
        try limits.pickleDepth.check(marks.count + 1)
        marks.append(stack.count)
        fence = stack.count
    }

    /// Closes the innermost MARK; what was pushed since then begins at the position this returns.
    mutating func popMark() throws(InspectionError) -> Int {
        guard let mark = marks.popLast() else { throw malformed("there is no MARK") }
        fence = marks.last ?? 0
        return mark
    }

    mutating func truncateStack(to count: Int) { stack.removeLast(stack.count - count) }

    /// POP takes off a MARK when that is what lies on top.
    mutating func popValueOrMark() throws(InspectionError) {
        if let mark = marks.last, mark == stack.count {
            _ = try popMark()
        } else {
            _ = try pop()
        }
    }

    // MARK: - The arena

    /// Bytes that are kept.
    private var memory: Int {
        var sum: Int = heapBytes &+ arena.memory
        sum &+= stack.count &* 8
        sum &+= memo.count &* 4
        return sum
    }

    mutating func add(_ node: PickleNode) throws(InspectionError) -> Int32 {
        let count = arena.nodes.count
        guard count < limits.pickleValues.value, let id = Int32(exactly: count) else {
            throw limits.pickleValues.exceeded(by: count + 1)
        }
        arena.nodes.append(node)
        return id
    }

    /// Makes sure that `count` more references, and the header of a segment, can be named.
    func checkReferences(_ count: Int) throws(InspectionError) {
        let needed = arena.references.count + 2 * count + PickleChain.headerSize + PickleChain.largestGrowth
        if needed > Int(Int32.max) { throw limits.pickleValues.exceeded(by: needed) }
    }

    /// Checks a text of `count` bytes against the limits, before any of it is kept.
    mutating func reserveText(_ count: Int) throws(InspectionError) {
        try limits.pickleTextBytes.check(count)
        try limits.pickleHeapBytes.check(heapBytes + count)
        if count > Int(UInt32.max) { throw limits.pickleTextBytes.exceeded(by: count) }
        heapBytes += count
    }
}
