import ModelBytes

/// The call of pypmml for a document, and what it cannot read.
///
/// Tried with pypmml 1.5.8.
struct PMMLCall {
    /// Nil where there is none that works.
    let text: String?
    /// Why there is none.
    let obstacle: String?

    init(_ document: PMMLDocument, _ subject: InspectedArtifact) {
        let path = PythonText.quoted(subject.artifact.name)
        obstacle =
            document.isPrefixed
            ? "its elements have a prefix" : document.version == nil ? "the attribute version is missing" : nil
        if obstacle != nil {
            text = nil
        } else if let encoding = Self.encoding(subject.head) {
            // Model.load takes every file for UTF-8.
            text = "pypmml.Model.fromString(open(\(path), encoding=\(PythonText.quoted(encoding))).read())"
        } else {
            text = "pypmml.Model.load(\(path))"
        }
    }

    /// The encoding by the name that XML and Python share; nil for UTF-8 and its part ASCII.
    ///
    /// UTF-16 has a byte order mark; the declaration of others is ASCII, and names one of those the reader knows.
    private static func encoding(_ head: [UInt8]) -> String? {
        if head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE]) { return "utf-16" }
        let declaration = String(decoding: head.prefix(256).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
            .lowercased()
        return ["iso-8859-1", "windows-1252"].first {
            declaration.contains("\"\($0)\"") || declaration.contains("'\($0)'")
        }
    }
}
