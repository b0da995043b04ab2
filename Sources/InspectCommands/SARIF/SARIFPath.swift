import STAC

/// A path as the URI that a SARIF log has for it (RFC 3986).
enum SARIFPath {
    /// Relative to `folder` for what is below it, so that a log fits wherever the same files lie; else with the scheme
    /// `file`, since a log should have no `..` (SARIF 2.1.0, section 3.4.3).
    static func uri(_ path: String, from folder: String) -> (uri: String, isRelative: Bool) {
        if path == "-" { return (path, true) }
        let full = path.hasPrefix("/") ? path : folder + "/" + path
        let relative = Href.relative(full, from: folder)
        guard relative.hasPrefix("./") else { return ("file://" + ascii(Href.joined("/", full)), false) }
        let rest = ascii(relative.dropFirst(2))
        // A colon in the first segment would end a scheme (RFC 3986 section 4.2).
        return (rest.prefix { $0 != "/" }.contains(":") ? "./" + rest : rest, true)
    }

    /// Letters of any script, which stay in references of an Item, are percent-encoded in a URI.
    private static func ascii(_ reference: some StringProtocol) -> String {
        var text = ""
        for byte in reference.utf8 {
            if byte < 0x80 {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
