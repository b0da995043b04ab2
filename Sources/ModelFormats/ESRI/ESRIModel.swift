import ModelBytes
import ModelContainers
import ModelJSON

/// Esri's model definition, `.emd`, alone, in a folder, or in the zip of a deep learning package, `.dlpk`.
///
/// Source: Esri's documentation of the model definition file and of arcgis.learn.
enum ESRIModel: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "esri-emd", "Esri model definition", artifactType: "arcgis.learn.save", roles: ["mlm:weights"],
            extensions: ["emd", "dlpk"], isArchive: true,
            reads: "framework, task, size of images, bands, classes, normalisation, the model's file, code that runs")
    ]

    static let ownsFolder = false

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            guard let name = listing.map(\.path).first(where: { $0.hasSuffix(".emd") && !$0.contains("/") }) else {
                return nil
            }
            return SniffMatch(.structure, "a directory with \(name)")
        }
        if let layout = subject.layout {
            guard let entry = layout.archive.entries.first(where: { isDefinition($0.name) }) else { return nil }
            return SniffMatch(.structure, "zip with \(entry.name)")
        }
        let text = subject.leadingText
        guard text.first == "{", text.holds("\"ModelFile\"") || text.holds("\"InferenceFunction\""),
            text.holds("\"Framework\"") || text.holds("\"ModelType\"")
        else { return nil }
        return SniffMatch(.structure, "JSON with the keys of a model definition")
    }

    private static func isDefinition(_ name: String) -> Bool {
        name.hasSuffix(".emd") && name.split(separator: "/").count <= 2
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("esri-emd"))
        result.loading = Loading(.needsCode, requires: ["arcgis"])
        guard let files = try ESRIFiles(subject, isDefinition, &result) else { return }
        let document = try JSONValue.parse(files.definition, limits: subject.limits, dialect: .python)
        guard document.object != nil else {
            throw InspectionError(.malformed, "is no object", entry: files.definition.entry)
        }
        ESRIFacts(document, files.name).fill(&result)
        let function = document["InferenceFunction"]?.string
        if let function { try files.code(function, &result) }
        if let first = files.names.filter({ $0.hasSuffix(".py") }).min() ?? function {
            result.report(
                .warning, code: "esri.code", "using it runs Python code that it brings along or names", at: first)
        }
        if let name = document["ModelFile"]?.string { try files.judge(name, &result) }
        result.confidence = .parsed
    }
}
