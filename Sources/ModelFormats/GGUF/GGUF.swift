import ModelBytes
import ModelContainers
import ModelJSON

/// GGUF, the format of llama.cpp and its kin: one file or several that were split.
enum GGUF: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "gguf", "GGUF", artifactType: "gguf.GGUFWriter.write_tensors_to_file", framework: "GGML",
            roles: ["mlm:weights"], mediaType: "application/octet-stream; framework=ggml", extensions: ["gguf"],
            reads:
                "architecture, name, licence, size, parameters by what packed blocks stand for, quantisation, context "
                + "length, tokenizer and chat template, the parts of a split file")
    ]

    static let limits = GGUFLimits.all

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.begins(with: GGUFFile.magic), subject.head.count >= 8 else { return nil }
        let version = subject.head[4..<8]
        let isKnown =
            version.elementsEqual([1, 0, 0, 0]) || version.elementsEqual([2, 0, 0, 0])
            || version.elementsEqual([3, 0, 0, 0]) || version.elementsEqual([0, 0, 0, 3])
            || version.elementsEqual([0, 0, 0, 2])
        return SniffMatch(isKnown ? .structure : .signature, "magic number GGUF")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("gguf"))
        guard let source = subject.source else { return }
        let file = try GGUFFile(source, limits: subject.limits)
        result.version = String(file.version)
        if file.isBigEndian { result.variant = "big-endian" }
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = Loading(.dataOnly, call: "llama_cpp.Llama(\(name))", requires: ["llama-cpp-python"])
        GGUFFacts(file, limits: subject.limits).fill(&result)
        reportRepeated(file, at: nil, &result)
        try check(file, source)
        file.list(in: source, for: result.listing)
        var files = [file]
        let parts = try GGUFSplit(file, subject)?.read(into: &result)
        if let parts { files += parts.files }
        // Which of two tensors of one name counts, nobody can say.
        let isCountable = files.allSatisfy(\.repeated.tensors.isEmpty)
        if parts?.isWhole != false, isCountable { GGUFFacts.count(files, &result) }
        if parts?.isWhole == false { result.loading?.leaveIncomplete() }
        if parts?.isWhole != false, files.allSatisfy(\.tensors.isEmpty) { withoutTensors(file, name, &result) }
        result.confidence = .parsed
    }

    /// A vocabulary alone, which llama.cpp loads when it is told so (src/llama-model.cpp, `vocab_only`); nothing at all.
    private static func withoutTensors(_ file: GGUFFile, _ name: String, _ result: inout ProbeResult) {
        let hasTokens = file.lengths["tokenizer.ggml.tokens"] != nil
        result.markNotAModel(because: hasTokens ? "tokenizer" : "data")
        guard result.loading?.call != nil else { return }
        result.loading?.call = hasTokens ? "llama_cpp.Llama(\(name), vocab_only=True)" : nil
    }

    /// llama.cpp refuses such a file (ggml/src/gguf.cpp).
    static func reportRepeated(_ file: GGUFFile, at place: String?, _ result: inout ProbeResult) {
        for (kind, names) in [("the key", file.repeated.keys), ("a tensor named", file.repeated.tensors)] {
            guard let first = names.first else { continue }
            let others = names.count == 1 ? "" : ", as do \(names.count - 1) others"
            result.report(
                .warning, code: "gguf.repeated",
                "\(kind) \"\(first.prefix(128))\" occurs more than once\(others); llama.cpp refuses such a file",
                at: place)
        }
    }

    static func check(_ file: GGUFFile, _ source: ByteSource) throws(InspectionError) {
        let end = try file.end()
        guard file.tensors.isEmpty || end <= source.count else {
            throw InspectionError(
                .truncated, "the tensors end at \(end), but there are \(source.count) bytes", entry: source.entry)
        }
    }
}
