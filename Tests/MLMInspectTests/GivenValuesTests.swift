import MLMInspect
import ModelContainers
import ModelJSON
import STAC
import TestSupport
import Testing

/// What a person gives fills its gap, replaces what was assumed, and is refused where it cannot be.
@Suite struct GivenValuesTests {
    private func unet(_ give: (inout GivenValues) throws -> Void) throws -> Item {
        var values = GivenValues()
        try give(&values)
        try values.check()
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        var item = try ItemEvidenceTests.item(artifact)
        try values.apply(to: &item)
        return item
    }

    private func refusal(_ give: (inout GivenValues) throws -> Void) -> String? {
        do {
            _ = try unet(give)
            return nil
        } catch let error as GivenError {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    private func isOpen(_ pointer: String, _ item: Item) -> Bool { item.gaps.contains { $0.pointer == pointer } }

    private func origins(_ pointer: String, _ item: Item) -> [String] {
        item.evidence.filter { $0.place.description == pointer }.map { "\($0.origin.rawValue): \($0.where)" }
    }

    // MARK: - Properties

    @Test(arguments: [
        ("title", "A model", "--title"), ("license", "Apache-2.0", "--license"), ("mlm:name", "field unet", "--name"),
        ("mlm:architecture", "U-Net", "--architecture"), ("description", "text", "--description"),
    ])
    func aPropertyFillsItsGap(_ key: String, _ value: String, _ flag: String) throws {
        let item = try unet { try $0.set(key, .string(value), by: flag) }
        let pointer = JSONPointer(["properties", key]).description
        #expect(item.properties[key]?.string == value)
        #expect(origins(pointer, item) == ["given: \(flag)"])
        #expect(!isOpen(pointer, item))
    }

    /// What is missing is listed by its pointer, which can be pasted.
    @Test func aPropertyIsNamedByItsPointerToo() throws {
        let item = try unet { try $0.set("/properties/mlm:architecture=Foo") }
        #expect(item.properties["mlm:architecture"] == "Foo")
        #expect(item.properties["/properties/mlm:architecture"] == nil)
        #expect(!isOpen("/properties/mlm:architecture", item))
        #expect(refusal { try $0.set("/assets/x=1") } != nil)
        #expect(refusal { try $0.set("/properties/mlm:input/0=1") } != nil)
        #expect(
            refusal {
                try $0.set("license=MIT")
                try $0.set("/properties/license=MIT")
            } != nil)
    }

    @Test func tasksAreThoseOfTheOutputsToo() throws {
        let item = try unet { try $0.set("mlm:tasks", ["semantic-segmentation"], by: "--task") }
        #expect(item.properties["mlm:tasks"] == ["semantic-segmentation"])
        #expect(item.properties["mlm:output"]?[0]?["tasks"] == ["semantic-segmentation"])
        #expect(origins("/properties/mlm:output/0/tasks", item) == ["given: --task"])
        #expect(!isOpen("/properties/mlm:tasks", item))
    }

    @Test(arguments: [
        ("a=1", "a", JSONValue.number(1)), ("a=true", "a", true), ("a=text", "a", "text"), ("a=\"1\"", "a", "1"),
        ("a=[1, 2", "a", "[1, 2"), ("a=b=c", "a", "b=c"), ("a=", "a", ""),
        ("my:x={\"b\": [1.5]}", "my:x", JSONValue.object(["b": [1.5]])),
        ("mlm:memory_size=12", "mlm:memory_size", 12), ("mlm:accelerator=null", "mlm:accelerator", nil),
    ])
    func valuesAreJSONWhereTheyCanBe(_ text: String, _ key: String, _ value: JSONValue) throws {
        let item = try unet { try $0.set(text) }
        #expect(item.properties[key] == .some(value))
    }

    @Test(
        arguments: [
            "a", "=1", "mlm:foo=1", "mlm:artifact_type=torch.save", "mlm:compile_method=jit", "mlm_inspect:todo=[]",
            "mlm:name=m", "mlm:name=3d-unet", "mlm:name=U-Net (v2)", "mlm:name=1", "mlm:architecture=",
            "mlm:tasks=segmentation", "mlm:tasks=[\"clustering\"]", "mlm:tasks=[]",
            "mlm:tasks=[\"detection\",\"detection\"]", "mlm:framework= x", "mlm:framework_version=2.15",
            "mlm:framework_version=1.0.0rc1", "mlm:memory_size=-1", "mlm:memory_size=1.5", "mlm:total_parameters=null",
            "mlm:accelerator=cpu", "mlm:accelerator_count=0", "mlm:pretrained=yes", "mlm:pretrained_source=1",
            "mlm:hyperparameters={}", "mlm:hyperparameters={\"a b\":1}", "mlm:input=1", "mlm:input=[{}]",
            "mlm:input=[{\"name\":\"x\",\"input\":{\"shape\":[],\"dim_order\":[],\"data_type\":\"float32\"}}]",
            "mlm:input=[{\"name\":\"x\",\"input\":{\"shape\":[1],\"dim_order\":[\"B\"],\"data_type\":\"float32\"}}]",
            "mlm:input=[{\"name\":\"x\",\"input\":{\"shape\":[1],\"dim_order\":[\"bands\"],\"data_type\":\"float32\"}}]",
            "mlm:input=[{\"name\":\"x\",\"input\":{\"shape\":[1],\"dim_order\":[\"a\"],\"data_type\":\"bfloat16\"}}]",
            "mlm:output=[{\"name\":\"x\",\"result\":{\"shape\":[1],\"dim_order\":[\"a\"],\"data_type\":\"int8\"}}]",
            "license=MIT/X", "license=", "bands=[]", "bands=[\"red\"]", "description=", "title=1",
            "datetime=1",
        ])
    func whatTheSchemaRefusesIsRefused(_ text: String) throws {
        let message = try #require(refusal { try $0.set(text) }, "\(text) was taken")
        #expect(message.hasPrefix("property "))
    }

    @Test func nothingIsGivenTwice() {
        #expect(
            refusal {
                try $0.set("title", "a", by: "--title")
                try $0.set("title=b")
            } == "property title: title was given already, by --title")
    }

    // MARK: - Time

    @Test func aMomentTakesThePlaceOfThePlaceholders() throws {
        let item = try unet { try $0.set("datetime", "2020-02-29T12:00:00.5Z", by: "--datetime") }
        #expect(item.properties["datetime"] == "2020-02-29T12:00:00.5Z")
        #expect(item.properties["start_datetime"] == nil)
        #expect(item.properties["end_datetime"] == nil)
        #expect(!isOpen("/properties/datetime", item))
        #expect(!item.evidence.contains { $0.place.description.hasSuffix("_datetime") })
    }

    @Test func aRangeKeepsTheMomentEmpty() throws {
        let item = try unet {
            try $0.set("start_datetime", "2020-01-01T00:00:00Z", by: "--start")
            try $0.set("end_datetime", "2020-01-01T00:00:00.0+00:00", by: "--end")
        }
        #expect(item.properties["datetime"] == .some(.null))
        #expect(item.properties["start_datetime"] == "2020-01-01T00:00:00Z")
        #expect(!isOpen("/properties/datetime", item))
    }

    @Test(arguments: [
        "2020-01-01", "2020-1-1T00:00:00Z", "2020-13-01T00:00:00Z", "2021-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
        "2020-04-31T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z", "2020-01-01T00:00:60Z",
        "2020-01-01T00:00:00", "2020-01-01T00:00:00+02:00", "2020-01-01 00:00:00Z", "2020-01-01t00:00:00z",
        "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00ZZ", "", "today", "２020-01-01T00:00:00Z",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(refusal { try $0.set("datetime", .string(text), by: "--datetime") } != nil, "\(text) was taken")
    }

    @Test func timesThatContradictEachOther() {
        func times(_ values: (String, String)...) -> String? {
            refusal { given in for (key, value) in values { try given.set(key, .string(value), by: "--\(key)") } }
        }
        let (early, late) = ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.25Z")
        #expect(times(("start_datetime", late), ("end_datetime", early)) != nil)
        #expect(times(("start_datetime", early), ("end_datetime", late)) == nil)
        #expect(times(("datetime", early), ("start_datetime", early), ("end_datetime", late)) != nil)
        #expect(times(("start_datetime", early)) != nil)
        #expect(times(("end_datetime", early)) != nil)
    }

    // MARK: - Place

    @Test func theWorld() throws {
        let item = try unet { $0.footprint = .world }
        #expect(item.bbox == [-180, -90, 180, 90])
        #expect(origins("/bbox", item) == ["given: the world"])
        #expect(item.geometry["type"] == "Polygon")
        #expect(!isOpen("/geometry", item))
    }

    @Test func aBoxIsAPolygonToo() throws {
        let item = try unet { $0.footprint = Footprint(try BoundingBox("5.90,45.8,10.5,47.8")) }
        #expect(item.json()["bbox"]?.write(pretty: false) == "[5.90,45.8,10.5,47.8]")
        #expect(
            item.geometry["coordinates"]?.write(pretty: false)
                == "[[[5.90,45.8],[10.5,45.8],[10.5,47.8],[5.90,47.8],[5.90,45.8]]]")
    }

    /// RFC 7946 sections 5.2 and 3.1.9.
    @Test func aBoxOverTheAntimeridianIsTwoPolygons() throws {
        let item = try unet { $0.footprint = Footprint(try BoundingBox("177,-20,-178,-16")) }
        #expect(item.geometry["type"] == "MultiPolygon")
        #expect(item.geometry["coordinates"]?[0]?[0]?[1] == [180, -20])
        #expect(item.geometry["coordinates"]?[1]?[0]?[0] == [-180, -20])
        #expect(item.bbox == [177, -20, -178, -16])
    }

    @Test(arguments: [
        "", "1,2,3", "1,2,3,4,5", "a,b,c,d", "0,10,5,5", "0,0,5,91", "-181,0,5,5", "0,0,[1],5", "1e400,0,5,5",
        "0,0,9,5,5,1", "null,0,1,1",
    ])
    func whatIsNoBoxIsRefused(_ text: String) {
        #expect(throws: GivenError.self, "\(text) was taken") { try BoundingBox(text) }
    }

    private func footprint(_ text: String, _ box: String? = nil) throws -> Footprint {
        try Footprint(JSONValue.parse(text), box.map { box throws(GivenError) in try BoundingBox(box) })
    }

    private static let square = #"{"type":"Polygon","coordinates":[[[0,0],[2.5,0],[2.5,1],[0,1],[0,0]]]}"#

    @Test func geometriesOfAFile() throws {
        #expect(try footprint(Self.square).bbox == [0, 0, 2.5, 1])
        #expect(
            try footprint(#"{"type":"Feature","properties":null,"geometry":\#(Self.square)}"#).bbox == [0, 0, 2.5, 1])
        #expect(
            try footprint(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":\#(Self.square)}]}"#
            ).geometry["type"] == "Polygon")
        #expect(try footprint(#"{"type":"Point","coordinates":[5,-6,100]}"#).bbox == [5, -6, 5, -6])
        #expect(
            try footprint(
                #"{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}"#
            ).bbox == [1, 2, 3, 4])
        #expect(try footprint(Self.square, "-1,-1,3,2").bbox == [-1, -1, 3, 2])
        #expect(
            try footprint(#"{"type":"MultiPoint","coordinates":[[179,0],[-179,1]]}"#, "170,0,-170,5").bbox
                == [170, 0, -170, 5])
    }

    @Test(
        arguments: [
            "1", "{}", #"{"type":"Circle","coordinates":[1,2]}"#, #"{"type":"Point"}"#,
            #"{"type":"Point","coordinates":[]}"#, #"{"type":"Point","coordinates":[1]}"#,
            #"{"type":"Point","coordinates":[[1,2]]}"#, #"{"type":"Point","coordinates":["1","2"]}"#,
            #"{"type":"Point","coordinates":[500000,4649776]}"#, #"{"type":"Point","coordinates":[52.5,113.4]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}"#, #"{"type":"Polygon","coordinates":[]}"#,
            #"{"type":"LineString","coordinates":[[0,0]]}"#, #"{"type":"Feature","geometry":null}"#,
            #"{"type":"FeatureCollection","features":[]}"#, #"{"type":"GeometryCollection","geometries":[]}"#,
            #"{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:32632"}}}"#,
        ])
    func whatIsNoGeometryIsRefused(_ text: String) throws {
        #expect(throws: GivenError.self, "\(text) was taken") { try footprint(text) }
    }

    @Test func collectionsOfGeometriesAreNotFollowedForEver() throws {
        var document: JSONValue = ["type": "Point", "coordinates": [1, 2]]
        for _ in 0..<20 { document = ["type": "GeometryCollection", "geometries": [document]] }
        #expect(throws: GivenError.self) { try Footprint(document, nil) }
    }

    @Test(arguments: ["0,0,2,1", "1,0,3,1", "0,0.5,3,1", "170,0,-170,5"])
    func aBoxThatTheGeometryLeavesIsRefused(_ box: String) {
        #expect(throws: GivenError.self) { try footprint(Self.square, box) }
    }

    // MARK: - Bands

    private static let sentinel = (1...13).map { "B\($0)" }

    /// STAC 1.1 and MLM want them in three places.
    @Test func bandsNameTheChannels() throws {
        let item = try unet { $0.bands = Self.sentinel }
        let names = JSONValue.array(Self.sentinel.map(JSONValue.string))
        let bands = JSONValue.array(Self.sentinel.map { ["name": .string($0)] })
        #expect(item.properties["bands"] == bands)
        #expect(item.assets["model"]?["bands"] == bands)
        let input = item.properties["mlm:input"]?[0]
        #expect(input?["bands"] == names)
        #expect(input?["input"]?["dim_order"] == ["batch", "bands", "height", "width"])
        #expect(input?.object?.keys == ["name", "bands", "input"])
        #expect(!isOpen("/properties/bands", item))
        for place in ["/properties/bands", "/assets/model/bands", "/properties/mlm:input/0/bands"] {
            #expect(origins(place, item) == ["given: bands"])
        }
        #expect(origins("/properties/mlm:input/0/input/dim_order/1", item) == ["given: bands"])
    }

    /// STAC refuses bands in the properties without those of an asset, and MLM those of an input without either.
    @Test func bandsThatWereGivenOnceAreInAllPlaces() throws {
        let input =
            #"mlm:input=[{"name":"x","bands":["red",{"name":"nir"}],"input":{"shape":[-1,2],"dim_order":["batch","bands"],"data_type":"float32"}}]"#
        for text in [input, #"bands=[{"name":"red"},{"name":"nir"}]"#] {
            let item = try unet { try $0.set(text) }
            #expect(item.properties["bands"] == [["name": "red"], ["name": "nir"]])
            #expect(item.assets["model"]?["bands"] == [["name": "red"], ["name": "nir"]])
        }
        let variables =
            #"mlm:input=[{"name":"x","variables":["t"],"input":{"shape":[1],"dim_order":["variables"],"data_type":"int8"}}]"#
        #expect(refusal { try $0.set(variables) } != nil)
    }

    @Test func bandsThatAreTooFewOrTwice() {
        #expect(refusal { $0.bands = ["red", "green"] } == "bands: 2 names, but \"x\" has 13 channels")
        #expect(refusal { $0.bands = Array(repeating: "red", count: 13) } == "bands red was given twice")
    }

    /// A model without a dimension that is proven to be its channels cannot be helped by names alone.
    @Test func bandsNeedChannels() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/tokens.pt2" })
        var item = try ItemEvidenceTests.item(artifact)
        var values = GivenValues()
        values.bands = ["a"]
        #expect(throws: GivenError.self) { try values.apply(to: &item) }
    }

    // MARK: - The rest

    @Test func theIdAndTheCollection() throws {
        let item = try unet {
            $0.id = "mine"
            $0.collection = "models"
        }
        let document = item.json()
        #expect(document["id"] == "mine")
        #expect(document["collection"] == "models")
        #expect(document["links"]?[0]?["rel"] == "collection")
        #expect(isOpen("/links", item))
        #expect(
            document.object?.keys.prefix(6) == [
                "type", "stac_version", "stac_extensions", "id", "collection", "geometry",
            ])
    }

    /// Whatever is given, every leaf still has its evidence, and what is needed is not open any more.
    @Test func everythingAtOnce() throws {
        let item = try unet {
            $0.id = "mine"
            $0.footprint = .world
            $0.bands = Self.sentinel
            $0.assetHref = "https://example.org/unet.pt2"
            try $0.set("mlm:tasks", ["semantic-segmentation"], by: "--task")
            try $0.set("datetime", "2020-01-01T00:00:00Z", by: "--datetime")
            try $0.set("license=Apache-2.0")
            try $0.set(#"mlm:hyperparameters={"a":1}"#)
        }
        let document = item.json()
        for (pointer, value) in document.leaves() where !ItemEvidenceTests.isOurs(pointer) {
            #expect(item.evidence.contains { pointer.isWithin($0.place) }, "\(pointer) = \(value.description)")
        }
        for entry in item.evidence { #expect(document[entry.place] != nil, "\(entry.place)") }
        #expect(RequiredGaps.open(in: item).isEmpty)
        #expect(item.gaps.isEmpty)
        #expect(item.assets["model"]?["href"] == "https://example.org/unet.pt2")
    }

    @Test func whatIsNeededIsSaid() throws {
        let item = try unet { _ in }
        #expect(
            RequiredGaps.open(in: item).map(\.gap.pointer) == [
                "/geometry", "/properties/datetime", "/properties/mlm:tasks", "/properties/license",
            ])
    }
}
