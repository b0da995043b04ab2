import ModelContainers
import ModelJSON

/// The processing extension v1.1.0: how data came to be, of an Item, its assets, and the providers of a Collection.
enum ProcessingRules {
    static let specification = Specification(
        "processing", "v1.1.0",
        item: .object(
            ["properties": .all(fields, anyField), "assets": .object(others: fields)],
            required: ["properties", "assets"]),
        collection: .all(
            .object([
                "providers": .list(of: fields), "assets": .object(others: fields),
                "item_assets": .object(others: fields),
            ]), used))

    static let fields = Rule.fields(
        prefix: "processing:",
        [
            "processing:expression": expression, "processing:lineage": .string, "processing:level": .string,
            "processing:facility": .string, "processing:software": software,
        ])

    static let expression = Rule.object(
        ["format": .string, "expression": .anything], required: ["format", "expression"])

    /// `.{1,}`: what a key without a single character stands for is free.
    private static let software = Rule("an object") { value, report in
        guard let object = value.object else { return report.broken(value, mustBe: "an object of names and versions") }
        for (name, version) in object where name.unicodeScalars.contains(where: { $0 != "\n" }) {
            report.at(name) { Rule.string.check(version, &$0) }
        }
    }

    private static let keys = [
        "processing:expression", "processing:lineage", "processing:level", "processing:facility", "processing:software",
    ]

    private static func isUsed(in object: JSONValue?) -> Bool { keys.contains { object?[$0] != nil } }

    private static let anyField = Rule.members { object, report in
        guard !isUsed(in: .object(object)) else { return }
        report.broken(
            "has no field of processing; add one of \(keys.joined(separator: ", ")), or take the extension out")
    }

    /// A Collection uses the extension in one of four places.
    private static let used = Rule.members { collection, report in
        let members = { (key: String) in collection[key]?.object.map { $0.map(\.value) } ?? [] }
        let makers = (collection["providers"]?.array ?? []).filter { provider in
            provider["roles"]?.array?.contains { $0 == "producer" || $0 == "processor" } ?? false
        }
        let holders = makers + members("assets") + members("item_assets") + [collection["summaries"]].compactMap(\.self)
        guard !holders.contains(where: isUsed) else { return }
        report.broken("uses no field of processing; add one to a producer or processor, or take the extension out")
    }
}
