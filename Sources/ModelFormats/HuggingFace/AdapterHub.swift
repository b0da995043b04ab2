import ModelBytes
import ModelJSON

/// An adapter of the library `adapters` (AdapterHub): `adapter_config.json` and its weights, often with a head of its own.
///
/// Source: adapters/loading.py, adapters/utils.py.
enum AdapterHub: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "adapterhub", "AdapterHub adapter", artifactType: "save_adapter", framework: "Hugging Face",
            roles: ["mlm:weights"],
            reads: "the class of the model it adapts, settings, the adapter's own parameters, labels of its head")
    ]

    static let refines = ["safetensors"]
    static let lists: Set<Listing.Part> = [.tensors]

    private static let config = "adapter_config.json"
    private static let head = "head_config.json"

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing, listing.contains(where: { $0.path == config }),
            let file = FolderNames(subject).main(of: .adapterHub), WeightsNames.adapterHub.isOwn(file.name)
        else { return nil }
        return SniffMatch(.structure, "a directory with \(config) and \(file.name)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("adapterhub"))
        var folder = ModelFolder(subject)
        FolderName.fill(&result, subject)
        guard let config = try folder.document(config), config.object != nil else {
            throw InspectionError(.malformed, "is no object", entry: config)
        }
        let weights = FolderWeights.read(
            FolderNames(subject).main(of: .adapterHub), at: "", of: subject, into: &result)
        facts(config, &result)
        if let head = try folder.document(head)?["config"] { labels(head, &result) }
        let base = base(config).map(PythonText.quoted) ?? "base"
        let path = PythonText.quoted(subject.artifact.name)
        var loading = result.loading ?? Loading(.dataOnly)
        loading.call = "adapters.AutoAdapterModel.from_pretrained(\(base)).load_adapter(\(path))"
        loading.requires = ["adapters", "torch"]
        result.loading = loading
        try AdapterFolder.finish(&folder, weights, into: &result)
    }

    private static func facts(_ config: JSONValue, _ result: inout ProbeResult) {
        let adapts = config["model_class"]?.string
        if let adapts {
            result.facts.architecture = adapts
            result.note("architecture", .read, "\(self.config): model_class")
        }
        // `adapters.1.3.0`; its forerunner adapter-transformers wrote the bare number.
        let version = config["version"]?.string ?? ""
        if version.hasPrefix("adapters.") {
            result.facts.producer = Producer(name: "adapters", version: String(version.dropFirst("adapters.".count)))
            result.note("producer", .read, "\(self.config): version")
        }
        var settings = JSONObject()
        for (key, value) in (config["config"]?.object ?? [:]).prefix(256) {
            if PlainSetting.isScalar(value) { settings[key] = value }
        }
        if !settings.isEmpty {
            result.facts.hyperparameters = settings
            result.note("hyperparameters", .read, "\(self.config): config")
        }
        let base = base(config)
        if let base {
            result.facts.pretrainedSource = base
            result.note("pretrained_source", .read, "\(self.config): model_name")
        }
        AdapterFolder.report(adapts, base: base, code: "adapterhub.adapter", at: self.config, into: &result)
    }

    private static func base(_ config: JSONValue) -> String? {
        config["model_name"]?.string.flatMap { $0.isEmpty || PrivateText.holdsPath($0) ? nil : $0 }
    }

    /// A head that classifies has its labels in the order of `label2id`.
    private static func labels(_ head: JSONValue, _ result: inout ProbeResult) {
        guard head["head_type"]?.string == "classification", let count = head["num_labels"]?.int, count > 1 else {
            return
        }
        result.facts.tasks = ["classification"]
        result.note("tasks", .derived, "\(self.head): head_type")
        let labels = head["label2id"]?.object.flatMap(LabelMap.byName)
        result.facts.outputs = [
            Port(
                name: "logits", shape: [-1, count], dimOrder: ["batch", "class"],
                labels: labels?.count == count ? labels : nil)
        ]
        result.note("outputs", .derived, "\(self.head): num_labels, label2id")
    }
}
