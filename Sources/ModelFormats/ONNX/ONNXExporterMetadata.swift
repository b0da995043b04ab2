import ModelJSON

/// What exporters write into `metadata_props` in words of their own.
enum ONNXExporterMetadata {
    static func fill(_ result: inout ProbeResult) {
        guard let metadata = result.facts.metadata else { return }
        UltralyticsMetadata(metadata)?.fill(&result, at: "metadata_props")
    }
}
