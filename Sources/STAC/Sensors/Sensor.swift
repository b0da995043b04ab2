import ModelJSON

/// The bands of an imaging product, in the order in which its provider lists them.
package struct Sensor: Sendable {
    /// One band, with what eo v2.0.0 says of it. Nil where the sensor has no such value, or several.
    struct Band: Sendable {
        let name: String
        /// A word of `eo:common_name`.
        var common: String?
        /// Centre of the wavelengths, in micrometres.
        var wavelength: Double?
        /// Full width at half maximum, in micrometres.
        var width: Double?
        /// Ground sample distance, in metres.
        var gsd: Int?
    }

    /// The word for it, such as `sentinel-2-l2a`.
    package let id: String
    let bands: [Band]

    /// All sensors that are known, in the order of their table.
    package static let all = sentinel + landsat + hls + others

    /// Names of its bands.
    package var bandNames: [String] { bands.map(\.name) }

    /// The sensor with this id; nil when there is none.
    package static func named(_ id: String) -> Sensor? { all.first { $0.id == id } }

    /// Ids of the sensors that have so many bands.
    static func ids(withBands count: Int) -> [String] { all.filter { $0.bands.count == count }.map(\.id) }

    /// What `bands` of STAC 1.1 says of the band; nil when it is not a band of this sensor.
    func described(_ name: String) -> JSONValue? { bands.first { $0.name == name }?.json }
}

extension Sensor.Band {
    fileprivate var json: JSONValue {
        var band: JSONObject = ["name": .string(name)]
        if let common { band["eo:common_name"] = .string(common) }
        if let wavelength { band["eo:center_wavelength"] = JSONValue(wavelength) }
        if let width { band["eo:full_width_half_max"] = JSONValue(width) }
        if let gsd { band["gsd"] = JSONValue(gsd) }
        return .object(band)
    }

    /// A band that its provider gives a range of wavelengths for, in nanometres: its middle and its width.
    init(_ name: String, _ common: String?, from first: Int, to last: Int, gsd: Int?) {
        let (middle, width) = (Double(first + last) / 2_000, Double(last - first) / 1_000)
        self.init(name: name, common: common, wavelength: middle, width: width, gsd: gsd)
    }
}
