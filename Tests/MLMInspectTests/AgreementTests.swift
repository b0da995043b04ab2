import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import TestSupport
import Testing

/// What was declared against what was read: never a false alarm, and no true one left out.
@Suite struct AgreementTests {
    /// What was drafted from an artifact cannot contradict it.
    @Test(arguments: TestArtifact.all)
    func noDraftContradictsItsArtifact(_ artifact: TestArtifact) {
        let record = Records.of(artifact)
        // What a model declares of itself may contradict it.
        guard let facts = record.facts, let draft = record.draft, record.declared == nil else { return }
        let found = Agreement(facts, size: record.size)
            .contradictions(properties: draft.properties, asset: draft.asset)
        #expect(found == [])
    }

    private static let facts: ModelFacts = {
        var facts = ModelFacts()
        facts.framework = "PyTorch"
        facts.frameworkVersion = "2.13.0+cpu"
        facts.artifactType = "torch.export.save"
        facts.roles = ["mlm:model", "mlm:compiled"]
        facts.architecture = "UNet"
        facts.parameters = Parameters(total: 7_185, buffers: 144, dataTypes: ["float32": 7_329], counting: "signature")
        facts.inputs = [Port(name: "x", shape: [-1, 13, 64, 64], dataType: "float32")]
        facts.outputs = [
            Port(name: "mask", shape: [-1, 5, 64, 64], dataType: "bfloat16"),
            Port(name: "edge", shape: [-1, 1, 64, 64], dataType: "bool"),
        ]
        return facts
    }()

    private static func input(
        _ shape: JSONValue, name: String = "x", type: String = "float32", _ more: JSONObject = [:]
    ) -> JSONValue {
        var object: JSONObject = [
            "name": .string(name),
            "input": [
                "shape": shape, "dim_order": ["batch", "bands", "height", "width"], "data_type": .string(type),
            ],
        ]
        for (key, value) in more { object[key] = value }
        return ["mlm:input": [.object(object)]]
    }

    private static func output(_ name: String, _ shape: JSONValue, type: String) -> JSONValue {
        ["name": .string(name), "tasks": [], "result": ["shape": shape, "data_type": .string(type)]]
    }

    private static func bands(_ count: Int) -> JSONObject {
        ["bands": .array((0..<count).map { .string("B\($0)") })]
    }

    @Test(
        arguments: [
            [:],
            ["mlm:tasks": ["classification"], "mlm:architecture": "U-Net", "mlm:accelerator": "cuda"],
            input([-1, 13, 64, 64]), input([8, -1, -1, -1]), input([-1, 13, 64, 64], name: "image"),
            input([-1, 13, 64, 64], bands(12)), input([-1, -1, 64, 64], bands(13)),
            // Something makes other channels of the bands.
            input(
                [-1, -1, 64, 64],
                bands(4).merging(["pre_processing_function": ["format": "python", "expression": "a:b"]])),
            input([-1, 13, 64, 64], type: "other"), input([-1, 13, 64, 64], type: "torch.float32"),
            // Two are declared where one is known: neither can be told to be it.
            [
                "mlm:input": [
                    input([1, 2, 3, 4], name: "a")["mlm:input"]?[0] ?? nil,
                    input([1], name: "b")["mlm:input"]?[0] ?? nil,
                ]
            ],
            // No list, no object, no shape.
            ["mlm:input": 3, "mlm:output": [[:], 4, ["result": ["shape": []]]], "mlm:total_parameters": "many"],
            [
                "mlm:output": [
                    output("edge", [-1, 1, 64, 64], type: "uint8"), output("mask", [-1, 5, 64, 64], type: "other"),
                ]
            ],
            // The same two in another order and under other names.
            [
                "mlm:output": [
                    output("b", [-1, 1, 64, 64], type: "other"), output("a", [-1, 5, 64, 64], type: "other"),
                ]
            ],
            ["mlm:total_parameters": 7_185], ["mlm:total_parameters": 7_329], ["mlm:total_parameters": 7185.0],
            ["mlm:framework": "pytorch", "mlm:framework_version": "2.13"],
            ["mlm:framework": "torch", "mlm:framework_version": "2.13.0"],
            ["mlm:framework": "PyTorch", "mlm:framework_version": "2.13.0+cu126"],
            ["mlm:framework": "PyTorch", "mlm:framework_version": "nightly"],
            ["mlm:framework": "Hugging Face", "mlm:framework_version": "4.50.0"],
        ] as [JSONValue])
    func whatCanBeTrueOfBothIsNoContradiction(_ properties: JSONValue) {
        #expect(Agreement(Self.facts).contradictions(properties: properties.object ?? [:]) == [])
    }

    @Test(
        arguments: [
            (
                input([-1, 4, 64, 64]), "/properties/mlm:input/0/input/shape",
                "shape of input \"x\" is declared as [-1,4,64,64], but the artifact has [-1,13,64,64]: bands is 13, not 4"
            ),
            (
                input([13, 64, 64], name: "image"), "/properties/mlm:input/0/input/shape",
                "shape of input \"image\" is declared as [13,64,64], but the artifact has [-1,13,64,64]: 4 dimensions, not 3"
            ),
            (
                input([-1, -1, 64, 64], bands(12)), "/properties/mlm:input/0/bands",
                "bands of input \"x\": 12 are declared, but the artifact takes 13"
            ),
            (
                input([-1, 13, 64, 64], type: "uint8"), "/properties/mlm:input/0/input/data_type",
                "data_type of input \"x\" is declared as \"uint8\", but the artifact has float32"
            ),
            (
                ["mlm:output": [output("mask", [-1, 5, 64, 64], type: "float32")]],
                "/properties/mlm:output/0/result/data_type",
                "data_type of output \"mask\" is declared as \"float32\", but the artifact has bfloat16"
            ),
            (
                ["mlm:total_parameters": 7_186], "/properties/mlm:total_parameters",
                "mlm:total_parameters is declared as 7186, but the artifact holds 7185 (signature)"
            ),
            (
                ["mlm:framework": "TensorFlow"], "/properties/mlm:framework",
                "mlm:framework is declared as \"TensorFlow\", but the artifact was written by PyTorch"
            ),
            (
                ["mlm:framework": "PyTorch", "mlm:framework_version": "2.1.0"], "/properties/mlm:framework_version",
                "mlm:framework_version is declared as \"2.1.0\", but the artifact was written by PyTorch 2.13.0+cpu"
            ),
        ] as [(JSONValue, String, String)])
    func whatCannotBeTrueOfBothIsOneContradiction(_ properties: JSONValue, _ pointer: String, _ message: String) {
        let found = Agreement(Self.facts).contradictions(properties: properties.object ?? [:])
        #expect(found.map(\.pointer) == [pointer])
        #expect(found.map(\.message) == [message])
        #expect(
            found.first.flatMap { contradiction in
                JSONPointer(contradiction.pointer).flatMap { (["properties": properties] as JSONValue)[$0] }
            } == found.first?.declared)
    }

    private static let hash = "1220" + String(repeating: "ab", count: 32)

    @Test(
        arguments: [
            (["file:size": 11], ["/assets/my~1model/file:size"]), (["file:size": 10], []),
            (["file:checksum": .string(hash.uppercased())], []),
            (
                ["file:checksum": .string("1220" + String(repeating: "ac", count: 32))],
                ["/assets/my~1model/file:checksum"]
            ),
            // SHA-1 of whatever.
            (["file:checksum": .string("1114" + String(repeating: "ac", count: 20))], []),
            (["mlm:artifact_type": "torch.jit.save"], ["/assets/my~1model/mlm:artifact_type"]),
            (["mlm:artifact_type": "torch.onnx.export"], []), (["mlm:artifact_type": "torch.export.save"], []),
            (["mlm:total_parameters": 1], ["/assets/my~1model/mlm:total_parameters"]),
        ] as [(JSONValue, [String])])
    func theAssetIsComparedToo(_ asset: JSONValue, _ pointers: [String]) {
        let found = Agreement(Self.facts, size: 10, checksum: Self.hash)
            .contradictions(
                properties: ["mlm:total_parameters": 7_185], asset: asset.object ?? [:], assetKey: "my/model")
        #expect(found.map(\.pointer) == pointers)
    }

    @Test func anyEntryPointMayHaveBeenDescribed() {
        var facts = Self.facts
        facts.signatures = [
            Signature(name: "transforms", inputs: [Port(name: "raw", shape: [-1, 4, 64, 64], dataType: "uint8")])
        ]
        let declared = Self.input([-1, 4, 64, 64], name: "image", type: "uint8").object ?? [:]
        #expect(Agreement(facts).contradictions(properties: declared) == [])
        #expect(Agreement(Self.facts).contradictions(properties: declared).count == 2)
    }

    @Test(
        arguments: [
            ("2.15", "2.15.0", true), ("2.15", "2.15.1", true), ("2.15.0", "2.15.1", false), ("v1.9.1", "1.9.1", true),
            ("1.0.0-rc.1", "1.0.0rc1", true), ("1.0.0-rc.2", "1.0.0rc1", false), ("2.2.4", "2.2.4-tf", true),
            ("1.13.0", "1.13.0a0+git1234", true), ("2", "2.15.0", true), ("99999999999999999999.1", "2.1", true),
        ])
    func versionsAreComparedAsVersions(_ declared: String, _ read: String, _ agree: Bool) {
        var facts = ModelFacts()
        facts.framework = "Keras"
        facts.frameworkVersion = read
        let found = Agreement(facts).contradictions(
            properties: ["mlm:framework": "Keras", "mlm:framework_version": .string(declared)])
        #expect(found.isEmpty == agree)
    }

    /// Weights alone hold buffers that look like parameters, conversions fold some away, and packed ones are several in one.
    @Test func aCountIsExactOnlyWhereTheArtifactTellsParametersFromBuffers() {
        var facts = Self.facts
        facts.artifactType = "onnx.save_model"
        func differs(_ count: Int) -> Bool {
            !Agreement(facts).contradictions(properties: ["mlm:total_parameters": JSONValue(count)]).isEmpty
        }
        #expect(!differs(7_000))
        #expect(differs(1_000))
        #expect(differs(-1))
        facts.parameters?.dataTypes = ["uint8": 7_000, "float16": 185]
        #expect(!differs(14_370))
    }

    @Test(
        arguments: [
            ("RandomForestClassifier", "scikit-learn", "GradientBoostingClassifier", true),
            ("Random Forest", "scikit-learn", "GradientBoostingClassifier", false),
            ("RandomForestClassifier", "scikit-learn", "GridSearchCV(RandomForestClassifier)", false),
            ("U-Net", "PyTorch", "SegmentationModel", false),
        ])
    func architecturesAreComparedWhereTheyAreClassNames(
        _ declared: String, _ framework: String, _ read: String, _ differ: Bool
    ) {
        var facts = ModelFacts()
        facts.framework = framework
        facts.architecture = read
        let found = Agreement(facts).contradictions(properties: ["mlm:architecture": .string(declared)])
        #expect(!found.isEmpty == differ)
    }

    @Test(
        arguments: [
            ("PyTorch", "ONNX", false), ("TensorFlow", "Keras", false), ("PyTorch", "Keras", false),
            ("JAX", "TensorFlow", false), ("scikit-learn", "PMML", false), ("PyTorch", "TensorFlow Lite", false),
            ("XGBoost", "scikit-learn", false), ("MyFramework", "PyTorch", false),
            ("PyTorch", "scikit-learn", true), ("Keras", "PyTorch", true), ("sklearn", "PyTorch", true),
        ])
    func aConversionExcludesNoFramework(_ declared: String, _ read: String, _ differ: Bool) {
        var facts = ModelFacts()
        facts.framework = read
        #expect(!Agreement(facts).contradictions(properties: ["mlm:framework": .string(declared)]).isEmpty == differ)
    }
}

extension JSONObject {
    fileprivate func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for (key, value) in other { merged[key] = value }
        return merged
    }
}
