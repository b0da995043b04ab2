import ModelBytes
import ModelContainers
import ModelJSON

/// What lies in a model's folder beside its weights.
struct ModelFolder {
    let subject: InspectedArtifact
    /// Names of the files at its top.
    let names: Set<String>
    private var parsed: [String: JSONValue] = [:]
    private(set) var openCLIP: JSONValue?

    init(_ subject: InspectedArtifact) {
        self.subject = subject
        names = FolderFiles.topNames(subject.listing ?? [])
    }

    /// The JSON file of this name; nil when there is none.
    mutating func document(_ name: String) throws(InspectionError) -> JSONValue? {
        if let known = parsed[name] { return known }
        guard names.contains(name), let value = try FolderFiles.document(name, of: subject) else { return nil }
        parsed[name] = value
        return value
    }

    /// `config.json`, an empty object when there is none.
    mutating func config() throws(InspectionError) -> JSONValue {
        openCLIP = try document("open_clip_config.json")
        let config = try document("config.json") ?? [:]
        guard config.object != nil else {
            throw InspectionError(.malformed, "is no object", entry: "config.json")
        }
        return config
    }

    /// Documents of a folder, empty or with its slash, that may name code. What cannot be read hides none of the others.
    func documents(_ folder: String, failure: inout InspectionError?) -> [(name: String, value: JSONValue)] {
        var found: [(name: String, value: JSONValue)] = []
        var names = [
            "config.json", "tokenizer_config.json", "preprocessor_config.json", "processor_config.json",
            "generation_config.json", "video_preprocessor_config.json", "scheduler_config.json",
            "open_clip_config.json", SentenceModules.settings,
        ]
        var next = 0
        while next < names.count {
            let name = names[next]
            next += 1
            do throws(InspectionError) {
                var value = parsed[folder + name]
                if value == nil { value = try FolderFiles.document(folder + name, of: subject) }
                guard let value else { continue }
                found.append((folder + name, value))
                if name == "config.json" { names += RemoteCode.otherConfigurations(value) }
            } catch {
                failure = failure ?? error.found(in: folder + name)
            }
        }
        return found
    }

    /// The front matter of README.md: YAML between two lines of dashes.
    mutating func card(into result: inout ProbeResult) throws(InspectionError) {
        guard names.contains("README.md"), let source = try subject.artifact.companion("README.md") else { return }
        ModelCard.read(source, limits: subject.limits, into: &result)
    }

    mutating func preprocessing(into result: inout ProbeResult) throws(InspectionError) {
        // transformers 5 writes one file for all of what stands before the model, and reads that first
        // (image_processing_base.py, `get_image_processor_dict`).
        let (whole, own) = ("processor_config.json", "preprocessor_config.json")
        if let value = try document(whole)?["image_processor"] {
            ImagePreprocessing(value)?.fill(&result, at: "\(whole): image_processor")
        } else if let value = try document(own) {
            ImagePreprocessing(value)?.fill(&result, at: own)
        }
    }

    /// Files of the tokenizer, of generation and of training: they belong to the model, and are none themselves.
    func companions(into result: inout ProbeResult) {
        let listed = Set(result.files.map(\.path))
        for entry in subject.listing ?? [] where !listed.contains(entry.path) && !Self.isHidden(entry.path) {
            guard let role = Self.role(entry.path) else { continue }
            result.files.append(FileMember(path: entry.path, role: role, present: true, size: entry.size))
        }
        reportTemplate(&result)
    }

    private static func isHidden(_ path: String) -> Bool { path.hasPrefix(".") || path.contains("/.") }

    private static let tokenizerFiles: Set<String> = [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
        "vocab.txt", "merges.txt", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model", "chat_template.jinja",
        "chat_template.json",
    ]
    private static let trainingFiles: Set<String> = [
        "training_args.bin", "optimizer.pt", "optimizer.bin", "scheduler.pt", "scaler.pt", "trainer_state.json",
        "rng_state.pth",
    ]
    /// Whether no loader unpickles a file of this name: those of training, and the plain bytes beside OpenVINO's XML.
    /// Shards of an index may have any name.
    private static func isReadByNone(_ path: String, indexed folders: Set<Substring>) -> Bool {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let folder = path.dropLast(name.count)
        let isNamed =
            trainingFiles.contains(name)
            || name.hasPrefix("rng_state_") && name.hasSuffix(".pth")
            || name.hasPrefix("random_states_") && name.hasSuffix(".pkl")
            || name.hasPrefix("openvino_") && name.hasSuffix(".bin")
        return isNamed && !folders.contains(folder)
    }

    /// The folders, with their slashes, that one of these files lies in or below.
    private static func folders(above files: some Sequence<String>) -> Set<Substring> {
        var folders: Set<Substring> = [""]
        for file in files {
            var folder = file[...]
            while let slash = folder.dropLast().lastIndex(of: "/") {
                folder = file[...slash]
                // Those above it are known as well.
                guard folders.insert(folder).inserted else { break }
            }
        }
        return folders
    }

    private static let weightsEndings = [
        ".safetensors", ".bin", ".h5", ".msgpack", ".onnx", ".ot", ".gguf", ".pt", ".pth",
    ]

    private static func role(_ path: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if tokenizerFiles.contains(name) { return "tokenizer" }
        if trainingFiles.contains(name) { return "training" }
        if name == "README.md" { return "model-card" }
        if name.hasSuffix(".py") { return "code" }
        if name.hasSuffix(".json") || name.hasSuffix(".jinja") { return "configuration" }
        return weightsEndings.contains { name.hasSuffix($0) } ? "weights-alternative" : nil
    }

    private func reportTemplate(_ result: inout ProbeResult) {
        let files = (subject.listing ?? []).map(\.path).filter { path in
            path == "chat_template.jinja" || path == "chat_template.json" || path.hasSuffix(".jinja")
        }
        let inTokenizer = (try? FolderFiles.document("tokenizer_config.json", of: subject))?["chat_template"] != nil
        guard let place = files.first ?? (inTokenizer ? "tokenizer_config.json" : nil) else { return }
        ChatTemplate.report(at: place, into: &result)
    }

    /// What other indexes name, whatever its ending. Of one that cannot be read nothing is known.
    private func shards(of indices: [String], _ result: inout ProbeResult) -> Set<String> {
        var found: Set<String> = []
        for index in indices {
            let document: JSONValue?
            do throws(InspectionError) {
                document = indices.count <= Self.mostIndices ? try FolderFiles.document(index, of: subject) : nil
            } catch {
                document = nil
            }
            guard let document else {
                result.loading?.leaveIncomplete()
                continue
            }
            let slash = index.utf8.lastIndex(of: UInt8(ascii: "/"))
            let folder = slash.map { String(index[...$0]) } ?? ""
            for (_, file) in document["weight_map"]?.object ?? [:] {
                if let name = file.string, !name.hasSuffix(".safetensors") { found.insert(folder + name) }
            }
        }
        return found
    }
    private static let mostIndices = 64

    /// Pickles beside the weights. A loader may read each of them in place of the weights, but for those that none reads, of
    /// which only danger counts.
    func otherPickles(atAnyDepth: Bool = false, into result: inout ProbeResult) throws(InspectionError) {
        let read = Set(result.files.filter { $0.role == "mlm:weights" }.map(\.path))
        let endings = [".bin", ".pt", ".pth", ".pkl", ".ckpt", ".joblib"]
        let all = atAnyDepth ? Set((subject.listing ?? []).map(\.path)) : names
        let taken = Set(result.files.filter { $0.role == "index" }.map(\.path))
        let indices = all.filter { $0.hasSuffix(".json") && $0.contains(".index.") && !taken.contains($0) }
        let shards =
            indices.isEmpty
            ? [] : shards(of: indices.sorted(), &result).intersection((subject.listing ?? []).map(\.path))
        let found = all.filter { name in endings.contains { name.hasSuffix($0) } }.union(shards).subtracting(read)
            .sorted()
        let indexed = indices.isEmpty ? [] : Self.folders(above: indices)
        try FolderMember.judge(found, of: subject, into: &result) { !Self.isReadByNone($0, indexed: indexed) }
    }
}
