import ModelBytes
import ModelJSON

/// `open_clip_config.json`: `model_cfg` and `preprocess_cfg` (open_clip/push_to_hf_hub.py).
enum OpenCLIPFacts {
    static func fill(_ folder: LibraryFolder, _ result: inout ProbeResult) {
        FolderName.fill(&result, folder.subject)
        let place = "open_clip_config.json"
        result.variant = [result.variant, "open_clip"].compactMap(\.self).joined(separator: ", ")
        result.facts.architecture = "CLIP"
        result.note("architecture", .derived, "\(place): model_cfg of open_clip")
        result.facts.tasks = ["similarity-search"]
        result.note("tasks", .derived, "\(place): embeddings of images and texts")
        let model = folder.config["model_cfg"]
        let preprocessing = folder.config["preprocess_cfg"]
        let sizes = LibraryFolder.sides(preprocessing?["size"] ?? model?["vision_cfg"]?["image_size"])
        if let sizes, sizes.allSatisfy({ $0 > 0 }) {
            result.facts.inputs = [Port.image("image", [3] + sizes, dataType: folder.dataType, preprocessing ?? [:])]
            result.note("inputs", .read, "\(place): size, mean and std of RGB images divided by 255")
        }
        if let length = model?["text_cfg"]?["context_length"]?.int, length > 0 {
            let text = Port(name: "text", shape: [-1, length], dataType: "int64", dimOrder: ["batch", "token"])
            result.facts.inputs = (result.facts.inputs ?? []) + [text]
        }
        if let size = model?["embed_dim"]?.int, size > 0 {
            result.facts.outputs = ["image_features", "text_features"].map { name in
                Port(name: name, shape: [-1, size], dataType: folder.dataType, dimOrder: ["batch", "feature"])
            }
            result.note("outputs", .read, "\(place): embed_dim")
        }
        let path = PythonText.quoted("local-dir:" + folder.subject.artifact.name)
        result.loading = Loading(
            result.loading?.verdict ?? .dataOnly, call: "open_clip.create_model_and_transforms(\(path))",
            requires: ["open-clip-torch"])
    }
}
