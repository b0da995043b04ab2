import ModelBytes
import ModelContainers

/// Pickles that a pickle gives to a loader as bytes. Each value is run once, and all of them share one budget.
struct NestedPickles {
    struct Found {
        enum Content {
            case sources([ByteSource])
            /// Not run, and why.
            case unseen(String)
        }
        let offset: Int
        let isTorch: Bool
        let content: Content
    }

    /// Bytes that were run before.
    private struct Place: Hashable {
        let storage: ObjectIdentifier
        let start: Int
        let count: Int
    }

    private let limits: Limits
    private var seen: Set<Place> = []
    private var runs = 0
    private var operations: Int
    /// Opcodes of all that was run.
    private(set) var spent = 0
    /// What was copied and inflated for it, in bytes.
    private var copied = 0
    private static let mostCopied = 64 << 20
    /// Keeps the storages alive that `seen` names by address.
    private var kept: [any ByteStorage] = []
    /// What exceeds it is reported once.
    private var isSpent = false

    private static let deepest = 8
    /// Each says the same of the verdict.
    private static let mostUnseen = 64

    init(limits: Limits) {
        self.limits = limits
        operations = limits.pickleOperations.value / 8
    }

    /// Functions that load the bytes they are given.
    private static let loaders: Set<String> = [
        "torch.storage._load_from_bytes", "torch.load", "torch.serialization.load", "pickle.loads", "pickle.load",
        "pickle._loads", "pickle._load", "_pickle.loads", "_pickle.load", "dill.loads", "dill.load", "dill._dill.loads",
        "dill._dill.load", "cloudpickle.loads", "cloudpickle.load", "cloudpickle.cloudpickle.loads", "joblib.load",
        "joblib.numpy_pickle.load", "numpy.load", "numpy.lib.npyio.load", "numpy.lib._npyio_impl.load",
        "pandas.read_pickle", "pandas.io.pickle.read_pickle",
    ]

    /// What `pickle` loads, as far as the budget goes.
    mutating func find(in pickle: Pickle, depth: Int) -> [Found] {
        guard pickle.imports.contains(where: { Self.loaders.contains(PythonName($0.module, $0.name).path) }) else {
            return []
        }
        var found: [Found] = []
        // Bytes that are computed anew each time from the same value.
        var origins: Set<NestedBytes.Origin> = []
        // One loader is called again and again, and may be given the same value each time.
        var loaders: [Int32: String?] = [:]
        var met: Set<Int32> = []
        var unseen = 0
        for object in pickle.objects {
            // What lies beyond a budget is not looked at at all, which was said.
            if isSpent { break }
            guard object.callee.kind == .global else { continue }
            let path: String?
            if let known = loaders[object.callee.id] {
                path = known
            } else {
                path = Self.loader(object.callee)
                loaders[object.callee.id] = .some(path)
            }
            guard let path, let argument = object.arguments.elements.first,
                met.insert(argument.id).inserted
            else { continue }
            let isTorch = path.hasPrefix("torch.")
            let content: Found.Content
            let origin = argument.bytes == nil ? NestedBytes.origin(argument) : nil
            if let origin, !origins.insert(origin).inserted { continue }
            if origin != nil, copied >= Self.mostCopied {
                isSpent = true
                content = .unseen("the bytes of such pickles are more than \(Self.mostCopied) together")
            } else if let source = NestedBytes.source(argument) {
                let place = Place(
                    storage: ObjectIdentifier(source.storage), start: source.range.lowerBound, count: source.count)
                guard seen.insert(place).inserted else { continue }
                kept.append(source.storage)
                if origin != nil { copied += source.count }
                if depth >= Self.deepest {
                    content = .unseen("\(depth) are nested in each other")
                } else if runs >= limits.nestedPickles.value || operations <= 0 {
                    isSpent = true
                    content = .unseen(limits.nestedPickles.reached().message)
                } else {
                    content = .sources(members(source))
                    runs += 1
                }
            } else {
                // A file that is named, not a pickle that is brought along.
                if argument.kind == .string { continue }
                unseen += 1
                guard unseen <= Self.mostUnseen else { continue }
                content = .unseen("its bytes are computed")
            }
            found.append(Found(offset: object.offset, isTorch: isTorch, content: content))
        }
        return found
    }

    /// The loader that is called; nil for anything else.
    private static func loader(_ callee: PickleValue) -> String? {
        guard let (module, name) = callee.global else { return nil }
        let path = PythonName(module, name).path
        return loaders.contains(path) ? path : nil
    }

    mutating func run(_ source: ByteSource, isTorch: Bool) -> Pickle {
        var inner = limits
        inner.pickleOperations.value = max(1, min(operations, limits.pickleOperations.value))
        // torch.save's legacy stream is five pickles and, behind them, the bytes of the storages.
        let streams = isTorch ? (TorchMagic.begins(source) ? 5 : 1) : nil
        let pickle = Pickle.run(source, streams: streams, window: .wary, limits: inner)
        operations -= pickle.operations
        spent += pickle.operations
        return pickle
    }

    /// The pickles in `source`: those of an archive of torch, of a compressed stream, of an array, or all of it.
    private mutating func members(_ source: ByteSource) -> [ByteSource] {
        guard let head = try? source.bytes(at: 0, upTo: 64) else { return [source] }
        if ZipArchive.mayBeZip(head: head), let archive = try? ZipArchive(source, limits: limits) {
            var opened: [ByteSource] = []
            for entry in archive.entries where entry.name.lowercased().hasSuffix(".pkl") {
                // Beyond the budget the compressed bytes stand for it: no pickle, so that its end is said.
                if !entry.isStored {
                    guard entry.size <= Self.mostCopied - copied else { return opened + [source] }
                    copied += entry.size
                }
                guard opened.count < 16 else { return opened + [source] }
                if let member = try? archive.open(entry) { opened.append(member) }
            }
            return opened
        }
        if head.starts(with: NumPyFile.magic), let file = try? NumPyFile(source),
            let rest = try? source.slice(at: file.dataOffset, count: source.count - file.dataOffset)
        {
            return [rest]
        }
        if let compression = Compression(head: head),
            let inflated = try? InflatedBytes(source, compression, limits: limits)
        {
            return [ByteSource(inflated)]
        }
        return [source]
    }
}

/// Bytes in a pickle, in whichever way they are written.
enum NestedBytes {
    /// What the bytes are made from, and how.
    struct Origin: Hashable {
        let value: PickleValue
        let encoding: PickleValue?
    }

    static func origin(_ value: PickleValue, depth: Int = 0) -> Origin? {
        guard depth < 8, let object = value.object, object.callee.global != nil else { return nil }
        let arguments = Array(object.arguments.elements.prefix(2))
        guard let first = arguments.first else { return nil }
        if first.object != nil { return origin(first, depth: depth + 1) }
        return Origin(value: first, encoding: arguments.count > 1 ? arguments[1] : nil)
    }

    /// The bytes that `value` will be: `bytes`, a text of Latin-1, a `BytesIO` of such. Nil when they are computed in
    /// another way.
    static func source(_ value: PickleValue, depth: Int = 0) -> ByteSource? {
        guard depth < 8 else { return nil }
        if let place = value.bytes { return try? value.pickle.source.slice(at: place.offset, count: place.count) }
        guard let object = value.object, let (module, name) = object.callee.global else { return nil }
        let arguments = Array(object.arguments.elements.prefix(2))
        guard let first = arguments.first else { return nil }
        switch PythonName(module, name).path {
        case "_codecs.encode", "codecs.encode", "builtins.bytes", "builtins.bytearray":
            if let text = first.utf8 {
                // An encoding may be spelt at any length; what it makes of the text is then not known.
                guard let encoding = arguments.count > 1 ? arguments[1].string(upTo: 256)?.lowercased() : "utf-8" else {
                    return nil
                }
                let bytes = encoding.contains("latin") ? NumPyArray.latin1(text) : Array(text)
                return bytes.map { ByteSource(MemoryBytes($0)) }
            }
            if first.kind == .list || first.kind == .tuple {
                let bytes = first.elements.prefix(1 << 20).compactMap { $0.int.flatMap { UInt8(exactly: $0) } }
                return bytes.count == first.elements.count ? ByteSource(MemoryBytes(bytes)) : nil
            }
            return source(first, depth: depth + 1)
        case "io.BytesIO", "_io.BytesIO", "builtins.memoryview", "io.BufferedReader", "_io.BufferedReader":
            return source(first, depth: depth + 1)
        default: return nil
        }
    }
}

/// The number that torch's legacy stream begins with, as a pickle of any protocol.
enum TorchMagic {
    /// 0x1950a86a20f9469cfc6c, little-endian.
    static let number: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

    static func begins(_ source: ByteSource) -> Bool {
        guard let head = try? source.bytes(at: 0, upTo: 256) else { return false }
        return begins(head)
    }

    static func begins(_ head: [UInt8]) -> Bool {
        guard let first = head.first, Pickle.Opcode(rawValue: first) != nil else { return false }
        var limits = Limits()
        limits.pickleOperations.value = 64
        let pickle = Pickle.run(ByteSource(MemoryBytes(Array(head.prefix(256)))), streams: 1, limits: limits)
        return pickle.root?.integerBytes == number
    }
}
