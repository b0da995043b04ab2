import ModelBytes
import ModelContainers

/// What torch.export.save and AOTInductor write: a zip archive of one or more programs, of compiled code, or of both.
///
/// Source: torch/export/__init__.py, torch/export/pt2_archive/, torch/_inductor/package/; the layouts of torch 2.1 to 2.13.
enum TorchExport: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torch-export", "PyTorch ExportedProgram", artifactType: "torch.export.save", framework: .pyTorch,
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=pytorch; profile=ExportedProgram",
            extensions: ["pt2"], writerFamily: "torch.export", countsExactly: true,
            ownReader: .torchMembers,
            reads:
                "inputs and outputs with dynamic dimensions and their ranges, parameters against buffers, torch version, "
                + "schema version, architecture, further programs"),
        FormatIdentity(
            "torch-aoti", "PyTorch AOTInductor package", artifactType: "torch._inductor.aoti_compile_and_package",
            framework: .pyTorch, roles: ["mlm:compiled"], compileMethod: "aot",
            mediaType: "application/octet-stream; framework=pytorch; profile=compiled", extensions: ["pt2"],
            writerFamily: "torch.export", ownReader: .torchMembers,
            reads: "device, platform, processor, names of its models"),
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.torchLayout else { return nil }
        if layout.has("serialized_exported_program.json") {
            return SniffMatch(.structure, "zip with serialized_exported_program.json")
        }
        guard layout.has("archive_format") || layout.has(".data/version") else { return nil }
        if layout.entries(under: "models/").contains(where: { $0.name.hasSuffix(".json") }) {
            return SniffMatch(
                .structure,
                "zip with models/*.json beside \(layout.has("archive_format") ? "archive_format" : ".data/version")")
        }
        if layout.hasEntries(under: "data/aotinductor/") {
            return SniffMatch(.structure, "zip with data/aotinductor/ beside archive_format")
        }
        return nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        _ = try subject.zip?.get()
        guard let layout = subject.torchLayout else { return }
        let archive = ExportedArchive(layout, limits: subject.limits)
        result.setIdentity(identity(archive.programs.isEmpty ? "torch-aoti" : "torch-export"))
        result.variant = archive.variant
        result.version = try archive.version()
        defer { ZipFindings.report(layout, into: &result, loader: "torch") }

        var report = PickleReport(policy: TorchImports.policy, limits: subject.limits)
        let weights = try archive.weights(&report, &result)
        var loading = Loading(
            max(report.verdict, .incomplete), classes: report.classes.isEmpty ? nil : report.classes,
            imports: report.imports.isEmpty ? nil : report.imports)
        result.loading = loading
        let (operators, listsNamedTuples) = try programs(archive, weights, subject.limits, &result)
        let code = try AOTInductorCode(layout, limits: subject.limits)
        code?.fill(&result)
        for folder in ["extra/", "extra_files/"] {
            try ExtraFiles.read(layout, folder: folder, limits: subject.limits, into: &result)
        }
        let name = PythonText.quoted(subject.artifact.name)
        let call =
            archive.programs.isEmpty ? AOTInductorCode.call(name, code?.models ?? []) : "torch.export.load(\(name))"
        let requirement = archive.requirement(schema: result.version, listsNamedTuples: listsNamedTuples)
        if requirement.contains("<") {
            result.report(
                .warning, code: "torch.export-schema",
                "only \(requirement) reads schema \(result.version ?? ""); later releases refuse it")
        }
        // torch.export.load makes a runner of every compiled model beside the programs, which loads its library
        // (torch/export/pt2_archive/_package.py, load_pt2).
        loading.verdict = max(report.verdict, code == nil ? .dataOnly : .needsCode)
        if archive.isCut { loading.leaveIncomplete() }
        loading.call = call
        loading.requires = [requirement] + PythonPackages.needed(by: report.classes, into: &result)
        for found in operators { found.report(into: &result, &loading, at: "models/") }
        result.loading = loading
        result.confidence = .parsed
    }

    private static func programs(
        _ archive: ExportedArchive, _ weights: ExportedWeights, _ limits: Limits, _ result: inout ProbeResult
    ) throws(InspectionError) -> (operators: [TorchOperators], listsNamedTuples: Bool) {
        var operators: [TorchOperators] = []
        var listsNamedTuples = false
        for (index, item) in archive.programs.enumerated() {
            let document = try archive.document(item)
            let program = try ExportedProgram(document, limits: limits)
            let graph = index == 0 ? nil : item.name
            try ExportedListing(result.listing)?.list(document, graph: graph, limits: limits)
            operators.append(program.operators)
            if program.listsNamedTuples { listsNamedTuples = true }
            let facts = ExportedFacts(program, entry: item.entry.name)
            if index == 0 {
                facts.fill(&result, weights: weights, prefix: item.name)
                if result.version == nil { result.version = program.schemaVersion }
            } else {
                result.facts.signatures = (result.facts.signatures ?? []) + [facts.signature(named: item.name)]
                result.note("signatures", .read, item.entry.name)
            }
        }
        return (operators, listsNamedTuples)
    }
}
