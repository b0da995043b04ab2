import ModelBytes
import ModelContainers

/// TorchServe's `.mar`: a zip archive of a model, its handler and a manifest. The model inside is inspected.
///
/// Source: pytorch/serve, model-archiver/model_archiver/manifest_components.
enum TorchServe: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torchserve-mar", "TorchServe model archive", artifactType: "torch.save", framework: "PyTorch",
            mediaType: "application/zip; framework=pytorch", extensions: ["mar", "zip"],
            reads: "manifest, the model inside as its own format, class labels")
    ]

    static func sniff(_ subject: Subject) -> Evidence? {
        guard let layout = subject.layout, layout.archive.entry("MAR-INF/MANIFEST.json") != nil else { return nil }
        return Evidence(.structure, "zip with MAR-INF/MANIFEST.json")
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        reading.become(identity("torchserve-mar"))
        guard let layout = try subject.zip?.get(), let entry = layout.archive.entry("MAR-INF/MANIFEST.json") else {
            return
        }
        defer { ZipFindings.report(layout, into: &reading, loader: "TorchServe") }
        let manifest = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits, dialect: .python)
        reading.version = manifest["archiverVersion"]?.string
        self.manifest(manifest, entry.name, &reading)
        reading.loading = Loading(.needsCode, requires: ["torchserve", "torch"])
        reading.find(
            .warning, "torchserve.handler", "TorchServe runs the handler that the manifest names", where: entry.name)
        if let file = manifest["model"]?["serializedFile"]?.string {
            try inner(file, layout, subject, &reading)
        } else {
            reading.find(.warning, "torchserve.no-model", "the manifest names no serializedFile", where: entry.name)
        }
        try labels(layout, subject, &reading)
        reading.confidence = .parsed
    }

    private static func manifest(_ manifest: JSONValue, _ place: String, _ reading: inout Reading) {
        if let name = manifest["model"]?["modelName"]?.string {
            reading.facts.name = name
            reading.note("name", .read, "\(place): model.modelName")
        }
        var metadata = JSONObject()
        for key in ["modelVersion", "handler", "modelFile", "serializedFile"] {
            if let value = manifest["model"]?[key]?.string, !PrivateText.isPath(value) {
                metadata[key] = JSONValue(value)
            }
        }
        if let created = manifest["createdOn"]?.string { metadata["createdOn"] = JSONValue(created) }
        guard !metadata.isEmpty else { return }
        reading.facts.metadata = metadata
        reading.note("metadata", .read, place)
    }

    /// The model goes through the same line once more, one level deep.
    private static func inner(
        _ file: String, _ layout: ArchiveLayout, _ subject: Subject, _ reading: inout Reading
    ) throws(InspectionError) {
        let entry = layout.archive.entry(file) ?? layout.entry(file)
        reading.files.append(FileMember(path: file, role: "mlm:model", present: entry != nil, size: entry?.size))
        guard let entry else {
            reading.find(.warning, "torchserve.no-model", "the model that the manifest names is missing", where: file)
            return
        }
        guard subject.nesting == 0 else { return }
        let member = subject.member(try Artifact(path: entry.name, source: try layout.archive.open(entry)))
        guard let format = Formats.recognise(member).best?.format else {
            reading.find(
                .warning, "torchserve.unrecognised", "the model inside is of no format that is known here", where: file)
            return
        }
        var inner = Reading(format.identities[0])
        do throws(InspectionError) {
            try format.probe(member, into: &inner)
        } catch {
            reading.take(inner, from: entry.name)
            throw InspectionError(error.reason, error.message, entry: error.entry ?? entry.name, offset: error.offset)
        }
        let outer = reading.facts
        reading.facts = inner.facts
        reading.facts.name = outer.name ?? inner.facts.name
        reading.facts.mediaType = outer.mediaType
        reading.facts.metadata = outer.metadata
        reading.variant = "holds \(inner.identity.id)"
        reading.take(inner, from: entry.name)
        // What the format of the model inside decides is not what that of the archive decides.
        let told = Set(inner.evidence.map(\.field))
        for field in ["framework", "artifact_type", "roles", "compile_method"] where !told.contains(field) {
            reading.note(field, .derived, "\(entry.name): format \(inner.identity.id)")
        }
        if let loading = inner.loading {
            reading.loading = Loading(
                max(.needsCode, loading.verdict), requires: ["torchserve"] + (loading.requires ?? []),
                classes: loading.classes, weightsOnly: loading.weightsOnly, imports: loading.imports)
        }
        if case .notAModel(let cause) = inner.verdict { reading.isNoModel(cause) }
    }

    /// `index_to_name.json`: {"0": "water", …}, or lists of which the last element is the name.
    private static func labels(_ layout: ArchiveLayout, _ subject: Subject, _ reading: inout Reading)
        throws(InspectionError)
    {
        let name = "index_to_name.json"
        guard let entry = layout.archive.entry(name) ?? layout.entry(name) else { return }
        let document = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits, dialect: .python)
        guard let object = document.object, object.count <= subject.limits.listedValues.value else { return }
        var labels: [String] = []
        for index in 0..<object.count {
            guard let value = object[String(index)], let label = value.string ?? value.array?.last?.string else {
                reading.find(
                    .note, "torchserve.labels", "its keys are not 0, 1, 2 …, so they are no list of classes",
                    where: entry.name)
                return
            }
            labels.append(label)
        }
        var metadata = reading.facts.metadata ?? JSONObject()
        metadata["labels"] = .array(labels.map { JSONValue($0) })
        reading.facts.metadata = metadata
        if var outputs = reading.facts.outputs, outputs.count == 1 {
            outputs[0].labels = labels
            reading.facts.outputs = outputs
        }
        reading.note("metadata", .read, entry.name)
    }
}
