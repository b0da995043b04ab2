import ModelContainers
package import ModelJSON

/// Where a model applies: a GeoJSON geometry and the box around it (RFC 7946).
package struct Footprint: Sendable {
    package let geometry: JSONValue
    package let bbox: [JSONValue]
    /// What it was made of.
    private enum Origin { case world, box, geometry, geometryAndBox }
    private let origin: Origin

    /// What the geometry came by, and the box; nil for a box that was computed.
    func sources(_ names: GivenNames) -> (geometry: String, box: String?) {
        switch origin {
        case .world: (names.world, names.world)
        case .box: (names.box, names.box)
        case .geometry: (names.geometry, nil)
        case .geometryAndBox: (names.geometry, names.box)
        }
    }

    /// The whole earth.
    package static let world = Footprint()

    private init() {
        geometry = Self.polygon("-180", "-90", "180", "90")
        bbox = [-180, -90, 180, 90]
        origin = .world
    }

    /// From a box alone the geometry is the box; where it reaches over the antimeridian, both its halves (section
    /// 3.1.9).
    package init(_ box: BoundingBox) {
        bbox = box.numbers
        origin = .box
        let (west, south, east, north) = (box.text(.west), box.text(.south), box.text(.east), box.text(.north))
        geometry =
            box.crossesAntimeridian
            ? [
                "type": "MultiPolygon",
                "coordinates": [Self.ring(west, south, "180", north), Self.ring("-180", south, east, north)],
            ] : Self.polygon(west, south, east, north)
    }

    /// From a document: a geometry, a Feature, or a FeatureCollection of one; `box` is given besides.
    package init(
        _ document: JSONValue, _ box: BoundingBox?, names: GivenNames = GivenNames()
    ) throws(GivenError) {
        let extent: GeoJSON.Extent
        do throws(GivenError) {
            geometry = try GeoJSON.geometry(of: document)
            extent = try GeoJSON.extent(of: geometry)
        } catch {
            throw GivenError("\(names.geometry): \(error.message)")
        }
        origin = box == nil ? .geometry : .geometryAndBox
        if let box {
            guard box.contains(extent) else {
                throw GivenError("\(names.box) \(box): the geometry reaches beyond it, to \(extent.described)")
            }
            bbox = box.numbers
        } else {
            bbox = extent.numbers
        }
    }

    private static func polygon(_ west: String, _ south: String, _ east: String, _ north: String) -> JSONValue {
        ["type": "Polygon", "coordinates": ring(west, south, east, north)]
    }

    /// Counterclockwise, as section 3.1.6 wants it.
    private static func ring(_ west: String, _ south: String, _ east: String, _ north: String) -> JSONValue {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return [.array(corners.map { [number($0), number($1)] })]
    }

    private static func number(_ text: String) -> JSONValue { (try? JSONValue.parse(text)) ?? .null }
}

/// `W,S,E,N`, or with the lowest and highest elevation `W,S,LOW,E,N,HIGH` (RFC 7946 section 5).
package struct BoundingBox: Sendable, CustomStringConvertible {
    enum Side: Int { case west, south, east, north }

    /// As they were written.
    package let numbers: [JSONValue]

    package init(_ text: String, names: GivenNames = GivenNames()) throws(GivenError) {
        func wrong(_ why: String) -> GivenError { GivenError("\(names.box) \(text): \(why)") }
        guard let numbers = try? JSONValue.parse("[\(text)]").array, numbers.allSatisfy({ $0.double != nil }),
            numbers.count == 4 || numbers.count == 6
        else { throw wrong("write four numbers, W,S,E,N in degrees, such as 5.9,45.8,10.5,47.8") }
        self.numbers = numbers
        guard degrees(.south) <= degrees(.north) else { throw wrong("its southern edge is north of its northern edge") }
        guard abs(degrees(.south)) <= 90, abs(degrees(.north)) <= 90 else {
            throw wrong("a latitude is between -90 and 90 degrees; the order is W,S,E,N")
        }
        guard abs(degrees(.west)) <= 180, abs(degrees(.east)) <= 180 else {
            throw wrong("a longitude is between -180 and 180")
        }
        if numbers.count == 6, (numbers[2].double ?? 0) > (numbers[5].double ?? 0) {
            throw wrong("the lowest elevation is above the highest")
        }
    }

    package var description: String { numbers.map { $0.write(pretty: false) }.joined(separator: ",") }

    /// RFC 7946 section 5.2.
    var crossesAntimeridian: Bool { degrees(.west) > degrees(.east) }

    func degrees(_ side: Side) -> Double { value(side).double ?? .nan }
    func text(_ side: Side) -> String { value(side).write(pretty: false) }

    func contains(_ extent: GeoJSON.Extent) -> Bool {
        guard extent.south >= degrees(.south), extent.north <= degrees(.north) else { return false }
        guard crossesAntimeridian else { return extent.west >= degrees(.west) && extent.east <= degrees(.east) }
        return extent.longitudes.allSatisfy { $0 >= degrees(.west) || $0 <= degrees(.east) }
    }

    private func value(_ side: Side) -> JSONValue {
        numbers.count == 6 && side.rawValue > 1 ? numbers[side.rawValue + 1] : numbers[side.rawValue]
    }
}
