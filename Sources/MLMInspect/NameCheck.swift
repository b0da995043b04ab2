import ModelBytes
import ModelFormats

/// Compares an artifact's name with what it turned out to be. A name is never evidence; one that belongs to other formats
/// is worth a warning.
struct NameCheck {
    let formats: FormatList

    func compare(_ artifact: Artifact, _ result: inout ProbeResult) {
        let ending = result.isCompressed ? Self.ending(of: artifact.stem) : artifact.extension
        guard !ending.isEmpty, !result.identity.extensions.contains(ending) else { return }
        // The index of several files, such as model.safetensors.index.json.
        if ending == "json", Self.ending(of: artifact.stem) == "index" { return }
        let usual = formats.identities(withExtension: ending)
        guard let first = usual.first else { return }
        let others = usual.count > 1 ? " and other formats" : ""
        result.report(
            .warning, code: "name.extension-mismatch",
            "named .\(ending), which is usual for \(first.name)\(others), but it is \(result.identity.name)",
            at: "name of the file")
    }

    private static func ending(of stem: String) -> String {
        stem.contains(".") ? stem.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
    }
}
