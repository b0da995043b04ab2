import ModelBytes
import ModelJSON

/// A folder that `save_to_preset` of KerasHub wrote: `config.json` is the backbone, `task.json` what stands on it, each with
/// its weights.
///
/// Source: keras_hub/src/utils/preset_utils.py.
enum KerasHubPreset: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "keras-hub", "KerasHub preset", artifactType: "save_to_preset", framework: .keras,
            reads: "classes and settings of backbone and task, Keras version, the parameters of both, custom classes")
    ]

    static let refines = ["keras-v3", "keras-h5-weights"]
    static let lists: Set<Listing.Part> = [.tensors]

    /// The task and the backbone come first.
    private static let configurations = [
        "task.json", "config.json", "preprocessor.json", "tokenizer.json", "image_converter.json",
        "audio_converter.json", "video_converter.json",
    ]
    private static let about = "metadata.json"
    private static let weights = ["model.weights.h5", "task.weights.h5"]
    /// The weights of the backbone in several files.
    private static let index = "model.weights.json"

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        let names = FolderFiles.topNames(listing)
        // An archive of Keras that was unpacked has files of the same names.
        guard names.contains("config.json"), names.contains(about),
            let file = ([index] + weights).first(where: names.contains),
            let head = try? subject.artifact.companionHead(about, count: Artifact.headBytes),
            String(decoding: head, as: UTF8.self).contains("\"keras_hub_version\"")
        else { return nil }
        return SniffMatch(.structure, "a directory with config.json, \(about) of KerasHub and \(file)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("keras-hub"))
        FolderName.fill(&result, subject)
        // What cannot be read below may name anything.
        result.loading = Loading(.incomplete, requires: ["keras-hub"])
        let metadata = try FolderFiles.document(about, of: subject) ?? [:]
        let version = KerasVersion(metadata["keras_version"]?.string)
        if let version {
            result.facts.frameworkVersion = version.text
            result.note("framework_version", .read, "\(about): keras_version")
        }
        if let own = metadata["keras_hub_version"]?.string {
            result.facts.producer = Producer(name: "keras-hub", version: own)
            result.note("producer", .read, "\(about): keras_hub_version")
        }
        var loading = Loading(.dataOnly, requires: ["keras-hub"])
        // The class that is asked for a preset must be the one that wrote it.
        var isOwn = false
        for name in configurations {
            guard let document = try FolderFiles.document(name, of: subject) else { continue }
            if result.facts.architecture == nil {
                isOwn = document["registered_name"]?.string?.hasPrefix("keras_hub>") == true
            }
            describe(document, name, &result)
            judge(KerasCode(document, generation: version?.major), version, name, &loading, &result)
            result.files.append(FileMember(path: name, role: "configuration", present: true))
        }
        if loading.verdict != .dangerous, let own = result.facts.architecture, isOwn,
            PythonName.isPlain("keras_hub", own)
        {
            loading.call = "keras_hub.models.\(own).from_preset(\(PythonText.quoted(subject.artifact.name)))"
        }
        result.loading = loading
        try weights(of: subject, &result)
        result.confidence = .parsed
    }

    /// A task stands for its backbone, which is in its settings.
    private static func describe(
        _ document: JSONValue, _ name: String, _ result: inout ProbeResult
    ) {
        guard name == "task.json" || name == "config.json", let architecture = document["class_name"]?.string else {
            return
        }
        if result.facts.architecture == nil {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(name): class_name")
        }
        if name == "task.json", let tasks = tasks(architecture) {
            result.facts.tasks = tasks
            result.note("tasks", .derived, "\(name): class_name")
        }
        var settings = result.facts.hyperparameters ?? JSONObject()
        let own = (document["config"]?.object ?? [:]).filter { settings[$0.key] == nil }
        for (key, value) in own.prefix(256) where !["name", "trainable"].contains(key) {
            if PlainSetting.isScalarOrNumbers(value) { settings[key] = value }
        }
        guard !settings.isEmpty else { return }
        result.facts.hyperparameters = settings
        result.note("hyperparameters", .read, "\(name): config")
    }

    /// By the end of the class of a task, which all models of KerasHub share.
    private static func tasks(_ name: String) -> [String]? {
        switch name {
        case _ where name.hasSuffix("ImageClassifier") || name.hasSuffix("TextClassifier"): ["classification"]
        case _ where name.hasSuffix("ImageSegmenter"): ["semantic-segmentation"]
        case _ where name.hasSuffix("ObjectDetector"): ["object-detection"]
        case _ where name.hasSuffix("CausalLM") || name.hasSuffix("TextToImage"): ["generative"]
        default: nil
        }
    }

    /// Keras builds the classes that are named, and all but its own run code: those of KerasHub as well.
    private static func judge(
        _ code: KerasCode, _ version: KerasVersion?, _ name: String, _ loading: inout Loading,
        _ result: inout ProbeResult
    ) {
        let own = KerasLoading(version: version, path: "", form: .archive).loading(code, into: &result, at: name)
        loading = loading.joined(with: own)
        loading.requires = Set((loading.requires ?? []) + (own.requires ?? [])).sorted()
        let undefined = Set((loading.define ?? []) + (own.define ?? [])).sorted()
        loading.define = undefined.isEmpty ? nil : undefined
    }

    private static func weights(of subject: InspectedArtifact, _ result: inout ProbeResult) throws(InspectionError) {
        var total: Parameters?
        var isCounted = true
        for (file, source) in try sources(of: subject, &result) {
            guard let source else {
                isCounted = false
                continue
            }
            if ShardIndex.isRepeated(file, source, of: subject, into: &result) { continue }
            guard
                let inner = try FolderMember.probe(
                    file, source, of: subject, listing: result.listing?.inside(file), into: &result)
            else {
                result.loading?.leaveIncomplete()
                return
            }
            if let own = inner.loading { result.loading = result.loading?.joined(with: own) }
            guard let own = inner.facts.parameters else { return }
            total = total?.adding(own) ?? own
        }
        guard let total, isCounted else { return }
        result.facts.parameters = total
        result.note("parameters", .read, "datasets of the files of weights")
    }

    /// The files of weights, those of the index among them; nil in place of one that is missing.
    private static func sources(
        of subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> [(name: String, source: ByteSource?)] {
        var sources: [(name: String, source: ByteSource?)] = []
        if let source = try subject.artifact.companion(index) {
            result.files.append(FileMember(path: index, role: "index", present: true, size: source.count))
            let shards = try ShardIndex(source, limits: subject.limits, dialect: .python)
            for file in shards.files {
                sources.append((file, try ShardIndex.open(file, beside: subject.artifact, into: &result)))
            }
        }
        for file in weights {
            guard let source = try subject.artifact.companion(file) else { continue }
            result.files.append(FileMember(path: file, role: "mlm:weights", present: true, size: source.count))
            sources.append((file, source))
        }
        return sources
    }
}
