import ArgumentParser
import MLMInspect
import ModelBytes
import ModelContainers
import STAC

/// `mlm-inspect check ITEM.json…`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validates STAC documents, lists what is missing, and compares Items with their models.",
        discussion: """
            Knows the rules of STAC 1.0.0 and 1.1.0, MLM v1.5.2, and the extensions that MLM refers to, in the versions \
            that it refers to. For other extensions and versions, and for the formats of strings, --schemas names a \
            folder of JSON Schemas. What neither covers is listed as not checked, and the document is then valid as far \
            as checked. Nothing is downloaded.

                mlm-inspect check unet.json --artifact unet.pt2

            Exit codes: 0 valid or valid as far as checked, 1 invalid or no longer matching its model, 2 unreadable or \
            not STAC.
            """)

    @Argument(
        help: ArgumentHelp(
            "Items, Collections, Catalogs, or FeatureCollections of Items. Files named .ndjson or .jsonl hold one "
                + "document per line; - reads standard input.", valueName: "documents"))
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "Read this model again and report where the Item no longer matches it.", valueName: "path"))
    var artifact: String?

    @Option(
        help: ArgumentHelp(
            "Compare every Item, and those that a Collection links to, with its models in this folder.",
            valueName: "dir"))
    var artifacts: String?

    @Option(
        help: ArgumentHelp(
            "Also use the JSON Schemas (draft-07) in this folder, found by their $id or as extensions/eo-v1.1.0.json, "
                + "eo/v1.1.0/schema.json and stac-v1.1.0/item.json. Default: MLM_INSPECT_SCHEMAS.", valueName: "dir"))
    var schemas: String?

    @Flag(help: "Read every line of every input as a document.")
    var ndjson = false

    @Option(name: .shortAndLong, help: "Output format: text, json (an array for several) or ndjson (one per line).")
    var format = CheckFormat.text

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Fence") var fence: FenceOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if artifact != nil, artifacts != nil { throw ValidationError("--artifact and --artifacts: give one of them") }
    }

    mutating func run() throws {
        let limits = try limits.resolved()
        let reader = DocumentReader(limits: limits, hasLines: ndjson)
        try fence.enter(
            Fence(
                fence.sandbox, paths: paths + [artifact, artifacts, schemas ?? Environment.schemas].compactMap { $0 },
                outputs: [output.output].compactMap { $0 }, limits: limits))
        let schemas = try openSchemas(limits)
        if let artifact { return try compare(artifact, reader, schemas, limits) }
        let drift = try artifacts.map { path in
            do throws(InspectionError) {
                return CollectionDrift(
                    try ArtifactFolder(path, limits: limits), schemas, reader, Inspector(limits: limits))
            } catch {
                throw UsageError("--artifacts \(path): \(error.message)")
            }
        }
        var isWhole = true
        let sink = try output.open()
        var writer = CheckWriter(
            sink, format, style: output.style(for: sink), isPretty: !output.compact,
            isList: paths.count > 1 || artifacts != nil)
        for path in paths {
            try reader.read(path) { document in
                guard let drift else { return try writer.write(CheckedDocument(document, schemas)) }
                try drift.check(document) {
                    try writer.write($0)
                } problem: { problem in
                    isWhole = false
                    StandardError.write("mlm-inspect: \(TextStyle.inert(problem))\n")
                }
            }
        }
        try writer.end()
        try output.finish(sink)
        let code = writer.code == 0 && !isWhole ? 2 : writer.code
        if code != 0 { throw ExitCode(code) }
    }

    /// The folder that the flag or the environment names. A file in it that is not a schema is reported, and the others are used.
    private func openSchemas(_ limits: Limits) throws -> SchemaFolder? {
        guard let path = schemas ?? Environment.schemas else { return nil }
        let source = schemas == nil ? "MLM_INSPECT_SCHEMAS=" : "--schemas "
        do throws(InspectionError) {
            let folder = try SchemaFolder(path, limits: limits)
            for problem in folder.problems.prefix(20) {
                StandardError.write("mlm-inspect: \(ErrorText.message(path, Failure(problem))); it was left out\n")
            }
            return folder
        } catch {
            throw UsageError("\(source)\(path): \(error.message)")
        }
    }

    /// Compares one Item with the model it describes.
    private func compare(
        _ artifact: String, _ reader: DocumentReader, _ schemas: SchemaFolder?, _ limits: Limits
    ) throws {
        var documents: [Document] = []
        for path in paths {
            try reader.read(path) { document in
                guard documents.isEmpty else { throw UsageError("--artifact compares one Item, but there are several") }
                documents.append(document)
            }
        }
        guard let document = documents.first else { throw UsageError("--artifact needs an Item, but there is none") }
        var checked = CheckedDocument(document, schemas)
        var problem: String?
        if let item = document.value, let kind = checked.kind {
            guard kind == .item else {
                throw UsageError("\(document.path) is a \(kind.rawValue); --artifact is compared with an Item")
            }
            let drift = try ArtifactDrift(artifact, item: item, itemPath: document.path, Inspector(limits: limits))
            checked.compare(drift)
            problem = drift.problem
        }
        let sink = try output.open()
        var writer = CheckWriter(sink, format, style: output.style(for: sink), isPretty: !output.compact, isList: false)
        try writer.write(checked)
        try writer.end()
        try output.finish(sink)
        if let problem { StandardError.write("mlm-inspect: \(problem)\n") }
        let code = writer.code == 0 && problem != nil ? 2 : writer.code
        if code != 0 { throw ExitCode(code) }
    }
}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson
}
