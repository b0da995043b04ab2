import ModelContainers
import ModelJSON

/// Reads geometries by RFC 7946 section 3.1: longitude before latitude, in degrees of WGS 84.
enum GeoJSON {
    /// What a geometry covers.
    struct Extent {
        fileprivate(set) var west = Double.infinity
        fileprivate(set) var south = Double.infinity
        fileprivate(set) var east = -Double.infinity
        fileprivate(set) var north = -Double.infinity
        /// Of every position.
        fileprivate(set) var longitudes: [Double] = []

        var numbers: [JSONValue] { [west, south, east, north].map(GeoJSON.degrees) }
        var described: String { numbers.map { $0.write(pretty: false) }.joined(separator: ",") }
    }

    /// The one geometry that a document holds.
    static func geometry(of document: JSONValue) throws(GivenError) -> JSONValue {
        if let crs = document["crs"], !crs.isNull {
            let name = crs["properties"]?["name"]?.string ?? ""
            guard name.hasSuffix("CRS84") || name.hasSuffix("4326") else {
                throw wrong("it uses another reference system (crs); GeoJSON uses longitude and latitude")
            }
        }
        switch document["type"]?.string {
        case "Feature":
            guard let geometry = document["geometry"], !geometry.isNull else { throw wrong("its geometry is empty") }
            return try self.geometry(of: geometry)
        case "FeatureCollection":
            let features = document["features"]?.array ?? []
            guard features.count == 1 else { throw wrong("it has \(features.count) features; give one") }
            return try geometry(of: features[0])
        default:
            var geometry = JSONObject()
            // What else is there belongs to no geometry of an Item.
            for key in ["type", "coordinates", "geometries"] { geometry[key] = document[key] }
            return .object(geometry)
        }
    }

    static func extent(of geometry: JSONValue) throws(GivenError) -> Extent {
        var extent = Extent()
        try cover(geometry, &extent, depth: 0)
        guard !extent.longitudes.isEmpty else { throw wrong("it has no positions") }
        return extent
    }

    private static func cover(_ geometry: JSONValue, _ extent: inout Extent, depth: Int) throws(GivenError) {
        let type = geometry["type"]?.string ?? ""
        if type == "GeometryCollection" {
            guard depth < 8, let parts = geometry["geometries"]?.array else {
                throw wrong("its geometries are missing")
            }
            for part in parts { try cover(part, &extent, depth: depth + 1) }
            return
        }
        guard let (lists, shape) = shapes[type], let coordinates = geometry["coordinates"] else {
            throw wrong("this is not GeoJSON: it needs a type, such as Polygon, and coordinates")
        }
        try cover(coordinates, &extent, lists: lists, shape)
    }

    private enum Shape { case points, line, ring }

    /// How many lists there are around the positions of each type, and what the innermost is.
    private static let shapes: [String: (lists: Int, shape: Shape)] = [
        "Point": (0, .points), "MultiPoint": (1, .points), "LineString": (1, .line), "MultiLineString": (2, .line),
        "Polygon": (2, .ring), "MultiPolygon": (3, .ring),
    ]

    private static func cover(
        _ value: JSONValue, _ extent: inout Extent, lists: Int, _ shape: Shape
    ) throws(GivenError) {
        guard let elements = value.array else { throw wrong("its coordinates are not nested as its type requires") }
        guard lists > 0 else { return try addPosition(elements, &extent) }
        if lists == 1 {
            if shape == .line, elements.count < 2 { throw wrong("a line has at least two positions") }
            if shape == .ring { try isRing(value, elements) }
        }
        if lists == 1, shape != .points { try staysOnOneSide(elements) }
        for element in elements { try cover(element, &extent, lists: lists - 1, shape) }
    }

    private static func isRing(_ value: JSONValue, _ positions: [JSONValue]) throws(GivenError) {
        guard positions.count >= 4, positions.first == positions.last else {
            throw wrong("a ring of a polygon has at least four positions and ends where it begins")
        }
        if let (one, other) = LinearRing(value)?.crossing {
            throw wrong(
                "the line of a ring from \(positions[one].write(pretty: false)) crosses the one from "
                    + "\(positions[other].write(pretty: false)); put its positions in order")
        }
    }

    /// A line over the antimeridian is cut there (section 3.1.9): without the cut it goes round the earth the other way,
    /// which is as long as nobody means it. One that begins or ends at 180 degrees was cut.
    private static func staysOnOneSide(_ positions: [JSONValue]) throws(GivenError) {
        let longitudes = positions.map { $0[0]?.double ?? 0 }
        for (one, other) in zip(longitudes, longitudes.dropFirst())
        where abs(one - other) > 180 && abs(one) != 180 && abs(other) != 180 {
            throw wrong(
                "it goes from longitude \(degrees(one).description) to \(degrees(other).description) in one line; cut it "
                    + "at the antimeridian, into a MultiPolygon, or give a position between")
        }
    }

    private static func addPosition(_ position: [JSONValue], _ extent: inout Extent) throws(GivenError) {
        guard (2...4).contains(position.count), let longitude = position[0].double, let latitude = position[1].double
        else { throw wrong("a position is a longitude, a latitude and optionally an elevation") }
        guard abs(latitude) <= 90 else {
            throw wrong("latitude \(latitude) is beyond 90; the order is longitude, latitude, in degrees")
        }
        guard abs(longitude) <= 180 else { throw wrong("longitude \(longitude) is beyond 180") }
        extent.west = min(extent.west, longitude)
        extent.east = max(extent.east, longitude)
        extent.south = min(extent.south, latitude)
        extent.north = max(extent.north, latitude)
        extent.longitudes.append(longitude)
    }

    /// A number as people write it: `-180` and not `-180.0`.
    static func degrees(_ value: Double) -> JSONValue {
        Int(exactly: value).map { JSONValue($0) } ?? JSONValue(value)
    }

    private static func wrong(_ why: String) -> GivenError { GivenError(why) }
}
