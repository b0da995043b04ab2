import JSONSchema
import ModelContainers
import ModelJSON

/// STAC common metadata: what may stand in properties, assets, links, bands, Collections and Catalogs alike
/// (item-spec/common-metadata.md and its schemas basics, bands, datetime, data-values, instrument, licensing, provider).
/// In STAC 1.0.0 links, Collections and Catalogs have none of it by this name.
enum CommonMetadata {
    static let fields: Rule = .all(
        .object([
            "title": .string, "description": .stac(.string, current: .text),
            "datetime": .null(or: .text(of: .dateTime)), "start_datetime": .text(of: .dateTime),
            "end_datetime": .text(of: .dateTime), "created": .text(of: .dateTime), "updated": .text(of: .dateTime),
            "platform": .string, "instruments": .list(of: .string), "constellation": .string, "mission": .string,
            "gsd": .positiveNumber,
            "license": .text(of: license),
            "providers": .list(of: provider),
        ]),
        .currentSTAC(newFields), bothEndsOfTime)

    /// The names of all of them.
    static let words = [
        "title", "description", "datetime", "start_datetime", "end_datetime", "created", "updated", "platform",
        "instruments", "constellation", "mission", "gsd", "license", "providers", "keywords", "roles", "bands",
        "data_type", "nodata", "statistics", "unit",
    ]

    private static let newFields = Rule.object([
        "keywords": .list(of: .string), "roles": .list(of: .string), "bands": bands, "data_type": dataType,
        "nodata": noData, "statistics": statistics, "unit": .string,
    ])

    /// A band has a name and common metadata, and so bands again.
    static let bands: Rule = .list(of: .nested("a band object") { band })

    private static let band: Rule = .all(.object(["name": .string]), fields)

    /// The words of STAC 1.1.0, which are those of the raster extension v1.1.0.
    static let dataTypes = [
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
        "cint16", "cint32", "cfloat32", "cfloat64", "other",
    ]
    static let dataType = Rule.word(of: dataTypes)

    static let noData = Rule.either(
        .number, .word(of: ["nan", "inf", "-inf"]), as: "a number, \"nan\", \"inf\" or \"-inf\"")

    private static let statistics = Rule.object(
        [
            "minimum": .number, "maximum": .number, "mean": .number, "stddev": .number, "count": .integer(atLeast: 0),
            "valid_percent": .number(atLeast: 0, atMost: 100),
        ], atLeast: 1)

    /// An SPDX identifier, or `other`: `^[\w\-\.\+]+$`.
    static let license = Pattern.all("an SPDX licence identifier, or \"other\"") { scalar, alphabet in
        alphabet.isWord(scalar) || scalar == "-" || scalar == "." || scalar == "+"
    }

    static let provider = Rule.object(
        [
            "name": .text, "description": .string,
            "roles": .list(of: .word(of: ["producer", "licensor", "processor", "host"])), "url": .string,
        ], required: ["name"])

    private static let bothEndsOfTime = Rule.members { object, report in
        for (one, other) in [("start_datetime", "end_datetime"), ("end_datetime", "start_datetime")] {
            if object[one] != nil, object[other] == nil {
                report.broken("\"\(other)\" is missing; add it, since \"\(one)\" is given")
            }
        }
    }
}
