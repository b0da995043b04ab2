import JSONSchema

/// References from an Item to the files it is about (RFC 3987; STAC wants them relative where that is possible).
package enum Href {
    /// `path` as it is seen from `folder`; both from the same place on, with `/`. It begins with `./` or `../`.
    package static func relative(_ path: String, from folder: String) -> String {
        var target = components(path)
        var base = components(folder)
        while let first = target.first, first == base.first, target.count > 1 {
            target.removeFirst()
            base.removeFirst()
        }
        let up = Array(repeating: "..", count: base.count)
        return escaped((up.isEmpty ? ["."] : up) + target)
    }

    /// The reference to a file that lies beside the one at `href`, or within it.
    package static func beside(_ href: String, isDirectory: Bool, _ file: String) -> String {
        let end = isDirectory ? href.endIndex : href.lastIndex(of: "/") ?? href.startIndex
        return href[..<end] + "/" + escaped(file.split(separator: "/").map(String.init))
    }

    /// `prefix` and `path` joined by one slash.
    package static func joined(_ prefix: String, _ path: String) -> String {
        prefix + (prefix.hasSuffix("/") ? "" : "/") + escaped(components(path))
    }

    /// Whether a reference begins with a scheme (RFC 3986 section 3.1).
    static func isAbsolute(_ href: String) -> Bool {
        let scheme = href.unicodeScalars.prefix { $0 != ":" }
        guard scheme.count < href.unicodeScalars.count, let first = scheme.first, first.isLetter else { return false }
        return scheme.allSatisfy { $0.isLetter || $0.isDigit || $0 == "+" || $0 == "-" || $0 == "." }
    }

    /// The last part of a reference, without query and fragment and with nothing escaped.
    package static func fileName(_ href: String) -> String { pathComponents(href).last ?? "" }

    /// The parts of a reference's path, without `.` and `..`, query and fragment, and with nothing escaped.
    package static func pathComponents(_ href: String) -> [String] {
        let path = href.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return path.split(separator: UInt8(ascii: "/")).map { PercentEncoding.decoded($0) }.filter {
            $0 != "." && $0 != ".."
        }
    }

    /// Without `.` and, where something is before it, `..`.
    private static func components(_ path: String) -> [String] {
        var parts: [String] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts
    }

    /// Joined by slashes, with all escaped that ends a path or is no part of a reference; letters of any script stay.
    private static func escaped(_ parts: [String]) -> String {
        var text = ""
        for scalar in parts.joined(separator: "/").unicodeScalars {
            if isPlain(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                for byte in String(scalar).utf8 {
                    text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }
        }
        return text
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "@", "/": true
        default:
            scalar.value >= 0xA0
                && ![
                    .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                    .paragraphSeparator,
                ].contains(scalar.properties.generalCategory)
        }
    }
}
