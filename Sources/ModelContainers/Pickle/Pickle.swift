package import ModelBytes

/// What one run over a pickle, or several in a row, has seen: values, imports, objects. Nothing in it was executed.
///
/// It is complete when `failure` is nil. Otherwise it holds everything up to the break, because what a pickle does
/// before its broken tail, it does.
package final class Pickle {
    /// One pickle of the run.
    package struct Stream {
        /// As the last PROTO says; protocols 0 and 1 have none, and are told by their opcodes.
        package let protocolVersion: Int
        /// Where its first opcode stands in the source.
        package let start: Int
        /// Behind its STOP.
        package let end: Int
        /// What lay on top of the stack then: the value that was pickled.
        package let root: PickleValue
    }

    /// A BUILD: `state` was set on `target`, which need not be an object that this pickle made.
    package struct Build {
        /// What lay below the state on the stack.
        package let target: PickleValue
        /// Mostly a dict of attributes.
        package let state: PickleValue
        /// Where the opcode stands in the source.
        package let offset: Int
    }

    /// What stands between a BUILD and the next opcode, where joblib writes the content of an array.
    package enum Embedded {
        case nothing
        /// This many bytes that are no opcodes: they are skipped.
        case bytes(Int)
        /// A whole pickle of its own, up to its STOP. Its value becomes what `PickleValue.embedded` answers.
        case pickle
    }

    /// Called after each BUILD with its target and the position behind the opcode. The value shows the run up to here,
    /// also when it is kept, which costs a copy. It is not called inside an embedded pickle.
    package typealias AfterBuild = (PickleValue, _ offset: Int) throws(InspectionError) -> Embedded
    /// Whether it is called for objects of a class. To show it the run costs more than a BUILD of anything else.
    package typealias IsAwaited = (_ module: String, _ name: String) -> Bool

    /// Something was added in a way that no value shows: to a class, or to what the reader supplies.
    package struct ForeignAddition {
        /// What it was added to.
        package let target: PickleValue
        /// Where the opcode stands in the source.
        package let offset: Int
        /// Items were set by key, and not appended.
        package let isByKey: Bool
    }

    /// Runs the pickles that begin at `offset`. Never throws: see `failure`.
    ///
    /// - Parameters:
    ///   - streams: How many pickles to read; nil for all there are. Data that ends sooner is no failure once there
    ///     was one complete pickle.
    ///   - window: `.sequential` for a pickle in an archive, where nothing but pickle follows. A pickle that payload
    ///     follows, or that has `bytes` in it, is better read through `.wary`, which never fetches more than 512
    ///     bytes of that.
    ///   - suppliesObjects: Whether the reader has a `persistent_load`, as torch's has; `pickle.load` ends at the first
    ///     persistent id.
    ///   - observe: Called with each event as it happens, if given.
    ///   - awaits: The classes whose objects `afterBuild` is called for; nil for all.
    package static func run(
        _ source: ByteSource, at offset: Int = 0, streams: Int? = nil, window: ByteCursor.Window = .sequential,
        limits: Limits, suppliesObjects: Bool = true, afterBuild: AfterBuild? = nil, observe: Observer? = nil,
        awaits: IsAwaited? = nil
    ) -> Pickle {
        var machine = PickleMachine(source, at: offset, window: window, limits: limits, afterBuild: afterBuild)
        machine.suppliesObjects = suppliesObjects
        machine.isAwaited = awaits
        machine.observe = observe
        machine.run(streams)
        return machine.result()
    }

    /// Whether `head` begins as protocols 2 to 5 do: PROTO, its version, an opcode. Protocols 0 and 1 have no
    /// signature: for them, and to be sure, a run decides.
    package static func looksLikePickle(_ head: [UInt8]) -> Bool {
        head.count >= 3 && head[0] == Opcode.proto.rawValue && (2...5).contains(head[1])
            && Opcode(rawValue: head[2]) != nil
    }

    /// What was read; `PickleValue.bytes` are positions in it.
    package let source: ByteSource
    /// Why the run ended before there were as many pickles as wanted; nil when it ended by STOP.
    package var failure: InspectionError? { broken?.error }
    /// The reason of `failure`, which costs nothing to ask for.
    package var failureReason: InspectionError.Reason? { broken?.reason }
    private let broken: PickleFailure?
    /// Behind the last STOP; where the run began when there was none.
    package let end: Int

    let arena: PickleArena
    /// What large dicts were asked for: many objects may share one as their state.
    var lookups: [Lookup: Int32?] = [:]
    struct Lookup: Hashable {
        let id: Int32
        let key: String
    }
    private let records: [StreamRecord]

    /// A `Stream` without a reference to its pickle, which would keep itself alive for ever.
    struct StreamRecord {
        let protocolVersion: Int
        let start: Int
        let end: Int
        let root: Int32
    }

    /// How many opcodes were executed.
    package let operations: Int
    /// Which ones.
    package let opcodes: OpcodeSet
    /// Where a frame ends inside of an argument, so that unpicklers read different things; no pickler writes that.
    package let splitFrame: Int?

    init(
        source: ByteSource, arena: PickleArena, streams: [StreamRecord], failure: PickleFailure?, end: Int,
        operations: Int, opcodes: OpcodeSet, splitFrame: Int?
    ) {
        self.opcodes = opcodes
        self.splitFrame = splitFrame
        self.operations = operations
        self.source = source
        self.arena = arena
        self.records = streams
        self.broken = failure
        self.end = end
    }

    /// The complete pickles.
    package var streams: [Stream] {
        records.map {
            Stream(
                protocolVersion: $0.protocolVersion, start: $0.start, end: $0.end,
                root: PickleValue(pickle: self, id: $0.root))
        }
    }

    /// The value of the first complete pickle.
    package var root: PickleValue? { records.first.map { PickleValue(pickle: self, id: $0.root) } }

    /// Every name the pickles ask for, in the order in which they first do.
    public var imports: [Import] { arena.imports }

    /// Whether there are texts of bytes without an encoding, the `str` of Python 2, which Python 3 never writes.
    package var hasByteStrings: Bool { arena.hasByteStrings }

    /// Every object the pickles make, in order, also those they drop again.
    package var objects: some Sequence<PickleObject> {
        (0..<Int32(arena.nodes.count)).lazy.compactMap { PickleValue(pickle: self, id: $0).object }
    }

    /// The first calls of what is no import, in order.
    package var computedCalls: some Sequence<(callee: PickleValue, offset: Int)> {
        arena.computedCalls.lazy.map { (PickleValue(pickle: self, id: $0.callee), $0.offset) }
    }

    /// The first additions to what is no value of the pickle's own, in order.
    package var foreignAdditions: some Sequence<ForeignAddition> {
        arena.foreignAdditions.lazy.map {
            ForeignAddition(
                target: PickleValue(pickle: self, id: $0.target), offset: $0.offset, isByKey: $0.isByKey)
        }
    }

    /// Every BUILD, in order.
    package var builds: some Sequence<Build> {
        (0..<arena.builds.count).lazy.map {
            let build = self.arena.builds[$0]
            return Build(
                target: PickleValue(pickle: self, id: build.target), state: PickleValue(pickle: self, id: build.state),
                offset: build.offset)
        }
    }
}
