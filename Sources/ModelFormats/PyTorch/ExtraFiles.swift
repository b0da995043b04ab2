import ModelBytes
import ModelContainers
import ModelJSON

/// What the saver added to an archive of torch as `_extra_files` or `extra_files`, as far as it is short text.
enum ExtraFiles {
    static func read(
        _ layout: ArchiveLayout, folder: String, limits: Limits, into result: inout ProbeResult
    ) throws(InspectionError) {
        if let entry = layout.entry(folder + EmbeddedMetadata.key) {
            EmbeddedMetadata.read(try layout.archive.open(entry), at: entry.name, limits: limits, into: &result)
        }
        var texts: [(name: String, entry: String, text: String)] = []
        for entry in layout.entries(under: folder).prefix(64) where entry.size > 0 && entry.size <= 4_096 {
            let bytes = try layout.archive.open(entry).bytes(at: 0, upTo: entry.size)
            guard let text = String(validating: bytes, as: UTF8.self), !PrivateText.isPath(text) else { continue }
            var metadata = result.facts.metadata ?? JSONObject()
            metadata[String(layout.name(entry).dropFirst(folder.count))] = JSONValue(text)
            result.facts.metadata = metadata
            result.note("metadata", .read, entry.name)
            texts.append((String(layout.name(entry).dropFirst(folder.count)), entry.name, text))
        }
        describe(texts, limits: limits, &result)
    }

    /// What the texts say of the model: labels one a line, and settings as JSON, such as Ultralytics' `config.txt`.
    private static func describe(
        _ texts: [(name: String, entry: String, text: String)], limits: Limits, _ result: inout ProbeResult
    ) {
        for (name, entry, text) in texts where result.facts.labels == nil && labelFiles.contains(name.lowercased()) {
            let lines = text.split(whereSeparator: \.isNewline).map { JSONValue(String($0)) }
            guard let labels = TorchSettings.labels(.array(lines)) else { continue }
            result.facts.labels = labels
            result.note("labels", .read, entry)
        }
        for (_, entry, text) in texts where text.first == "{" {
            // A text that is no JSON is a text.
            guard let settings = try? JSONValue.parse(text, limits: limits).object else { continue }
            if let exported = UltralyticsMetadata(settings) {
                exported.fill(&result, at: entry)
            } else {
                TorchSettings(settings, at: entry).fill(&result)
            }
        }
        // An output that has one number for each class is what they are the classes of.
        if let labels = result.facts.labels, var outputs = result.facts.outputs, outputs.count == 1,
            outputs[0].labels == nil, outputs[0].shape?.dropFirst().first == labels.count
        {
            outputs[0].labels = labels
            result.facts.outputs = outputs
            result.facts.labels = nil
            result.note(
                "outputs.labels", .derived, "the second dimension of the output is as long as the list of classes")
        }
    }

    private static let labelFiles: Set<String> = [
        "labels.txt", "classes.txt", "class_names.txt", "labels", "classes", "names.txt",
    ]
}
