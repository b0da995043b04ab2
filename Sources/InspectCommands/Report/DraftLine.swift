import MLMInspect

/// The command that drafts one artifact, to be copied.
enum DraftLine {
    static func text(_ record: Record) -> String? {
        word(record).map { "mlm-inspect draft \($0) -o item.json" }
    }

    /// The path as a word of a shell. Nil for what is no model or dangerous, and for what no shell can be told by its name:
    /// standard input, members of archives, names with marks that cannot be seen.
    static func word(_ record: Record) -> String? {
        let path = record.path
        guard record.verdict == .model, record.loading?.verdict != .dangerous, path != "-", !path.contains("!/"),
            TextStyle.inert(path) == path
        else { return nil }
        return quoted(path.hasPrefix("-") ? "./" + path : path)
    }

    /// A word as a shell of POSIX reads it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "_@%+=:,./-".utf8.contains($0)
        }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
