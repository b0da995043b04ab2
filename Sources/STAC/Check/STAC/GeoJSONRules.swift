import ModelContainers

/// GeoJSON geometries (RFC 7946), as its schema has them.
enum GeoJSONRules {
    static let geometryOrNull = Rule.null(or: geometry)

    /// STAC's Items take no GeometryCollection.
    private static let geometry = Rule.object(by: "type", simple)

    /// RFC 7946 section 5: two positions, each of two or three numbers.
    static let boundingBox = Rule.list(of: .number, as: "a list of 4 numbers (west, south, east, north), or of 6") {
        $0 == 4 || $0 == 6
    }

    private static let position = Rule.list(of: .number, atLeast: 2).named("a position: at least 2 numbers")
    private static let positions = Rule.list(of: position)
    private static let ring = Rule.list(of: position, atLeast: 4)

    private static let simple: [String: Rule] = [
        "Point": holding("coordinates", position),
        "LineString": holding("coordinates", .list(of: position, atLeast: 2)),
        "Polygon": holding("coordinates", .list(of: ring)),
        "MultiPoint": holding("coordinates", positions),
        "MultiLineString": holding("coordinates", .list(of: .list(of: position, atLeast: 2))),
        "MultiPolygon": holding("coordinates", .list(of: .list(of: ring))),
    ]

    private static func holding(_ key: String, _ rule: Rule) -> Rule {
        .object([key: rule, "bbox": .list(of: .number, atLeast: 4)], required: [key])
    }
}
