import ModelBytes
import ModelContainers
import ModelJSON

/// The front matter of a model card: YAML at the beginning of README.md, between two lines of three dashes.
///
/// Keys: huggingface_hub, repocard_data.py, ModelCardData.
enum ModelCard {
    private static let largest = 256 << 10

    static func read(_ source: ByteSource, limits: Limits, into result: inout ProbeResult) {
        let place = "README.md"
        let card: JSONValue
        do throws(InspectionError) {
            guard let text = try frontMatter(source) else { return }
            card = try YAMLReader.read(text, limits: limits)
        } catch {
            result.report(
                .note, code: "model-card.unreadable", "its front matter cannot be read: \(error.message)", at: place)
            return
        }
        if let license = text(card["license"]), result.facts.license == nil {
            let named = license == "other" ? text(card["license_name"]) ?? license : license
            result.facts.license = SPDX.spelling(named)
            result.note("license", .read, "\(place): license")
        }
        if let source = text(card["base_model"]) ?? text(card["base_model"]?[0]), result.facts.pretrainedSource == nil {
            result.facts.pretrainedSource = source
            result.note("pretrained_source", .read, "\(place): base_model")
        }
        if result.facts.tasks == nil, let tag = text(card["pipeline_tag"]), let tasks = tasks(tag) {
            result.facts.tasks = tasks
            result.note("tasks", .read, "\(place): pipeline_tag = \(tag)")
        }
        var metadata = result.facts.metadata ?? JSONObject()
        for key in ["pipeline_tag", "library_name", "datasets", "tags", "language", "model_name"] {
            guard let value = plain(card[key]) else { continue }
            metadata[key] = value
        }
        guard !metadata.isEmpty else { return }
        result.facts.metadata = metadata
        result.note("metadata", .read, place)
    }

    private static func frontMatter(_ source: ByteSource) throws(InspectionError) -> String? {
        let bytes = try source.bytes(at: 0, upTo: largest)
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
        guard text.hasPrefix("---\n") else { return nil }
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst() {
            if line == "---" { return lines.joined(separator: "\n") + "\n" }
            lines.append(line)
        }
        return nil
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let text = value?.string, !text.isEmpty, text.utf8.count <= 512, !PrivateText.holdsPath(text) else {
            return nil
        }
        return text
    }

    private static func plain(_ value: JSONValue?) -> JSONValue? {
        if let text = text(value) { return .string(text) }
        let list = (value?.array ?? []).prefix(100).compactMap { text($0) }
        return list.isEmpty ? nil : .array(list.map(JSONValue.string))
    }

    /// Tasks of the hub that MLM has a word for.
    static func tasks(_ tag: String) -> [String]? {
        switch tag {
        case "image-classification", "text-classification", "token-classification", "audio-classification",
            "video-classification", "zero-shot-image-classification", "tabular-classification":
            ["classification"]
        case "image-segmentation", "mask-generation": ["segmentation"]
        case "object-detection", "zero-shot-object-detection": ["object-detection"]
        case "tabular-regression", "depth-estimation": ["regression"]
        case "sentence-similarity", "image-feature-extraction": ["similarity-search"]
        case "image-to-text": ["image-captioning"]
        case "text-generation", "text-to-image", "image-to-image", "unconditional-image-generation", "text-to-video",
            "image-text-to-text", "text2text-generation":
            ["generative"]
        default: nil
        }
    }
}
