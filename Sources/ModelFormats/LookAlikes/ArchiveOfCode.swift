import ModelBytes
import ModelContainers

/// An archive of source code: a repository, a package of Python. Every member is code, or what stands beside code.
enum ArchiveOfCode {
    private static let code: Set<String> = [
        "py", "pyi", "pyx", "r", "jl", "c", "h", "cc", "cpp", "hpp", "cu", "sh", "js", "ts", "java", "go", "rs",
        "swift",
        "m", "ipynb",
    ]
    private static let beside: Set<String> = [
        "md", "rst", "txt", "toml", "cfg", "ini", "yml", "yaml", "json", "html", "css", "typed", "in", "lock",
        "gitignore", "gitattributes",
    ]
    private static let names: Set<String> = [
        "LICENSE", "LICENCE", "COPYING", "NOTICE", "README", "AUTHORS", "CHANGELOG", "METADATA", "RECORD", "WHEEL",
        "INSTALLER", "REQUESTED", "PKG-INFO", "Makefile", "Dockerfile", "DESCRIPTION", "NAMESPACE",
    ]
    private static let mostMembers = 65_536

    static func look(at subject: InspectedArtifact) -> LookAlike? {
        let members: [String]
        if let layout = subject.layout {
            members = layout.archive.entries.filter { !$0.isDirectory }.map(\.name)
        } else if let tar = tar(subject) {
            members = tar.entries.filter { $0.kind == .file }.map(\.name)
        } else {
            return nil
        }
        guard members.count <= mostMembers, isCode(members) else { return nil }
        let isWheel = members.contains { $0.hasSuffix(".dist-info/METADATA") }
        let kind = isWheel ? "a package of Python" : "an archive of source code"
        return LookAlike("code", seen: kind, "it is \(kind)", .note, .plausible)
    }

    /// Only where the first member begins a tree of code, so that nothing walks through an archive of data.
    private static func tar(_ subject: InspectedArtifact) -> TarArchive? {
        guard let source = subject.source, TarArchive.mayBeTar(head: subject.head) else { return nil }
        let first = String(decoding: subject.head.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
        guard first.hasSuffix("/") || first == "pax_global_header" || kind(first) != nil else { return nil }
        return try? TarArchive(source, limits: subject.limits)
    }

    private static func isCode(_ members: [String]) -> Bool {
        var hasCode = false
        for member in members {
            guard let kind = kind(member) else { return false }
            hasCode = hasCode || kind
        }
        return hasCode
    }

    /// True for code, false for what stands beside it, nil for anything else.
    private static func kind(_ member: String) -> Bool? {
        let name = member.split { $0 == "/" || $0 == "\\" }.last ?? ""
        if names.contains(String(name)) { return false }
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        return code.contains(ending) ? true : beside.contains(ending) ? false : nil
    }
}
