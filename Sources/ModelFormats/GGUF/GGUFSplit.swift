import ModelBytes
import ModelJSON

/// A file that llama.cpp has split: `NAME-00001-of-00003.gguf`, each with `split.no` and `split.count`; the first has the
/// keys of the model.
struct GGUFSplit {
    struct Parts {
        let files: [GGUFFile]
        let isWhole: Bool
    }

    private let count: Int
    private let number: Int
    private let stem: String
    private let subject: InspectedArtifact

    /// Nil for a file that is whole.
    init?(_ file: GGUFFile, _ subject: InspectedArtifact) throws(InspectionError) {
        guard let count = file.values["split.count"]?.int, count > 1 else { return nil }
        try subject.limits.shards.check(count)
        self.count = count
        number = file.values["split.no"]?.int ?? 0
        let stem = subject.artifact.stem
        self.stem = Self.isPart(stem) ? String(stem.dropLast("-00001-of-00001".utf8.count)) : ""
        self.subject = subject
    }

    /// Reads the other parts, when this is the first; alone it is a part of a model.
    func read(into result: inout ProbeResult) throws(InspectionError) -> Parts {
        let part = "part \(number + 1) of \(count)"
        result.variant = [result.variant, part].compactMap(\.self).joined(separator: ", ")
        guard number == 0, !stem.isEmpty, subject.artifact.hasFolder else {
            result.report(
                .note, code: "gguf.part", "it is \(part) of a split model; inspect the first of them in their folder",
                at: "split.no")
            // llama.cpp takes the first part alone (src/llama-model-loader.cpp).
            if number != 0 { result.loading?.call = nil }
            return Parts(files: [], isWhole: false)
        }
        var files: [GGUFFile] = []
        for index in 1..<count {
            let name = "\(stem)-\((index + 1).fiveDigits)-of-\(count.fiveDigits).gguf"
            let source = try subject.artifact.companion(name)
            result.files.append(
                FileMember(path: name, role: "mlm:weights", present: source != nil, size: source?.count))
            guard let source else {
                result.report(.warning, code: "shards.missing", "a part of the model is missing", at: name)
                continue
            }
            if subject.isRepeated(name, source, .weights) {
                throw InspectionError(.malformed, "is the same file as another part", entry: name)
            }
            let file = try GGUFFile(source, limits: subject.limits)
            GGUF.reportRepeated(file, at: name, &result)
            try GGUF.check(file, source)
            file.list(in: source, for: result.listing?.inside(name))
            files.append(file)
        }
        return Parts(files: files, isWhole: files.count == count - 1)
    }

    /// `NAME-00001-of-00003`.
    private static func isPart(_ stem: String) -> Bool {
        let parts = stem.split(separator: "-")
        guard parts.count >= 4, parts[parts.count - 2] == "of" else { return false }
        return [parts[parts.count - 1], parts[parts.count - 3]].allSatisfy { part in
            part.utf8.count == 5 && part.utf8.allSatisfy { (48...57).contains($0) }
        }
    }
}
