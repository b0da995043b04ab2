import ModelBytes
import ModelJSON

/// A folder that `save_pretrained` of transformers wrote, or timm, open_clip or mlx-lm in its manner: `config.json` and
/// the weights beside it.
enum HuggingFace: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "huggingface", "Hugging Face folder", artifactType: "save_pretrained", framework: "Hugging Face",
            roles: ["mlm:weights"],
            reads:
                "architecture, class labels, size and scaling of images, weights in shards of safetensors or pickles, "
                + "quantisation, licence and task of the model card, code that it brings along")
    ]

    static let refines = ["safetensors"]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        let configurations = ["config.json", "open_clip_config.json"]
        guard let config = configurations.first(where: { name in listing.contains { $0.path == name } }) else {
            return nil
        }
        let names = FolderNames(subject)
        let kinds: [WeightsNames] = [.transformers, .diffusers] + (config == "config.json" ? [] : [.openCLIP])
        guard let weights = kinds.lazy.compactMap({ names.main(of: $0) }).first else { return nil }
        return SniffMatch(.structure, "a directory with \(config) and \(weights.name)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("huggingface"))
        var folder = ModelFolder(subject)
        var failure: InspectionError?
        var config: JSONValue = [:]
        do throws(InspectionError) { config = try folder.config() } catch { failure = error }
        let library = FolderConfiguration(config, hasOpenCLIP: folder.openCLIP != nil)
        let main = FolderNames(subject).main(of: library.names, config: config)
        var weights = FolderWeights.read(main, at: "", of: subject, into: &result)
        weights?.note(config)
        switch library {
        case .transformers: TransformersFacts(config, weights, subject).fill(&result)
        case .diffusers: DiffusersComponent.fill(LibraryFolder(config, weights, subject), &result)
        case .timm: TimmFacts.fill(LibraryFolder(config, weights, subject), &result)
        case .openCLIP: OpenCLIPFacts.fill(LibraryFolder(folder.openCLIP ?? config, weights, subject), &result)
        }
        if let packing = PackedWeights(config, weights) { packing.fill(&result) }
        try folder.card(into: &result)
        do throws(InspectionError) { try folder.preprocessing(into: &result) } catch { failure = failure ?? error }
        folder.companions(into: &result)
        FolderNames(subject).reportInner(into: &result)
        try folder.otherPickles(into: &result)
        FolderWeights.complete(weights, of: subject, into: &result)
        let documents = folder.documents("", failure: &failure)
        RemoteCode.report(documents, subject, into: &result)
        RemoteCode.reportVersions(config, into: &result)
        result.confidence = .parsed
        if let failure = failure ?? weights?.failure {
            // What could not be read may name code.
            result.loading?.leaveIncomplete()
            throw failure
        }
    }
}

/// Which library's configuration lies in the folder.
enum FolderConfiguration {
    case transformers, timm, openCLIP, diffusers

    var names: WeightsNames {
        switch self {
        case .transformers: .transformers
        case .timm: .timm
        case .openCLIP: .openCLIP
        case .diffusers: .diffusers
        }
    }

    init(_ config: JSONValue, hasOpenCLIP: Bool) {
        if config["pretrained_cfg"]?.object != nil, config["model_type"] == nil {
            self = .timm
        } else if hasOpenCLIP, config["model_type"] == nil {
            self = .openCLIP
        } else if config["_class_name"]?.string != nil, config["_diffusers_version"] != nil {
            self = .diffusers
        } else {
            self = .transformers
        }
    }
}
