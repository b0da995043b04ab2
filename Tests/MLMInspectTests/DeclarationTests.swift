import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import TestSupport
import Testing

/// Metadata that a model carries, in MLM's words.
@Suite struct DeclarationTests {
    private static func declaration(_ properties: JSONObject) throws -> Declaration {
        Declaration(try #require(EmbeddedMetadata(["properties": .object(properties)], at: "extra/mlm-metadata")))
    }

    @Test(
        arguments: [
            ("framework", "pytorch", "mlm:framework", "PyTorch"), ("mlm:framework", "MyOwn", "mlm:framework", "MyOwn"),
            ("framework_version", 2.1, "mlm:framework_version", "2.1.0"), ("name", "U", "mlm:name", "model-U"),
            ("tasks", ["regression", "regression"], "mlm:tasks", ["regression"]),
            ("tasks", "regression", "mlm:tasks", ["regression"]), ("accelerator", "cuda", "mlm:accelerator", "cuda"),
            ("license", "MIT", "license", "MIT"), ("hyperparameters", ["a b": 1], "mlm:hyperparameters", ["a_b": 1]),
            ("bands", ["B1"], "bands", [["name": "B1"]]),
        ] as [(String, JSONValue, String, JSONValue)])
    func aValueIsTaken(_ key: String, _ value: JSONValue, _ name: String, _ taken: JSONValue) throws {
        let declared = try Self.declaration([key: value])
        #expect(declared.properties == [name: taken])
        #expect(declared.findings.isEmpty)
    }

    @Test(
        arguments: [
            ("accelerator", "cpu", "accelerator: \"cpu\" is no word of MLM v1.5.2; left out"),
            ("tasks", ["clustering"], "tasks: \"clustering\" is no task of MLM; left out"),
            ("framework_version", "nightly", "framework_version: \"nightly\" is no version of three parts; left out"),
            ("total_parameters", -1, "total_parameters: is -1; must be a whole number of at least 0; left out"),
            ("colour", "red", "colour: not among the fields that a draft takes from a model; left out"),
            (
                "license", "as you like",
                "license: is \"as you like\"; must be an SPDX licence identifier, or \"other\"; left out"
            ),
            ("input", 3, "input: no list of inputs or outputs; left out"),
        ] as [(String, JSONValue, String)])
    func whatMLMHasNoWordForIsAFinding(_ key: String, _ value: JSONValue, _ message: String) throws {
        let declared = try Self.declaration([key: value, "mlm:memory_size": 5])
        #expect(declared.properties == ["mlm:memory_size": 5])
        #expect(declared.findings.map(\.message) == (message.isEmpty ? [] : [message]))
    }

    @Test func portsAreSpeltAsMLMHasThem() throws {
        let declared = try Self.declaration([
            "input": [
                [
                    "name": "x", "bands": ["B1", ["name": "B2", "format": nil]], "variables": [],
                    "pre_processing_function": nil, "resize_type": "stretch",
                    "value_scaling": [["type": "z-score", "mean": 1, "stddev": 2]],
                    "input": ["shape": [-1, 2], "dim_order": ["batch", "bands"], "data_type": "float32"],
                ]
            ],
            "output": [
                [
                    "name": "y", "classes": [["value": 0, "name": "water"]],
                    "result": ["shape": [-1], "dim_order": ["batch"], "data_type": "int64"],
                ]
            ],
        ])
        let input = declared.properties["mlm:input"]?[0]
        #expect(input?.object?.keys == ["name", "bands", "value_scaling", "input"])
        #expect(input?["bands"] == ["B1", "B2"])
        #expect(declared.properties["bands"] == [["name": "B1"], ["name": "B2"]])
        let output = declared.properties["mlm:output"]?[0]
        #expect(output?["tasks"] == [])
        #expect(output?["classification:classes"] == [["value": 0, "name": "water", "description": "water"]])
        #expect(declared.findings.map(\.message) == ["input: resize_type \"stretch\" is no word of MLM; left out"])
    }

    /// What the artifact says of its own inputs stays where a declared one cannot be used.
    @Test func declaredValuesComeFirstAndTheirGapsGo() throws {
        var facts = ModelFacts()
        facts.framework = "PyTorch"
        facts.roles = ["mlm:model"]
        facts.inputs = [Port(name: "x", shape: [-1, 2], dataType: "float32")]
        let declared = try Self.declaration(["tasks": ["regression"], "input": [["name": "no tensor"]]])
        let draft = Draft(facts, declaration: declared, href: "./a", title: "a", size: nil)
        #expect(draft.properties["mlm:tasks"] == ["regression"])
        #expect(draft.properties["mlm:input"]?[0]?["name"] == "x")
        #expect(!draft.gaps.contains { $0.pointer == "/properties/mlm:tasks" })
        #expect(declared.findings.count == 1)
    }
}
