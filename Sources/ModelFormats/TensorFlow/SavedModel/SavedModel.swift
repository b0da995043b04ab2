import ModelBytes
import ModelContainers

/// A SavedModel: a folder with the graph in `saved_model.pb` (or `.pbtxt`), its variables beside it in `variables/`.
///
/// Source: saved_model.proto, saved_model/constants.py and loader_impl.py of TensorFlow 2.21. The folder itself, its
/// graph alone, or a zip or tar archive of it may be named.
enum SavedModel: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-saved-model", "TensorFlow SavedModel", artifactType: "tf.saved_model.save", framework: .tensorFlow,
            otherOrigins: [.jax, .flax],
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=tensorflow",
            extensions: ["pb", "pbtxt", "zip", "tar", "gz", "tgz", "bz2", "xz", "zst"],
            writerFamily: "tf.saved_model", otherWriters: ["tf.keras.Model.save", "tf.keras.Model.export"],
            isArchive: true, ownReader: OwnReader(payload: ["variables/variables.data-"]),
            versionName: "schema version",
            reads:
                "signatures of every tag set with names, shapes and types, TensorFlow version, who wrote it, parameters, "
                + "assets, files that are missing, operators that reach files or Python; from a folder, its .pb alone, "
                + "or a zip or tar archive of it, compressed or not")
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if subject.listing != nil {
            guard let form = folder(subject)?.form else { return nil }
            return SniffMatch(.signature, "a directory with \(form.rawValue)")
        }
        if let layout = subject.layout {
            for form in SavedModelFolder.Form.allCases where layout.has(form.rawValue) {
                return SniffMatch(.signature, "a zip archive with \(form.rawValue)")
            }
            return nil
        }
        guard let source = subject.source else { return nil }
        if let evidence = TensorFlowSniffer.savedModel(source, head: subject.head) { return evidence }
        return isText(subject) ? SniffMatch(.structure, "protobuf text of a TensorFlow SavedModel") : nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let folder = folder(subject) else { return }
        if let layout = subject.layout {
            defer { ZipFindings.report(layout, into: &result, loader: "TensorFlow") }
            try probe(folder, subject, nil, into: &result)
        } else if subject.listing != nil {
            try probe(folder, subject, nil, into: &result)
        } else {
            try probe(folder, subject, isText(subject) ? .text : .binary, into: &result)
        }
    }

    /// Reads the SavedModel in `folder`. The graph is the file that was named when it has a form already.
    static func probe(
        _ folder: SavedModelFolder, _ subject: InspectedArtifact, _ given: SavedModelFolder.Form?,
        into result: inout ProbeResult
    ) throws(InspectionError) {
        for file in folder.files.prefix(subject.limits.listedValues.value) {
            guard
                let role = given != nil && file.path == subject.artifact.name
                    ? "graph" : SavedModelFolder.role(file.path)
            else { continue }
            result.files.append(FileMember(path: file.path, role: role, present: true, size: file.size))
        }
        guard let form = given ?? folder.form,
            let source = try folder.open(given == nil ? form.rawValue : subject.artifact.name)
        else { return }
        if form != .binary { result.variant = form == .text ? "protobuf text" : "chunks" }
        if let pointer = try Self.pointer(source) {
            result.markNotAModel(because: "git-lfs-pointer")
            result.report(.warning, code: "not-a-model.git-lfs-pointer", pointer, at: form.rawValue)
            return
        }
        let model = try SavedModelMessage(source, as: form, limits: subject.limits)
        try SavedModelFacts(model, in: folder, limits: subject.limits).fill(&result)
        result.confidence = .parsed
    }

    private static func folder(_ subject: InspectedArtifact) -> SavedModelFolder? {
        if let listing = subject.listing { return .directory(subject.artifact, listing) }
        if let layout = subject.layout { return .zip(subject.artifact, layout) }
        return subject.source.map { .around(subject.artifact, $0) }
    }

    /// Text of protobuf names its fields; the first of a SavedModel is its schema's version.
    private static func isText(_ subject: InspectedArtifact) -> Bool {
        let text = subject.leadingText
        return text.hasPrefix("saved_model_schema_version:")
            || text.hasPrefix("meta_graphs {") && text.contains("meta_info_def")
    }

    private static func pointer(_ source: ByteSource) throws(InspectionError) -> String? {
        let start = Array("version https://git-lfs.github.com/spec/".utf8)
        guard try source.bytes(at: 0, upTo: start.count) == start else { return nil }
        return "the graph is a Git LFS pointer, the model is elsewhere; run: git lfs pull"
    }
}
