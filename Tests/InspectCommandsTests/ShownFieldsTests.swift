import Foundation
import MLMInspect
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// `--show` picks fields of the record by their keys.
@Suite struct ShownFieldsTests {
    private let model = TestArtifact.root.appending(path: "torch-export/unet.pt2").path(percentEncoded: false)

    @Test func fieldsArePartedByTabs() async throws {
        let keys =
            "path,facts.parameters.total,facts.inputs.name,facts.inputs.0.shape,facts.license,draft.properties.mlm:name"
        let run = try await Program.run("--show", keys, model)
        #expect(run.output == "\(model)\t12397\tx\t-1, 13, 64, 64\t\tunet\n")
        #expect(run.errors.isEmpty)
        let types = try await Program.run("--show", "facts.parameters.data_types", model)
        #expect(types.output == "{\"float32\":12581,\"int64\":8}\n")
    }

    /// An artifact cannot add a column or a row.
    @Test func fieldsAreInert() throws {
        for text in SampleRecords.hostileTexts {
            let line = try ShownFields("path,facts.name").line(SampleRecords.hostile(text))
            #expect(line.filter { $0 == "\t" }.count == 1)
            #expect(line.hasSuffix("\n") && line.dropLast().allSatisfy { !$0.isNewline })
        }
    }

    /// Keys of an artifact's own may have dots.
    @Test func keysWithDots() throws {
        var record = SampleRecords.model("a.gguf")
        record.facts?.metadata = ["general.name": "tiny", "a": ["b": [1, 2]]]
        #expect(try ShownFields("facts.metadata.general.name").line(record) == "tiny\n")
        #expect(try ShownFields("facts.metadata.a.b.1").line(record) == "2\n")
    }

    @Test(arguments: [
        ("facts.paramters.total", "facts.parameters.total"), ("framework", "facts.framework"),
        ("parameters.total", "facts.parameters.total"), ("loading.verdit", "loading.verdict"),
        ("facts.inputs.nane", "facts.inputs.name"), ("pth", "path"), ("verdict.of", "verdict?"), ("", "such as"),
        ("path,,size", "such as"), ("zzzzzz", "--schema"),
    ])
    func anUnknownKeyIsAnError(_ keys: String, _ advice: String) async throws {
        let run = try await Program.run("--show", keys, model)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(advice), "\(run.errors)")
    }

    /// Every key that a record has can be asked for.
    @Test func everyKeyIsKnown() throws {
        let keys = RecordKeys()
        func visit(_ value: JSONValue, _ prefix: String) {
            switch value {
            case .object(let members):
                for (key, value) in members {
                    #expect(keys.refusal(prefix + key) == nil)
                    visit(value, prefix + key + ".")
                }
            case .array(let elements): for element in elements.prefix(2) { visit(element, prefix) }
            default: break
            }
        }
        for artifact in TestArtifact.oneOfEachFolder { visit(try TestArtifact.json(artifact.expectedURL), "") }
    }

    @Test(arguments: [["--brief", "--show", "path"], ["--brief", "-f", "json"], ["--show", "path", "-f", "csv"]])
    func theyExcludeOtherOutput(_ flags: [String]) async throws {
        #expect(try await Program.run(Program.path, flags + [model]).code == 64)
    }
}
