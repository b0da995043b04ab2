import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// What a value answers.
@Suite struct PickleValueTests {
    private func root(_ pickle: PickleBuilder) throws -> PickleValue {
        let result = Pickle.run(ByteSource(MemoryBytes(pickle.stop().bytes)), limits: Limits())
        #expect(result.failure == nil)
        return try #require(result.root)
    }

    @Test func stateDict() throws {
        let pickle = PickleBuilder.stateDict([("conv.weight", [16, 3, 3, 3]), ("conv.bias", [16])])
        let result = Pickle.run(ByteSource(MemoryBytes(pickle.bytes)), limits: Limits())
        let root = try #require(result.root)
        #expect(root.kind == .object && root.object?.callee.isGlobal("collections", "OrderedDict") == true)
        #expect(root.pairs.count == 2 && root.elements.isEmpty)
        #expect(root.pairs.map { $0.key.string } == ["conv.weight", "conv.bias"])
        let weight = try #require(root["conv.weight"]?.object)
        #expect(weight.callee.isGlobal("torch._utils", "_rebuild_tensor_v2") && weight.opcode == .reduce)
        #expect(!weight.callee.isGlobal("torch._utils", "_rebuild_tensor_v3"))
        let arguments = weight.arguments.elements
        #expect(arguments.count == 6 && arguments[6] == nil && arguments[-1] == nil)
        #expect(arguments[2]?.elements.map { $0.int } == [16, 3, 3, 3])
        #expect(arguments[3]?.elements.map { $0.int } == [27, 9, 3, 1])
        #expect(arguments[4]?.bool == false)
        let storage = try #require(arguments[0]?.persistentID)
        #expect(storage.elements[0]?.isString("storage") == true && storage.elements[0]?.isString("storagE") == false)
        #expect(storage.elements[1]?.global.map { $0 == ("torch", "FloatStorage") } == true)
        #expect(storage.elements[4]?.int == 432)
        #expect(root["conv"] == nil)
    }

    @Test func lastPairWins() throws {
        let dict = try root(
            PickleBuilder().emptyDict().unicode("a").binint1(1).setitem().mark().unicode("b").binint1(2).unicode("a")
                .binint1(3).setitems())
        #expect(dict.pairs.map { $0.value.int } == [1, 2, 3])
        #expect(dict["a"]?.int == 3 && dict["b"]?.int == 2)
    }

    /// A list that is memoised and then grows is the same list wherever it is referred to.
    @Test func aliases() throws {
        let value = try root(
            PickleBuilder().emptyList().binput(0).binget(0).binget(0).binint1(1).append().tuple2().binget(0).binint1(2)
                .append().tuple2())
        let inner = try #require(value.elements[0]?.elements)
        #expect(value.elements[1] == inner[0] && value.elements[1] == inner[1])
        #expect(inner[0]?.elements.map { $0.int } == [1, 2])
    }

    @Test func valueInsideItself() throws {
        let list = try root(PickleBuilder().emptyList().dup().append())
        #expect(list.elements[0] == list)
        let object = try root(PickleBuilder().global("a", "B").emptyTuple().reduce().dup().build())
        #expect(object.object?.state == object)
    }

    /// Segments of every size, so that indices and iteration cross them.
    @Test(arguments: [0, 1, 2, 3, 7, 1_000, 1_001, 5_000, 40_000]) func listsOfManySegments(count: Int) throws {
        let single = try root(PickleBuilder().emptyList().repeating(count) { $0.binint2(7).append() })
        #expect(single.elements.count == count && single.elements.allSatisfy { $0.int == 7 })
        var pickle = PickleBuilder().emptyList()
        for start in stride(from: 0, to: count, by: 1_000) {
            var batch: [UInt8] = []
            for index in start..<min(start + 1_000, count) { batch += PickleBuilder().binint(Int32(index)).bytes }
            pickle = pickle.mark().raw(batch).appends().binint(-1).append()
        }
        let elements = try root(pickle).elements
        let expected = (0..<count).flatMap { $0 % 1_000 == 999 || $0 == count - 1 ? [$0, -1] : [$0] }
        #expect(elements.map { $0.int } == expected)
        for index in stride(from: 0, to: expected.count, by: 333) { #expect(elements[index]?.int == expected[index]) }
        #expect(elements[expected.count] == nil)
    }

    @Test func integers() throws {
        let values: [(PickleBuilder, Int?, [UInt8])] = [
            (PickleBuilder().binint1(0), 0, []),
            (PickleBuilder().binint1(200), 200, [200, 0]),
            (PickleBuilder().binint(-1), -1, [0xFF]),
            (PickleBuilder().binint(.max), Int(Int32.max), [0xFF, 0xFF, 0xFF, 0x7F]),
            (PickleBuilder().binint(.min), Int(Int32.min), [0, 0, 0, 0x80]),
            (PickleBuilder().long1([0, 0, 0, 0, 0, 0, 0, 0x80]), .min, [0, 0, 0, 0, 0, 0, 0, 0x80]),
            (PickleBuilder().long1([0, 0, 0, 0, 0, 0, 0, 0x80, 0]), nil, [0, 0, 0, 0, 0, 0, 0, 0x80, 0]),
            (PickleBuilder().long4([5] + [UInt8](repeating: 0, count: 300)), 5, [5]),
            (PickleBuilder().long4([UInt8](repeating: 0xFF, count: 300)), -1, [0xFF]),
            (PickleBuilder().long("9223372036854775807L"), .max, [UInt8](repeating: 0xFF, count: 7) + [0x7F]),
            (PickleBuilder().long("-9223372036854775808L"), .min, [0, 0, 0, 0, 0, 0, 0, 0x80]),
            (PickleBuilder().long("9223372036854775808L"), nil, [0, 0, 0, 0, 0, 0, 0, 0x80, 0]),
            (PickleBuilder().int("0o17"), 15, [15]), (PickleBuilder().int(" -0x_ff "), -255, [1, 0xFF]),
            (PickleBuilder().int("017"), 15, [15]), (PickleBuilder().int("+1_000"), 1_000, [0xE8, 3]),
            // The functions of C stop at a NUL.
            (PickleBuilder().int("12\0junk"), 12, [12]), (PickleBuilder().int("\0"), 0, []),
            (PickleBuilder().long("12\0junkL"), 12, [12]),
            // The magic number of legacy torch files, written in protocols 2 and 0.
            (
                PickleBuilder().long1([0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]), nil,
                [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
            ),
            (
                PickleBuilder().long("119547037146038801333356L"), nil,
                [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
            ),
        ]
        for (pickle, int, bytes) in values {
            let value = try root(pickle)
            #expect(value.int == int && value.kind == (int == nil ? .bigInt : .int))
            #expect(value.integerBytes == bytes)
        }
    }

    @Test func floats() throws {
        let values: [(String, Double)] = [
            ("1.5", 1.5), ("-0.0", -0.0), (".5", 0.5), ("2.", 2), ("1e+300", 1e300),
            ("1E-320", Double(bitPattern: 2_024)),
            ("5e-324", .leastNonzeroMagnitude),
            ("inf", .infinity), ("-Infinity", -.infinity), ("1e400", .infinity), (" 1_0.5\t", 10.5), ("2\0junk", 2),
        ]
        for (text, double) in values {
            #expect(try root(PickleBuilder().float(text)).double?.bitPattern == double.bitPattern)
        }
        #expect(try root(PickleBuilder().float("nan")).double?.isNaN == true)
    }

    @Test func kindsAreKeptApart() throws {
        let value = try root(
            PickleBuilder().mark().none().newtrue().binint1(1).binfloat(1).unicode("1").shortBinbytes([49]).tuple())
        let items = Array(value.elements)
        #expect(items.map(\.kind) == [.none, .bool, .int, .float, .string, .bytes])
        #expect(items.map(\.isNone) == [true, false, false, false, false, false])
        #expect(items.map(\.bool) == [nil, true, nil, nil, nil, nil])
        #expect(items.map(\.int) == [nil, nil, 1, nil, nil, nil])
        #expect(items.map(\.double) == [nil, nil, nil, 1, nil, nil])
        #expect(items.map(\.string) == [nil, nil, nil, nil, "1", nil])
        #expect(items.map { $0.bytes?.count } == [nil, nil, nil, nil, nil, 1])
        #expect(
            items.allSatisfy { $0.object == nil && $0.global == nil && $0.persistentID == nil && $0.importIndex == nil }
        )
    }

    @Test func byteStringsOfPython2() throws {
        #expect(try root(PickleBuilder().binstring(Array("short".utf8))).string == "short")
        let long = try root(PickleBuilder().proto(2).binstring([UInt8](repeating: 65, count: 1_025)))
        #expect(long.kind == .bytes && long.string == nil)
        #expect(long.bytes.map { $0 == (7, 1_025) } == true)
    }

    @Test func equalityIsPerRun() throws {
        let pickle = PickleBuilder().emptyList()
        #expect(try root(pickle) != root(pickle))
        let value = try root(pickle.dup().tuple2())
        #expect(value.elements[0] == value.elements[1])
        #expect(Set(value.elements).count == 1)
    }

    @Test func signature() {
        #expect(Pickle.looksLikePickle(PickleBuilder().proto(2).emptyDict().bytes))
        #expect(Pickle.looksLikePickle(PickleBuilder().proto(5).frame(9).bytes))
        #expect(!Pickle.looksLikePickle([0x80, 2, 0]))
        #expect(!Pickle.looksLikePickle([0x80, 1, 0x7D]) && !Pickle.looksLikePickle([0x80, 6, 0x7D]))
        #expect(!Pickle.looksLikePickle([0x80, 2]) && !Pickle.looksLikePickle([]))
    }
}
