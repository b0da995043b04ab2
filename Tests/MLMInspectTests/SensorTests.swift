import MLMInspect
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@testable import STAC

/// Bands of sensors as STAC 1.1 and eo v2.0.0 have them.
@Suite struct SensorTests {
    private func unet() throws -> Item {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        return try ItemEvidenceTests.item(artifact)
    }

    private func given(_ sensor: String, _ bands: [String] = [], to item: inout Item) throws {
        var values = GivenValues()
        let chosen: Sensor = try #require(Sensor.named(sensor))
        values.sensor = chosen
        values.bands = bands
        try values.apply(to: &item)
    }

    /// An input of a table with these columns.
    private func table(_ features: [String]) throws -> Item {
        var item = try unet()
        item.properties["mlm:input"] = [
            [
                "name": "x",
                "input": [
                    "shape": [-1, .number(JSONNumber(features.count))], "dim_order": ["batch", "feature"],
                    "data_type": "float32",
                ],
                "mlm_inspect:features": .array(features.map { ["name": .string($0)] }),
            ]
        ]
        return item
    }

    /// As many bands as the provider lists, each once, in words of the extension, with numbers that can be.
    @Test(
        arguments: [
            ("sentinel-2-l1c", 13), ("sentinel-2-l2a", 12), ("sentinel-1-grd", 2), ("landsat-8-9-l1", 11),
            ("landsat-c2-l2", 8), ("hls-l30", 10), ("hls-s30", 13), ("naip", 4), ("planetscope-sd", 8),
            ("modis-mcd43a4", 7),
        ])
    func aSensorHasItsBands(_ id: String, _ count: Int) throws {
        let sensor = try #require(Sensor.named(id))
        #expect(sensor.bands.count == count)
        #expect(Set(sensor.bandNames).count == count)
        for band in sensor.bands {
            if let common = band.common { #expect(EORules.commonNames.contains(common)) }
            if let wavelength = band.wavelength { #expect((0.4...13).contains(wavelength)) }
            if let width = band.width { #expect(width > 0 && width < 1.5) }
        }
        let wavelengths = sensor.bands.filter { $0.common != "pan" && $0.common != "cirrus" }.compactMap(\.wavelength)
        if id != "modis-mcd43a4" { #expect(wavelengths == wavelengths.sorted()) }
    }

    @Test func theTableIsTheListOfTheTests() { #expect(Sensor.all.count == 10) }

    @Test func theBandsOfASensorAreDescribed() throws {
        var item = try unet()
        try given("sentinel-2-l1c", to: &item)
        let bands = item.properties["bands"]
        #expect(bands?.array?.count == 13)
        #expect(
            bands?[8] == [
                "name": "B8A", "eo:common_name": "nir08", "eo:center_wavelength": 0.865,
                "eo:full_width_half_max": 0.033, "gsd": 20,
            ])
        #expect(item.assets["model"]?["bands"] == bands)
        #expect(item.properties["mlm:input"]?[0]?["bands"]?[8] == "B8A")
        #expect(item.properties["mlm:input"]?[0]?["input"]?["dim_order"]?[1] == "bands")
        #expect(!item.gaps.contains { $0.pointer == "/properties/bands" })
        let document = item.json()
        #expect(document["stac_extensions"]?.array?.contains(.string(EORules.specification.uri)) == true)
        #expect(try DocumentCheck(document).violations.isEmpty)
    }

    /// EuroSAT's files have B8A behind the others.
    @Test func anotherOrderIsThatOfTheNames() throws {
        let order = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A"]
        var item = try unet()
        try given("sentinel-2-l1c", order, to: &item)
        #expect(item.properties["bands"]?.array?.compactMap { $0["name"]?.string } == order)
        #expect(item.properties["bands"]?[12]?["eo:common_name"] == "nir08")
    }

    @Test func anotherNumberOrNameIsRefused() throws {
        for (sensor, bands) in [("sentinel-2-l2a", []), ("sentinel-2-l1c", ["B01"]), ("naip", [])]
            as [(String, [String])]
        {
            var item = try unet()
            #expect(throws: GivenError.self) { try given(sensor, bands, to: &item) }
        }
        var item = try unet()
        let names = (1...13).map { "band\($0)" }
        #expect(
            throws: GivenError(
                "bands band1 is not a band of sentinel-2-l1c, which has B01, B02, B03, B04, B05, B06, B07, B08, B8A, B09, B10, B11, B12"
            )
        ) {
            try given("sentinel-2-l1c", names, to: &item)
        }
    }

    /// Columns are bands when every one of them is; an index is none.
    @Test func columnsOfATable() throws {
        var item = try table(["B04", "B03", "B02", "B08"])
        try given("sentinel-2-l2a", to: &item)
        #expect(item.properties["mlm:input"]?[0]?["bands"] == ["B04", "B03", "B02", "B08"])
        #expect(item.properties["mlm:input"]?[0]?["input"]?["dim_order"] == ["batch", "bands"])
        #expect(item.properties["bands"]?[0]?["eo:common_name"] == "red")
        #expect(!item.json(isFinal: true).description.contains("mlm_inspect"))

        var other = try table(["B04", "ndvi"])
        #expect(throws: GivenError.self) { try given("sentinel-2-l2a", to: &other) }
        // They have no other place, so that the final Item keeps them.
        #expect(other.json(isFinal: true)["properties"]?["mlm:input"]?[0]?["mlm_inspect:features"]?.array?.count == 2)
    }

    /// Of two inputs with as many channels the name says which.
    @Test func theNameOfAnInputComesBeforeItsBands() throws {
        var item = try unet()
        let tensor = item.properties["mlm:input"]?[0]?["input"] ?? .null
        item.properties["mlm:input"] = [["name": "before", "input": tensor], ["name": "after", "input": tensor]]
        #expect(throws: GivenError.self) { try given("sentinel-2-l1c", to: &item) }
        var bands = Sensor.named("sentinel-2-l1c")?.bandNames ?? []
        bands[0] = "after:B01"
        try given("sentinel-2-l1c", bands, to: &item)
        #expect(item.properties["mlm:input"]?[1]?["bands"]?.array?.count == 13)
        #expect(item.properties["mlm:input"]?[0]?["bands"] == nil)
    }

    @Test func sensorsWithAsManyBandsAreAHint() throws {
        let gap = try #require(try unet().gaps.first { $0.pointer == "/properties/bands" })
        #expect(gap.hint.contains("sentinel-2-l1c, hls-s30"))
        #expect(!gap.hint.contains("naip"))
    }

    /// eo v2.0.0, as its schema has it.
    @Test(
        arguments: [
            (#"{"eo:common_name":"infrared"}"#, false), (#"{"eo:center_wavelength":0}"#, false),
            (#"{"eo:wavelength":1}"#, false), (#"{"eo:common_name":"nir"}"#, true), (#"{"gsd":10}"#, false),
        ])
    func aDocumentOfTheExtensionIsChecked(_ band: String, _ isValid: Bool) throws {
        var item = try unet()
        var document = try #require(item.json().object)
        item.properties["bands"] = nil
        var properties = try #require(document["properties"]?.object)
        guard var fields = try JSONValue.parse(band).object else { return }
        fields["name"] = "b"
        properties["bands"] = [.object(fields)]
        document["properties"] = .object(properties)
        document["stac_extensions"] = .array(
            (document["stac_extensions"]?.array ?? []) + [.string(EORules.specification.uri)])
        var assets = try #require(document["assets"]?.object)
        var asset = try #require(assets["model"]?.object)
        asset["bands"] = [["name": "b"]]
        assets["model"] = .object(asset)
        document["assets"] = .object(assets)
        #expect(try DocumentCheck(.object(document)).violations.isEmpty == isValid)
    }
}
