import ModelBytes
import ModelContainers
import ModelJSON

/// TorchServe's `.mar`: a zip archive of a model, its handler and a manifest. The model inside is inspected.
///
/// Source: pytorch/serve, model-archiver/model_archiver/manifest_components.
enum TorchServe: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torchserve-mar", "TorchServe model archive", artifactType: "torch.save", framework: .pyTorch,
            mediaType: "application/zip; framework=pytorch", extensions: ["mar", "zip"], isArchive: true,
            ownReader: .torchSave,
            versionName: "model archiver", reads: "manifest, the model inside as its own format, class labels")
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.layout, layout.archive.entry("MAR-INF/MANIFEST.json") != nil else { return nil }
        return SniffMatch(.structure, "zip with MAR-INF/MANIFEST.json")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("torchserve-mar"))
        guard let layout = try subject.zip?.get(), let entry = layout.archive.entry("MAR-INF/MANIFEST.json") else {
            return
        }
        defer { ZipFindings.report(layout, into: &result, loader: "TorchServe") }
        let manifest = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits, dialect: .python)
        result.version = manifest["archiverVersion"]?.string
        self.manifest(manifest, entry.name, &result)
        result.loading = Loading(.needsCode, requires: ["torchserve", "torch"])
        result.report(
            .warning, code: "torchserve.handler", "TorchServe runs the handler that the manifest names", at: entry.name)
        if let file = manifest["model"]?["serializedFile"]?.string {
            try inner(file, layout, subject, &result)
        } else {
            result.report(.warning, code: "torchserve.no-model", "the manifest names no serializedFile", at: entry.name)
        }
        try labels(layout, subject, &result)
        result.confidence = .parsed
    }

    private static func manifest(_ manifest: JSONValue, _ place: String, _ result: inout ProbeResult) {
        if let name = manifest["model"]?["modelName"]?.string {
            result.facts.name = name
            result.note("name", .read, "\(place): model.modelName")
        }
        var metadata = JSONObject()
        for key in ["modelVersion", "handler", "modelFile", "serializedFile"] {
            if let value = manifest["model"]?[key]?.string, !PrivateText.isPath(value) {
                metadata[key] = JSONValue(value)
            }
        }
        if let created = manifest["createdOn"]?.string { metadata["createdOn"] = JSONValue(created) }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, place)
    }

    /// The model goes through the same line once more, one level deep.
    private static func inner(
        _ file: String, _ layout: ArchiveLayout, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        let entry = layout.archive.entry(file) ?? layout.entry(file)
        result.files.append(FileMember(path: file, role: "mlm:model", present: entry != nil, size: entry?.size))
        guard let entry else {
            result.report(
                .warning, code: "torchserve.no-model", "the model that the manifest names is missing", at: file)
            return
        }
        guard subject.nesting == 0 else { return }
        let member = subject.member(try Artifact(path: entry.name, source: try layout.archive.open(entry)))
        guard let format = member.recognise().best?.format else {
            result.report(
                .warning, code: "torchserve.unrecognised", "the format of the model inside is not known",
                at: file)
            return
        }
        var inner = ProbeResult(format.identities[0], listing: result.listing?.within(entry.name))
        do throws(InspectionError) {
            try format.probe(member, into: &inner)
        } catch {
            result.take(inner, from: entry.name)
            throw InspectionError(error.reason, error.message, entry: error.entry ?? entry.name, offset: error.offset)
        }
        let outer = result.facts
        result.facts = inner.facts
        result.facts.name = outer.name ?? inner.facts.name
        result.facts.mediaType = outer.mediaType
        result.facts.metadata = outer.metadata
        result.variant = "holds \(inner.identity.id)"
        result.take(inner, from: entry.name)
        // What the format of the model inside decides is not what that of the archive decides.
        let told = Set(inner.evidence.map(\.field))
        for field in ["framework", "artifact_type", "roles", "compile_method"] where !told.contains(field) {
            result.note(field, .derived, "\(entry.name): format \(inner.identity.id)")
        }
        if let loading = inner.loading {
            result.loading = Loading(
                max(.needsCode, loading.verdict), requires: ["torchserve"] + (loading.requires ?? []),
                classes: loading.classes, weightsOnly: loading.weightsOnly, imports: loading.imports)
        }
        if case .notAModel(let cause) = inner.verdict { result.markNotAModel(because: cause) }
    }

    /// `index_to_name.json`: {"0": "water", …}, or lists of which the last element is the name.
    private static func labels(_ layout: ArchiveLayout, _ subject: InspectedArtifact, _ result: inout ProbeResult)
        throws(InspectionError)
    {
        let name = "index_to_name.json"
        guard let entry = layout.archive.entry(name) ?? layout.entry(name) else { return }
        let document = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits, dialect: .python)
        guard let object = document.object, object.count <= subject.limits.listedValues.value else { return }
        var labels: [String] = []
        for index in 0..<object.count {
            guard let value = object[String(index)], let label = value.string ?? value.array?.last?.string else {
                result.report(
                    .note, code: "torchserve.labels", "its keys are not 0, 1, 2 …, so they do not list classes",
                    at: entry.name)
                return
            }
            labels.append(label)
        }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["labels"] = .array(labels.map { JSONValue($0) })
        result.facts.metadata = metadata
        if var outputs = result.facts.outputs, outputs.count == 1 {
            outputs[0].labels = labels
            result.facts.outputs = outputs
        }
        result.note("metadata", .read, entry.name)
    }
}
