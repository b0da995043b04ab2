import ModelBytes
import ModelContainers

/// A model of XGBoost or LightGBM that R keeps as bytes in an object of its own: it goes through the line once more.
struct RRawModel {
    private let model: RModel
    private let source: ByteSource
    private let subject: InspectedArtifact

    init(_ model: RModel, _ source: ByteSource, _ subject: InspectedArtifact) {
        self.model = model
        self.source = source
        self.subject = subject
    }

    func fill(_ result: inout ProbeResult, at place: (String) -> String) throws(InspectionError) {
        guard ["xgboost", "lightgbm", "catboost"].contains(model.package) else { return }
        let held = ["raw", "cpp_obj"].lazy.compactMap { name in model.value[name].map { (name, $0) } }
            .first { ($0.1.kind == .raw || $0.1.kind == .string) && $0.1.length > 0 }
        guard let (name, bytes) = held else {
            result.report(
                .warning, code: "r.pointer",
                "holds a pointer to its model that was valid only in the R session that wrote it, so it cannot predict",
                at: place(""))
            return
        }
        guard let start = bytes.payload, let length = try size(bytes, start), subject.nesting == 0 else {
            result.report(
                .note, code: "r.raw-model", "the model is stored as text, which was not examined", at: place(name))
            return
        }
        // The source of a stream that is decoded may promise more than there is.
        let slice = try source.slice(at: start, count: length, entry: place(name))
        let member = subject.member(try Artifact(path: name, source: slice))
        guard let format = member.recognise().best?.format else {
            result.report(
                .note, code: "r.raw-model", "the format of the bytes is not known", at: place(name))
            return
        }
        var inner = ProbeResult(format.identities[0], listing: result.listing)
        do throws(InspectionError) {
            try format.probe(member, into: &inner)
        } catch {
            result.take(inner, from: place(name))
            throw InspectionError(error.reason, error.message, entry: error.entry ?? place(name), offset: error.offset)
        }
        take(inner, place(name), &result)
    }

    /// The bytes of a raw vector, or of the one text that stands in its place.
    private func size(_ value: RValue, _ start: Int) throws(InspectionError) -> Int? {
        if value.kind == .raw { return value.length }
        guard value.length == 1, start >= 4 else { return nil }
        let four = try source.bytes(at: start - 4, count: 4)
        let length = four.reduce(0) { $0 << 8 | Int($1) }
        return length > 0 && length < 1 << 31 ? length : nil
    }

    private func take(_ inner: ProbeResult, _ place: String, _ result: inout ProbeResult) {
        let outer = result.facts
        result.facts.frameworkVersion = inner.facts.frameworkVersion
        result.facts.architecture = inner.facts.architecture ?? outer.architecture
        result.facts.inputs = inner.facts.inputs ?? outer.inputs
        result.facts.outputs = inner.facts.outputs ?? outer.outputs
        result.facts.tasks = inner.facts.tasks ?? outer.tasks
        result.facts.parameters = inner.facts.parameters
        result.facts.hyperparameters = inner.facts.hyperparameters ?? outer.hyperparameters
        result.variant = [result.variant, "holds \(inner.identity.id)"].compactMap(\.self).joined(separator: ", ")
        result.take(inner, from: place)
    }
}
