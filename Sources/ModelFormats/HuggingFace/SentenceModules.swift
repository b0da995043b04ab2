import ModelBytes
import ModelJSON

/// The configurations of the modules of sentence-transformers, some of which name classes that loading imports.
///
/// Source: sentence_transformers/util.py, `import_from_string`, called in models/Router.py and Asym.py (`types`), in
/// WordEmbeddings.py (`tokenizer_class`) and Dense.py (`activation_function`).
enum SentenceModules {
    private static let own = ["torch.nn.", "sentence_transformers."]

    /// All configurations below the folder: a router's parts lie in folders of their own.
    static func documents(
        of subject: InspectedArtifact, failure: inout InspectionError?
    ) throws(InspectionError) -> [(name: String, value: JSONValue)] {
        let paths = (subject.listing ?? []).map(\.path).filter { $0.hasSuffix("config.json") }.sorted()
        try subject.limits.shards.check(paths.count)
        var found: [(name: String, value: JSONValue)] = []
        for path in paths {
            do throws(InspectionError) {
                if let value = try FolderFiles.document(path, of: subject) { found.append((path, value)) }
            } catch {
                failure = failure ?? error.found(in: path)
            }
        }
        return found
    }

    /// The folders of a router's parts, which are keys of `types`.
    static func parts(of prefix: String, _ configurations: [String: JSONValue]) -> [String] {
        ["config.json", "router_config.json"].flatMap { name in
            (configurations[prefix + name]?["types"]?.object ?? [:]).map { prefix + $0.key + "/" }
        }
    }

    static func report(_ documents: [(name: String, value: JSONValue)], into result: inout ProbeResult) {
        for (place, value) in documents {
            let foreign = classes(value).filter { name in name.contains(".") && !own.contains { name.hasPrefix($0) } }
            guard !foreign.isEmpty else { continue }
            let names = Set(foreign.prefix(32).map { String($0.prefix(256)) })
            result.loading = (result.loading ?? Loading(.needsCode)).joined(
                with: Loading(.needsCode, classes: names.sorted()))
            result.report(
                .warning, code: "sentence-transformers.custom-code",
                "loading imports classes of its own: \(names.sorted().joined(separator: ", "))", at: place)
        }
    }

    private static func classes(_ value: JSONValue) -> [String] {
        let types = (value["types"]?.object ?? [:]).compactMap { $0.value.string }
        return types + [value["tokenizer_class"]?.string, value["activation_function"]?.string].compactMap(\.self)
    }
}
