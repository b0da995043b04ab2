import ModelBytes
import ModelContainers

/// `torch.save` since torch 1.6: a zip archive of `data.pkl` and one stored member for each storage.
///
/// Source: torch/serialization.py `_save`, caffe2/serialize/inline_container.cc.
enum TorchSave: Format {
    private static let extensions = [
        "pt", "pth", "bin", "ckpt", "th", "pkl", "pickle", "model", "tar", "pyt", "weights",
    ]
    private static let media = "application/octet-stream; framework=pytorch"

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torch-state-dict", "PyTorch state_dict", artifactType: "torch.save", framework: .pyTorch,
            roles: ["mlm:weights"], mediaType: media, extensions: extensions, writerFamily: "torch.save",
            ownReader: .torchSave,
            reads: "parameters, buffers and data types by shared storage, wrappers in the names, imports, weights_only"),
        FormatIdentity(
            "torch-checkpoint", "PyTorch checkpoint", artifactType: "torch.save", framework: .pyTorch,
            roles: ["mlm:weights", "mlm:checkpoint"], mediaType: media, extensions: extensions,
            ownReader: .torchSave,
            reads: "the model's own parameters (optimizer state apart), hyperparameters, epoch, trainer, imports"),
        FormatIdentity(
            "torch-module", "pickled PyTorch module", artifactType: "torch.save", framework: .pyTorch,
            mediaType: media,
            extensions: extensions, countsExactly: true,
            ownReader: .torchSave, reads: "class of the module, parameters and buffers, the classes it needs, imports"),
        FormatIdentity(
            "torch-save-other", "torch.save of something else", artifactType: "torch.save", framework: .pyTorch,
            mediaType: media, extensions: extensions, ownReader: .torchSave,
            reads: "what it holds instead of a model, imports"),
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.layout, dataEntry(layout) != nil, !layout.has("constants.pkl") else { return nil }
        let version = layout.has("version") || layout.has(".format_version")
        return SniffMatch(
            version ? .structure : .signature,
            "zip with data.pkl\(version ? " and version" : "") below \(layout.folder.isEmpty ? "its root" : layout.folder)"
        )
    }

    /// The pickle, in whichever case its name is written: torch's reader of archives does not mind.
    private static func dataEntry(_ layout: ArchiveLayout) -> ZipArchive.Entry? {
        layout.entry("data.pkl") ?? layout.archive.candidates(for: layout.folder + "data.pkl").first
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("torch-save-other"))
        guard let layout = try subject.zip?.get(), let entry = dataEntry(layout) else { return }
        result.variant = "zip"
        result.version = try layout.text("version")
        defer { ZipFindings.report(layout, into: &result, loader: "torch") }

        let source = try layout.archive.open(entry)
        let pickle = Pickle.run(source, streams: 1, limits: subject.limits)
        // Who asks for the tensors is told nothing of what loading them takes.
        if result.listing == nil {
            try judge(pickle, entry, layout, subject, into: &result)
        }
        if let failure = pickle.failure { throw failure }
        guard let root = pickle.streams.first?.root else { return }
        let folder = folder(of: entry.name)
        let listing = TorchListing(result.listing, layout, folder: folder + "data/")
        TorchSaveFacts(identity: kind, entry: entry.name, limits: subject.limits, listing: listing).fill(
            &result, from: TorchObject(root, isWeights: subject.isWeights))
        if listing != nil { return }
        TorchVersionText.find(in: pickle, at: entry.name, &result)
        if try layout.text("byteorder") == "big" {
            result.report(
                .note, code: "torch.big-endian", "written on a big-endian machine", at: layout.folder + "byteorder")
        }
    }

    /// What loading it takes and may run.
    private static func judge(
        _ pickle: Pickle, _ entry: ZipArchive.Entry, _ layout: ArchiveLayout, _ subject: InspectedArtifact,
        into result: inout ProbeResult
    ) throws(InspectionError) {
        var report = PickleReport(policy: TorchImports.policy, limits: subject.limits)
        report.add(pickle, entry: entry.name, to: &result)
        try twins(of: entry, pickle, layout, subject, &report, &result)
        var loading = TorchLoading(pickle, report, subject)
        loading.obstacle = TorchObstacle.find(
            pickle, layout, folder: folder(of: entry.name), at: entry.name, into: &result)
        result.loading = loading.value(into: &result)
    }

    /// Which of several members a loader takes is its own affair, so each is looked at, with one budget of opcodes for all.
    private static func twins(
        of entry: ZipArchive.Entry, _ pickle: Pickle, _ layout: ArchiveLayout, _ subject: InspectedArtifact,
        _ report: inout PickleReport, _ result: inout ProbeResult
    ) throws(InspectionError) {
        let twins = layout.archive.candidates(for: entry.name).filter { $0 != entry }
        var limits = subject.limits
        var left = limits.pickleOperations.value - pickle.operations
        for (index, twin) in twins.enumerated() {
            guard left > 0, index < mostTwins else {
                report.raise(to: .incomplete)
                result.report(
                    .warning, code: "pickle.members-unseen",
                    "\(twins.count + 1) members have the same name; only the first \(index + 1) were examined",
                    at: twin.name)
                return
            }
            limits.pickleOperations.value = left
            let run = Pickle.run(try layout.archive.open(twin), streams: 1, limits: limits)
            left -= run.operations
            report.add(run, entry: twin.name, to: &result)
        }
    }

    /// There are 128 ways to spell `data.pkl`.
    private static let mostTwins = 128

    /// The folder of a member, with its slash.
    private static func folder(of name: String) -> String {
        name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    }

    private static func kind(_ kind: TorchSaveFacts.Kind) -> FormatIdentity {
        switch kind {
        case .stateDict: identity("torch-state-dict")
        case .checkpoint: identity("torch-checkpoint")
        case .module: identity("torch-module")
        case .other: identity("torch-save-other")
        }
    }
}
