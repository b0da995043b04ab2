import JSONSchema
import ModelContainers
import ModelFormats
import ModelJSON

/// Model Input and Model Output of MLM v1.5.2.
enum MLMTensorRules {
    static let tasks = Rule.list(of: .word(of: Tasks.all), unique: true)

    static let inputs = Rule.list(of: input)
    static let outputs = Rule.list(of: output)

    private static let input = Rule.all(
        .object(
            [
                "name": .text, "bands": bands, "variables": bands, "input": tensor, "description": .text,
                "value_scaling": .null(or: .list(of: scaling, atLeast: 1)),
                "resize_type": .null(or: .word(of: resizings)), "pre_processing_function": functions,
            ], required: ["name", "input"]),
        MLMBandRules.dimensions(of: "input"), MLMNotes.tensor("input"))

    private static let output = Rule.all(
        .object(
            [
                "name": .text, "description": .text, "tasks": tasks, "result": tensor, "bands": bands,
                "variables": bands,
                "classification:classes": .list(of: ClassificationRules.classObject, unique: true),
                "post_processing_function": functions,
            ], required: ["name", "tasks", "result"]),
        MLMBandRules.dimensions(of: "result"), MLMNotes.tensor("result"))

    static let shape = Rule.list(of: .integer(atLeast: -1), atLeast: 1)

    private static let tensor = Rule.object(
        [
            "shape": shape,
            "dim_order": .list(of: .text(of: dimension), atLeast: 1, unique: true),
            "data_type": CommonMetadata.dataType.or("for another type write \"other\""),
        ], required: ["shape", "dim_order", "data_type"])

    /// `^[a-z-_]+$`.
    private static let dimension = Pattern.all("a dimension name of lower-case letters, - and _ alone") { scalar, _ in
        scalar.isLowercaseLetter || scalar == "-" || scalar == "_"
    }

    /// Names, or objects that say how each is computed.
    private static let bands = Rule.list(
        of: Rule("a name, or an object with a name") { value, report in
            (value.object == nil ? Rule.text.named("a name, or an object with a name") : band).check(value, &report)
        })

    private static let band = Rule.all(
        .object(
            ["name": .text, "format": .text, "expression": .anything], required: ["name"],
            others: .absent("is not allowed beside name, format and expression; remove it")),
        .members { band, report in
            for (one, other) in [("format", "expression"), ("expression", "format")] {
                if band[one] != nil, band[other] == nil {
                    report.broken("\"\(other)\" is missing; add it, since \"\(one)\" is given")
                }
            }
        })

    private static let expression = Rule.all(
        ProcessingRules.expression, .object(["description": .string]))

    private static let functions = Rule.list(
        .list(of: .null(or: expression), atLeast: 1), or: .null(or: expression))

    static let scaling = Rule.object(by: "type", rulesOfScalings)

    /// The words for kinds of scaling.
    static let scalings = rulesOfScalings.keys.sorted()

    private static let rulesOfScalings: [String: Rule] = [
        "min-max": numbers("minimum", "maximum"), "z-score": numbers("mean", "stddev"),
        "clip": numbers("minimum", "maximum"), "clip-min": numbers("minimum", alsoMay: "maximum"),
        "clip-max": numbers("maximum"), "offset": numbers("value"), "scale": numbers("value"),
        "processing": expression,
    ]

    private static func numbers(_ keys: String..., alsoMay optional: String? = nil) -> Rule {
        let members = (keys + [optional].compactMap(\.self)).map { ($0, Rule.number) }
        return .object(Dictionary(uniqueKeysWithValues: members), required: keys)
    }

    static let resizings = [
        "crop", "pad", "interpolation-nearest", "interpolation-linear", "interpolation-cubic", "interpolation-area",
        "interpolation-lanczos4", "interpolation-max", "wrap-fill-outliers", "wrap-inverse-map",
    ]
}
