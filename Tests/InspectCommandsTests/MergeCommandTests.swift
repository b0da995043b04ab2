import Foundation
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// `draft --merge` and `--metadata` as their users meet them.
@Suite struct MergeCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func unet() throws -> String {
        try #require(TestArtifact.all.first { $0.description == "torch-export/unet.pt2" }).path
    }

    private func file(_ name: String, _ text: String) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func run(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(Program.path, arguments)
    }

    @Test func anItemIsFilledAndThenComplete() async throws {
        let item = try file("item.json", "{\n  \"type\": \"Feature\",\n  \"id\": \"mine\", \"n\": 1.50\n}\n")
        let first = try await run("draft", "--merge", item, unet())
        #expect(first.code == 0)
        #expect(first.output.hasPrefix("{\n  \"type\": \"Feature\",\n  \"id\": \"mine\", \"n\": 1.50,"))
        let filled = try file("filled.json", first.output)
        #expect(try await run("draft", "--merge", filled, unet()).output == first.output)
    }

    /// Somebody saves the Item while the model is read: their text stays.
    @Test func anItemThatChangesIsNotOverwritten() async throws {
        let item = try file("item.json", #"{"type": "Feature", "id": "mine"}"#)
        let script = #"""
            cd "$1"; { while ! ls .mlm-inspect-*.tmp >/dev/null 2>&1; do sleep 0.01; done
            printf '{"type": "Feature", "id": "theirs"}' > item.json; cat "$2"; } |
            "$3" draft --merge item.json -o item.json --force -
            """#
        let run = try await Program.run(
            "/bin/sh", ["-c", script, "sh", folder.path(""), unet(), Program.path.string])
        #expect(run.code == 64)
        #expect(
            run.errors
                == "mlm-inspect: --merge item.json: it changed during the merge; nothing was written; run this again\n"
        )
        #expect(try String(contentsOfFile: item, encoding: .utf8) == #"{"type": "Feature", "id": "theirs"}"#)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")) == ["item.json"])
    }

    @Test func whatTheArtifactContradictsIsTold() async throws {
        let item = try file("item.json", #"{"type": "Feature", "properties": {"mlm:total_parameters": 3}}"#)
        let run = try await run("draft", "--merge", item, "--fail-on", "warning", unet())
        #expect(run.code == 1)
        #expect(
            run.errors
                == "mlm-inspect: \(item): /properties/mlm:total_parameters: mlm:total_parameters is declared as 3, "
                + "but the artifact has 12397 (parameters and buffers of the graph signature, shared storage once); it is "
                + "kept\n")
        #expect(try JSONValue.parse(run.output)["properties"]?["mlm:total_parameters"] == 3)
    }

    @Test func metadataOfAFileComeFirst() async throws {
        let metadata = try file(
            "unet.mlm.yaml", "properties:\n  tasks: [semantic-segmentation]\n  total_parameters: 1\n")
        let draft = try JSONValue.parse(try await run("draft", "--metadata", metadata, unet()).output)
        #expect(draft["properties"]?["mlm:tasks"] == ["semantic-segmentation"])
        let record = try JSONValue.parse(try await run("-f", "json", "--metadata", metadata, unet()).output)
        let found = (record["findings"]?.array ?? []).filter { $0["code"] == "metadata.contradiction" }
        #expect(found.map { $0["where"] } == ["unet.mlm.yaml"])
    }

    @Test(arguments: [
        ["draft", "--merge", "item.json", "a", "b"],
        ["draft", "--merge", "/nowhere.json", "a"], ["inspect", "--metadata", "/nowhere.yaml", "a"],
        ["inspect", "--metadata", "a.yaml", "a", "b"],
    ])
    func wrongUsageIsOneLine(_ arguments: [String]) async throws {
        let run = try await Program.run(Program.path, arguments)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run.errors)")
    }
}
