import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Every way in which scanners have been made to overlook an import or a call.
@Suite struct PickleImportTests {
    private func run(_ pickle: PickleBuilder) -> Pickle {
        Pickle.run(ByteSource(MemoryBytes(pickle.bytes)), limits: Limits())
    }

    private func names(_ pickle: Pickle) -> [String] { pickle.imports.map { PickleRendering.text($0) } }

    /// Each of the opcodes that import, in a pickle that calls what it imports.
    static let callers: [(opcode: Pickle.Opcode, pickle: PickleBuilder)] = [
        (.global, PickleBuilder().global("os", "system").unicode("id").tuple1().reduce().stop()),
        (
            .stackGlobal,
            PickleBuilder().proto(4).shortBinunicode("os").shortBinunicode("system").stackGlobal().emptyTuple().reduce()
                .stop()
        ),
        (.inst, PickleBuilder().mark().string("'id'").inst("os", "system").stop()),
        (.global, PickleBuilder().mark().global("os", "system").unicode("id").obj().stop()),
        (.global, PickleBuilder().proto(2).global("os", "system").emptyTuple().newobj().stop()),
        (.global, PickleBuilder().proto(4).global("os", "system").emptyTuple().emptyDict().newobjEx().stop()),
    ]

    @Test(arguments: callers) func isSeenAndCalled(opcode: Pickle.Opcode, pickle: PickleBuilder) throws {
        let result = run(pickle)
        #expect(result.failure == nil)
        let found = try #require(result.imports.first)
        #expect(names(result) == ["os system"])
        #expect(found.opcode == opcode && found.isCalled && found.count == 1)
        #expect(pickle.bytes[found.offset] == opcode.rawValue)
        let object = try #require(result.root?.object)
        #expect(object.callee.isGlobal("os", "system"))
        #expect(pickle.bytes[object.offset] == object.opcode.rawValue)
    }

    @Test func extensionCodes() throws {
        let result = run(
            PickleBuilder().proto(2).ext1(7).ext2(0x1234).ext4(0x1234_5678).ext1(7).emptyTuple().reduce().stop())
        #expect(names(result) == ["extension 7", "extension 4660", "extension 305419896"])
        #expect(result.imports.map(\.count) == [2, 1, 1])
        #expect(result.imports.map(\.isCalled) == [true, false, false])
        #expect(result.imports.map(\.opcode) == [.ext1, .ext2, .ext4])
        let callee = try #require(result.root?.object?.callee)
        #expect(callee.kind == .extension && callee.importIndex == 0 && callee.global == nil)
        #expect(run(PickleBuilder().ext4(-1).stop()).failure?.message == "EXT4: the extension code -1 is not positive")
        #expect(run(PickleBuilder().ext1(0).stop()).failure?.reason == .malformed)
    }

    /// A scanner that takes the last two strings it saw reports `numpy dtype` here.
    @Test func namesThatWereMemoised() {
        let pickle = PickleBuilder().proto(4)
            .shortBinunicode("posix").memoize().shortBinunicode("system").memoize().shortBinunicode("numpy")
            .shortBinunicode("dtype").pop().pop().pop().pop()
            .binget(0).binget(1).stackGlobal().stop()
        #expect(names(run(pickle)) == ["posix system"])
    }

    /// The slots are taken by all four ways to fill them, and overwritten.
    @Test func memoSlots() {
        let pickle = PickleBuilder().proto(4)
            .unicode("harmless").put("1").unicode("os").binput(1).unicode("system").longBinput(1_000)
            .unicode("first").memoize()  // two slots are in use, so this is slot 2
            .get("1").longBinget(1_000).stackGlobal().binget(1).binget(2).stackGlobal().stop()
        #expect(names(run(pickle)) == ["os system", "os first"])
    }

    @Test func memoizeTakesTheNumberOfSlotsInUse() {
        let overwritten = PickleBuilder().none().binput(0).unicode("a").memoize().unicode("b").binput(0).memoize()
            .binget(0).binget(1).binget(2).tuple3().stop()
        #expect(run(overwritten).root?.elements.map { $0.string } == ["b", "a", "b"])
    }

    @Test func stackGlobalOnWhatIsNoString() throws {
        let computed = PickleBuilder().proto(4).global("builtins", "str").unicode("system").tuple1().reduce()
        let result = run(
            PickleBuilder().proto(4).unicode("os").then(computed).stackGlobal().emptyTuple().reduce().stop())
        #expect(result.failure == nil)
        #expect(names(result) == ["builtins str", "dynamic os "])
        #expect(result.imports.last?.isCalled == true)
        #expect(result.root?.object?.callee.isGlobal("os", "") == false)
        // What is no text is refused by every unpickler.
        let numbers = run(PickleBuilder().none().binint1(3).stackGlobal().stop())
        #expect(names(numbers).isEmpty && numbers.failure?.reason == .malformed)
    }

    /// fickling lost calls whose result was popped.
    @Test func calledAndDropped() throws {
        let dropped = PickleBuilder().global("os", "system").unicode("id").tuple1().reduce()
        let results = [
            run(dropped.pop().emptyDict().stop()),
            run(PickleBuilder().mark().then(dropped).popMark().emptyDict().stop()),
            run(PickleBuilder().emptyDict().binput(0).pop().then(dropped).pop().binget(0).stop()),
        ]
        for result in results {
            #expect(result.failure == nil && result.root?.kind == .dict)
            let objects = Array(result.objects)
            #expect(objects.count == 1)
            #expect(objects.first?.opcode == .reduce)
            #expect(objects.first?.callee.isGlobal("os", "system") == true)
            #expect(objects.first?.arguments.elements.first?.string == "id")
            #expect(objects.first.map { result.imports.count == 1 && $0.offset > result.imports[0].offset } == true)
        }
    }

    @Test func mentionedButNotCalled() {
        let result = run(PickleBuilder().global("os", "system").global("os", "path").tuple2().stop())
        #expect(result.imports.map(\.isCalled) == [false, false])
        #expect(Array(result.objects).isEmpty)
    }

    @Test func stateSetOnAClass() {
        let result = run(PickleBuilder().global("os", "environ").emptyDict().build().stop())
        #expect(result.imports.first?.isCalled == true)
        let builds = Array(result.builds)
        #expect(builds.count == 1 && builds.first?.target.isGlobal("os", "environ") == true)
        #expect(builds.first?.offset == result.end - 2)
    }

    @Test func callsOnWhatWasCalled() throws {
        let attribute = PickleBuilder().global("builtins", "getattr").global("os", "path").unicode("join").tuple2()
            .reduce()
        let result = run(attribute.emptyTuple().reduce().stop())
        let outer = try #require(result.root?.object)
        #expect(outer.callee.kind == .object && outer.callee.object?.callee.isGlobal("builtins", "getattr") == true)
        #expect(result.imports.map(\.isCalled) == [true, false])
    }

    /// nullifAI: the payload runs before the unpickler meets the broken tail.
    @Test func payloadBeforeABrokenTail() {
        let payload = PickleBuilder().proto(2).global("os", "system").unicode("id").tuple1().reduce()
        for tail in [[], [0xFF], [0x58, 0xFF, 0xFF, 0xFF, 0x7F], [0x52, 0x52]] as [[UInt8]] {
            let result = run(payload.raw(tail))
            #expect(result.failure != nil && result.streams.isEmpty && result.end == 0)
            #expect(names(result) == ["os system"] && result.imports.first?.isCalled == true)
            #expect(result.failure?.offset == payload.bytes.count)
        }
    }

    @Test func sameNameByDifferentOpcodes() {
        let result = run(
            PickleBuilder().global("a", "b").global("a", "c").mark().inst("a", "b").unicode("a").unicode("b")
                .stackGlobal()
                .stop())
        #expect(names(result) == ["a b", "a c"])
        #expect(result.imports.map(\.count) == [3, 1])
        #expect(result.imports.map(\.opcode) == [.global, .global])
    }

    /// A pickle inside a bytes object can be run where it lies.
    @Test func pickleInsideBytes() throws {
        let inner = PickleBuilder().global("os", "system").stop().bytes
        let result = run(
            PickleBuilder().global("torch.storage", "_load_from_bytes").shortBinbytes(inner).tuple1().reduce().stop())
        let bytes = try #require(result.root?.object?.arguments.elements[0]?.bytes)
        let slice = try result.source.slice(at: bytes.offset, count: bytes.count)
        #expect(names(Pickle.run(slice, limits: Limits())) == ["os system"])
    }

    @Test func persistentIdsAreCallsOfTheReader() throws {
        let result = run(
            PickleBuilder().global("os", "system").emptyTuple().reduce().binpersid().persid("7").tuple2().stop())
        let ids = try #require(result.root).elements.map { $0.persistentID }
        #expect(ids[0]?.object?.callee.isGlobal("os", "system") == true)
        #expect(ids[1]?.string == "7")
    }
}
