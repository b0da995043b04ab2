import Foundation
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// `mlm-inspect tensors PATH`.
@Suite struct TensorsCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let model = TestArtifact.root.appending(path: "safetensors/torch_state_dict.safetensors").path()

    /// Names that no output may pass on as they are.
    private static let names = [
        "=cmd|' /C calc'!A0", "a\u{1B}[31mb", "\u{202E}desrever", "new\nline", "<b>&\"", "a,b;c",
    ]

    private func hostile() throws -> String {
        let members = Self.names.enumerated().map { index, name in
            let key = JSONValue.string(name).write(pretty: false)
            return "\(key):{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\(4 * index),\(4 * index + 4)]}"
        }
        let data = [UInt8](repeating: 0, count: 4 * Self.names.count)
        let bytes = SafetensorsFile.of("{" + members.joined(separator: ",") + "}", data: data)
        return try folder.write(bytes, to: "hostile.safetensors")
    }

    @Test func aTableHasARowForEach() async throws {
        let run = try await Program.run("tensors", Self.model)
        #expect(run.code == 0 && run.errors.isEmpty)
        let lines = run.output.split(separator: "\n")
        let record = try JSONValue.parse(try await Program.run("-f", "json", Self.model).output)
        #expect(lines.count - 1 == record["facts"]?["parameters"]?["tensors"]?.int)
        #expect(lines[0].hasPrefix("NAME"))
        #expect(lines[0].contains("SHAPE") && lines[0].contains("DATA TYPE") && lines[0].contains("OFFSET"))
    }

    @Test func eachLineIsAnObject() async throws {
        let run = try await Program.run("tensors", "-f", "ndjson", Self.model)
        for line in run.output.split(separator: "\n") {
            let row = try JSONValue.parse(String(line))
            let elements = try #require(row["elements"]?.int)
            #expect(elements == row["shape"]?.array?.compactMap(\.int).reduce(1, *))
            #expect(row["name"]?.string != nil && row["offset"]?.int != nil && row["bytes"]?.int != nil)
        }
    }

    @Test(arguments: ["text", "ndjson", "csv"])
    func namesAreInert(_ format: String) async throws {
        let run = try await Program.run("tensors", "-f", format, try hostile())
        #expect(run.code == 0)
        #expect(!run.output.contains("\u{1B}") && !run.output.contains("\u{202E}") && !run.output.contains("new\nline"))
        let lines = run.output.split(whereSeparator: \.isNewline)
        #expect(lines.count == Self.names.count + (format == "ndjson" ? 0 : 1))
        if format == "csv" { #expect(lines[1].hasPrefix("'=cmd")) }
    }

    @Test func aTreeSumsUp() async throws {
        let run = try await Program.run("tensors", "--tree", "--depth", "1", "-f", "ndjson", Self.model)
        let rows = try run.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        let record = try JSONValue.parse(try await Program.run("-f", "json", Self.model).output)
        let parameters = record["facts"]?["parameters"]
        let total = (parameters?["total"]?.int ?? 0) + (parameters?["buffers"]?.int ?? 0)
        #expect(rows[0]["module"] == "" && rows[0]["elements"]?.int == total)
        #expect(rows[0]["bytes"]?.int == parameters?["bytes"]?.int)
        #expect(rows.dropFirst().compactMap { $0["tensors"]?.int }.reduce(0, +) == rows[0]["tensors"]?.int)
        #expect(!rows.contains { $0["module"]?.string?.contains(".") ?? false })
        let deep = try await Program.run("tensors", "--tree", "-f", "ndjson", Self.model)
        #expect(deep.output.split(separator: "\n").count >= rows.count)
    }

    @Test func nodesAreListed() async throws {
        let path = TestArtifact.root.appending(path: "onnx/torch_script_cnn.onnx").path()
        let run = try await Program.run("tensors", "--nodes", "-f", "ndjson", path)
        let rows = try run.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(rows.contains { $0["operator"] == "Conv" && ($0["inputs"]?.array?.count ?? 0) >= 2 })
    }

    @Test func whatCannotBeListedSaysWhy() async throws {
        let trees = try #require(TestArtifact.all.first { $0.folder == "xgboost-json" })
        let run = try await Program.run("tensors", trees.path)
        #expect(run.code == 3 && run.output.isEmpty)
        #expect(run.errors.contains("this format has no tensors that can be listed"))
        let nodes = try await Program.run("tensors", "--nodes", Self.model)
        #expect(nodes.code == 3 && nodes.errors.contains("no operators"))
        let missing = try await Program.run("tensors", "no-such-file.pt")
        #expect(missing.code == 2 && missing.output.isEmpty)
    }

    /// What was read before an error is given, and the error is told.
    @Test func anErrorEndsTheList() async throws {
        let path = try folder.write(Array("GGUF".utf8) + [3, 0, 0, 0], to: "cut.gguf")
        let run = try await Program.run("tensors", path)
        #expect(run.code == 2 && run.errors.contains("cut.gguf"))
    }

    @Test(arguments: [["--tree", "--nodes"], ["--depth", "2"], ["--tree", "--depth", "0"]])
    func flagsThatDoNotGoTogether(_ flags: [String]) async throws {
        let run = try await Program.run(Program.path, ["tensors"] + flags + [Self.model])
        #expect(run.code == 64)
    }

    /// 180,000 tensors take what inspecting them takes, and no more than a list of some rows.
    @Test func nothingIsKept() async throws {
        let header = ManyTensors.safetensorsHeader(count: 100_000)
        let path = try folder.write(header + [UInt8](repeating: 0, count: 400_000), to: "many.safetensors")
        let listed = try await peak(["tensors", "-f", "ndjson", "-o", "/dev/null", path])
        let inspected = try await peak(["--brief", path])
        #expect(listed <= inspected + (2 << 10), "\(listed) KiB for the list, \(inspected) for the inspection")
    }

    private func peak(_ arguments: [String]) async throws -> Int {
        let run = try await Program.run(Program.peakMemory, [Program.path.string] + arguments)
        return try #require(run.errors.split(separator: "\n").last.flatMap { Int($0) }, "\(run.errors)")
    }
}
