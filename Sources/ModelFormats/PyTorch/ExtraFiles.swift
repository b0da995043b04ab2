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
        for entry in layout.entries(under: folder).prefix(64) where entry.size > 0 && entry.size <= 4_096 {
            let bytes = try layout.archive.open(entry).bytes(at: 0, upTo: entry.size)
            guard let text = String(validating: bytes, as: UTF8.self), !PrivateText.isPath(text) else { continue }
            var metadata = result.facts.metadata ?? JSONObject()
            metadata[String(layout.name(entry).dropFirst(folder.count))] = JSONValue(text)
            result.facts.metadata = metadata
            result.note("metadata", .read, entry.name)
        }
    }
}
