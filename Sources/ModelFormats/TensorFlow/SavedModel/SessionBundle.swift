import ModelBytes
import ModelContainers

/// What TensorFlow exported before it had SavedModels: the variables in `export` (or its shards), the graph in
/// `export.meta`.
///
/// Source: tensorflow/contrib/session_bundle/constants.py and exporter.py of TensorFlow 1.
enum SessionBundle: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tf-session-bundle", "TensorFlow session bundle", artifactType: "tf.saved_model.save",
            framework: .tensorFlow, roles: ["mlm:compiled"],
            mediaType: "application/octet-stream; framework=tensorflow",
            writerFamily: "tf.saved_model", isArchive: true,
            reads: "TensorFlow version, placeholders, variables of its graph")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing, listing.contains(where: { $0.path == "export.meta" }),
            listing.contains(where: { isValues($0.path) })
        else { return nil }
        return SniffMatch(.signature, "a directory with export.meta and export")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.facts.artifactType = "tensorflow.contrib.session_bundle.exporter.Exporter.export"
        result.note("artifact_type", .derived, "export.meta beside export, as only this exporter names them")
        for entry in subject.listing ?? [] {
            let role = entry.path == "export.meta" ? "graph" : isValues(entry.path) ? "mlm:weights" : nil
            if let role {
                result.files.append(FileMember(path: entry.path, role: role, present: true, size: entry.size))
            }
        }
        guard let source = try subject.artifact.companion("export.meta") else { return }
        let need = try TensorFlowMetaGraph.fill(&result, from: source, limits: subject.limits)
        let path = PythonText.quoted(subject.artifact.name + "/export.meta")
        result.loading = need.loading(call: TensorFlowMetaGraph.call(path))
        result.confidence = .parsed
    }

    private static func isValues(_ path: String) -> Bool {
        path == "export" || path == "export.index" || path.hasPrefix("export-") && path.contains("-of-")
    }
}
