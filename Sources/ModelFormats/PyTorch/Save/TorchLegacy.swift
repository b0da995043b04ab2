import ModelBytes
import ModelContainers

/// `torch.save` before torch 1.6, and since then with `_use_new_zipfile_serialization=False`: five pickles in a row and
/// the raw storages behind them.
///
/// Source: torch/serialization.py `_legacy_save`, `_legacy_load`.
enum TorchLegacy: Format {
    private static let extensions = [
        "pt", "pth", "bin", "ckpt", "th", "pkl", "pickle", "model", "tar", "pyt", "weights", "t7",
    ]
    private static let media = "application/octet-stream; framework=pytorch"

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torch-legacy-state-dict", "PyTorch state_dict (legacy stream)", artifactType: "torch.save",
            framework: .pyTorch, roles: ["mlm:weights"], mediaType: media, extensions: extensions,
            ownReader: .torchStream, reads: "as torch-state-dict"),
        FormatIdentity(
            "torch-legacy-checkpoint", "PyTorch checkpoint (legacy stream)", artifactType: "torch.save",
            framework: .pyTorch, roles: ["mlm:weights", "mlm:checkpoint"], mediaType: media, extensions: extensions,
            ownReader: .torchStream, reads: "as torch-checkpoint"),
        FormatIdentity(
            "torch-legacy-module", "pickled PyTorch module (legacy stream)", artifactType: "torch.save",
            framework: .pyTorch, mediaType: media, extensions: extensions, countsExactly: true,
            ownReader: .torchStream, reads: "as torch-module; that the source of its classes lies inside"),
        FormatIdentity(
            "torch-legacy-save-other", "torch.save of something else (legacy stream)", artifactType: "torch.save",
            framework: .pyTorch, mediaType: media, extensions: extensions, ownReader: .torchStream,
            reads: "what it holds instead of a model"),
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard TorchMagic.begins(subject.head) else { return nil }
        return SniffMatch(.structure, "torch's magic number as the first pickle")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("torch-legacy-save-other"))
        result.variant = "legacy stream"
        guard let source = subject.source else { return }
        // Magic number, protocol version, machine, the object, keys of the storages.
        let pickle = Pickle.run(source, streams: 5, window: .wary, limits: subject.limits)
        var report = PickleReport(policy: TorchImports.policy, limits: subject.limits)
        report.add(pickle, entry: nil, to: &result)
        let sources = Self.hasSources(pickle)
        result.loading = TorchLoading(
            pickle, report, subject, refusal: sources ? "classes travel as persistent ids" : nil
        ).value(into: &result)
        if sources {
            result.report(
                .note, code: "torch.source-inside",
                "it contains the source code of its classes as text, which torch compares but never runs")
        }
        if let failure = pickle.failure { throw failure }
        guard pickle.streams.count == 5 else {
            throw InspectionError(
                .truncated, "holds \(pickle.streams.count) of the 5 pickles that torch writes", offset: pickle.end)
        }
        result.version = pickle.streams[1].root.int.map(String.init)
        let storages = storages(pickle, keepsStarts: result.listing != nil)
        let listing = TorchListing(result.listing) { key in
            storages.starts[key].map { StoredTensor.Place(in: source, at: $0) }
        }
        TorchSaveFacts(
            identity: kind, entry: "byte \(pickle.streams[3].start)", limits: subject.limits, listing: listing
        ).fill(&result, from: TorchObject(pickle.streams[3].root, isWeights: subject.isWeights))
        TorchVersionText.find(in: pickle, at: "byte \(pickle.streams[3].start)", &result)
        // A shorter file was cut off.
        guard storages.end <= source.count else {
            throw InspectionError(
                .truncated, "the storages need \(storages.end) bytes, but the file has \(source.count)",
                offset: pickle.end)
        }
    }

    static func kind(_ kind: TorchSaveFacts.Kind) -> FormatIdentity {
        switch kind {
        case .stateDict: identity("torch-legacy-state-dict")
        case .checkpoint: identity("torch-legacy-checkpoint")
        case .module: identity("torch-legacy-module")
        case .other: identity("torch-legacy-save-other")
        }
    }

    /// `('module', class, source_file, source)` as a persistent id.
    private static func hasSources(_ pickle: Pickle) -> Bool {
        pickle.objects.contains { object in
            object.callee.persistentID?.elements.first?.string == "module"
        }
    }

    /// Behind the pickles follow, for each key, 8 bytes of count and the elements: where these begin, and where the last end.
    private static func storages(
        _ pickle: Pickle, keepsStarts: Bool
    ) -> (starts: [String: Int], end: Int) {
        var bytes: [String: Int] = [:]
        for storage in pickle.persistentIDs.compactMap(TorchStorage.init) {
            guard let count = storage.elements, let size = TorchDataType.bytes(count, of: storage.dataType) else {
                continue
            }
            bytes[storage.rootKey] = size
        }
        var starts: [String: Int] = [:]
        var end = pickle.end
        for key in pickle.streams[4].root.elements {
            guard let text = key.string, let size = bytes[text] else { continue }
            let (sum, overflow) = end.addingReportingOverflow(size + 8)
            guard !overflow else { return (starts, Int.max) }
            if keepsStarts { starts[text] = end + 8 }
            end = sum
        }
        return (starts, end)
    }
}
