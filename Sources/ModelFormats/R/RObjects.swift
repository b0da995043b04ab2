import ModelBytes
import ModelContainers
import ModelJSON

/// The objects of a file: the one of `saveRDS`, or those of `save` by their names. The model among them is described.
struct RObjects {
    private let value: RValue
    private let header: RHeader
    private let source: ByteSource
    private let subject: InspectedArtifact

    init(_ value: RValue, _ header: RHeader, _ source: ByteSource, _ subject: InspectedArtifact) {
        self.value = value
        self.header = header
        self.source = source
        self.subject = subject
    }

    func fill(_ result: inout ProbeResult, _ loading: inout RLoading) throws(InspectionError) {
        guard header.isWorkspace else {
            guard let model = RModel(value) else {
                describe(value, "", &result)
                return
            }
            try fill(model, "", &result, &loading)
            return
        }
        let objects = (0..<value.count).compactMap { place -> (name: String, value: RValue)? in
            guard let name = value.tag(place), let object = value.child(place) else { return nil }
            return (name, object)
        }
        list(objects, &result)
        let models = objects.compactMap { object in RModel(object.value).map { (object.name, $0) } }
        guard let first = models.first else {
            for object in objects.prefix(8) { describe(object.value, object.name, &result) }
            if objects.count > 8 { inside(objects.dropFirst(8).map { ($0.name, $0.value) }, &result) }
            return
        }
        if models.count > 1 {
            let names = models.prefix(16).map(\.0).joined(separator: ", ")
            result.report(
                .note, code: "r.several-models",
                "holds \(models.count) models: \(names)\(models.count > 16 ? " …" : ""); the first is described")
        }
        loading.object = first.0
        try fill(first.1, first.0, &result, &loading)
    }

    /// Every object by name and class.
    private func list(_ objects: [(name: String, value: RValue)], _ result: inout ProbeResult) {
        var listed = JSONObject()
        for object in objects.prefix(subject.limits.listedValues.value) {
            listed[object.name] = .string(Self.kind(object.value))
        }
        guard !listed.isEmpty else { return }
        result.facts.metadata = JSONObject([("objects", .object(listed))])
        result.note("metadata", .read, "names and classes of the objects")
        if objects.count > listed.count {
            result.report(.note, code: "r.objects", "holds \(objects.count) objects, too many to list")
        }
    }

    private func fill(
        _ model: RModel, _ place: String, _ result: inout ProbeResult, _ loading: inout RLoading
    ) throws(InspectionError) {
        result.verdict = .model
        let identity = result.identity
        result.setIdentity(identity)
        var facts = RFacts(model, at: place, header: header, limits: subject.limits)
        facts.fill(&result)
        loading.need(facts.packages)
        try RRawModel(model, source, subject).fill(&result, at: facts.place)
    }

    /// What it is that is no model.
    private func describe(_ value: RValue, _ name: String, _ result: inout ProbeResult) {
        result.report(
            .note, code: "r.no-model", "holds \(Self.kind(value)), which is not a model",
            at: name.isEmpty ? nil : name)
        inside([(name, value)], &result)
    }

    /// Names the models in a value that is not one itself: the members of a list, what an object of another class is wrapped around.
    private func inside(_ values: [(String, RValue)], _ result: inout ProbeResult) {
        let models = RModelsInside.find(in: values)
        guard !models.isEmpty else { return }
        let names = models.prefix(16).map { "\($0.place) (\($0.model.name))" }.joined(separator: ", ")
        result.report(
            .warning, code: "r.models-inside",
            "holds \(models.count == 1 ? "a model" : "\(models.count) models") inside: \(names)\(models.count > 16 ? " …" : ""); "
                + "save each by itself to have it described", at: models[0].place)
    }

    /// What a class is called may be all of an object.
    private static func shown(_ name: String) -> String { name.utf8.count <= 128 ? name : "\(name.prefix(64)) …" }

    /// In R's own words.
    static func kind(_ value: RValue) -> String {
        let classes = value.classes
        if !classes.isEmpty { return ShortList.text(classes.lazy.map(shown)) }
        switch value.kind {
        case .null: return "NULL"
        case .symbol: return "name"
        case .pairlist, .dots: return "pairlist"
        case .closure, .builtin: return "function"
        case .environment, .globalEnvironment, .baseEnvironment, .emptyEnvironment, .namespace, .package:
            return "environment"
        case .language: return "call"
        case .real: return value.attribute("dim") == nil ? "numeric" : "matrix"
        case .integer: return value.attribute("dim") == nil ? "integer" : "matrix"
        case .string: return "character"
        case .externalPointer: return "externalptr"
        case .altrep: return "a vector in a form that its package alone knows"
        case .s4: return "S4"
        default: return "\(value.kind)"
        }
    }
}
