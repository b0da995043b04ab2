import ModelJSON

/// Names of weights in the order in which the library that loads a folder looks for them.
///
/// A file that only another library reads stands behind them, lest it hide the weights that are really loaded.
enum WeightsNames {
    /// transformers, and sentence-transformers, whose modules look for the first and third alone
    /// (transformers/modeling_utils.py, `_get_resolved_checkpoint_files`; sentence_transformers/base/modules/module.py).
    case transformers
    /// timm/models/_hub.py, `_PREFERRED_FILES`.
    case timm
    /// diffusers/models/modeling_utils.py: the index goes before the file.
    case diffusers
    /// peft/utils/save_and_load.py, `load_peft_weights`.
    case peft
    /// adapters/loading.py, `WeightsLoaderHelper.load_weights`.
    case adapterHub
    /// open_clip/factory.py, `_find_checkpoint_in_dir`.
    case openCLIP

    /// The file that a loader begins with.
    struct Main {
        let name: String
        /// `fp16` of `save_pretrained(variant="fp16")`; nil when it has the plain name.
        var variant: String?
    }

    private var own: [String] {
        switch self {
        case .transformers:
            [
                "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin",
                "pytorch_model.bin.index.json",
            ]
        case .diffusers:
            [
                "diffusion_pytorch_model.safetensors.index.json", "diffusion_pytorch_model.safetensors",
                "diffusion_pytorch_model.bin", "diffusion_pytorch_model.bin.index.json",
            ]
        case .peft: ["adapter_model.safetensors", "adapter_model.bin"]
        case .adapterHub: ["adapter.safetensors", "pytorch_adapter.bin"]
        case .timm: Self.plain + Self.contrastive
        case .openCLIP: Self.contrastive + Self.plain
        }
    }

    /// Whether the library itself looks for a file of this name.
    func isOwn(_ name: String) -> Bool { own.contains(name) }

    private static let plain = ["model.safetensors", "pytorch_model.bin", "pytorch_model.pth", "model.pth"]
    private static let contrastive = [
        "open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", "open_clip_pytorch_model.bin",
        "open_clip_pytorch_model.pth",
    ]

    private static let stems = [
        "model", "diffusion_pytorch_model", "open_clip_model", "adapter_model", "pytorch_model",
        "open_clip_pytorch_model", "consolidated", "tf_model", "flax_model",
    ]
    private static let endings = [
        ".safetensors", ".safetensors.index.json", ".bin", ".bin.index.json", ".h5", ".msgpack",
    ]

    /// `transformers_weights` of a configuration names the file that is read, a safetensors file or index in the folder
    /// (transformers/modeling_utils.py); if it does not, the names decide.
    func main(in names: Set<String>, of config: JSONValue) -> Main? {
        guard case .transformers = self, let name = config["transformers_weights"]?.string, names.contains(name),
            name.hasSuffix(".safetensors") || name.hasSuffix(".safetensors.index.json")
        else { return main(in: names) }
        return Main(name: name)
    }

    /// Nil when there are no weights.
    func main(in names: Set<String>) -> Main? {
        if let name = own.first(where: names.contains) { return Main(name: name) }
        if let found = variant(in: names) { return found }
        for stem in Self.stems {
            for ending in Self.endings where names.contains(stem + ending) { return Main(name: stem + ending) }
        }
        return names.filter { SafetensorsShards.isIndexName($0) }.min().map { Main(name: $0) }
    }

    /// `model.fp16.safetensors`, and `model.safetensors.index.fp16.json` for shards.
    private func variant(in names: Set<String>) -> Main? {
        for plain in own {
            guard let dot = plain.lastIndex(of: ".") else { continue }
            let (start, end) = (plain[..<dot] + ".", plain[dot...])
            let found = names.filter { name in
                name.hasPrefix(start) && name.hasSuffix(end) && name.utf8.count > start.utf8.count + end.utf8.count
                    && RemoteCode.isName(String(name.dropFirst(start.count).dropLast(end.count)))
            }
            guard let name = found.min() else { continue }
            return Main(name: name, variant: String(name.dropFirst(start.count).dropLast(end.count)))
        }
        return nil
    }
}
