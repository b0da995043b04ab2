import Foundation
import ModelJSON
import STAC
import TestSupport
import Testing

/// Three tasks from a model and its side file to a final Item, with every field that MLM requires or recommends.
@Suite struct ThreeTasksTests {
    struct Task: CustomTestStringConvertible {
        let artifact: String
        let side: String
        /// Fields that make no sense for it.
        let without: Set<String>
        var testDescription: String { artifact }
    }

    static let tasks = [
        Task(artifact: "torch-export/unet.pt2", side: unet, without: []),
        // onnxruntime compiles what it likes, and a file says nothing of it.
        Task(artifact: "onnx/torch_two_inputs.onnx", side: season, without: ["mlm:compile_method"]),
        // A table is not resized, and what grows trees compiles nothing.
        Task(
            artifact: "xgboost-json/bands_3_2_0.json", side: soil, without: ["resize_type", "mlm:compile_method"]),
    ]

    /// The tables of MLM v1.5.2's README: properties of an Item, of an input, of an output, and of the model asset.
    private static let properties = [
        "mlm:name", "mlm:architecture", "mlm:tasks", "mlm:framework", "mlm:framework_version", "mlm:memory_size",
        "mlm:total_parameters", "mlm:pretrained", "mlm:pretrained_source", "mlm:batch_size_suggestion",
        "mlm:accelerator", "mlm:accelerator_constrained", "mlm:accelerator_summary", "mlm:accelerator_count",
        "mlm:input", "mlm:output",
        "mlm:hyperparameters",
    ]
    private static let input = [
        "name", "bands", "input", "description", "value_scaling", "resize_type", "pre_processing_function",
    ]
    private static let output = [
        "name", "tasks", "result", "description", "classification:classes", "post_processing_function",
    ]
    private static let array = ["shape", "dim_order", "data_type"]
    private static let asset = ["title", "href", "type", "roles", "mlm:artifact_type", "mlm:compile_method"]

    @Test(arguments: tasks) func aSideFileMakesAFinalItem(_ task: Task) async throws {
        let folder = try TemporaryFolder()
        let source = try #require(TestArtifact.all.first { $0.description == task.artifact })
        let model = URL(filePath: task.artifact).lastPathComponent
        try FileManager.default.copyItem(atPath: source.path, toPath: folder.path(model))
        try folder.write(Array(task.side.utf8), to: model.prefix { $0 != "." } + ".mlm.yaml")
        let run = try await Program.run(
            Program.path, ["draft", model, "--final", "-o", "item.json"], in: folder.path(""))
        #expect(run.code == 0, "\(run.errors)")

        let item = try JSONValue.parse(Array(Data(contentsOf: URL(filePath: folder.path("item.json")))))
        #expect(try DocumentCheck(item).isValid)
        #expect(!item.description.contains("mlm_inspect"))
        let properties = try #require(item["properties"])
        let input = try #require(properties["mlm:input"]?.array?.first)
        let output = try #require(properties["mlm:output"]?.array?.last)
        func missing(_ names: [String], in value: JSONValue?) -> [String] {
            names.filter { value?[$0] == nil && !task.without.contains($0) }
        }
        #expect(missing(Self.properties, in: properties) == [])
        #expect(missing(Self.input, in: input) == [])
        #expect(missing(Self.output, in: output) == [])
        #expect(missing(Self.array, in: input["input"]) == [] && missing(Self.array, in: output["result"]) == [])
        #expect(missing(Self.asset, in: item["assets"]?["model"]) == [])
        let extensions = item["stac_extensions"]?.array?.compactMap(\.string) ?? []
        for name in ["ml-aoi", "example-links"] {
            #expect(extensions.contains { $0.contains("/\(name)/") } == (item["links"]?.array?.isEmpty == false))
        }
        #expect(input["bands"]?.array?.count == input["input"]?["shape"]?.array?[1].int)
    }

    private static let unet = """
        description: Land cover of Sentinel-2 scenes in five classes.
        tasks: semantic-segmentation
        memory_size: 536870912
        batch_size_suggestion: 16
        accelerator: cuda
        accelerator_constrained: false
        accelerator_summary: any GPU with 2 GB
        accelerator_count: 1
        pretrained: true
        pretrained_source: BigEarthNet
        hyperparameters: {learning_rate: 0.001}
        inputs:
          x:
            description: Reflectance of one Sentinel-2 L1C scene.
            sensor: sentinel-2-l1c
            value_scaling: {type: scale, value: 10000}
            resize_type: crop
            pre_processing_function: {format: python, expression: "landcover:prepare"}
        outputs:
          conv2d_8:
            description: Scores of the classes.
            classes: [water, forest, crops, grass, built-up]
            post_processing_function: {format: python, expression: "landcover:argmax"}
        license: Apache-2.0
        providers: [{name: A Lab, roles: [producer], url: https://example.org}]
        geometry: world
        start: 2015-06-27
        end: ..
        version: 1.0.0
        links:
          - {rel: derived_from, href: "https://example.org/data.json", "ml-aoi:split": train}
          - {rel: example, href: "https://example.org/use.ipynb", "example:language": Python}
        assets:
          model: {compile_method: jit}
          source_code: {href: https://example.org/code.git, roles: ["mlm:source_code", code]}
        """

    private static let season = """
        tasks: classification
        framework_version: "2.13.0"
        memory_size: 104857600
        batch_size_suggestion: 1
        accelerator: amd64
        accelerator_constrained: false
        accelerator_summary: any processor of x86-64
        accelerator_count: 1
        pretrained: false
        pretrained_source: null
        hyperparameters: {learning_rate: 0.01}
        inputs:
          image:
            description: Reflectance of one NAIP scene.
            sensor: naip
            value_scaling: {type: min-max, minimum: 0, maximum: 255}
            resize_type: crop
            pre_processing_function: {format: python, expression: "season:prepare"}
          month:
            description: The month of the scene, 0 for January.
            dim_order: [batch]
            pre_processing_function: {format: python, expression: "season:month"}
        outputs:
          features:
            description: What the layers before the last see.
            dim_order: [batch, channel, height, width]
          pooled:
            description: Scores of the classes.
            dim_order: [batch, class]
            classes: [a, b, c, d, e, f, g, h]
            post_processing_function: {format: python, expression: "season:argmax"}
        license: Apache-2.0
        geometry: {type: Point, coordinates: [-98.5, 39.8]}
        start: 2020-01-01
        end: 2020-12-31
        """

    private static let soil = """
        tasks: classification
        memory_size: 1048576
        batch_size_suggestion: 4096
        accelerator: amd64
        accelerator_constrained: false
        accelerator_summary: any processor of x86-64
        accelerator_count: 1
        pretrained: true
        pretrained_source: field campaign of 2024
        total_parameters: 48
        inputs:
          data:
            description: Reflectance of one pixel.
            sensor: sentinel-2-l2a
            value_scaling: {type: scale, value: 10000}
            pre_processing_function: {format: python, expression: "soil:prepare"}
        outputs:
          prediction:
            description: Probability of each class.
            classes: [water, forest, crops, grass]
            post_processing_function: {format: python, expression: "soil:argmax"}
        license: Apache-2.0
        bbox: [5.9, 45.8, 10.5, 47.8]
        start: 2024-01-01
        end: 2024-12-31
        """
}
