import ModelBytes
import ModelContainers

/// The oldest `torch.save`, of torch 0.1.10 and before: a tar archive of `storages`, `tensors` and `pickle`.
///
/// Source: torch/serialization.py, `legacy_load` inside `_legacy_load`.
enum TorchTar: Format {
    /// Its ids are those of the legacy stream, which lists them.
    static let identities: [FormatIdentity] = TorchLegacy.identities

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source, TarArchive.mayBeTar(head: subject.head),
            let archive = try? TarArchive(source, limits: subject.limits)
        else { return nil }
        // torch reads `storages` first, and runs it whether or not the others are there.
        guard archive.entry("storages") != nil else { return nil }
        let others = ["tensors", "pickle"].allSatisfy { archive.entry($0) != nil }
        return SniffMatch(others ? .structure : .plausible, "tar with storages\(others ? ", tensors and pickle" : "")")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(TorchLegacy.identity("torch-legacy-save-other"))
        result.variant = "tar"
        guard let source = subject.source else { return }
        let archive = try TarArchive(source, limits: subject.limits)
        var reader = TorchTarReader(archive: archive, limits: subject.limits)
        var pickle: Pickle?
        // What was run before an error was run all the same.
        defer {
            for finding in reader.told.findings {
                result.report(finding.severity, code: finding.code, finding.message, at: finding.where)
            }
            result.loading = TorchLoading(
                pickle, reader.report, subject, refusal: "it refuses tar archives"
            ).value(into: &result)
        }
        let last = try reader.run()
        pickle = last
        if let failure = last.failure { throw failure }
        guard let root = last.root, let stateDict = reader.stateDict(root) else {
            throw InspectionError(
                .unsupported, "holds something else than a state_dict, which is not read from a tar", entry: "pickle")
        }
        TorchSaveFacts(
            identity: TorchLegacy.kind, entry: "pickle", limits: subject.limits,
            listing: TorchListing(result.listing)
        ).fill(&result, from: .stateDict(stateDict))
    }
}

/// Reads the three members: storages and tensors are rows of small pickles with raw numbers between them.
private struct TorchTarReader {
    let archive: TarArchive
    let limits: Limits
    private(set) var report: PickleReport
    private(set) var told = ProbeResult(TorchLegacy.identity("torch-legacy-save-other"))
    /// Root storage, and where in it a view begins, by the key of the storage or view.
    private var storages: [Int: (root: Int, offset: Int, dataType: String, location: String?)] = [:]
    private var tensors: [Int: TorchTensor] = [:]

    init(archive: TarArchive, limits: Limits) {
        self.archive = archive
        self.limits = limits
        report = PickleReport(policy: TorchImports.policy, limits: limits)
    }

    /// Reads storages and tensors, and runs the pickle that refers to them.
    mutating func run() throws(InspectionError) -> Pickle {
        try readStorages()
        try readTensors()
        let pickle = Pickle.run(try member("pickle"), streams: 1, limits: limits)
        report.add(pickle, entry: "pickle", to: &told)
        return pickle
    }

    /// The tensors that the pickle names by persistent ids.
    func stateDict(_ root: PickleValue) -> TorchStateDict? {
        guard let mapping = TorchMapping(root) else { return nil }
        var named: [(name: String, tensor: TorchTensor)] = []
        for (key, value) in mapping.pairs {
            guard let name = key.string, let id = value.persistentID,
                let number = id.int ?? id.string.flatMap({ Int($0) }),
                let tensor = tensors[number]
            else { return nil }
            named.append((name, tensor))
        }
        return named.isEmpty ? nil : TorchStateDict(tensors: named, isProven: true)
    }

    private func member(_ name: String) throws(InspectionError) -> ByteSource {
        guard let entry = archive.entry(name) else {
            throw InspectionError(.malformed, "the tar has no member \(name)")
        }
        return try archive.open(entry)
    }

    private mutating func pickle(_ source: ByteSource, at offset: Int) throws(InspectionError) -> (
        root: PickleValue, end: Int
    ) {
        let pickle = Pickle.run(source, at: offset, streams: 1, window: .wary, limits: limits)
        report.add(pickle, entry: source.entry, to: &told)
        if let failure = pickle.failure { throw failure }
        guard let root = pickle.root else {
            throw InspectionError(.truncated, "a pickle is missing", entry: source.entry, offset: offset)
        }
        return (root, pickle.end)
    }

    private mutating func count(_ source: ByteSource) throws(InspectionError) -> (count: Int, end: Int) {
        let (root, end) = try pickle(source, at: 0)
        guard let count = root.int, count >= 0 else {
            throw InspectionError(.malformed, "does not begin with a count", entry: source.entry, offset: 0)
        }
        try limits.pickleStreams.check(count, entry: source.entry, offset: 0)
        return (count, end)
    }

    private mutating func readStorages() throws(InspectionError) {
        let source = try member("storages")
        var (count, offset) = try count(source)
        for _ in 0..<count {
            let (root, end) = try pickle(source, at: offset)
            let parts = Array(root.elements.prefix(3))
            guard parts.count == 3, let key = parts[0].int, let (_, name) = parts[2].global,
                let type = TorchDataType.named(storageClass: name)
            else {
                throw InspectionError(.malformed, "a storage is not described", entry: source.entry, offset: offset)
            }
            storages[key] = (key, 0, type, parts[1].string)
            var cursor = ByteCursor(source, at: end, window: .wary)
            let elements = try cursor.length(8)
            guard let size = TorchDataType.bytes(elements, of: type) else {
                throw cursor.malformed("a storage is too large for any memory")
            }
            try cursor.skip(size)
            offset = cursor.offset
        }
        let (views, _) = try pickle(source, at: offset)
        for view in views.elements {
            let numbers = view.elements.prefix(4).compactMap(\.int)
            guard numbers.count == 4, let root = storages[numbers[1]] else { continue }
            storages[numbers[0]] = (root.root, numbers[2], root.dataType, root.location)
        }
    }

    /// (key, storage, class), then i32 dimensions, 4 bytes of padding, i64 sizes, i64 strides, i64 offset.
    private mutating func readTensors() throws(InspectionError) {
        let source = try member("tensors")
        var (count, offset) = try count(source)
        for _ in 0..<count {
            let (root, end) = try pickle(source, at: offset)
            let parts = Array(root.elements.prefix(3))
            guard parts.count == 3, let key = parts[0].int, let storage = parts[1].int.flatMap({ storages[$0] }) else {
                throw InspectionError(.malformed, "a tensor is not described", entry: source.entry, offset: offset)
            }
            var cursor = ByteCursor(source, at: end, window: .wary)
            let rank = try cursor.length(4)
            guard rank <= 64 else { throw cursor.malformed("a tensor of \(rank) dimensions") }
            try cursor.skip(4)
            var numbers: [Int] = []
            for _ in 0..<(2 * rank + 1) { numbers.append(try cursor.length(8)) }
            let (start, overflow) = storage.offset.addingReportingOverflow(numbers[2 * rank])
            guard !overflow else { throw cursor.malformed("a tensor begins beyond its storage") }
            tensors[key] = TorchTensor(
                shape: Array(numbers[..<rank]), strides: Array(numbers[rank..<2 * rank]), storageOffset: start,
                storageKey: String(storage.root), dataType: storage.dataType, location: storage.location)
            offset = cursor.offset
        }
    }
}
