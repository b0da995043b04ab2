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
        guard try ZipArchive.endsAsZip(source) else { return }
        do throws(InspectionError) {
            let archive = try ZipArchive(source, limits: limits)
            for name in names {
                guard let entry = archive.entry(name) else { continue }
                let words = try archive.text(of: entry, limits)
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

extension ZipArchive {
    /// All of a member that is appended to a model.
    func text(of entry: Entry, _ limits: Limits) throws(InspectionError) -> String {
        try limits.jsonTextBytes.check(Int(clamping: entry.size), entry: entry.name)
        let content = try open(entry)
        return String(decoding: try content.bytes(at: 0, count: content.count), as: UTF8.self)
    }
}
