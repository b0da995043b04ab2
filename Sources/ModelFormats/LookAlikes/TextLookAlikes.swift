/// Texts for people, and lists of words.
enum TextLookAlikes {
    static func look(at text: Substring) -> LookAlike? {
        if isVocabulary(text) {
            return LookAlike(
                LookAlike.tokenizer, seen: "a list of tokens", "it is the vocabulary of a tokenizer", .note, .plausible)
        }
        if isLicense(text) {
            return LookAlike("license", seen: "text of a licence", "it is the text of a licence", .note, .plausible)
        }
        if isModelCard(text) || isMarkdown(text) {
            return LookAlike("readme", seen: "Markdown", "it is a text for people", .note, .plausible)
        }
        return nil
    }

    /// `vocab.txt` of BERT begins with its padding, `merges.txt` of BPE with a version.
    private static func isVocabulary(_ text: Substring) -> Bool {
        if text.hasPrefix("[PAD]\n") || text.hasPrefix("[PAD]\r\n") { return text.contains("[UNK]") }
        guard text.hasPrefix("#version: 0.") else { return false }
        let lines = text.split(whereSeparator: \.isNewline).dropFirst().dropLast()
        return !lines.isEmpty && lines.prefix(8).allSatisfy { $0.split(separator: " ").count == 2 }
    }

    private static let phrases = [
        "permission is hereby granted", "redistribution and use in source", "terms and conditions", "apache license",
        "general public license", "mozilla public license", "creative commons", "license agreement", "licensor",
    ]

    /// Its first line speaks of a licence or of rights, and it is no comment in code that does.
    private static func isLicense(_ text: Substring) -> Bool {
        // Many texts are one long line of JSON, of which no more is looked at.
        let head = text.utf8.drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.prefix(121)
        let shown = String(decoding: head, as: UTF8.self)
        guard let first = shown.split(maxSplits: 1, whereSeparator: \.isNewline).first, first.utf8.count <= 120,
            !["#", "/", "*", "{", "<", "\"", "-", ";", "%"].contains(where: { first.hasPrefix($0) })
        else { return false }
        let line = first.lowercased()
        guard ["licen", "copyright", "creative commons", "public domain"].contains(where: line.contains) else {
            return false
        }
        let lower = text.prefix(2_048).lowercased()
        return phrases.contains { lower.contains($0) }
    }

    private static let cardKeys = [
        "license:", "tags:", "language:", "library_name:", "pipeline_tag:", "base_model:", "datasets:",
    ]

    /// The front matter of a model card: YAML between two lines of dashes, with a key of the hub's.
    private static func isModelCard(_ text: Substring) -> Bool {
        guard text.hasPrefix("---") else { return false }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return false }
        return lines[..<end].contains { line in cardKeys.contains { line.hasPrefix($0) } }
    }

    /// A title, and further on what only Markdown writes so.
    private static func isMarkdown(_ text: Substring) -> Bool {
        guard text.hasPrefix("# ") else { return false }
        return text.split(whereSeparator: \.isNewline).dropFirst().contains { line in
            line.hasPrefix("## ") || line.hasPrefix("```") || line.contains("](")
        }
    }
}
