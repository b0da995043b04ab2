import ModelBytes
import ModelContainers

/// TensorFlow Lite, now called LiteRT: a FlatBuffer with one or more graphs, their constants and what the converter and
/// people said about it.
///
/// Source: tensorflow/compiler/mlir/lite/schema/schema.fbs, `file_identifier "TFL3"`. A zip archive with labels may
/// follow the FlatBuffer, so that the file also ends like a zip; it begins like this all the same.
enum TFLite: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "tflite", "TensorFlow Lite", artifactType: "tf.lite.TFLiteConverter.convert", framework: "TensorFlow Lite",
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=tflite",
            // MediaPipe packs several of them in an archive, with zeros before the first.
            extensions: ["tflite", "lite"], ownReader: OwnReader(extensionOfPrefixed: "task"),
            versionName: "schema version",
            reads:
                "inputs and outputs by their signatures, shapes, types, quantisation, parameters, operators that need "
                + "more than the runtime, version of the converter, metadata and labels")
    ]

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.begins(with: Array("TFL3".utf8), at: 4) else { return nil }
        return SniffMatch(.signature, "FlatBuffer identifier TFL3 at byte 4")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let model = try TFLiteModel(source, limits: subject.limits)
        result.version = String(model.version)
        try TFLiteConversion.fill(&result, from: model)
        guard let main = model.subgraphs.first else {
            result.markNotAModel(because: "empty")
            result.report(.warning, code: "not-a-model.empty", "a TensorFlow Lite file without a graph in it")
            return
        }
        let ports = try TFLitePorts(model, main)
        result.facts.inputs = ports.inputs
        result.facts.outputs = ports.outputs
        ports.note(into: &result)
        result.facts.signatures = try ports.further(&result)
        let census = try TFLiteCensus(model)
        census.dimensions.name(&result, ports)
        try TFLiteListing(model, for: result.listing)?.list()
        try TFLiteParameters.fill(&result, from: model, beside: subject.artifact)
        try TFLiteQuantization.fill(&result, from: ports, in: main)
        var need = census.operators.report(into: &result, limits: subject.limits)
        need.verdict = max(need.verdict, result.loading?.verdict ?? .dataOnly)
        TFLiteConversion.require(&need.releases, by: result.facts.metadata)
        need.releases.note(into: &result)
        result.loading = need.loading(
            call: "tf.lite.Interpreter(model_path=\(PythonText.quoted(subject.artifact.name)))")
        try TFLiteMetadata.fill(&result, from: model, ports)
        try TFLiteAppendedFiles.fill(&result, from: source, limits: subject.limits)
        result.confidence = .parsed
    }
}
