/// What an ignore file says of a path.
enum IgnoreMatch {
    /// A pattern that begins with `!` names it.
    case keep
    case ignore
}

/// A `.gitignore`, or another file with the same rules (gitignore(5)).
struct IgnoreFile: Sendable {
    private let patterns: [IgnorePattern]

    /// Nil when it has no pattern at all.
    init?(_ bytes: [UInt8]) {
        var text = bytes[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        let patterns = text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            IgnorePattern(line: line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
        if patterns.isEmpty { return nil }
        self.init(patterns)
    }

    init(_ patterns: [IgnorePattern]) { self.patterns = patterns }

    /// The last pattern that matches decides; nil when none does. `path` is relative to the folder of the file.
    func match(_ path: ArraySlice<UInt8>, isFolder: Bool) -> IgnoreMatch? {
        let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
        return patterns.last { $0.matches(path, name: name, isFolder: isFolder) }.map { $0.keeps ? .keep : .ignore }
    }
}

/// One line of an ignore file.
struct IgnorePattern: Sendable {
    /// It begins with `!`.
    let keeps: Bool
    /// It ends with a slash.
    private let isForFolders: Bool
    /// A slash elsewhere: the whole path has to match, else its last component does.
    private let isAnchored: Bool
    private let wildcard: Wildcard

    /// Nil for a comment, for nothing, and for what can match nothing.
    init?(line: ArraySlice<UInt8>) {
        var rest = Self.trimmed(line)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
        let keeps = first == UInt8(ascii: "!")
        if keeps { rest = rest.dropFirst() }
        self.init(rest, keeps: keeps)
    }

    init?(_ pattern: ArraySlice<UInt8>, keeps: Bool) {
        let slash = UInt8(ascii: "/")
        var rest = pattern
        self.keeps = keeps
        isForFolders = rest.last == slash
        if isForFolders { rest = rest.dropLast() }
        isAnchored = rest.contains(slash)
        if rest.first == slash { rest = rest.dropFirst() }
        guard !rest.isEmpty, let wildcard = Wildcard(rest) else { return nil }
        self.wildcard = wildcard
    }

    func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        (isFolder || !isForFolders) && wildcard.matches(isAnchored ? path : name)
    }

    /// Without the spaces at its end, unless a backslash keeps one.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            switch line[index] {
            case UInt8(ascii: " "): index += 1
            case UInt8(ascii: "\\"):
                index = min(index + 2, line.endIndex)
                end = index
            default:
                index += 1
                end = index
            }
        }
        return line[..<end]
    }
}
