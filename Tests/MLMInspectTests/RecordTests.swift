import MLMInspect
import ModelContainers
import ModelJSON
import TestSupport
import Testing

/// The record as a contract: its keys, their order, its schema, and that it can be read again.
@Suite struct RecordTests {
    @Test(arguments: TestArtifact.all)
    func theRecordIsAsItsSchemaSays(_ artifact: TestArtifact) throws {
        let record = try JSONValueEncoder().encode(Records.of(artifact))
        for violation in JSONSchema(RecordSchema.document).violations(of: record) {
            Issue.record("\(artifact): \(violation)")
        }
    }

    @Test(arguments: TestArtifact.all)
    func theRecordComesBackFromItsText(_ artifact: TestArtifact) throws {
        let record = Records.of(artifact)
        let text = try JSONValueEncoder().encode(record).write(pretty: true)
        var decoded = try JSONValueDecoder().decode(Record.self, from: JSONValue.parse(text))
        // Of what is no key of the JSON, nothing else is set here.
        decoded.isDirectory = record.isDirectory
        #expect(decoded == record)
    }

    @Test(arguments: TestArtifact.all)
    func theSameBytesGiveTheSameRecord(_ artifact: TestArtifact) throws {
        let again = Inspector().inspect(artifact.path)
        #expect(
            try JSONValueEncoder().encode(again).description
                == JSONValueEncoder().encode(Records.of(artifact)).description)
    }

    @Test(arguments: TestArtifact.all)
    func keysStandInTheOrderOfTheContract(_ artifact: TestArtifact) throws {
        let record = try JSONValueEncoder().encode(Records.of(artifact))
        #expect(Self.isOrdered(record, by: Self.keys))
        #expect(Self.isOrdered(record["format"], by: ["id", "name", "variant", "version", "confidence"]))
        #expect(Self.isOrdered(record["facts"], by: Self.factKeys))
        #expect(Self.isOrdered(record["draft"], by: ["properties", "asset", "gaps"]))
    }

    private static func isOrdered(_ value: JSONValue?, by order: [String]) -> Bool {
        let keys = value?.object?.keys ?? []
        return keys == order.filter(keys.contains)
    }

    private static let keys = [
        "schema", "path", "size", "bytes_read", "verdict", "cause", "error", "format", "alternatives", "facts",
        "fingerprint", "declared",
        "loading",
        "evidence", "findings", "files", "draft",
    ]

    private static let factKeys = [
        "name", "framework", "framework_version", "artifact_type", "roles", "media_type", "architecture",
        "compile_method",
        "tasks", "accelerator", "parameters", "inputs", "outputs", "signatures", "labels", "bands",
        "hyperparameters", "producer",
        "opsets",
        "metadata", "description", "license", "pretrained_source",
    ]
}

/// The schema says what `Record` says.
@Suite struct RecordSchemaTests {
    private let schema = JSONSchema(RecordSchema.document)

    @Test func itNamesEveryKeyOfTheContract() {
        let document = RecordSchema.document
        #expect(document["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(document["required"] == ["schema", "path", "verdict"])
        #expect(document["additionalProperties"] == false)
        #expect(document["properties"]?["verdict"]?["enum"] == ["model", "not-a-model", "unrecognised", "failed"])
        #expect(document["$defs"]?["Parameters"]?["required"] == ["total", "counting"])
        #expect(
            document["$defs"]?["Parameters"]?["properties"]?["data_types"]?["additionalProperties"]?["type"]
                == "integer")
        #expect(document["$defs"]?["Port"]?["properties"]?["shape"] == ["type": "array", "items": ["type": "integer"]])
    }

    @Test func everyReferenceIsDefined() {
        var undefined: [String] = []
        func look(_ value: JSONValue) {
            if let name = value["$ref"]?.string, RecordSchema.document["$defs"]?[String(name.dropFirst(8))] == nil {
                undefined.append(name)
            }
            for member in value.object ?? [:] { look(member.value) }
            for element in value.array ?? [] { look(element) }
        }
        look(RecordSchema.document)
        #expect(undefined.isEmpty)
    }

    @Test(
        arguments: [
            [:], ["schema": "mlm-inspect/record/2", "path": "a", "verdict": "model"],
            ["schema": "mlm-inspect/record/1", "path": "a", "verdict": "perhaps"],
            ["schema": "mlm-inspect/record/1", "path": "a", "verdict": "model", "color": "red"],
            ["schema": "mlm-inspect/record/1", "path": "a", "verdict": "model", "size": "1"],
            ["schema": "mlm-inspect/record/1", "path": "a", "verdict": "model", "facts": ["inputs": [["shape": [1]]]]],
            [
                "schema": "mlm-inspect/record/1", "path": "a", "verdict": "model",
                "findings": [["severity": "note", "code": "a"]],
            ],
        ] as [JSONValue])
    func whatIsNoRecordIsRefused(_ value: JSONValue) {
        #expect(!schema.violations(of: value).isEmpty)
    }

    @Test func theShortestRecordIsAccepted() {
        #expect(
            schema.violations(of: ["schema": "mlm-inspect/record/1", "path": "a", "verdict": "unrecognised"]).isEmpty)
    }
}
