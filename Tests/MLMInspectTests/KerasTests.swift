import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// What no artifact of Keras shows: settings that are left out, odd or contradictory, and what must stay unknown.
///
/// The configurations are those of `Model.to_json`, so that no HDF5 is needed.
@Suite struct KerasTests {
    // MARK: shapes

    /// What the output of a graph of one layer is said to be.
    private func output(
        _ layer: String, from shape: String, dtype: String = "float32", settings: String
    ) throws -> Port? {
        let text = """
            {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "model", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": \(shape), "dtype": "\(dtype)", "name": "x"}, "inbound_nodes": []},
              {"class_name": "\(layer)", "name": "y", "config": {"name": "y", "dtype": "float32", \(settings)}, "inbound_nodes": [[["x", 0, 0, {}]]]}],
              "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
            """
        return try facts(text)?.outputs?.first
    }

    private func record(_ text: String, name: String = "model.json", limits: Limits = Limits()) throws -> Record {
        let source = ByteSource(MemoryBytes(Array(text.utf8)))
        return Inspector(limits: limits).inspect(try Artifact(path: name, source: source))
    }

    private func facts(_ text: String) throws -> ModelFacts? {
        let record = try record(text)
        #expect(record.format?.id == "keras-json-config")
        return record.facts
    }

    @Test func aWindowThatDoesNotFitHasNoShape() throws {
        let settings = """
            "filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid", "data_format": "channels_last"
            """
        #expect(try output("Conv2D", from: "[null, 3, 3, 1]", settings: settings)?.shape == [-1, 1, 1, 4])
        #expect(try output("Conv2D", from: "[null, 2, 3, 1]", settings: settings)?.shape == nil)
    }

    /// Without `data_format` the machine that loads it decides, so nobody knows.
    @Test func anOrderThatIsLeftOutIsNotGuessed() throws {
        let settings = #""filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid""#
        let port = try output("Conv2D", from: "[null, 9, 9, 1]", settings: settings)
        #expect(port?.name == "y")
        #expect(port?.shape == nil)
        #expect(port?.dimOrder == nil)
    }

    @Test(arguments: ["-1", "0", "1e400", "\"7\"", "null", "[7]", "9223372036854775807", "1152921504606846976"])
    func unitsThatAreNoSizeAreNotTaken(_ units: String) throws {
        #expect(try output("Dense", from: "[null, 4]", settings: "\"units\": \(units)")?.shape == nil)
    }

    @Test func sizesBeyondAnyTensorAreNotMultiplied() throws {
        let shape = "[null, 1073741824, 1073741824, 1073741824]"
        #expect(try output("Flatten", from: shape, settings: "\"data_format\": \"channels_last\"")?.shape == nil)
        let padding = "\"padding\": [[1073741824, 1073741824], [0, 0]], \"data_format\": \"channels_last\""
        #expect(try output("ZeroPadding2D", from: "[null, 8, 8, 1]", settings: padding)?.shape == nil)
    }

    @Test func aCropOfMoreThanThereIsHasNoShape() throws {
        let cropping = "\"cropping\": [[5, 5], [0, 0]], \"data_format\": \"channels_last\""
        #expect(try output("Cropping2D", from: "[null, 10, 8, 1]", settings: cropping)?.shape == [-1, 0, 8, 1])
        #expect(try output("Cropping2D", from: "[null, 9, 8, 1]", settings: cropping)?.shape == nil)
    }

    @Test func reshapingKeepsTheElements() throws {
        #expect(
            try output("Reshape", from: "[null, 6, 4]", settings: "\"target_shape\": [-1, 8]")?.shape == [-1, 3, 8])
        #expect(try output("Reshape", from: "[null, 6, 4]", settings: "\"target_shape\": [-1, 7]")?.shape == nil)
        #expect(try output("Reshape", from: "[null, 6, 4]", settings: "\"target_shape\": [-1, -1]")?.shape == nil)
        #expect(try output("Reshape", from: "[null, 6, 4]", settings: "\"target_shape\": [5, 5]")?.shape == nil)
    }

    /// A class of nobody knows where, and a function of TensorFlow, name no package that could be installed.
    @Test func aNameAloneIsNoPackage() throws {
        let text = #"""
            {"class_name": "Sequential", "keras_version": "2.12.0", "config": {"name": "m", "layers": [
                {"class_name": "Mystery", "config": {"name": "a"}},
                {"class_name": "TFOpLambda", "config": {"name": "b", "function": "some.operation"}}]}}
            """#
        let loading = Inspector().inspect(
            try Artifact(path: "model.json", source: ByteSource(MemoryBytes(Array(text.utf8))))
        ).loading
        #expect(loading?.classes == ["Mystery", "tf.some.operation"])
        #expect(loading?.requires == ["tensorflow>=2.12,<2.16"])
        #expect(loading?.define == ["Mystery"])
    }

    @Test(arguments: ["Mystery", "landcover>Mystery", "Lambda", "Conv9D", "RNN"])
    func whatALayerWithoutARuleGivesIsUnknown(_ layer: String) throws {
        let port = try output(layer, from: "[null, 4]", settings: "\"units\": 3")
        #expect(port == Port(name: "y"))
    }

    /// A package may register a class under the name of one of Keras' own.
    @Test func aForeignClassIsNotTakenForKerasOwn() throws {
        #expect(try output("Dense", from: "[null, 4]", settings: "\"units\": 3")?.shape == [-1, 3])
        #expect(try output("landcover>Dense", from: "[null, 4]", settings: "\"units\": 3")?.shape == nil)
    }

    @Test func integersStayIntegersWhereTheyAreOnlyMoved() throws {
        let flat = "\"data_format\": \"channels_last\""
        #expect(try output("Flatten", from: "[null, 4, 2]", dtype: "int32", settings: flat)?.dataType == "int32")
        #expect(
            try output("Rescaling", from: "[null, 4]", dtype: "uint8", settings: "\"scale\": 2")?.dataType == "float32")
    }

    // MARK: dimensions

    @Test func layersThatContradictEachOtherProveNothing() throws {
        func model(_ second: String) -> String {
            func conv(_ name: String, _ order: String) -> String {
                """
                {"class_name": "Conv2D", "name": "\(name)", "config": {"name": "\(name)", "filters": 2, "kernel_size": [1, 1],
                 "strides": [1, 1], "padding": "valid", "data_format": "\(order)"}, "inbound_nodes": [[["x", 0, 0, {}]]]}
                """
            }
            return """
                {"class_name": "Model", "keras_version": "2.4.0", "config": {"name": "model_1", "layers": [
                  {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 8, 8, 8], "dtype": "float32", "name": "x"}, "inbound_nodes": []},
                  \(conv("a", "channels_last")), \(conv("b", second))],
                  "input_layers": [["x", 0, 0]], "output_layers": [["a", 0, 0], ["b", 0, 0]]}}
                """
        }
        let names = ["batch", "height", "width", "channel"]
        #expect(try facts(model("channels_last"))?.inputs?.first?.dimOrder == names)
        let facts = try facts(model("channels_first"))
        #expect(facts?.inputs?.first?.dimOrder == ["batch", "dim-b", "dim-c", "dim-d"])
        #expect(facts?.outputs?.map(\.dimOrder) == [names, ["batch", "channel", "height", "width"]])
    }

    // MARK: names

    @Test(arguments: [
        ("model_3", "Functional", true), ("functional", "Functional", true), ("sequential_12", "Sequential", true),
        ("my_net", "MyNet", true), ("my_net_2", "pkg>MyNet", true), ("unet", "Functional", false),
        ("model_a", "Functional", false), ("", "Sequential", false),
    ])
    func namesThatKerasMakesItselfAreNoNames(_ name: String, _ className: String, _ isAutomatic: Bool) throws {
        let text = """
            {"class_name": "\(className)", "config": {"name": "\(name)", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 2], "name": "x"}}]}, "keras_version": "2.9.0"}
            """
        #expect(try facts(text)?.name == (isAutomatic ? nil : name))
    }

    // MARK: limits

    /// Releases before 3 name no module. What was not registered the call has to name.
    @Test(arguments: [
        ("Mix", ["Mix"], ", custom_objects={\"Mix\": Mix}"), ("landcover>Mix", ["landcover>Mix"], ""),
        ("Addons>Mix", nil, ""), ("Mix') or x(", nil, ""),
    ])
    func aClassWithoutAModuleIsDefinedFirst(_ className: String, _ define: [String]?, _ argument: String) throws {
        let text = """
            {"class_name": "Sequential", "keras_version": "2.9.0", "backend": "tensorflow", "config": {"name": "s", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 2], "name": "x"}},
              {"class_name": "\(className)", "config": {"name": "mix", "dtype": "float32"}}]}}
            """
        let loading = try #require(try record(text).loading)
        #expect(loading.verdict == .needsCode && loading.define == define)
        #expect(loading.call == "tf.keras.models.model_from_json(open(\"model.json\").read()\(argument))")
    }

    @Test func aModelThatCallsItsPartsWithoutEndIsStopped() throws {
        var limits = Limits()
        limits[KerasLimits.calls].value = 1
        let text = """
            {"class_name": "Sequential", "keras_version": "2.9.0", "config": {"name": "s", "layers": [
              {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 2], "name": "x"}},
              {"class_name": "Dense", "config": {"name": "d", "units": 3}}]}}
            """
        #expect(try record(text).verdict == .notAModel)
        let stopped = try record(text, limits: limits)
        // Two layers that are looked at, and a call.
        #expect(stopped.error?.message == "limit: keras calls 3 > 1")
    }

    @Test func whatIsNoKerasJSONIsLeftAlone() throws {
        for text in [
            "{}", #"{"class_name": "Dense"}"#, #"{"config": {"layers": 3}}"#, #"{"module": "x", "config": {}}"#,
            #"{"learner": {"class_name": "Sequential", "config": {}}}"#,
        ] {
            #expect(try record(text).format?.id != "keras-json-config", "\(text)")
        }
    }
}
