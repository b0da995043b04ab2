import ModelContainers
import ModelJSON

/// GeoJSON geometries (RFC 7946), as its schema has them.
enum GeoJSONRules {
    static let geometryOrNull = Rule.null(or: geometry)

    /// STAC's Items take no GeometryCollection.
    private static let geometry = Rule.all(Rule.object(by: "type", simple), places)

    /// What the schema cannot ask: places that are on the earth, and lines that do not go round it by mistake.
    private static let places = Rule("a geometry") { geometry, report in
        guard Rule.object(by: "type", simple).accepts(geometry, by: report.version) else { return }
        do throws(GivenError) {
            _ = try GeoJSON.extent(of: geometry)
        } catch {
            report.note(error.message)
        }
    }

    /// RFC 7946 section 5: two positions, each of two or three numbers.
    static let boundingBox = Rule.list(of: .number, as: "a list of 4 numbers (west, south, east, north), or of 6") {
        $0 == 4 || $0 == 6
    }

    private static let position = Rule.list(of: .number, atLeast: 2).named("a position: at least 2 numbers")
    private static let positions = Rule.list(of: position)

    /// The rings of a polygon: the outer one first.
    private static let polygon = Rule.all(.list(of: .list(of: position, atLeast: 4)), rings)

    /// STAC's schema lets a ring pass that is open, so the document is valid, and is told of it. Which way round it runs was left
    /// open before RFC 7946, and readers are asked to take both.
    private static let rings = Rule("a list of rings") { polygon, report in
        for (index, positions) in (polygon.array ?? []).enumerated() {
            guard let ring = LinearRing(positions) else { continue }
            report.at(String(index)) { report in
                guard ring.isClosed else {
                    return report.note(
                        "does not end where it begins, as RFC 7946 wants a ring to; repeat its first position at the end"
                    )
                }
                if ring.isClockwise == (index == 0), ring.crossing == nil {
                    report.note(
                        index == 0
                            ? "runs clockwise; RFC 7946 wants the outer ring of a polygon counterclockwise"
                            : "runs counterclockwise; RFC 7946 wants the holes of a polygon clockwise")
                }
            }
        }
    }

    private static let simple: [String: Rule] = [
        "Point": holding("coordinates", position),
        "LineString": holding("coordinates", .list(of: position, atLeast: 2)),
        "Polygon": holding("coordinates", polygon),
        "MultiPoint": holding("coordinates", positions),
        "MultiLineString": holding("coordinates", .list(of: .list(of: position, atLeast: 2))),
        "MultiPolygon": holding("coordinates", .list(of: polygon)),
    ]

    private static func holding(_ key: String, _ rule: Rule) -> Rule {
        .object([key: rule, "bbox": .list(of: .number, atLeast: 4)], required: [key])
    }
}
