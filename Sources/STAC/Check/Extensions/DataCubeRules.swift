import ModelContainers
import ModelJSON

/// The datacube extension v2.3.0: the dimensions of a cube and its variables, which inputs and outputs of a model list.
///
/// Source: stac-extensions/datacube, json-schema/schema.json of v2.3.0.
enum DataCubeRules {
    static let specification = Specification(
        "datacube", "v2.3.0",
        item: .members { item, report in
            check([Holder(["properties"], item["properties"])] + assets("assets", of: item), &report)
        },
        collection: .members { collection, report in
            guard !isUsed(in: collection["summaries"]) else { return }
            let assets = assets("assets", of: collection) + assets("item_assets", of: collection)
            check([Holder([], .object(collection))] + assets, &report)
        })

    static let fields = Rule.fields(
        prefix: "cube:",
        ["cube:dimensions": .object(others: dimension), "cube:variables": .object(others: variable)])

    private static let whole = Rule.all(fields, .object(required: ["cube:dimensions"]))

    /// What may have fields of the extension, and where it is.
    private struct Holder {
        let tokens: [String]
        let value: JSONValue?

        init(_ tokens: [String], _ value: JSONValue?) {
            self.tokens = tokens
            self.value = value
        }
    }

    /// The schema asks for one holder of which all is right.
    private static func check(_ holders: [Holder], _ report: inout CheckReport) {
        let version = report.version
        let users = holders.filter { isUsed(in: $0.value) }
        let right = users.first { whole.accepts($0.value ?? .null, by: version) }
        guard let told = right ?? users.first else {
            return report.broken(
                "uses no field of the datacube extension; add cube:dimensions, or remove the extension")
        }
        report.at(told.tokens[...]) { whole.check(told.value ?? .null, &$0) }
    }

    private static func isUsed(in holder: JSONValue?) -> Bool {
        holder?.object?.contains { $0.key.hasPrefix("cube:") } ?? false
    }

    private static func assets(_ key: String, of document: JSONObject) -> [Holder] {
        (document[key]?.object ?? [:]).map { Holder([key, $0.key], $0.value) }
    }

    // MARK: - Dimensions

    /// `type` says which kind it is; one of time may also be as any other.
    private static let dimension = Rule("an object with a \"type\"") { value, report in
        let kind: Rule =
            switch value["type"]?.string {
            case "geometry"?: vector
            case "spatial"? where value["axis"] == "z": vertical
            case "spatial"?: horizontal
            case "temporal"? where !further.accepts(value, by: report.version): temporal
            case "temporal"?: .anything
            default: further
            }
        kind.check(value, &report)
    }

    private static let vector = Rule.object(
        [
            "type": .string, "axes": .list(of: .word(of: ["x", "y", "z"]), unique: true), "description": .string,
            "bbox": .list(of: .number, as: "a list of 4 or 6 numbers") { $0 == 4 || $0 == 6 },
            "values": .list(of: .string, atLeast: 1),
            "geometry_types": .list(
                of: .word(of: [
                    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
                    "GeometryCollection",
                ]), unique: true),
            "reference_system": spatialReference,
        ], required: ["type", "bbox"])

    private static let horizontal = Rule.object(
        [
            "axis": .word(of: ["x", "y", "z"]), "description": .string, "extent": pair(of: .number),
            "values": .list(of: .number, atLeast: 1), "step": .null(or: .number), "reference_system": spatialReference,
        ], required: ["type", "axis", "extent"])

    private static let vertical = Rule.all(
        .object([
            "description": .string, "extent": pair(of: .null(or: .number)), "values": values,
            "step": .null(or: .number), "unit": .string, "reference_system": spatialReference,
        ]), extentOrValues)

    private static let temporal = Rule.all(
        .object(
            [
                "description": .string, "values": .list(of: .string, atLeast: 1),
                "extent": pair(of: .null(or: .string)), "step": .null(or: .string),
            ], required: ["type", "extent"]),
        .without(["axis"], "belongs to a spatial dimension; remove it"))

    private static let further = Rule.all(
        .object(
            [
                "type": .string, "description": .string, "extent": pair(of: .null(or: .number)), "values": values,
                "step": .null(or: .number), "unit": .string, "reference_system": .string,
                "dimensions": .list(of: .string),
            ], required: ["type"]),
        extentOrValues, .without(["axis"], "belongs to a spatial dimension; remove it"))

    private static let extentOrValues = Rule.members { dimension, report in
        guard dimension["extent"] == nil, dimension["values"] == nil else { return }
        report.broken("has no \"extent\" and no \"values\"; add one of them")
    }

    /// Well-known text, an EPSG code, or PROJJSON, which nobody checks here.
    private static let spatialReference = Rule("a text (WKT2), an EPSG code, or PROJJSON") { value, report in
        if value.object != nil { return report.leaveOut("a reference system in PROJJSON was not checked") }
        Rule.either(.string, .integer(atLeast: 0), as: "a text (WKT2), an EPSG code, or PROJJSON")
            .check(value, &report)
    }

    private static let values = Rule.list(of: .either(.number, .string), atLeast: 1)

    private static func pair(of element: Rule) -> Rule {
        .list(of: element, as: "a list of 2: lowest and highest") { $0 == 2 }
    }

    // MARK: - Variables

    private static let variable = Rule.object(
        [
            "variable_type": .word(of: ["data", "auxiliary"]), "description": .string, "dimensions": .list(of: .string),
            "values": .list(atLeast: 1), "extent": pair(of: .null(or: .either(.number, .string))), "unit": .string,
            "nodata": CommonMetadata.noData, "data_type": CommonMetadata.dataType,
        ], required: ["dimensions"])
}
