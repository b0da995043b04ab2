/// References from an Item to the files it is about (RFC 3987; STAC wants them relative where that is possible).
public enum Href {
    /// `path` as it is seen from `folder`; both from the same place on, with `/`. It begins with `./` or `../`.
    public static func relative(_ path: String, from folder: String) -> String {
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
    public static func beside(_ href: String, isDirectory: Bool, _ file: String) -> String {
        let end = isDirectory ? href.endIndex : href.lastIndex(of: "/") ?? href.startIndex
        return href[..<end] + "/" + escaped(file.split(separator: "/").map(String.init))
    }

    /// `prefix` and `path` joined by one slash.
    public static func joined(_ prefix: String, _ path: String) -> String {
        prefix + (prefix.hasSuffix("/") ? "" : "/") + escaped(components(path))
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
