import ModelBytes
import ModelJSON

/// An adapter of PEFT: `adapter_config.json` and the weights that are added to those of another model.
///
/// Source: peft/config.py, peft/auto.py.
enum PEFTAdapter: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "peft-adapter", "PEFT adapter", artifactType: "save_pretrained", framework: "Hugging Face",
            roles: ["mlm:weights"],
            reads: "kind and rank of the adapter, the model it adapts, the adapter's own parameters")
    ]

    static let refines = ["safetensors"]

    private static let config = "adapter_config.json"

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing, HuggingFace.sniff(subject) == nil else { return nil }
        guard listing.contains(where: { $0.path == config }), let file = FolderNames(subject).main(of: .peft),
            WeightsNames.peft.isOwn(file.name)
        else { return nil }
        return SniffMatch(.structure, "a directory with \(config) and \(file.name)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("peft-adapter"))
        var folder = ModelFolder(subject)
        FolderName.fill(&result, subject)
        guard let config = try folder.document(config), config.object != nil else {
            throw InspectionError(.malformed, "is no object", entry: config)
        }
        let read = FolderWeights.read(
            FolderNames(subject).main(of: .peft), at: "", of: subject, into: &result)
        let kind = config["peft_type"]?.string
        facts(config, kind, &result)
        loading(config, subject, &result)
        try AdapterFolder.finish(&folder, read, into: &result)
    }

    private static func facts(_ config: JSONValue, _ kind: String?, _ result: inout ProbeResult) {
        let adapts = config["auto_mapping"]?["base_model_class"]?.string
        result.variant = kind
        if let adapts {
            result.facts.architecture = kind.map { "\(adapts) with \($0)" } ?? adapts
            result.note("architecture", .read, "\(self.config): auto_mapping.base_model_class, peft_type")
        } else if let kind {
            result.facts.architecture = kind
            result.note("architecture", .read, "\(self.config): peft_type")
        }
        var hyperparameters = JSONObject()
        for key in [
            "peft_type", "task_type", "r", "lora_alpha", "lora_dropout", "bias", "target_modules", "num_virtual_tokens",
            "fan_in_fan_out", "use_dora", "use_rslora", "modules_to_save",
        ] {
            guard let value = config[key], !value.isNull, value.string.map(PrivateText.holdsPath) != true else {
                continue
            }
            hyperparameters[key] = value
        }
        if !hyperparameters.isEmpty {
            result.facts.hyperparameters = hyperparameters
            result.note("hyperparameters", .read, self.config)
        }
        if let version = config["peft_version"]?.string {
            result.facts.producer = Producer(name: "peft", version: version)
            result.note("producer", .read, "\(self.config): peft_version")
        }
        let base = base(config)
        if let base {
            result.facts.pretrainedSource = base
            result.note("pretrained_source", .read, "\(self.config): base_model_name_or_path")
        }
        AdapterFolder.report(adapts, base: base, code: "peft.adapter", at: self.config, into: &result)
    }

    private static func base(_ config: JSONValue) -> String? {
        config["base_model_name_or_path"]?.string.flatMap { $0.isEmpty || PrivateText.holdsPath($0) ? nil : $0 }
    }

    private static func loading(
        _ config: JSONValue, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) {
        let path = PythonText.quoted(subject.artifact.name)
        let base = base(config).map(PythonText.quoted) ?? "base"
        var loading = result.loading ?? Loading(.dataOnly)
        let model =
            config["auto_mapping"]?["base_model_class"]?.string.flatMap { RemoteCode.isName($0) ? $0 : nil }
            ?? autoClass(config["task_type"]?.string)
        let opened = self.base(config) == nil ? base : "transformers.\(model).from_pretrained(\(base))"
        loading.call = "peft.PeftModel.from_pretrained(\(opened), \(path))"
        loading.requires = ["peft", "transformers", "torch"]
        // peft's AutoPeftModel imports this module by its name, and Megatron's the other.
        let library = config["auto_mapping"]?["parent_library"]?.string
        let isOwn = library.map { $0 == "transformers" || $0.hasPrefix("transformers.") || $0 == "peft" } ?? true
        if !isOwn || config["megatron_config"]?.object != nil {
            let module = isOwn ? config["megatron_core"]?.string ?? "megatron.core" : library ?? ""
            loading.verdict = max(loading.verdict, .needsCode)
            loading.classes = [module]
            result.report(
                .warning, code: "peft.import", "loading imports the module \(module), which the adapter names",
                at: self.config)
        }
        result.loading = loading
    }

    private static func autoClass(_ task: String?) -> String {
        switch task {
        case "CAUSAL_LM": "AutoModelForCausalLM"
        case "SEQ_CLS": "AutoModelForSequenceClassification"
        case "TOKEN_CLS": "AutoModelForTokenClassification"
        case "SEQ_2_SEQ_LM": "AutoModelForSeq2SeqLM"
        case "QUESTION_ANS": "AutoModelForQuestionAnswering"
        default: "AutoModel"
        }
    }
}
