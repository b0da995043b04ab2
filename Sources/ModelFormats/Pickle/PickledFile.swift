import ModelBytes
import ModelContainers

/// The pickles of a file, read through its compression.
struct PickledFile {
    let pickle: Pickle
    let arrays: JoblibArrays
    let compression: Compression?
    /// The same bytes as `pickle.load` runs them, the arrays that joblib skips as opcodes too; nil where that is the same.
    let plain: Pickle?

    /// Nil for a directory.
    init?(_ subject: InspectedArtifact) throws(InspectionError) {
        guard let source = subject.source else { return nil }
        if let inflated = try subject.inflated?.get() {
            compression = inflated.compression
            (pickle, arrays) = JoblibArrays.run(ByteSource(inflated), limits: subject.limits)
            plain = Self.plain(ByteSource(inflated), arrays, subject.limits)
        } else {
            compression = nil
            (pickle, arrays) = JoblibArrays.run(source, window: .wary, limits: subject.limits)
            plain = Self.plain(source, arrays, subject.limits)
        }
    }

    private static func plain(_ source: ByteSource, _ arrays: JoblibArrays, _ limits: Limits) -> Pickle? {
        guard !arrays.places.isEmpty else { return nil }
        let pickle = Pickle.run(source, streams: 1, window: .wary, limits: limits, suppliesObjects: false)
        return pickle
    }

    /// Whether joblib wrote it: nobody else leaves arrays between the opcodes, or pickles as a bare zlib or lz4 stream
    /// (joblib/compressor.py, `_COMPRESSORS`).
    var isJoblib: Bool {
        arrays.isJoblib || compression == .zlib || compression == .zfile || compression == .lz4
    }

    /// Whether `pickle.dump` and `joblib.dump` write the same bytes for it: joblib leaves its mark where an array is, and
    /// nowhere else.
    var couldBeJoblib: Bool {
        guard !isJoblib, compression != .zstd else { return false }
        return !pickle.imports.contains {
            ($0.name == "_reconstruct" || $0.name == "_frombuffer") && $0.module.hasPrefix("numpy.")
        }
    }

    var variant: String? {
        var parts: [String] = []
        if !arrays.places.isEmpty { parts.append("arrays between the opcodes") }
        if arrays.hasCompanions { parts.append("arrays in other files") }
        if let compression { parts.append("\(compression.rawValue)-compressed") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source else { return nil }
        guard let inflated = subject.inflated else {
            return sniff(source, head: subject.head, limits: subject.limits).map { SniffMatch(.plausible, $0) }
        }
        // A stream that is broken at its very beginning shows nothing of what is in it.
        guard let inflated = try? inflated.get() else { return nil }
        let content = ByteSource(inflated)
        guard let head = try? content.bytes(at: 0, upTo: Artifact.headBytes),
            let reason = sniff(content, head: head, limits: subject.limits)
        else { return nil }
        return SniffMatch(.plausible, "\(inflated.compression.rawValue) stream of a file that \(reason)")
    }

    private static func sniff(_ source: ByteSource, head: [UInt8], limits: Limits) -> String? {
        if Pickle.looksLikePickle(head) { return "begins like a pickle of protocol 2 or later" }
        if let first = head.first, textOpcodes.contains(first), !isOther(head), isComplete(source, limits) {
            return "has opcodes of a pickle of protocol 0 or 1 up to STOP"
        }
        guard let sighting = PickleSighting(source, head: head, limits: limits),
            let item = sighting.pickle.imports.first(where: PickleSighting.isTelling)
        else { return nil }
        return "runs as a pickle that imports \(item.module.prefix(64)).\(item.name.prefix(64))"
    }

    /// Protocols 0 and 1 have no mark of their own: only a run that ends in STOP, or names an import, tells them.
    private static func isComplete(_ source: ByteSource, _ limits: Limits) -> Bool {
        var limits = limits
        limits.pickleOperations.value = min(limits.pickleOperations.value, 4_096)
        let (pickle, _) = JoblibArrays.run(source, streams: 1, window: .wary, limits: limits)
        return !pickle.streams.isEmpty || (pickle.failureReason == .limit && !pickle.imports.isEmpty)
    }

    /// What protocol 0 and 1 begin with in practice: MARK, GLOBAL, EMPTY_LIST, EMPTY_DICT, EMPTY_TUPLE.
    private static let textOpcodes: [UInt8] = [0x28, 0x63, 0x5D, 0x7D, 0x29]

    private static func isOther(_ head: [UInt8]) -> Bool {
        // An empty value and STOP are a pickle of two bytes; before more of them they are chance.
        if head.count > 2, head[1] == Pickle.Opcode.stop.rawValue { return true }
        // JSON and source code begin with the same brackets; a pickle of protocol 0 ends its first line soon.
        guard let first = head.first, first == 0x5D || first == 0x7D || first == 0x29 else { return false }
        return head.dropFirst().first.map { $0 == 0x0A || $0 == 0x20 || $0 == 0x2C } ?? true
    }
}
