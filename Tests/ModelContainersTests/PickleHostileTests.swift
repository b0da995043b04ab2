import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Broken and hostile pickles: each ends in a failure that says what is wrong and where, within the limits.
@Suite struct PickleHostileTests {
    private func run(_ pickle: PickleBuilder, _ limits: Limits = Limits()) -> Pickle {
        Pickle.run(ByteSource(MemoryBytes(pickle.bytes), entry: "data.pkl"), limits: limits)
    }

    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    static let malformed: [(pickle: PickleBuilder, message: String, offset: Int)] = [
        (PickleBuilder().raw([0xFF]), "unknown opcode 0xff", 0),
        (PickleBuilder().none().raw([0x00]), "unknown opcode 0x0", 1),
        (PickleBuilder().stop(), "STOP: the stack is too short", 0),
        (PickleBuilder().none().mark().stop(), "STOP: the stack is too short above its MARK", 2),
        (PickleBuilder().none().reduce(), "REDUCE: the stack is too short", 1),
        (PickleBuilder().none().mark().tuple1(), "TUPLE1: the stack is too short above its MARK", 2),
        (PickleBuilder().tuple3(), "TUPLE3: the stack is too short", 0),
        (PickleBuilder().pop(), "POP: the stack is too short", 0),
        (PickleBuilder().dup(), "DUP: the stack is too short", 0),
        (PickleBuilder().none().tuple(), "TUPLE: there is no MARK", 1),
        (PickleBuilder().none().popMark(), "POP_MARK: there is no MARK", 1),
        (PickleBuilder().mark().obj(), "OBJ: there is no class above the MARK", 1),
        (PickleBuilder().mark().none().appends(), "APPENDS: the stack is too short", 2),
        (PickleBuilder().mark().none().mark().none().appends().appends(), "APPENDS: nothing can be added to a none", 4),
        (PickleBuilder().mark().none().dict(), "DICT: a key without a value", 2),
        (PickleBuilder().emptyDict().mark().none().setitems(), "SETITEMS: a key without a value", 3),
        (PickleBuilder().emptyTuple().none().append(), "APPEND: nothing can be added to a tuple", 2),
        (PickleBuilder().emptyDict().none().append(), "APPEND: nothing can be added to a dict", 2),
        (PickleBuilder().emptyList().mark().none().additems(), "ADDITEMS: nothing can be added to a list", 3),
        (PickleBuilder().binget(3), "BINGET: the memo has nothing at 3", 0),
        (PickleBuilder().get("-1"), "GET: not a memo index", 0),
        (PickleBuilder().put("one"), "PUT: not an integer", 0),
        (PickleBuilder().memoize(), "MEMOIZE: the stack is too short", 0),
        (PickleBuilder().long4([], count: -1), "LONG4: the length -1 is negative", 0),
        (PickleBuilder().binstring([], count: -2), "BINSTRING: the length -2 is negative", 0),
        (PickleBuilder().int("twelve"), "INT: not an integer", 0),
        (PickleBuilder().int("08"), "INT: not an integer", 0),
        (PickleBuilder().int("1__0"), "INT: not an integer", 0),
        (PickleBuilder().int("-"), "INT: not an integer", 0),
        (PickleBuilder().int("0x"), "INT: not an integer", 0),
        (PickleBuilder().int(""), "INT: the line is empty", 0),
        (PickleBuilder().long("L"), "LONG: not an integer", 0),
        (PickleBuilder().float("0x1p3"), "FLOAT: not a number", 0),
        (PickleBuilder().float("infinit"), "FLOAT: not a number", 0),
        (PickleBuilder().float(""), "FLOAT: the line is empty", 0),
        (PickleBuilder().float("1.5.5"), "FLOAT: not a number", 0),
        (PickleBuilder().string("unquoted"), "STRING: the argument is not quoted", 0),
        (PickleBuilder().string("'"), "STRING: the argument is not quoted", 0),
        (PickleBuilder().string("'\""), "STRING: the argument is not quoted", 0),
        (PickleBuilder().string(#"'a\'"#), "STRING: a backslash ends the string", 0),
        (PickleBuilder().string(#"'\x4'"#), "STRING: an escape of 2 hexadecimal digits is cut short", 0),
        (PickleBuilder().unicode(#"\u12"#), "UNICODE: an escape of 4 hexadecimal digits is cut short", 0),
        (PickleBuilder().unicode(#"\U00110000"#), "UNICODE: \\U110000 is no character", 0),
        (PickleBuilder().global("os", ""), "GLOBAL: the line is empty", 0),
        (
            PickleBuilder().binunicode8("", count: 1 << 63),
            "BINUNICODE8: length 9223372036854775808 is too large for any file", 0
        ),
        (
            PickleBuilder().binbytes8([], count: .max),
            "BINBYTES8: length 18446744073709551615 is too large for any file", 0
        ),
        (PickleBuilder().none().frame(1 << 63), "FRAME: length 9223372036854775808 is too large for any file", 1),
    ]

    @Test(arguments: malformed) func isMalformed(pickle: PickleBuilder, message: String, offset: Int) {
        let result = run(pickle.stop())
        #expect(result.failure == InspectionError(.malformed, message, entry: "data.pkl", offset: offset))
        #expect(result.streams.isEmpty && result.root == nil && result.end == 0)
    }

    static let truncated: [(pickle: PickleBuilder, message: String, offset: Int)] = [
        (PickleBuilder(), "the data ends without STOP", 0),
        (PickleBuilder().proto(2).none(), "the data ends without STOP", 3),
        (PickleBuilder().binunicode8("abc", count: 4), "BINUNICODE8: needs 4 bytes, but only 3 are left", 0),
        (PickleBuilder().binbytes([1], count: .max), "BINBYTES: needs 4294967295 bytes, but only 1 are left", 0),
        (PickleBuilder().bytearray8([1], count: 2), "BYTEARRAY8: needs 2 bytes, but only 1 are left", 0),
        (PickleBuilder().long4([1, 2], count: 3), "LONG4: needs 1 bytes, but only 0 are left", 0),
        (PickleBuilder().raw([0x49, 0x31]), "INT: needs 1 bytes, but only 0 are left", 0),
        (PickleBuilder().raw([0x4A, 0x31]), "BININT: needs 1 bytes, but only 0 are left", 0),
    ]

    @Test(arguments: truncated) func isTruncated(pickle: PickleBuilder, message: String, offset: Int) {
        #expect(run(pickle).failure == InspectionError(.truncated, message, entry: "data.pkl", offset: offset))
    }

    @Test func unsupportedProtocol() {
        #expect(run(PickleBuilder().proto(6).none().stop()).failure?.reason == .unsupported)
    }

    /// `_pickle.c` refuses such a frame, `pickle.py` runs what is there: so does this, and says that it is broken.
    @Test func frameLongerThanTheFile() {
        let pickle = PickleBuilder().proto(4).frame(1 << 40).global("os", "system").emptyTuple().reduce()
        let whole = run(pickle.stop())
        #expect(whole.failure?.reason == .truncated && whole.failure?.offset == 2)
        #expect(whole.failure?.message == "FRAME: needs 1099511627776 bytes, but only 14 are left")
        #expect(whole.streams.count == 1 && whole.imports.first?.isCalled == true)
        let cut = run(pickle)
        #expect(
            cut.failure
                == InspectionError(
                    .truncated, "FRAME: needs 1099511627776 bytes, but only 13 are left", entry: "data.pkl", offset: 2))
        #expect(cut.streams.isEmpty && cut.imports.first?.isCalled == true)
    }

    // MARK: - Limits

    @Test func hundredThousandMarks() {
        let failure = run(PickleBuilder().repeating(100_000) { $0.mark() }.stop()).failure
        #expect(failure == InspectionError(.limit, "limit: pickle depth 4097 > 4096", entry: "data.pkl", offset: 4_096))
    }

    @Test func hundredThousandNestedLists() throws {
        let result = run(PickleBuilder().repeating(100_000) { $0.emptyList() }.repeating(99_999) { $0.append() }.stop())
        #expect(result.failure == nil)
        var depth = 0
        var value = result.root
        while let inner = value {
            depth += 1
            value = inner.elements.first
        }
        #expect(depth == 100_000)
    }

    @Test func hundredThousandNestedTuples() {
        let result = run(PickleBuilder().emptyTuple().repeating(100_000) { $0.tuple1() }.stop())
        #expect(result.failure == nil)
    }

    /// Billion laughs: each tuple holds the one before it twice. Nothing here ever unfolds it.
    @Test func tuplesThatDouble() {
        let result = run(PickleBuilder().unicode("ha").repeating(200) { $0.dup().tuple2() }.stop())
        #expect(result.failure == nil)
        let root = result.root
        #expect(root?.elements.count == 2 && root?.elements[0] == root?.elements[1])
    }

    @Test func memoIndices() {
        for pickle in [PickleBuilder().none().longBinput(1 << 31), PickleBuilder().none().put("2147483648")] {
            let failure = run(pickle.stop()).failure
            #expect(failure?.reason == .limit)
            #expect(failure?.message == "limit: pickle memo 2147483648 > 16000000")
        }
        #expect(run(PickleBuilder().none().put("99999999999999999999").stop()).failure?.reason == .malformed)
        #expect(run(PickleBuilder().none().longBinput(16_000_000).longBinget(16_000_000).stop()).failure == nil)
    }

    /// Scattered so that a memo that is only an array would grow to 64 MB for each of them.
    @Test func scatteredMemo() {
        var pickle = PickleBuilder().proto(2)
        for index in (0..<500 as Range<UInt32>).reversed() {
            pickle = pickle.binint2(UInt16(index)).longBinput(index * 31_999).pop()
        }
        for index in 0..<500 as Range<UInt32> { pickle = pickle.longBinget(index * 31_999) }
        let result = run(PickleBuilder().mark().then(pickle).tuple().stop())
        #expect(result.root?.elements.map { $0.int } == Array(0..<500))
    }

    @Test func everyLimitIsNamed() {
        let text = PickleBuilder().binunicode("sixteen letters!")
        let cases: [(WritableKeyPath<Limits, Limits.Limit>, Int, PickleBuilder)] = [
            (\.pickleOperations, 10, PickleBuilder().repeating(11) { $0.none() }),
            (\.pickleValues, 10, PickleBuilder().repeating(11) { $0.emptyList() }),
            (\.pickleValues, 10, PickleBuilder().repeating(11) { $0.none() }),
            (\.pickleValues, 10, PickleBuilder().none().repeating(11) { $0.dup() }),
            (\.pickleDepth, 3, PickleBuilder().repeating(4) { $0.mark() }),
            (\.pickleMemo, 3, PickleBuilder().none().repeating(5) { $0.memoize() }),
            (\.pickleTextBytes, 15, text),
            (\.pickleTextBytes, 15, PickleBuilder().unicode("sixteen letters!")),
            (\.pickleTextBytes, 15, PickleBuilder().long4([UInt8](repeating: 1, count: 16))),
            (\.pickleTextBytes, 15, PickleBuilder().global("sixteen letters!", "b")),
            (\.pickleHeapBytes, 40, text.then(text).then(text)),
            (\.pickleHeapBytes, 15, PickleBuilder().global("sixteen", "letters!!")),
            (\.pickleImports, 1, PickleBuilder().global("a", "b").global("a", "c")),
            (\.pickleStreams, 1, PickleBuilder().none().stop().none()),
        ]
        for (limit, value, pickle) in cases {
            let failure = run(pickle.stop(), limits { $0[keyPath: limit].value = value }).failure
            #expect(failure?.reason == .limit)
            #expect(failure?.message.hasPrefix("limit: \(Limits()[keyPath: limit].name) ") == true, "\(failure as Any)")
        }
    }

    @Test func longIntegersOfText() {
        #expect(run(PickleBuilder().long(String(repeating: "9", count: 4_300) + "L").stop()).failure == nil)
        for count in [4_301, 100_000] {
            let failure = run(PickleBuilder().long(String(repeating: "9", count: count)).stop()).failure
            #expect(failure?.message == "LONG: an integer of more than 4300 digits")
        }
    }

    // MARK: - Damage

    /// A pickle with most opcodes in it.
    static let sample = PickleBuilder.stateDict([("conv.weight", [16, 3, 3, 3]), ("conv.bias", [16])])
        .proto(4).frame(20).mark().int("01").long("-123456789012345678901L").float("1.5").string(#"'a\x41\n'"#)
        .unicode(#"\u20ac"#).persid("7").inst("os", "system").memoize().mark().global("a", "b").none().obj().put("7")
        .get("7").emptySet().mark().binint1(3).additems().mark().newtrue().frozenset().bytearray8([1, 2, 3])
        .nextBuffer().readonlyBuffer().ext2(5).emptyTuple().emptyDict().newobjEx().binunicode8("text").build()
        .long4([1, 2, 3, 4, 5, 6, 7, 8, 9]).binfloat(-1).mark().mark().list().dup().popMark().emptyDict().unicode("k")
        .none().setitem().shortBinunicode("m").shortBinunicode("n").stackGlobal().tuple3().mark().dict().pop().stop()

    @Test func sampleIsSound() {
        let result = run(Self.sample)
        #expect(result.failure == nil && result.streams.count == 2)
    }

    @Test func everyPrefix() {
        let bytes = Self.sample.bytes
        let first = run(Self.sample).streams[0].end
        for count in 0..<bytes.count {
            let result = run(PickleBuilder(Array(bytes[..<count])))
            #expect((result.failure == nil) == (count == first), "\(count)")
            #expect(result.streams.count == (count < first ? 0 : 1))
            if count != first { #expect(result.failure?.reason == .truncated, "\(count)") }
        }
    }

    @Test func seededByteFlips() throws {
        var generator = SeededGenerator(seed: 20_261_123)
        for _ in 0..<5_000 {
            var bytes = Self.sample.bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            #expect(isSound(run(PickleBuilder(bytes))), "\(bytes)")
        }
    }

    @Test func randomBytes() throws {
        var generator = SeededGenerator(seed: 5)
        let opcodes = Pickle.Opcode.allCases.map(\.rawValue)
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...60, using: &generator)
            let bytes = (0..<count).map { _ in
                Bool.random(using: &generator)
                    ? opcodes.randomElement(using: &generator) ?? 0 : .random(in: 0...8, using: &generator)
            }
            #expect(isSound(run(PickleBuilder(bytes))), "\(bytes)")
        }
    }

    /// Whether every value of a result answers everything it is asked, and points nowhere outside the data.
    private func isSound(_ pickle: Pickle) -> Bool {
        var waiting = pickle.streams.map(\.root)
        for build in pickle.builds { waiting += [build.target, build.state] }
        for object in pickle.objects { waiting.append(object.value) }
        var seen: Set<PickleValue> = []
        while let value = waiting.popLast() {
            guard seen.insert(value).inserted else { continue }
            let elements = Array(value.elements)
            if elements.count != value.elements.count || value.elements[elements.count] != nil { return false }
            waiting += elements
            for (key, value) in value.pairs { waiting += [key, value] }
            if let object = value.object {
                if object.offset >= pickle.source.count { return false }
                waiting += [object.callee, object.arguments] + [object.keywords, object.state].compactMap { $0 }
            }
            if let pid = value.persistentID { waiting.append(pid) }
            _ = (value.string, value.integerBytes, value.double, value.bool, value.global, value["k"])
            if let bytes = value.bytes, bytes.offset + bytes.count > pickle.source.count { return false }
        }
        return pickle.imports.allSatisfy { $0.offset < pickle.source.count && $0.count > 0 }
    }
}
