import JSONSchema
import ModelContainers
import ModelJSON

/// The file extension v2.1.0: fields of assets, of links and of a Collection's item_assets.
enum FileRules {
    static let specification = Specification(
        "file", "v2.1.0",
        item: .object(["assets": .object(others: fields), "links": .list(of: fields)], required: ["assets"]),
        collection: .object([
            "assets": .object(others: fields), "links": .list(of: fields), "item_assets": .object(others: fields),
        ]),
        catalog: .object(["links": .list(of: fields)]))

    static let fields = Rule.fields(
        prefix: "file:",
        [
            "file:byte_order": .word(of: ["big-endian", "little-endian"]),
            "file:checksum": .all(.text(of: checksum), knownHash),
            "file:header_size": .integer(atLeast: 0), "file:size": .integer(atLeast: 0),
            "file:values": .list(
                of: .object(["values": .list(atLeast: 1), "summary": .text], required: ["values", "summary"]),
                atLeast: 1),
            "file:local_path": .text(of: localPath),
        ])

    /// `^[a-f0-9]+$`.
    private static let checksum = Pattern.all("a multihash in lower-case hexadecimal digits, such as 1220 and SHA-256")
    {
        scalar, _ in scalar.isDigit || (0x61...0x66).contains(scalar.value)
    }

    /// Multihash: code and length of the hash come before it.
    private static let knownHash = Rule("a multihash") { value, report in
        guard let digits = value.string, FileRules.checksum.accepts(digits), !isMultihash(digits) else { return }
        report.note("is not a multihash: the code and the length of the hash come first, such as 1220 for SHA-256")
    }

    /// The code is a number of seven bits a byte, lowest first; the length is one byte for every hash in use.
    private static func isMultihash(_ digits: String) -> Bool {
        var rest = Substring(digits)
        func byte() -> Int? {
            let pair = rest.prefix(2)
            rest = rest.dropFirst(2)
            return pair.utf8.count == 2 ? Int(pair, radix: 16) : nil
        }
        repeat {
            guard let part = byte() else { return false }
            if part < 128 { break }
        } while true
        return byte().map { $0 > 0 && rest.utf8.count == 2 * $0 } ?? false
    }

    /// `^[^\r\n\t\\:'"/]+(/[^\r\n\t\\:'"/]+)*/?$`.
    private static let localPath = Pattern("a relative path with slashes, without \\ : ' \" or line breaks") {
        text, _ in
        var parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        return parts.allSatisfy { part in !part.isEmpty && !part.contains { "\r\n\t\\:'\"".unicodeScalars.contains($0) }
        }
    }
}
