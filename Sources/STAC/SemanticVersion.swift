import JSONSchema

/// Three-part versions as MLM's schema wants them (Semantic Versioning 2.0).
package enum SemanticVersion {
    /// `text` as a semantic version, or nil when that would lose or invent something.
    ///
    /// `2.13.0+cpu` stays, `2.15` becomes `2.15.0`, and PEP 440's suffixes become Semantic Versioning's: `1.0.0rc1` is
    /// `1.0.0-rc.1`, `2.1.0a0+git32f93b1` is `2.1.0-alpha.0+git32f93b1`, `2.0.0.post1` is `2.0.0+post.1`.
    package static func lossless(_ text: String) -> String? {
        var rest = text[...]
        if rest.first == "v" { rest = rest.dropFirst() }
        var (core, build) = split(rest, at: "+")
        guard build.allSatisfy(isIdentifier) else { return nil }
        let plain = core.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let dotted = plain.hasSuffix(".") ? plain.dropLast() : plain
        var numbers = dotted.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count), numbers.allSatisfy(isNumber) else { return nil }
        if numbers.count == 2 { numbers.append("0") }
        core = core.dropFirst(dotted.count)
        guard let suffix = Suffix(core) else { return nil }
        if let post = suffix.build { build.insert(post, at: 0) }
        let metadata = build.isEmpty ? "" : "+" + build.joined(separator: ".").replacing("_", with: "-")
        return numbers.joined(separator: ".") + suffix.preRelease + metadata
    }

    private static func split(_ text: Substring, at mark: Character) -> (Substring, [String]) {
        guard let index = text.firstIndex(of: mark) else { return (text, []) }
        return (text[..<index], [String(text[text.index(after: index)...])])
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber } && (text.count == 1 || text.first != "0")
    }

    private static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
            }
    }

    /// What stands between the three numbers and a `+`.
    private struct Suffix {
        var preRelease = ""
        var build: String?

        /// Nil for what has no counterpart.
        init?(_ text: Substring) {
            if text.isEmpty { return }
            if text.first == "-" {
                guard isIdentifier(String(text.dropFirst())) else { return nil }
                preRelease = String(text)
                return
            }
            let bare = text.first == "." ? text.dropFirst() : text
            for (mark, word) in [("rc", "rc"), ("a", "alpha"), ("b", "beta"), ("dev", "dev")] {
                if bare.hasPrefix(mark), isNumber(bare.dropFirst(mark.count)) {
                    preRelease = "-\(word).\(bare.dropFirst(mark.count))"
                    return
                }
            }
            guard bare.hasPrefix("post"), isNumber(bare.dropFirst(4)) else { return nil }
            build = "post.\(bare.dropFirst(4))"
        }
    }
}
