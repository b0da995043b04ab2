extension Sensor {
    /// Copernicus. Names and resolutions: Sentinel-2 Products Specification Document. Wavelengths and widths: those that
    /// STAC catalogues of Sentinel-2 give (stactools-packages/sentinel2, constants.py). Level 2A has no B10. Level 1 of
    /// Sentinel-1 has the polarisations of its most frequent mode.
    static let sentinel = [
        Sensor(id: "sentinel-2-l1c", bands: multiSpectralInstrument),
        Sensor(id: "sentinel-2-l2a", bands: multiSpectralInstrument.filter { $0.name != "B10" }),
        Sensor(id: "sentinel-1-grd", bands: [Band(name: "VV"), Band(name: "VH")]),
    ]

    private static let multiSpectralInstrument = [
        Band(name: "B01", common: "coastal", wavelength: 0.443, width: 0.027, gsd: 60),
        Band(name: "B02", common: "blue", wavelength: 0.49, width: 0.098, gsd: 10),
        Band(name: "B03", common: "green", wavelength: 0.56, width: 0.045, gsd: 10),
        Band(name: "B04", common: "red", wavelength: 0.665, width: 0.038, gsd: 10),
        Band(name: "B05", common: "rededge071", wavelength: 0.704, width: 0.019, gsd: 20),
        Band(name: "B06", common: "rededge075", wavelength: 0.74, width: 0.018, gsd: 20),
        Band(name: "B07", common: "rededge078", wavelength: 0.783, width: 0.028, gsd: 20),
        Band(name: "B08", common: "nir", wavelength: 0.842, width: 0.145, gsd: 10),
        Band(name: "B8A", common: "nir08", wavelength: 0.865, width: 0.033, gsd: 20),
        Band(name: "B09", common: "nir09", wavelength: 0.945, width: 0.026, gsd: 60),
        Band(name: "B10", common: "cirrus", wavelength: 1.3735, width: 0.075, gsd: 60),
        Band(name: "B11", common: "swir16", wavelength: 1.61, width: 0.143, gsd: 20),
        Band(name: "B12", common: "swir22", wavelength: 2.19, width: 0.242, gsd: 20),
    ]

    /// USGS, Landsat Science Products: band designations of Landsat 8 and 9, given as ranges. Surface reflectance and
    /// temperature of Collection 2 are named as its files are.
    static let landsat = [
        Sensor(
            id: "landsat-8-9-l1",
            bands: reflective.map { $0.with(name: "B\($0.name)") } + [
                Band("B8", "pan", from: 500, to: 680, gsd: 15), Band("B9", "cirrus", from: 1_360, to: 1_380, gsd: 30),
                Band("B10", "lwir11", from: 10_600, to: 11_190, gsd: 100),
                Band("B11", "lwir12", from: 11_500, to: 12_510, gsd: 100),
            ]),
        Sensor(
            id: "landsat-c2-l2",
            bands: reflective.map { $0.with(name: "SR_B\($0.name)") } + [
                Band("ST_B10", "lwir11", from: 10_600, to: 11_190, gsd: 100)
            ]),
    ]

    /// Bands 1 to 7 of the Operational Land Imager.
    private static let reflective = [
        Band("1", "coastal", from: 430, to: 450, gsd: 30), Band("2", "blue", from: 450, to: 510, gsd: 30),
        Band("3", "green", from: 530, to: 590, gsd: 30), Band("4", "red", from: 640, to: 670, gsd: 30),
        Band("5", "nir08", from: 850, to: 880, gsd: 30), Band("6", "swir16", from: 1_570, to: 1_650, gsd: 30),
        Band("7", "swir22", from: 2_110, to: 2_290, gsd: 30),
    ]

    /// NASA, Harmonized Landsat Sentinel-2 product user guide: all bands on a grid of 30 m. L30 has no panchromatic band,
    /// and S30 keeps those of Sentinel-2.
    static let hls = [
        Sensor(
            id: "hls-l30",
            bands: reflective.map { $0.with(name: "B0\($0.name)") } + [
                Band("B09", "cirrus", from: 1_360, to: 1_380, gsd: 30),
                Band("B10", "lwir11", from: 10_600, to: 11_190, gsd: 30),
                Band("B11", "lwir12", from: 11_500, to: 12_510, gsd: 30),
            ]),
        Sensor(id: "hls-s30", bands: multiSpectralInstrument.map { $0.with(gsd: 30) }),
    ]

    /// NAIP: USDA's four-band imagery; resolution and wavelengths differ by year and camera. PlanetScope: Planet's
    /// description of the 8-band asset. MODIS: MCD43A4 v6.1 user guide and the ranges of bands 1 to 7.
    static let others = [
        Sensor(
            id: "naip",
            bands: ["red", "green", "blue", "nir"].map { Band(name: $0, common: $0) }),
        Sensor(
            id: "planetscope-sd",
            bands: [
                Band("coastal_blue", "coastal", from: 431, to: 452, gsd: 3),
                Band("blue", "blue", from: 465, to: 515, gsd: 3),
                Band("green_i", "green05", from: 513, to: 549, gsd: 3),
                Band("green", "green", from: 547, to: 583, gsd: 3),
                Band("yellow", "yellow", from: 600, to: 620, gsd: 3),
                Band("red", "red", from: 650, to: 680, gsd: 3),
                Band("rededge", "rededge071", from: 697, to: 713, gsd: 3),
                Band("nir", "nir", from: 845, to: 885, gsd: 3),
            ]),
        Sensor(
            id: "modis-mcd43a4",
            bands: [
                Band("Nadir_Reflectance_Band1", "red", from: 620, to: 670, gsd: 500),
                Band("Nadir_Reflectance_Band2", "nir", from: 841, to: 876, gsd: 500),
                Band("Nadir_Reflectance_Band3", "blue", from: 459, to: 479, gsd: 500),
                Band("Nadir_Reflectance_Band4", "green", from: 545, to: 565, gsd: 500),
                Band("Nadir_Reflectance_Band5", nil, from: 1_230, to: 1_250, gsd: 500),
                Band("Nadir_Reflectance_Band6", "swir16", from: 1_628, to: 1_652, gsd: 500),
                Band("Nadir_Reflectance_Band7", "swir22", from: 2_105, to: 2_155, gsd: 500),
            ]),
    ]
}

extension Sensor.Band {
    /// The same band in another product.
    fileprivate func with(name: String? = nil, gsd: Int? = nil) -> Sensor.Band {
        Sensor.Band(
            name: name ?? self.name, common: common, wavelength: wavelength, width: width, gsd: gsd ?? self.gsd)
    }
}
