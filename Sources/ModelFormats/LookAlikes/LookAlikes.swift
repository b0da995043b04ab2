import ModelBytes
import ModelContainers

/// What often lies where a model should: nothing, a pointer to the model, an error page, a STAC document.
enum LookAlikes: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            FormatIdentity.notAModel, "no model",
            reads: "empty files, Git LFS pointers, HTML pages, STAC documents are named as what they are")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, let cause = cause(subject) else { return nil }
        return SniffMatch(.structure, cause.reason)
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity(FormatIdentity.notAModel))
        guard let cause = cause(subject) else { return }
        result.markNotAModel(because: cause.word)
        result.report(.warning, code: "not-a-model.\(cause.word)", cause.message)
        result.confidence = .structure
    }

    private static func cause(_ subject: InspectedArtifact) -> (word: String, reason: String, message: String)? {
        if subject.head.isEmpty { return ("empty", "no bytes", "the file is empty; fetch it again") }
        let text = subject.leadingText
        guard !text.isEmpty else { return nil }
        if text.hasPrefix("version https://git-lfs.github.com/spec/") {
            return ("git-lfs-pointer", "text of a Git LFS pointer", pointer(text))
        }
        let lower = text.prefix(64).lowercased()
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") {
            return (
                "html", "an HTML page", "it is a web page, most likely an error or a login page; fetch the model again"
            )
        }
        if text.first == "{", text.contains("\"stac_version\"") {
            return ("stac-item", "JSON with stac_version", "it is a STAC document, not the model it describes")
        }
        return nil
    }

    /// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    private static func pointer(_ text: Substring) -> String {
        let size = text.split(separator: "\n").first { $0.hasPrefix("size ") }.flatMap { Int($0.dropFirst(5)) }
        let elsewhere = size.map { "the model is \($0) bytes elsewhere" } ?? "the model is elsewhere"
        return "Git LFS pointer (\(elsewhere)); run: git lfs pull"
    }
}
