import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Several pickles in a row, payload between and behind them, and what of it is fetched.
@Suite struct PickleStreamTests {
    private func source(_ pickle: PickleBuilder) -> ByteSource { ByteSource(MemoryBytes(pickle.bytes)) }

    private let one = PickleBuilder().proto(2).binint1(1).stop()
    private let two = PickleBuilder().proto(4).binint1(2).memoize().stop()

    @Test func allOfThem() {
        let result = Pickle.run(source(one.then(two)), limits: Limits())
        #expect(result.failure == nil)
        #expect(result.streams.map { $0.root.int } == [1, 2])
        #expect(result.streams.map(\.protocolVersion) == [2, 4])
        #expect(result.streams.map(\.start) == [0, 5] && result.streams.map(\.end) == [5, 11])
        #expect(result.end == 11)
    }

    @Test func asManyAsWanted() {
        let result = Pickle.run(source(one.then(two).raw([0, 1, 2])), streams: 2, limits: Limits())
        #expect(result.failure == nil && result.streams.count == 2 && result.end == 11)
        let third = Pickle.run(source(one.then(two).raw([0, 1, 2])), streams: 3, limits: Limits())
        #expect(third.failure?.offset == 11 && third.streams.count == 2 && third.end == 11)
        #expect(Pickle.run(source(one), streams: 5, limits: Limits()).failure == nil)
        #expect(Pickle.run(source(one), streams: 0, limits: Limits()).streams.isEmpty)
    }

    @Test func fromAnOffset() {
        let result = Pickle.run(source(one.then(two)), at: 5, limits: Limits())
        #expect(result.streams.map { $0.root.int } == [2] && result.streams[0].start == 5)
        for offset in [-1, 11, 12, Int.max] {
            let beyond = Pickle.run(source(one.then(two)), at: offset, limits: Limits())
            #expect(beyond.failure?.reason == .truncated && beyond.end == offset)
        }
    }

    /// Each pickle begins with an empty memo and an empty stack.
    @Test func nothingIsCarriedOver() {
        let leftover = PickleBuilder().unicode("a").binput(0).none().mark().none().stop()
        #expect(
            Pickle.run(source(leftover.binget(0).stop()), limits: Limits()).failure?.message
                == "BINGET: the memo has nothing at 0")
        #expect(
            Pickle.run(source(leftover.popMark().stop()), limits: Limits()).failure?.message
                == "POP_MARK: there is no MARK")
        #expect(
            Pickle.run(source(leftover.stop()), limits: Limits()).failure?.message == "STOP: the stack is too short")
    }

    @Test func readErrorsAreReported() {
        let bytes = RecordingBytes(one.then(two).bytes)
        bytes.badPosition = 7
        let failure = Pickle.run(ByteSource(bytes), limits: Limits()).failure
        #expect(failure?.reason == .unreadable && failure?.offset == 7)
    }

    // MARK: - Payload

    private static let payload = [UInt8](repeating: 0xAB, count: 300_000)

    @Test func bytesAreSkipped() throws {
        let names = (0..<40).reduce(PickleBuilder().proto(4).mark()) { $0.unicode("name \($1)") }
        let pickle = names.binbytes(Self.payload).bytearray8(Self.payload).tuple().stop()
        let bytes = RecordingBytes(pickle.bytes)
        let result = Pickle.run(ByteSource(bytes), window: .wary, limits: Limits())
        #expect(result.failure == nil)
        let payloads = try #require(result.root).elements.compactMap { $0.bytes }.map {
            $0.offset..<$0.offset + $0.count
        }
        #expect(payloads.map(\.count) == [300_000, 300_000])
        #expect(bytes.readsInside(payloads: payloads).isEmpty)
        #expect(bytes.bytesRead < 4_096)
    }

    /// The layout of a legacy torch file: five pickles, then the storages.
    @Test func payloadBehindTheLastPickle() {
        let pickles = (0..<5).reduce(PickleBuilder()) { pickles, _ in
            pickles.then(PickleBuilder.stateDict((0..<9).map { ("layer.\($0)", [3, 4]) }))
        }
        let bytes = RecordingBytes(pickles.raw(Self.payload).bytes)
        let result = Pickle.run(ByteSource(bytes), streams: 5, window: .wary, limits: Limits())
        #expect(result.failure == nil && result.end == pickles.bytes.count)
        #expect(bytes.readsInside(payloads: [result.end..<bytes.count]).isEmpty)
    }

    /// A file with a hole between two pieces: large without taking any room.
    private final class SparseBytes: ByteStorage {
        let head: [UInt8]
        let tail: [UInt8]
        let count: Int

        init(head: [UInt8], hole: Int, tail: [UInt8]) {
            self.head = head
            self.tail = tail
            self.count = head.count + hole + tail.count
        }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
            let length = min(buffer.count, count - offset)
            for index in 0..<length {
                let position = offset + index
                let tailPosition = position - (count - tail.count)
                unsafe buffer[index] =
                    position < head.count ? head[position] : tailPosition < 0 ? 0 : tail[tailPosition]
            }
            return length
        }
    }

    @Test(arguments: [1 << 32, 5 << 40]) func payloadBeyond4GiB(hole: Int) throws {
        let bytes = SparseBytes(
            head: PickleBuilder().proto(4).binbytes8([], count: UInt64(hole)).bytes, hole: hole,
            tail: PickleBuilder().global("a", "B").emptyTuple().reduce().tuple2().stop().bytes)
        let result = Pickle.run(ByteSource(bytes), limits: Limits())
        #expect(result.failure == nil)
        let elements = try #require(result.root).elements
        #expect(elements[0]?.bytes.map { $0 == (11, hole) } == true)
        #expect(elements[1]?.object?.offset == hole + 11 + 6)
        #expect(result.imports.first?.offset == hole + 11)
    }

    @Test func sourceBeyondAnyFile() {
        let bytes = SparseBytes(head: [0x4E, 0x2E], hole: 1 << 48, tail: [])
        #expect(Pickle.run(ByteSource(bytes), limits: Limits()).failure?.reason == .unsupported)
    }

    // MARK: - joblib

    /// joblib writes the bytes of an array behind the BUILD of its NumpyArrayWrapper.
    private func joblib(_ payload: [UInt8]) -> PickleBuilder {
        PickleBuilder().proto(4).emptyList()
            .global("joblib.numpy_pickle", "NumpyArrayWrapper").emptyTuple().newobj()
            .emptyDict().unicode("shape").binint2(UInt16(payload.count)).tuple1().setitem().build()
            .raw([3, 0xFF, 0xFF, 0xFF]).raw(payload).append()
            .global("a", "B").emptyTuple().newobj().none().build().append().stop()
    }

    @Test func arraysBetweenOpcodes() throws {
        let bytes = RecordingBytes(joblib([UInt8](repeating: 0x52, count: 5_000)).bytes)
        var offsets: [Int] = []
        let result = Pickle.run(ByteSource(bytes), window: .wary, limits: Limits()) {
            value, offset throws(InspectionError) in
            guard let object = value.object, object.callee.isGlobal("joblib.numpy_pickle", "NumpyArrayWrapper"),
                let count = object.state?["shape"]?.elements[0]?.int
            else { return .nothing }
            let padding = try ByteSource(bytes).bytes(at: offset, count: 1)[0]
            offsets.append(offset + 1 + Int(padding))
            return .bytes(1 + Int(padding) + count)
        }
        #expect(result.failure == nil && result.end == bytes.count)
        #expect(result.root?.elements.count == 2 && result.imports.count == 2)
        #expect(offsets.count == 1)
        #expect(bytes.readsInside(payloads: offsets.map { $0..<$0 + 5_000 }).isEmpty)
        #expect(Pickle.run(ByteSource(bytes), limits: Limits()).failure != nil)
    }

    /// Only for objects of the classes that are awaited, whichever way they are made; then it sees the run.
    @Test func theHookIsCalledForAwaitedClasses() {
        let reconstructed = PickleBuilder().global("copyreg", "_reconstructor").global("a", "Wrapper").global("a", "B")
            .none().tuple3().reduce().none().build()
        let pickle = PickleBuilder().global("a", "Wrapper").emptyTuple().reduce().none().build()
            .global("a", "B").emptyTuple().reduce().none().build().then(reconstructed).tuple3().stop()
        var offsets: [Int] = []
        let hook: Pickle.AfterBuild = { _, offset in
            offsets.append(offset)
            return .nothing
        }
        _ = Pickle.run(source(pickle), limits: Limits(), afterBuild: hook)
        #expect(offsets.count == 3)
        let all = offsets
        offsets = []
        _ = Pickle.run(source(pickle), limits: Limits(), afterBuild: hook, awaits: { $0 == "a" && $1 == "Wrapper" })
        #expect(offsets == [all[0], all[2]])
    }

    @Test func whatTheHookAnswersIsChecked() {
        let pickle = joblib([1, 2, 3])
        for count in [-1, 1_000_000, Int.max, Int.min] {
            let result = Pickle.run(source(pickle), limits: Limits()) { _, _ in .bytes(count) }
            #expect(
                result.failure?.reason == .truncated
                    && result.failure?.message.hasPrefix("BUILD: needs \(count) bytes") == true)
        }
        let refused = Pickle.run(source(pickle), limits: Limits()) { _, offset throws(InspectionError) in
            throw InspectionError(.unsupported, "object arrays")
        }
        #expect(refused.failure?.reason == .unsupported && refused.failure?.message == "object arrays")
    }

    /// A value that is kept beyond the hook stays what it was.
    @Test func valuesMayBeKept() {
        var kept: [PickleValue] = []
        let pickle = PickleBuilder().global("a", "B").emptyTuple().reduce().dup().binint1(1).build().binint1(2).build()
            .none().tuple3().stop()
        let result = Pickle.run(source(pickle), limits: Limits()) { value, _ in
            kept.append(value)
            return .nothing
        }
        #expect(kept.map { $0.object?.state?.int } == [1, 2])
        #expect(result.root?.elements[0]?.object?.state?.int == 2)
    }
}
