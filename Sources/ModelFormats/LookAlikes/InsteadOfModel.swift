/// What a failed or half-done download leaves in a model's place.
enum InsteadOfModel {
    static func look(at text: Substring, _ subject: InspectedArtifact) -> LookAlike? {
        if text.hasPrefix("version https://git-lfs.github.com/spec/") {
            return LookAlike("git-lfs-pointer", seen: "text of a Git LFS pointer", pointer(text), .warning)
        }
        let lower = text.prefix(64).lowercased()
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") {
            return LookAlike(
                "html", seen: "an HTML page",
                "it is a web page, most likely an error or a login page; fetch the model again", .warning)
        }
        if text.first == "{", subject.headContains("\"stac_version\"") {
            return LookAlike(
                "stac-item", seen: "JSON with stac_version", "it is a STAC document, not the model it describes",
                .warning)
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
