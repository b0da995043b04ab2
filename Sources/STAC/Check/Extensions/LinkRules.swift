import JSONSchema
import ModelContainers
import ModelJSON

/// The ML-AOI extension v0.2.0: which part of a model's data an Item, an asset or what a link leads to is.
enum MLAOIRules {
    static let specification = Specification(
        "ml-aoi", "v0.2.0",
        item: .object(
            ["properties": fields, "assets": .object(others: fields)], required: ["properties", "assets"]),
        collection: .object([
            "summaries": .object(["ml-aoi:split": .list(of: split)]), "assets": .object(others: fields),
            "item_assets": .object(others: fields),
        ]))

    static let fields = Rule.object([
        "ml-aoi:split": split, "ml-aoi:role": .word(of: ["label", "feature"]), "ml-aoi:reference-grid": .bool,
        "ml-aoi:resampling-method": .word(of: [
            "near", "bilinear", "cubic", "cubcspline", "lanczos", "average", "rms", "mode", "max", "min", "med", "q1",
            "q3", "sum",
        ]),
    ])

    private static let split = Rule.word(of: ["train", "test", "validate"])
}

/// The example-links extension v0.0.1: links of rel `example`, which MLM's best practices name.
enum ExampleLinkRules {
    static let specification = Specification(
        "example-links", "v0.0.1", item: document, collection: document, catalog: document)

    /// `example:` is a field of links of rel `example` alone.
    static let link = Rule.members { link, report in
        if link["rel"] == "example" {
            fields.check(.object(link), &report)
        } else if let key = link.keys.first(where: { $0.hasPrefix("example:") }) {
            report.broken("has \(key), which belongs to a link of rel \"example\"; write that rel, or remove the field")
        }
    }

    private static let fields = Rule.fields(
        prefix: "example:", ["example:container": .bool, "example:language": .text(of: language)])

    /// At most 100 characters, one of which breaks no line.
    private static let language = Pattern("the name of a language, such as Python") { text, _ in
        let scalars = Array(text)
        return (1...100).contains(scalars.count) && scalars.contains { $0 != "\r" && $0 != "\n" }
    }

    private static let document = Rule.object(["links": .all(.list(of: link), hasExample)], required: ["links"])

    private static let hasExample = Rule("a list with a link of rel \"example\"") { links, report in
        guard let links = links.array, !links.contains(where: { $0["rel"] == "example" }) else { return }
        report.broken("has no link of rel \"example\"; add one, or remove the extension")
    }
}
