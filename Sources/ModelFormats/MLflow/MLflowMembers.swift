import ModelBytes
import ModelContainers
import ModelJSON

/// What the flavours of `MLmodel` point at, as paths of the folder.
///
/// Source: `add_flavor` and `load_model` of mlflow's modules, a folder for each flavour.
struct MLflowMembers {
    /// Where a flavour keeps its model.
    enum Place {
        case file(String)
        case folder(String)
        /// Files that begin with this name, as Paddle's `model.pdmodel` and `model.pdiparams`.
        case parts(String)
        /// A file of Python that is run, and makes the model.
        case code(String)
        /// A file that is named and is not there.
        case missing(String)
    }

    /// The model itself; nil when no flavour names a place.
    let main: Place?
    /// Other files that a flavour names: tools and functions of langchain, an index, a configuration.
    let others: [String]
    /// Files that a flavour hands to the model's own code: `artifacts` of a model of Python, `extra_files` of torch, and what
    /// lies in folders that they name.
    let handedOn: [String]

    /// Keys that name the model, the most telling first. What is named by another key is looked at as well.
    ///
    /// `pickled_model` sklearn, paddle · `model_data` pytorch, spark, johnsnowlabs, langchain · `model_binary`
    /// transformers · `saved_model_dir` tensorflow · `serialized_explainer` shap · `adapter_weights` diffusers ·
    /// `peft_adaptor` transformers over a base model · `python_model`, `model_path` pyfunc, dspy · `model` crate of R ·
    /// `data` all others.
    private static let modelKeys = [
        "pickled_model", "model_data", "model_binary", "saved_model_dir", "serialized_explainer", "python_model",
        "data", "model_path", "adapter_weights", "peft_adaptor", "model",
    ]
    /// A flavour that says no path has it from here.
    private static let fixed = ["sentence_transformers": "model.sentence_transformer"]
    /// Keys of what surrounds the model.
    private static let surroundings: Set<String> = ["code", "env", "config", "loader_module"]

    init(_ flavors: JSONObject, in listing: [DirectoryEntry], limits: Limits) throws(InspectionError) {
        let files = Set(listing.lazy.map(\.path))
        let folders = Self.folders(of: files)
        func place(_ named: String) -> Place? {
            guard let path = Self.plain(named) else { return nil }
            if files.contains(path) { return .file(path) }
            if folders.contains(path) { return .folder(path) }
            return !path.isEmpty && files.contains { $0.hasPrefix(path + ".") } ? .parts(path) : nil
        }
        // The flavours that are no wrapper of another come first.
        let ordered = flavors.filter { $0.key != "python_function" } + flavors.filter { $0.key == "python_function" }
        let named = ordered.flatMap { flavor in
            Self.modelKeys.compactMap { flavor.value[$0]?.string } + [Self.fixed[flavor.key]].compactMap(\.self)
        }
        let found = named.lazy.compactMap(place).first
        main =
            found ?? Self.code(ordered.map(\.value)).flatMap { files.contains($0) ? .code($0) : nil }
            ?? named.first { !$0.isEmpty && Self.isFileName($0) }.map { Place.missing(Self.plain($0) ?? $0) }
        var others: Set<String> = []
        for (_, flavor) in ordered {
            for (key, value) in flavor.object ?? [:] where !Self.surroundings.contains(key) {
                guard let path = value.string.flatMap(Self.plain), files.contains(path) else { continue }
                others.insert(path)
            }
        }
        if case .file(let path) = main { others.remove(path) }
        try limits.shards.check(others.count)
        self.others = others.sorted()
        let handed = Set(ordered.flatMap { Self.handed($0.value) }.compactMap(Self.plain))
        let starts = handed.filter(folders.contains).map { $0 + "/" }
        handedOn = files.filter { path in handed.contains(path) || starts.contains(where: path.hasPrefix) }.sorted()
        try limits.shards.check(handedOn.count)
    }

    /// The file of code that is run to make the model, by its name alone (mlflow/pyfunc/loaders/code_model.py).
    static func code(_ flavors: [JSONValue]) -> String? {
        flavors.lazy.compactMap { $0["model_code_path"]?.string }.first.flatMap { path in
            path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        }
    }

    /// Paths in `artifacts: {name: {path: …}}` and `extra_files: [{path: …}]`.
    private static func handed(_ flavor: JSONValue) -> [String] {
        let artifacts = (flavor["artifacts"]?.object ?? [:]).map(\.value) + (flavor["extra_files"]?.array ?? [])
        return artifacts.compactMap { $0["path"]?.string ?? $0.string }
    }

    /// A path without `.` and `..`, as the system takes it; nil for one that leads out of the folder.
    private static func plain(_ path: String) -> String? {
        guard !path.hasPrefix("/") else { return nil }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(part)
                continue
            }
            guard parts.popLast() != nil else { return nil }
        }
        return parts.joined(separator: "/")
    }

    private static func folders(of files: Set<String>) -> Set<String> {
        var folders: Set<String> = []
        for file in files {
            var rest = file[...]
            while let slash = rest.lastIndex(of: "/") {
                rest = rest[..<slash]
                if !folders.insert(String(rest)).inserted { break }
            }
        }
        return folders
    }

    /// Whether the text names a file of the folder, and no model of a hub or a registry.
    private static func isFileName(_ text: String) -> Bool {
        text.contains(".") && !text.contains("://") && !text.hasPrefix("/")
    }

    /// The model in a folder that is no model itself: `model.pth` of pytorch goes before its `model.pt2`; of Keras there
    /// is `model.keras`, `model.h5`, or a folder `model`.
    static func inside(_ folder: String, in listing: [DirectoryEntry]) -> Place? {
        let start = folder + "/model"
        let below = listing.map(\.path).filter { $0.hasPrefix(start) }
        if below.contains(start + ".pth") { return .file(start + ".pth") }
        if below.contains(where: { $0.hasPrefix(start + "/") }) { return .folder(start) }
        let direct = below.filter { !$0.dropFirst(start.count).contains("/") }
        return direct.first { $0 == start || $0.hasPrefix(start + ".") }.map(Place.file)
    }
}
