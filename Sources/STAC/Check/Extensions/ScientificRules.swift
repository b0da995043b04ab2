import JSONSchema
import ModelContainers
import ModelJSON

/// The scientific extension v1.0.0: how a model is to be cited, and publications on it.
enum ScientificRules {
    static let specification = Specification(
        "scientific", "v1.0.0",
        item: .object(
            ["properties": .all(fields, used), "assets": .object(others: fields)], required: ["properties", "assets"]),
        collection: .members { document, report in
            let holders = ["assets", "item_assets"].flatMap { document[$0]?.object?.map(\.value) ?? [] }
            let all = [JSONValue.object(document)] + holders
            guard !isUsed(.object(document)), !isUsed(document["summaries"]), !holders.contains(where: isUsed) else {
                for holder in all { fields.check(holder, &report) }
                return
            }
            report.broken("uses no field of the scientific extension; add one, or remove the extension")
        })

    static let fields = Rule.fields(
        prefix: "sci:",
        [
            "sci:doi": .text(of: doi), "sci:citation": .string,
            "sci:publications": .list(of: .object(["doi": .text(of: doi), "citation": .string])),
        ])

    private static func isUsed(_ holder: JSONValue?) -> Bool {
        ["sci:doi", "sci:citation", "sci:publications"].contains { holder?[$0] != nil }
    }

    private static let used = Rule.members { properties, report in
        guard !isUsed(.object(properties)) else { return }
        report.broken("uses no field of the scientific extension; add one, or remove the extension")
    }

    /// `^10\.[0-9a-zA-Z]{4,}/[^\s]+$`.
    private static let doi = Pattern("a DOI, such as 10.5281/zenodo.1234567") { text, alphabet in
        let scalars = Array(text)
        guard scalars.starts(with: Array("10.".unicodeScalars)), let slash = scalars.firstIndex(of: "/") else {
            return false
        }
        let (registrant, suffix) = (scalars[3..<slash], scalars[(slash + 1)...])
        return registrant.count >= 4 && registrant.allSatisfy { $0.isLetter || $0.isDigit } && !suffix.isEmpty
            && !suffix.contains(where: alphabet.isSpace)
    }
}

/// The version extension v1.2.0.
enum VersionRules {
    static let specification = Specification(
        "version", "v1.2.0",
        item: .object(
            ["properties": fields, "assets": .object(others: fields)], required: ["properties", "assets"]),
        collection: .all(
            fields, .object(["assets": .object(others: fields), "item_assets": .object(others: fields)])),
        catalog: fields)

    static let fields = Rule.object(["version": .string, "deprecated": .bool, "experimental": .bool])

    /// They have no prefix.
    static let words = ["version", "deprecated", "experimental"]
}
