import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@testable import STAC

/// What a side file says is in the Item, or refused with its line.
@Suite struct SideFileTests {
    static func read(_ text: String, isJSON: Bool = false) throws(GivenError) -> GivenValues {
        try SideFile.read(
            ByteSource(MemoryBytes(Array(text.utf8))), name: isJSON ? "unet.mlm.json" : "unet.mlm.yaml",
            isJSON: isJSON, limits: Limits())
    }

    static func unet(_ layers: GivenValues...) throws -> Item {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        var item = try ItemEvidenceTests.item(artifact)
        var values = layers.last ?? GivenValues()
        for layer in layers.dropLast().reversed() { values = layer.under(values) }
        try values.check()
        try values.apply(to: &item)
        return item
    }

    private static func refusal(_ text: String, isJSON: Bool = false) throws -> String? {
        do {
            _ = try unet(read(text, isJSON: isJSON))
            return nil
        } catch let error as GivenError {
            return error.message
        }
    }

    /// Every word of a side file, but `href`, which is the model's own, and `bands` and `datetime`, beside which others
    /// cannot stand.
    static let whole = """
        id: field-unet
        name: Field U-Net
        title: Fields of Europe
        description: Finds fields.
        tasks: [semantic-segmentation, segmentation]
        architecture: U-Net
        framework: PyTorch
        framework_version: 2.7
        accelerator: cuda
        accelerator_constrained: false
        accelerator_summary: any with 8 GB
        accelerator_count: 1
        memory_size: 123456
        batch_size_suggestion: 8
        total_parameters: 12397
        pretrained: true
        pretrained_source: null
        hyperparameters: {learning_rate: 0.001, epochs: 30}
        sensor: sentinel-2-l1c
        inputs:
          x:
            bands: [B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, B11, B12, B8A]
            dim_order: [batch, bands, height, width]
            value_scaling: {type: z-score, mean: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], stddev: 2}
            resize_type: crop
            pre_processing_function: {format: python, expression: "fields.prepare:normalise"}
            description: reflectances
            data_type: float32
            shape: [-1, 13, 64, 64]
          climate:
            variables: [t2m, {name: wind, format: python, expression: "fields.prepare:wind"}]
            dim_order: [time, variables, height, width]
            shape: [-1, 2, 8, 8]
            data_type: float32
            value_scaling:
              - {type: min-max, minimum: 0, maximum: 1}
              - {type: processing, format: python, expression: "fields.prepare:scale"}
            pre_processing_function:
              - {format: python, expression: "fields.prepare:grid", description: to the grid of the scene}
        outputs:
          conv2d_8:
            tasks: semantic-segmentation
            dim_order: [batch, class, height, width]
            classes: {0: water, 1: bare soil, 7: field}
            post_processing_function: {format: python, expression: "fields.after:argmax"}
            description: scores
          anomaly:
            tasks: [regression]
            variables: [t2m]
            dim_order: [time, variables, height, width]
            shape: [-1, 1, 8, 8]
            data_type: float32
          sharp:
            bands: [{name: fine, format: python, expression: "fields.after:fine", gsd: 5}]
            dim_order: [batch, bands, height, width]
            shape: [-1, 1, 256, 256]
            data_type: float32
        cube_dimensions:
          time: {type: temporal, extent: ["1940-01-01T00:00:00Z", null], step: P1M}
          lat: {type: spatial, axis: y, extent: [35, 70], step: 0.25}
        cube_variables:
          t2m: {dimensions: [time, lat], unit: K, data_type: float32, variable_type: data}
          wind: {dimensions: [time, lat], extent: [0, 60]}
        license: Apache-2.0
        providers:
          - name: Lab
            roles: [producer]
        keywords: fields
        doi: https://doi.org/10.5281/zenodo.1234567
        citation: "Lab (2020): Fields."
        publications:
          - doi: 10.1000/xyz
            citation: Another
        version: 1.10
        deprecated: false
        experimental: true
        created: 2020-01-01
        updated: 2020-01-02T03:04:05Z
        bbox: [5.9, 45.8, 10.5, 47.8]
        geometry: {type: Point, coordinates: [8.5, 47.4]}
        start: 2015-06-27
        end: ..
        collection: models
        links:
          - rel: derived_from
            href: https://example.org/data.json
            type: application/json
            title: training data
        assets:
          source_code:
            href: https://example.org/code
            type: text/html
            roles: [mlm:source_code, code]
            entrypoint: fields:UNet
          readme: https://example.org/readme.md
          model:
            title: weights
        extensions: [https://stac-extensions.github.io/file/v2.1.0/schema.json]
        properties:
          "constellation": sentinel-2

        """

    @Test func everythingCanBeSaid() throws {
        let values = try Self.read(Self.whole)
        let said = Set(try YAMLReader.read(Self.whole).object?.keys ?? [])
        #expect(Set(Field.words).subtracting(said) == ["href", "bands", "datetime"])
        let item = try Self.unet(values)
        let document = item.json(isFinal: true)
        let properties = try #require(document["properties"])
        #expect(document["id"] == "field-unet")
        #expect(document["bbox"] == [5.9, 45.8, 10.5, 47.8])
        #expect(document["collection"] == "models")
        let expected: [(String, JSONValue)] = [
            ("mlm:name", "Field U-Net"), ("title", "Fields of Europe"), ("description", "Finds fields."),
            ("mlm:tasks", ["semantic-segmentation", "segmentation"]), ("mlm:architecture", "U-Net"),
            ("mlm:framework", "PyTorch"), ("mlm:framework_version", "2.7.0"), ("mlm:accelerator", "cuda"),
            ("mlm:accelerator_constrained", false), ("mlm:accelerator_summary", "any with 8 GB"),
            ("mlm:accelerator_count", 1), ("mlm:memory_size", 123456), ("mlm:batch_size_suggestion", 8),
            ("mlm:total_parameters", 12397), ("mlm:pretrained", true), ("mlm:pretrained_source", nil),
            ("mlm:hyperparameters", ["learning_rate": 0.001, "epochs": 30]), ("license", "Apache-2.0"),
            ("providers", [["name": "Lab", "roles": ["producer"]]]), ("keywords", ["fields"]),
            ("sci:doi", "10.5281/zenodo.1234567"), ("sci:citation", "Lab (2020): Fields."),
            ("sci:publications", [["doi": "10.1000/xyz", "citation": "Another"]]), ("version", "1.10"),
            ("deprecated", false), ("experimental", true), ("created", "2020-01-01T00:00:00Z"),
            ("updated", "2020-01-02T03:04:05Z"), ("datetime", nil), ("start_datetime", "2015-06-27T00:00:00Z"),
            ("end_datetime", "9999-12-31T23:59:59Z"), ("constellation", "sentinel-2"),
        ]
        for (key, value) in expected { #expect(properties[key] == value, "\(key)") }
        let input = try #require(properties["mlm:input"]?[0])
        #expect(input["bands"]?[12] == "B8A")
        #expect(input["input"]?["dim_order"] == ["batch", "bands", "height", "width"])
        #expect(input["value_scaling"]?.array?.count == 13)
        #expect(input["value_scaling"]?[12] == ["type": "z-score", "mean": 13, "stddev": 2])
        #expect(input["resize_type"] == "crop" && input["description"] == "reflectances")
        #expect(input["pre_processing_function"]?["expression"] == "fields.prepare:normalise")
        #expect(properties["bands"]?[12]?["eo:common_name"] == "nir08")
        let output = try #require(properties["mlm:output"]?[0])
        #expect(output["tasks"] == ["semantic-segmentation"])
        #expect(output["result"]?["dim_order"] == ["batch", "class", "height", "width"])
        #expect(
            output["classification:classes"] == [
                ["value": 0, "name": "water", "description": "water"],
                ["value": 1, "name": "bare-soil", "description": "bare soil"],
                ["value": 7, "name": "field", "description": "field"],
            ])
        #expect(output["post_processing_function"] != nil && output["description"] == "scores")
        let rels = document["links"]?.array?.compactMap { $0["rel"]?.string }
        #expect(rels == ["collection", "derived_from", "cite-as"])
        #expect(document["links"]?[2]?["href"] == "https://doi.org/10.5281/zenodo.1234567")
        #expect(document["assets"]?["source_code"]?["mlm:entrypoint"] == "fields:UNet")
        #expect(document["assets"]?["readme"]?["href"] == "https://example.org/readme.md")
        #expect(document["assets"]?["model"]?["title"] == "weights")
        #expect(document["assets"]?["model"]?["href"] == "./unet.pt2")
        let extensions = document["stac_extensions"]?.array?.compactMap(\.string) ?? []
        let names = ["scientific/v1.0.0", "version/v1.2.0", "classification/v1.1.0", "eo/v2.0.0", "datacube/v2.3.0"]
        for name in names + ["file/v2.1.0"] {
            #expect(extensions.filter { $0.contains(name) }.count == 1, "\(name)")
        }
        let climate = try #require(properties["mlm:input"]?[1])
        #expect(climate["variables"]?[0] == "t2m" && climate["variables"]?[1]?["name"] == "wind")
        #expect(climate["input"]?["dim_order"] == ["time", "variables", "height", "width"])
        #expect(properties["mlm:output"]?[1]?["variables"] == ["t2m"])
        let sharp = try #require(properties["mlm:output"]?[2])
        #expect(sharp["bands"]?[0]?["expression"] == "fields.after:fine")
        #expect(sharp["result"]?["dim_order"] == ["batch", "bands", "height", "width"])
        #expect(properties["bands"]?[13] == ["name": "fine", "gsd": 5])
        #expect(document["assets"]?["model"]?["bands"]?.array?.count == 14)
        #expect(properties["cube:variables"]?["t2m"]?["unit"] == "K")
        #expect(RequiredGaps.open(in: item).isEmpty)
        let check = try DocumentCheck(document)
        #expect(check.violations == [] && check.isComplete)
        for (pointer, value) in item.json().leaves() where !ItemEvidenceTests.isOurs(pointer) {
            #expect(item.evidence.contains { pointer.isWithin($0.place) }, "\(pointer) = \(value.description)")
        }
        let task = item.evidence.first { $0.place.description == "/properties/mlm:tasks" }
        #expect(task?.where == "unet.mlm.yaml line 5: tasks")
    }

    @Test func jSONSaysTheSame() throws {
        let json = try YAMLReader.read(Self.whole).write(pretty: true)
        let item = try Self.unet(Self.read(json, isJSON: true))
        #expect(try item.json(isFinal: true) == Self.unet(Self.read(Self.whole)).json(isFinal: true))
        #expect(item.evidence.contains { $0.where.hasPrefix("unet.mlm.json line ") })
    }

    @Test func commentsAloneSayNothing() throws {
        #expect(try Self.read("# nothing\n").isEmpty)
    }

    @Test(arguments: [
        ("license: MIT\nlicence: MIT\n", "line 2: licence is no word of a side file; did you mean license?"),
        ("tasks: [segmentaton]\n", "line 1: tasks cannot be \"segmentaton\"; did you mean segmentation?"),
        ("title: 5\n", "line 1: title is 5; write a text, with quotes around it"),
        ("# a\nlicense:\n", "line 2: license has no value; write a text, or remove the line"),
        ("a: &x [1]\nb: [*x, *x]\n", "anchors and aliases of YAML are not followed, such as \"x\" in line 1"),
        ("license: MIT\n---\nlicense: MIT\n", "a second YAML document begins in line 2"),
        ("license: MIT\nlicense: MIT\n", "the key \"license\" occurs twice in line 2"),
        ("- a\n", "line 1: is a list of 1; must be a mapping"),
        ("inputs:\n  y:\n    description: a\n", "line 2: inputs.y: there is no such input; did you mean x?"),
        ("inputs:\n  x:\n    dim_ordr: [a]\n", "line 3: dim_ordr is no word of an input; did you mean dim_order?"),
        ("inputs:\n  x:\n    dim_order: [batch]\n", "line 3: inputs.x.dim_order: 1 names for 4 dimensions"),
        ("inputs:\n  x:\n    dim_order: [batch, bands, height, width]\n", "add bands or sensor, or write channel"),
        ("inputs:\n  x:\n    sensor: naip\n", "line 3: inputs.x.sensor naip: 4 bands, but \"x\" has 13 channels"),
        (
            "inputs:\n  x:\n    value_scaling:\n      - type: offset\n        value: a\n",
            "line 5: inputs.x.value_scaling.0.value"
        ),
        ("inputs:\n  x:\n    value_scaling: {type: scale, value: [1, 2]}\n", "2 scalings for 13 channels"),
        ("inputs:\n  x:\n    shape: [1, 3, 64, 64]\n", "the model has [-1,13,64,64], not [1,3,64,64]"),
        ("inputs:\n  x:\n    data_type: float64\n", "the model has \"float32\", not \"float64\""),
        ("outputs:\n  conv2d_8:\n    classes: [a, b, c, d, e, f]\n", "6 classes, but the output has places for 5"),
        ("outputs:\n  conv2d_8:\n    classes:\n      a: b\n", "line 4: a: \"b\" is no class"),
        ("links:\n  - rel: about\n    hrf: a\n", "line 3: hrf is no word of a link; did you mean href?"),
        ("links:\n  - rel: about\n", "line 2: links.0 \"href\" is missing"),
        (
            "links:\n  - {rel: derived_from, href: a, \"ml-aoi:split\": trian}\n",
            "line 2: links.0.ml-aoi:split is \"trian\"; must be one of train, test, validate; did you mean train?"
        ),
        (
            "links:\n  - {rel: about, href: a, \"example:language\": R}\n",
            "line 2: links.0 has example:language, which belongs to a link of rel \"example\"; write that rel, or remove the field"
        ),
        ("assets:\n  modl:\n    title: a\n", "line 2: assets.modl: a further asset needs href; did you mean model?"),
        ("assets:\n  docs:\n    href: a\n    foo:bar: 1\n", "line 4: foo:bar is no word of an asset"),
        (
            "license: MIT\nassets:\n  docs:\n    href: a\n    artifact_type: b\n",
            "line 3: assets.docs: /assets/docs/mlm:artifact_type needs the role mlm:model"
        ),
        ("geometry: [here]\n", "line 1: geometry is a list of 1; write world, a GeoJSON geometry, or the name"),
        ("extensions: projection\n", "line 1: \"projection\" is no address of a schema"),
        ("inputs:\n  x:\n    variables: [t2m]\n", "line 3: inputs.x.variables: 1 variables, but the dimension has 13"),
        (
            "cube_variables: {t2m: {dimensions: []}}\ninputs:\n  x:\n    variables: [tm2]\n",
            "line 4: inputs.x.variables: tm2 is not described in cube:variables; did you mean t2m?"
        ),
        (
            "inputs:\n  x:\n    dim_order: [batch, variables, height, width]\n",
            "line 3: a dimension is called variables when they are listed; add variables, or write variable"
        ),
        ("cube_variables:\n  t2m: {unit: K}\n", "line 2: cube_variables.t2m \"dimensions\" is missing"),
        ("cube_dimensions:\n  t: {type: other}\n", "line 2: cube_dimensions.t has no \"extent\" and no \"values\""),
        ("outputs:\n  conv2d_8:\n    bands: [a, b]\n", "2 names, but \"conv2d_8\" has 5 channels"),
        ("inputs:\n  x:\n    bands: [{name: a, \"eo:commn\": b}]\n", "is not a field of eo:"),
        ("geometry:\n  type: Polygon\n  coordinates: [[[0, 0], [1, 1]]]\n", "line 1: geometry: a ring of a polygon"),
        (
            "geometry: {type: Polygon, coordinates: [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}\n",
            "geometry: the line of a ring from [0,0] crosses the one from [9,0]; put its positions in order"
        ),
        (
            "geometry: {type: LineString, coordinates: [[170, 0], [-170, 0]]}\n",
            "geometry: it goes from longitude 170 to -170 in one line; cut it at the antimeridian"
        ),
        ("bbox: [1, 2, 3]\n", "line 1: bbox 1,2,3: write four numbers"),
        ("license: Apache 2.0\n", "or \"other\"; did you mean Apache-2.0?"),
        ("start: 27.06.2015\nend: ..\n", "a day alone will do, as 2026-01-31, and .. where there is none"),
        ("accelerator: cpu\n", "write amd64, which also says that no accelerator is used"),
        (
            "inputs:\n  x:\n    value_scaling: 10000\n",
            "inputs.x.value_scaling is 10000; write a mapping with a type, as {type: scale, value: 10000}"
        ),
        ("start: 2020-01-01\n", "line 1: start needs an end too"),
        ("start: 2021-01-01\nend: 2020-01-01\n", "line 1: start 2021-01-01T00:00:00Z is after"),
        ("providers:\n  - name: a\n    roles: [owner]\n", "line 3: providers.0.roles.0 is \"owner\""),
        ("doi: 11.5/a\n", "line 1: doi is \"11.5/a\"; must be a DOI"),
        ("memory_size: much\n", "line 1: memory_size is \"much\"; write a whole number"),
        ("id: a/b\n", "line 1: id cannot be \"a/b\""),
        ("properties:\n  mlm:foo: 1\n", "line 2: properties.mlm:foo is not a field of mlm:"),
        ("mlm:tasks: [regression]\ntasks: [regression]\n", "line 2: tasks: mlm:tasks was given already"),
    ])
    func whatCannotBeIsRefusedWithItsLine(_ text: String, _ expected: String) throws {
        let message = try #require(try Self.refusal(text), "\(text)")
        #expect(message.contains(expected), "\(message)")
    }

    /// What was cut, or goes round in steps, is where it says.
    @Test func whatIsCutAtTheAntimeridianIsTaken() throws {
        for coordinates in [
            "[[[170, 0], [180, 0], [180, 9], [170, 9], [170, 0]]]",
            "[[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]",
            "[[[-170, 0], [0, 0], [170, 0], [170, 9], [0, 9], [-170, 9], [-170, 0]]]",
        ] {
            #expect(try Self.refusal("geometry: {type: Polygon, coordinates: \(coordinates)}\n") == nil)
        }
    }

    @Test func jSONHasLinesToo() throws {
        #expect(
            try Self.refusal("{\n \"license\": \"MIT\",\n \"tasks\": 5}", isJSON: true)?.hasPrefix("line 3: ") == true)
        #expect(try Self.refusal("{\n \"license\": \"MIT\",\n}", isJSON: true)?.contains("in line 3") == true)
    }

    @Test func whatIsTooLongIsNotRead() throws {
        let long = "description: " + String(repeating: "a", count: 1 << 20)
        #expect(try Self.refusal(long)?.contains("yaml bytes") == true)
        #expect(try Self.refusal("{\"description\": \"\(long)\"}", isJSON: true)?.contains("yaml bytes") == true)
    }

    /// An input that the artifact does not describe is what the person says it is.
    @Test func anInputCanBeAdded() throws {
        let text = """
            inputs:
              mask:
                shape: [-1, 1, 64, 64]
                dim_order: [batch, channel, height, width]
                data_type: uint8
            """
        let item = try Self.unet(Self.read(text))
        #expect(item.properties["mlm:input"]?.array?.count == 2)
        #expect(
            item.properties["mlm:input"]?[1] == [
                "name": "mask",
                "input": [
                    "shape": [-1, 1, 64, 64], "dim_order": ["batch", "channel", "height", "width"],
                    "data_type": "uint8",
                ],
            ])
    }

    /// Data of two sensors, whose dimensions no artifact names.
    @Test func twoInputsHaveTheirOwnSensors() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        var item = try ItemEvidenceTests.item(artifact)
        func input(_ name: JSONValue, _ channels: JSONValue) -> JSONValue {
            [
                "name": name,
                "input": [
                    "shape": [-1, channels, 32, 32], "dim_order": ["dim-a", "dim-b", "dim-c", "dim-d"],
                    "data_type": "float32",
                ],
            ]
        }
        item.properties["mlm:input"] = [input("s2", 13), input("s1", 2)]
        let order = "dim_order: [batch, bands, height, width]"
        let file = try Self.read(
            "inputs:\n  s2: {sensor: hls-s30, \(order)}\n  s1: {bands: [VH, VV], sensor: sentinel-1-grd, \(order)}\n")
        try file.apply(to: &item)
        let inputs = try #require(item.properties["mlm:input"]?.array)
        #expect(inputs[0]["bands"]?.array?.count == 13 && inputs[1]["bands"] == ["VH", "VV"])
        #expect(inputs.allSatisfy { $0["input"]?["dim_order"] == ["batch", "bands", "height", "width"] })
        #expect(item.properties["bands"]?.array?.count == 15)
        #expect(item.properties["bands"]?[13] == ["name": "VH"])
        let origin = item.evidence.first { $0.place.description == "/properties/mlm:input/1/bands" }
        #expect(origin?.where == "unet.mlm.yaml line 3: inputs.s1.sensor sentinel-1-grd")
    }

    /// A name that YAML would take for something else, and one that would begin a line of its own.
    @Test(arguments: ["x:0", "true", "a: b", "1", "#", "a\nlicense: MIT"])
    func aTemplateKeepsNames(_ name: String) throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" })
        var item = try ItemEvidenceTests.item(artifact)
        var input = try #require(item.properties["mlm:input"]?[0]?.object)
        input["name"] = .string(name)
        item.properties["mlm:input"] = [.object(input)]
        item.properties["mlm:architecture"] = .string(name)
        let text = SideTemplate(item, model: "unet.pt2", file: "unet.mlm.yaml").text
        #expect(try YAMLReader.read(text).isNull)
        let lines = text.split(separator: "\n").filter {
            $0.hasPrefix("#") && (!$0.hasPrefix("# ") || $0.hasPrefix("#  "))
        }
        let kept = ["#inputs:", "#  \"", "#  x", "#    resize_type:", "#architecture:"]
        let filled = lines.filter { line in kept.contains { line.hasPrefix($0) } && !line.hasPrefix("#  conv") }
            .map { $0.dropFirst() + ($0.hasSuffix("resize_type:") ? " crop" : "") }.joined(separator: "\n")
        let document = try YAMLReader.read(filled)
        #expect(document["inputs"]?[name]?["resize_type"] == "crop", "\(filled)")
        #expect(document["architecture"] == .string(name))
    }

    /// Names of classes are known to whoever fills it in, however many there are.
    @Test func aTemplateTellsTheClasses() throws {
        func template(_ name: String) throws -> String {
            let artifact = try #require(TestArtifact.all.first { $0.description == name })
            let text = SideTemplate(try ItemEvidenceTests.item(artifact), model: "m", file: "m.mlm.yaml").text
            #expect(try YAMLReader.read(text).isNull)
            // Sentences are broken into lines.
            return text.replacing(/\n# (?! )/) { _ in " " }
        }
        let labelled = try template("tflite/labelled.tflite")
        #expect(labelled.contains("labels.txt, in the zip archive behind the model): its classes are water, forest, "))
        #expect(!labelled.contains("#    classes:"))
        #expect(try template("torch-export/unet.pt2").contains("#    classes:"))
    }

    // MARK: - Layers

    @Test func whatIsNearerHolds() throws {
        let folder = try Self.read(
            "license: MIT\nkeywords: [a]\nsensor: sentinel-2-l1c\nstart: 2020-01-01\nend: ..\nbbox: [0, 0, 1, 1]\n")
        let own = try Self.read(
            "license: Apache-2.0\ndatetime: 2021-01-01\ninputs:\n  x:\n    resize_type: crop\n    description: a\n")
        var flags = GivenValues()
        flags.footprint = .world
        try flags.set("license", "BSD-3-Clause", by: "--license")
        var port = GivenPort(.input, "x", by: "--value-scaling")
        port.members = [GivenPort.Member(key: "description", value: "b", source: "--x")]
        flags.ports = [port]
        let item = try Self.unet(folder, own, flags)
        #expect(item.properties["license"] == "BSD-3-Clause")
        #expect(item.properties["keywords"] == ["a"])
        #expect(item.properties["datetime"] == "2021-01-01T00:00:00Z" && item.properties["start_datetime"] == nil)
        #expect(item.bbox == [-180, -90, 180, 90])
        #expect(item.properties["mlm:input"]?[0]?["bands"]?.array?.count == 13)
        #expect(item.properties["mlm:input"]?[0]?["resize_type"] == "crop")
        #expect(item.properties["mlm:input"]?[0]?["description"] == "b")
        #expect(item.evidence.first { $0.place.tokens == ["geometry"] }?.where == "the world")
    }

    /// A flag for the bands of an input is in place of what the file says of that input.
    @Test func bandsOfAFlagHold() throws {
        let file = try Self.read("inputs:\n  x:\n    sensor: sentinel-2-l1c\n")
        var flags = GivenValues()
        flags.bands = (1...13).map { "c\($0)" }
        let item = try Self.unet(file, flags)
        #expect(item.properties["mlm:input"]?[0]?["bands"]?[0] == "c1")
        #expect(item.properties["bands"]?.array?.count == 13)
    }

    @Test(arguments: [
        ("licens", "license"), ("Tasks", "tasks"), ("framwork_version", "framework_version"),
        ("batchsize", "batch_size_suggestion"), ("xyz", nil), ("hyper", "hyperparameters"),
    ])
    func theNearestWordIsFound(_ text: String, _ word: String?) {
        #expect(NearestWord.of(text, among: Field.words) == word)
    }

    @Test func scalingIsOneForAllOrOneForEach() throws {
        let port = try ValueScaling.port("a:0:z-score:mean=1/2,stddev=3", by: "--value-scaling")
        #expect(port.name == "a:0")
        #expect(
            port.members[0].value == [
                ["type": "z-score", "mean": 1, "stddev": 3], ["type": "z-score", "mean": 2, "stddev": 3],
            ])
        for wrong in [
            "z-score", "z-score:mean=1", "zscore:mean=1,stddev=1", "offset:value=a", "offset:value=1,value=2",
        ] {
            #expect(throws: GivenError.self) { try ValueScaling.port(wrong, by: "--value-scaling") }
        }
    }
}
