import ModelBytes
import ModelContainers
import ModelJSON

/// What exporters append to a model as a zip archive, as they do with labels: Ultralytics its own metadata.
///
/// Source: ultralytics/engine/exporter.py, `_add_tflite_metadata`: metadata.json, before that temp_meta.txt, the same as
/// Python prints it.
enum TFLiteAppendedFiles {
    private static let names = ["metadata.json", "temp_meta.txt"]

    static func fill(_ result: inout ProbeResult, from source: ByteSource, limits: Limits) throws(InspectionError) {
        // Such an archive has no comment, so that its end is that of the file.
        let end = source.count - 22
        guard end > 0, try source.bytes(at: end, count: 4) == [0x50, 0x4B, 0x05, 0x06] else { return }
        do throws(InspectionError) {
            let archive = try ZipArchive(source, limits: limits)
            for name in names {
                guard let entry = archive.entry(name) else { continue }
                try limits.jsonTextBytes.check(Int(clamping: entry.size), entry: name)
                let text = try archive.open(entry)
                let words = String(decoding: try text.bytes(at: 0, count: text.count), as: UTF8.self)
                let value =
                    name.hasSuffix(".json") ? try JSONValue.parse(words, limits: limits) : PythonValue.parse(words)
                if let members = value?.object { take(members, name, &result) }
                return
            }
        } catch {
            if error.reason == .limit || error.reason == .unreadable { throw error }
            result.report(
                .warning, code: "tflite.metadata", "what is appended to the model cannot be read: \(error.message)")
        }
    }

    private static func take(_ members: JSONObject, _ name: String, _ result: inout ProbeResult) {
        guard let metadata = UltralyticsMetadata(members) else { return }
        metadata.fill(&result, at: name)
        let kept = members.filter { $0.key != "names" && $0.value.string.map(PrivateText.holdsPath) != true }
        var all = result.facts.metadata ?? JSONObject()
        for (key, value) in kept.prefix(64) where all[key] == nil { all[key] = value }
        result.facts.metadata = all
        result.note("metadata", .read, name)
    }
}
