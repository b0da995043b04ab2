import ModelBytes
import ModelContainers

extension ProtobufMessage {
    /// The entries of a map, in the order of their keys: that of the bytes changes from one writing to the next. Of a key
    /// that occurs twice the last one counts. Of more than `most` entries only the first are looked at.
    func mapEntries(_ name: StaticString, upTo most: Int = .max) -> [(key: String, value: ProtobufMessage)] {
        var entries: [String: ProtobufMessage] = [:]
        for entry in messages(name).prefix(most) {
            if let value = entry.message("value") { entries[entry.string("key") ?? ""] = value }
        }
        return entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The attribute of this name of a NodeDef or a FunctionDef.
    func tensorFlowAttribute(_ name: String) -> ProtobufMessage? {
        messages("attr").first { $0.string("key") == name }?.message("value")
    }
}

/// A SavedModel as it was read, whatever it was written in.
struct SavedModelMessage {
    let message: ProtobufMessage
    /// What `message` was read from, which its positions are of.
    let source: ByteSource
    /// Sorted as the tag sets are.
    let metaGraphs: [MetaGraph]

    struct MetaGraph {
        let message: ProtobufMessage
        /// Sorted.
        let tags: [String]

        init(_ message: ProtobufMessage) {
            self.message = message
            tags = message.message("meta_info_def").map { Array($0.strings("tags")).sorted() } ?? []
            let text = tags.prefix(16).map { $0.prefix(64) }.joined(separator: ",") + (tags.count > 16 ? ",…" : "")
            tagText = tags.isEmpty ? "(no tags)" : text
        }

        /// As people read them, the first of many: each signature of a further graph repeats it.
        let tagText: String
        var version: String? {
            let version = message.message("meta_info_def")?.string("tensorflow_version") ?? ""
            return version.isEmpty ? nil : version
        }
        var graph: ProtobufMessage? { message.message("graph_def") }
        var objects: ProtobufMessage? { message.message("object_graph_def") }
    }

    init(
        _ source: ByteSource, as form: SavedModelFolder.Form, limits: Limits
    ) throws(InspectionError) {
        switch form {
        case .binary:
            self.source = source
        case .text:
            let words = ProtobufWords(values: TensorFlowDataType.words)
            self.source = try ProtobufMessage.bytes(ofText: source, as: .savedModel, words: words, limits: limits)
        case .chunks:
            throw InspectionError(
                .unsupported,
                "a SavedModel in chunks is recognised, but not read; save it again without "
                    + "SaveOptions(experimental_image_format=True)",
                entry: form.rawValue)
        }
        message = try ProtobufMessage.read(self.source, as: .savedModel, limits: limits)
        metaGraphs = message.messages("meta_graphs").map(MetaGraph.init)
        guard !metaGraphs.isEmpty else {
            throw InspectionError(.malformed, "the SavedModel has no meta graph", entry: source.entry)
        }
    }

    /// The one that is loaded when nobody names tags: exactly `serve`, else with it, else the first.
    var main: MetaGraph {
        metaGraphs.first { $0.tags == ["serve"] } ?? metaGraphs.first { $0.tags.contains("serve") } ?? metaGraphs[0]
    }
}
