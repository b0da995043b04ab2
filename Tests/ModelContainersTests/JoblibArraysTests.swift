import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

/// Arrays that joblib writes between the opcodes of a pickle, and those of plain pickles.
@Suite struct JoblibArraysTests {
    private static func dtype(_ pickle: PickleBuilder, _ text: String, order: String = "<", flags: UInt8 = 0)
        -> PickleBuilder
    {
        pickle.global("numpy", "dtype").binunicode(text).newfalse().newtrue().tuple3().reduce()
            .mark().binint1(3).binunicode(order).none().none().none().binint(-1).binint(-1).binint1(flags).tuple()
            .build()
    }

    /// A wrapper whose content stands behind it.
    private static func wrapper(
        _ pickle: PickleBuilder, shape: (PickleBuilder) -> PickleBuilder, type: String = "i4", flags: UInt8 = 0,
        isAligned: Bool = true, content: [UInt8]
    ) -> PickleBuilder {
        let start = pickle.global("joblib.numpy_pickle", "NumpyArrayWrapper").emptyTuple().newobj().emptyDict().mark()
        let state = shape(start.binunicode("shape")).binunicode("order").binunicode("C").binunicode("dtype")
        let typed = dtype(state, type, flags: flags)
        let aligned = isAligned ? typed.binunicode("numpy_array_alignment_bytes").binint1(16) : typed
        return aligned.setitems().build().raw(content)
    }

    private func run(_ pickle: PickleBuilder) -> (pickle: Pickle, arrays: JoblibArrays) {
        JoblibArrays.run(ByteSource(MemoryBytes(pickle.bytes)), limits: Limits())
    }

    private func values(_ result: (pickle: Pickle, arrays: JoblibArrays)) throws -> [JSONValue]? {
        let root = try #require(result.pickle.root)
        return try NumPyArray(root, joblib: result.arrays)?.values(upTo: 100)
    }

    @Test func theElementsStandBehindThePadding() throws {
        let padded: [UInt8] = [3, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]
        let result = run(
            Self.wrapper(PickleBuilder().proto(2), shape: { $0.binint1(2).tuple1() }, content: padded).stop())
        #expect(result.pickle.failure == nil)
        #expect(result.arrays.isJoblib)
        #expect(try values(result) == [1, -2])
    }

    @Test func beforeAlignmentThereWasNoPadding() throws {
        let result = run(
            Self.wrapper(
                PickleBuilder().proto(2), shape: { $0.binint1(1).tuple1() }, isAligned: false, content: [7, 0, 0, 0]
            ).stop())
        #expect(try values(result) == [7])
    }

    /// In a compressed stream nothing goes back: short arrays are kept as they pass.
    @Test func shortArraysOfAStreamAreKept() throws {
        let stream = OnceBytes(
            Self.wrapper(
                PickleBuilder().proto(2), shape: { $0.binint1(2).tuple1() }, content: [0, 1, 0, 0, 0, 2, 0, 0, 0]
            )
            .stop().bytes)
        let result = JoblibArrays.run(ByteSource(stream), limits: Limits())
        #expect(result.pickle.failure == nil)
        stream.isOver = true
        #expect(try values(result) == [1, 2])
    }

    /// Bytes of unknown length that may be read no more once they are over.
    private final class OnceBytes: ByteStorage {
        private let bytes: MemoryBytes
        var isOver = false

        init(_ bytes: [UInt8]) { self.bytes = MemoryBytes(bytes) }

        var count: Int { 1 << 40 }
        var isCountKnown: Bool { false }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
            if isOver { throw InspectionError(.unreadable, "was read again") }
            return try unsafe bytes.read(at: offset, into: buffer)
        }
    }

    @Test func anArrayOfObjectsIsAPickleOfItsOwn() throws {
        // The inner pickle has a memo of its own: both remember something at 0.
        let list = PickleBuilder().mark().binunicode("a").binput(0).binunicode("b").list()
        let inner = Self.dtype(
            PickleBuilder().proto(2).global("numpy.core.multiarray", "_reconstruct").emptyTuple().reduce()
                .mark().binint1(1).binint1(2).tuple1(), "O8", order: "|", flags: 63
        ).newfalse().then(list).tuple().build().stop()
        let start = PickleBuilder().proto(2).binunicode("outer").binput(0).pop()
        let outer = Self.wrapper(start, shape: { $0.binint1(2).tuple1() }, type: "O8", flags: 63, content: inner.bytes)
        let result = run(outer.binget(0).tuple2().stop())
        #expect(result.pickle.failure == nil)
        let root = try #require(result.pickle.root)
        #expect(root.elements[1]?.string == "outer")
        let array = try #require(root.elements.first.flatMap { NumPyArray($0, joblib: result.arrays) })
        #expect(try array.values(upTo: 10) == ["a", "b"])
        #expect(try array.values(upTo: 1) == nil)
    }

    @Test func whatNoArrayCanBeEndsTheRun() {
        let shapes: [(String, (PickleBuilder) -> PickleBuilder)] = [
            ("negative", { $0.binint(-2).tuple1() }),
            ("no size", { $0.none().tuple1() }),
            ("beyond 64 bits", { $0.long1([0, 0, 0, 0, 0, 0, 0, 0x40]).dup().dup().tuple3() }),
            ("a quarter of all bytes", { $0.long1([0, 0, 0, 0, 0, 0, 0, 0x10]).tuple1() }),
        ]
        for (name, shape) in shapes {
            let result = run(Self.wrapper(PickleBuilder().proto(2), shape: shape, content: [0]).stop())
            #expect(result.pickle.failure?.reason == .malformed, "\(name)")
        }
        let far = run(Self.wrapper(PickleBuilder().proto(2), shape: { $0.binint1(9).tuple1() }, content: [0]).stop())
        #expect(far.pickle.failure?.reason == .truncated)
        let odd = run(
            Self.wrapper(
                PickleBuilder().proto(2), shape: { $0.binint1(1).tuple1() }, type: "f99999999999999", content: [0]))
        #expect(odd.pickle.failure?.reason == .malformed)
    }

    @Test func aPickleInAnEmbeddedPickleIsNoArray() {
        // The unpickler that reads the objects of an array knows no wrappers: what follows one is opcodes again.
        let inner = Self.wrapper(PickleBuilder().proto(2), shape: { $0.binint1(4).tuple1() }, content: []).stop()
        let outer = Self.wrapper(
            PickleBuilder().proto(2), shape: { $0.binint1(1).tuple1() }, type: "O8", flags: 63, content: inner.bytes)
        #expect(run(outer.stop()).pickle.failure == nil)
    }

    @Test func numbersKeepTheirTypeAndOrder() throws {
        let cases: [(String, String, [UInt8], JSONValue?)] = [
            ("i2", "<", [0xFE, 0xFF], -2), ("u1", "|", [200], 200), ("b1", "|", [1], true),
            ("i4", ">", [0, 0, 1, 0], 256), ("f8", "<", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], 1.5),
            ("f4", "<", [0, 0, 0xC0, 0x7F], nil), ("U2", "<", [0x61, 0, 0, 0, 0, 0, 0, 0], "a"),
            ("S3", "|", [0x61, 0x62, 0], "ab"), ("V4", "|", [0, 0, 0, 0], nil),
            ("u8", "<", [UInt8](repeating: 0xFF, count: 8), JSONValue(UInt64.max)),
        ]
        for (type, order, bytes, expected) in cases {
            let start = PickleBuilder().proto(4).global("numpy.core.multiarray", "scalar")
            let pickle = Self.dtype(start, type, order: order).shortBinbytes(bytes).tuple2().reduce().stop()
            let root = try #require(run(pickle).pickle.root)
            #expect(NumPyScalar(root)?.value == expected, "\(type)")
        }
    }

    @Test func aHeaderOfAFileIsReadAsWritten() throws {
        func file(_ header: String, _ data: [UInt8] = []) throws -> NumPyFile {
            let text = Array(header.utf8)
            return try NumPyFile(
                ByteSource(MemoryBytes(NumPyFile.magic + [1, 0, UInt8(text.count), 0] + text + data)))
        }
        let plain = try file("{'descr': '<i2', 'fortran_order': True, 'shape': (2,), }", [1, 0, 2, 0])
        #expect(plain.shape == [2] && plain.isFortranOrder && plain.type?.dataType == "int16")
        #expect(try plain.values(upTo: 2) == [1, 2])
        #expect(try plain.values(upTo: 1) == nil)
        let single = try file(
            "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
        #expect(try single.values(upTo: 1) == [1.0])
        #expect(try file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }").type == nil)
        // What numpy.dtype makes of each, `hasobject` of it.
        for (type, holdsObjects) in [
            ("'<f8'", false), ("'|O'", true), ("'object'", true), ("'O'", true), ("'f8,O'", true), ("\"O\"", true),
            ("'<M8[ns]'", false), ("'<m8[25us]'", false), ("'float32'", false), ("'|V3'", false), ("'<U'", false),
            ("[('Object', '<f8'), (('title', 'O'), 'i4', (2,))]", false), ("[('a', [('b', 'O')])]", true),
            ("('<f8', (3,))", false), ("('O', (3,))", true), ("'\\x4f'", true), ("3", true), ("[]", true),
        ] {
            let header = "{'descr': \(type), 'fortran_order': False, 'shape': (1,), }"
            #expect(try file(header).holdsObjects == holdsObjects, "\(type)")
        }
        // The last of equal keys counts, in any order and either quotes; Python 2 wrote long numbers.
        let twice = try file("{'descr':'<f8', \"shape\": (2L, 3L,), 'fortran_order': True, 'descr': 'O'}")
        #expect(twice.holdsObjects && twice.shape == [2, 3] && twice.isFortranOrder)
        #expect(try file("{'descr': 'f8' 'x', 'shape': (1,), }").holdsObjects)
        for wrong in ["{}", "{'shape': (-1,)}", "{'shape': (9223372036854775807, 9)}", "{'shape': (1"] {
            #expect(throws: InspectionError.self) { try file(wrong) }
        }
    }
}
