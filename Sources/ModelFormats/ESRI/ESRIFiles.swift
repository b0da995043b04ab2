import ModelBytes
import ModelContainers

/// The definition and what lies around it: in the zip of a package, in a folder, or beside a definition alone.
struct ESRIFiles {
    let definition: ByteSource
    /// Its own name.
    let name: String
    /// Names of the files of a package; outside one the definition itself says which files are its own.
    let names: [String]
    private let subject: InspectedArtifact
    private let archive: ZipArchive?

    init?(
        _ subject: InspectedArtifact, _ isDefinition: (String) -> Bool, _ result: inout ProbeResult
    ) throws(InspectionError) {
        self.subject = subject
        var listed: [(name: String, size: Int)] = []
        if let layout = try subject.zip?.get() {
            result.variant = "package"
            ZipFindings.report(layout, into: &result, loader: "ArcGIS")
            archive = layout.archive
            listed = layout.archive.entries.map { ($0.name, $0.size) }
            let entry = layout.archive.entries.first { isDefinition($0.name) }
            guard let entry else { return nil }
            name = entry.name
            definition = try layout.archive.open(entry)
        } else if let source = subject.source {
            archive = nil
            name = subject.artifact.name
            definition = source
        } else {
            archive = nil
            let found = (subject.listing ?? []).map(\.path).first { isDefinition($0) && !$0.contains("/") }
            guard let found, let source = try subject.artifact.companion(found) else { return nil }
            name = found
            definition = source
            result.files.append(FileMember(path: name, role: "mlm:model", present: true, size: source.count))
        }
        names = listed.map(\.name)
        for file in listed {
            guard let role = file.name == name ? "mlm:model" : Self.role(file.name) else { continue }
            guard result.files.count < subject.limits.listedValues.value else { break }
            result.files.append(FileMember(path: file.name, role: role, present: true, size: file.size))
        }
    }

    private static let weights = [".pth", ".pt", ".h5", ".pb", ".onnx", ".keras", ".safetensors", ".hdf5", ".tflite"]

    private static func role(_ name: String) -> String? {
        if name.hasSuffix(".py") { return "code" }
        return weights.contains { name.hasSuffix($0) } ? "mlm:weights" : nil
    }

    /// A file of code that the definition names and that lies beside it.
    func code(_ name: String, _ result: inout ProbeResult) throws(InspectionError) {
        guard archive == nil, Artifact.staysBelow(name), name.hasSuffix(".py"),
            let size = try subject.artifact.companionSize(name)
        else { return }
        result.files.append(FileMember(path: name, role: "code", present: true, size: size))
    }

    /// The model's file as its own loader takes it: how many parameters it has, and what reading it runs.
    func judge(_ name: String, _ result: inout ProbeResult) throws(InspectionError) {
        // Where it lay on the machine that trained it says nothing here.
        guard !PrivateText.isPath(name) else { return }
        guard archive != nil || Artifact.staysBelow(name) else {
            result.report(
                .warning, code: "esri.outside", "the model's file lies outside the folder, and is not opened", at: name)
            return
        }
        let found = try file(name)
        if archive == nil {
            result.files.append(
                FileMember(
                    path: name, role: "mlm:weights", present: found != nil, size: found.map { $0.source.count }))
        }
        guard let (path, source) = found else {
            result.report(.warning, code: "esri.model-missing", "the model's file is missing", at: name)
            return
        }
        // In an archive the model lies in the artifact itself.
        let listing = archive == nil ? result.listing?.inside(path) : result.listing
        let member = try FolderMember.probe(path, source, of: subject, listing: listing, into: &result)
        guard let inner = member else { return }
        if let own = inner.loading { result.loading = result.loading?.joined(with: own) ?? own }
        guard case .model = inner.verdict, let parameters = inner.facts.parameters else { return }
        result.facts.parameters = parameters
        result.note("parameters", .read, path)
    }

    /// Definitions name it alone, whatever folder of the package it lies in.
    private func file(_ name: String) throws(InspectionError) -> (path: String, source: ByteSource)? {
        guard let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else { return nil }
        guard let archive else {
            if let source = try subject.artifact.companion(name) { return (name, source) }
            // Windows writes it so.
            let path = String(name.map { $0 == "\\" ? "/" : $0 })
            return try path == name ? nil : subject.artifact.companion(path).map { (path, $0) }
        }
        let found = archive.entries.first { $0.name.split(separator: "/").last == last }
        guard let found else { return nil }
        return (found.name, try archive.open(found))
    }
}
