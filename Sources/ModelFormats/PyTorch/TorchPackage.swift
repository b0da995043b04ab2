import ModelBytes
import ModelContainers
import ModelJSON

/// `torch.package`: a zip archive of pickles, of the storages in them, and of the source code they need.
///
/// Source: torch/package/package_exporter.py.
enum TorchPackage: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torch-package", "torch.package archive", artifactType: "torch.package.PackageExporter",
            framework: .pyTorch,
            mediaType: "application/zip; framework=pytorch", extensions: ["pt", "package", "zip"],
            ownReader: .torchMembers,
            reads: "the pickled object as torch-module, Python version, modules it brings and those it expects")
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.layout, layout.has(".data/extern_modules") else { return nil }
        return SniffMatch(.structure, "zip with .data/extern_modules")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("torch-package"))
        guard let layout = try subject.zip?.get() else { return }
        result.version = try layout.text(".data/version")
        defer { ZipFindings.report(layout, into: &result, loader: "torch") }
        var metadata = JSONObject()
        if let python = try layout.text(".data/python_version") { metadata["python_version"] = JSONValue(python) }
        if let modules = try layout.text(".data/extern_modules", upTo: 64 << 10) {
            metadata["extern_modules"] = .array(modules.split(separator: "\n").map { JSONValue(String($0)) })
        }
        if !metadata.isEmpty {
            result.facts.metadata = metadata
            result.note("metadata", .read, "\(layout.folder).data/python_version, .data/extern_modules")
        }
        try pickles(layout, subject, &result)
        result.report(
            .warning, code: "torch.code-inside", "brings Python source code that runs when it is loaded",
            at: layout.folder
        )
        result.confidence = .parsed
    }

    /// Every pickle is checked, whatever its name; the first that holds a model is described.
    private static func pickles(_ layout: ArchiveLayout, _ subject: InspectedArtifact, _ result: inout ProbeResult)
        throws(InspectionError)
    {
        var report = PickleReport(policy: TorchImports.policy, limits: subject.limits)
        var call: String?
        var pickled: [String] = []
        // One budget of opcodes for all of them.
        var limits = subject.limits
        let entries = layout.entries(under: "").filter {
            !$0.name.hasSuffix(".py") && !layout.name($0).hasPrefix(".data/")
        }
        let most = subject.limits.archiveMembers.value
        if entries.count > most {
            result.report(
                .warning, code: "torch.not-all-read", "holds more than \(most) members; the rest were not examined",
                at: layout.folder)
        }
        for entry in entries.prefix(most) {
            let source = try layout.archive.open(entry)
            let isNamed = entry.name.hasSuffix(".pkl")
            // save_pickle writes protocol 3 under any name; save_text and save_binary write what they are given.
            let start = try source.bytes(at: 0, upTo: 2)
            guard isNamed || start == [0x80, 3] else { continue }
            let pickle = Pickle.run(source, streams: 1, limits: limits)
            limits.pickleOperations.value = max(1, limits.pickleOperations.value - pickle.operations)
            report.add(pickle, entry: entry.name, to: &result)
            result.loading = Loading(max(.needsCode, report.verdict), imports: report.imports)
            if let failure = pickle.failure {
                if isNamed { throw failure }
                continue
            }
            pickled.append(layout.name(entry))
            guard call == nil, let root = pickle.streams.first?.root else { continue }
            var inner = ProbeResult(result.identity)
            TorchSaveFacts(
                identity: { _ in Self.identity("torch-package") }, entry: entry.name, limits: subject.limits,
                listing: TorchListing(result.listing) { layout.place(layout.folder + ".data/\($0).storage") }
            ).fill(&inner, from: TorchObject(root))
            guard inner.verdict == .model else { continue }
            call = Self.call(layout.name(entry), subject)
            result.facts.architecture = inner.facts.architecture
            result.facts.parameters = inner.facts.parameters
            result.take(inner, from: entry.name)
        }
        result.loading = Loading(
            max(.needsCode, report.verdict), call: call ?? (pickled.count == 1 ? Self.call(pickled[0], subject) : nil),
            requires: ["torch"] + PythonPackages.needed(by: report.classes, into: &result),
            classes: report.classes,
            imports: report.imports)
    }

    private static func call(_ name: String, _ subject: InspectedArtifact) -> String {
        let parts = name.split(separator: "/")
        let package = parts.dropLast().joined(separator: ".")
        return "torch.package.PackageImporter(\(PythonText.quoted(subject.artifact.name)))"
            + ".load_pickle(\(PythonText.quoted(package)), \(PythonText.quoted(String(parts.last ?? ""))))"
    }
}
