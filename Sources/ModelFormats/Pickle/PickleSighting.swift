import ModelBytes
import ModelContainers

/// Bytes that an unpickler would begin to run, whatever else they are: any opcode may come first, no protocol need be
/// named, and it does not matter whether they end as a pickle does.
///
/// Ordinary text is not one: something has to be imported whose name Python could import, and be called or be known as
/// dangerous.
struct PickleSighting {
    let pickle: Pickle

    /// Looks at `source` from `offset` on. `head` are its first bytes: as long as they do not run to their end, nothing
    /// more is fetched.
    init?(_ source: ByteSource, at offset: Int = 0, head: [UInt8]? = nil, limits: Limits) {
        var operations = 0
        self.init(source, at: offset, head: head, limits: limits, operations: &operations)
    }

    /// The same; the opcodes it took are added to `operations`.
    init?(_ source: ByteSource, at offset: Int = 0, head: [UInt8]?, limits: Limits, operations: inout Int) {
        // What cannot be read is an error of those whose file it is.
        guard let start = head ?? (try? source.bytes(at: offset, upTo: 256)), let first = start.first,
            Pickle.Opcode(rawValue: first) != nil
        else { return nil }
        let isWhole = source.storage.isCountKnown && start.count >= source.count - offset
        var pickle = Self.run(ByteSource(MemoryBytes(start), entry: source.entry), at: 0, limits)
        operations += pickle.operations
        if !isWhole, Self.goesOn(pickle, beyond: start.count) {
            pickle = Self.run(source, at: offset, limits)
            operations += pickle.operations
        }
        guard Self.isTelling(pickle) else { return nil }
        self.pickle = pickle
    }

    private static func run(_ source: ByteSource, at offset: Int, _ limits: Limits) -> Pickle {
        // `pickle.load` reads one pickle, torch five when the first is its magic number.
        let first = Pickle.run(
            source, at: offset, streams: 1, window: .wary, limits: limits, suppliesObjects: false)
        guard first.root?.integerBytes == TorchMagic.number else { return first }
        return Pickle.run(source, at: offset, streams: 5, window: .wary, limits: limits)
    }

    /// Whether the head was too short to tell: it ran to its end.
    private static func goesOn(_ pickle: Pickle, beyond count: Int) -> Bool {
        pickle.failureReason == .truncated || pickle.failureReason == .limit
    }

    /// Whether what it would do is more than chance.
    static func isTelling(_ pickle: Pickle) -> Bool {
        pickle.imports.contains(where: isTelling)
    }

    static func isTelling(_ item: Pickle.Import) -> Bool {
        switch item.kind {
        // What computes a name has been called, and tells more.
        case .dynamic, .extension: return false
        case .named:
            guard PythonName.isPlain(item.module, item.name) else { return false }
            if item.isCalled { return true }
            let name = PythonName(item.module, item.name)
            return PickledImports.policy.danger(module: name.module, name: name.name) != nil
        }
    }
}
