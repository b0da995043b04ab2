import Foundation
import Glibc
import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// What can stand at a path beside a readable file: each ends in a record, at once.
@Suite struct FileKindTests {
    private let folder: TemporaryFolder
    private static let model = TestArtifact.all.first {
        $0.folder == "safetensors" && $0.fileName.hasSuffix(".safetensors")
    }

    init() throws { folder = try TemporaryFolder() }

    private func place(_ name: String) -> String { folder.path(name) }

    private func makeFIFO(_ name: String) throws {
        let result = unsafe mkfifo(place(name), 0o600)
        try #require(result == 0)
    }

    private func copyOfModel(_ name: String) throws -> String {
        let model = try #require(Self.model)
        try FileManager.default.copyItem(atPath: model.path, toPath: place(name))
        return place(name)
    }

    @Test func nothing() throws {
        let record = Inspector().inspect(place("absent.pt"))
        #expect(record.verdict == .failed)
        #expect(record.error?.reason == .notFound)
        #expect(record.format == nil && record.size == nil)
    }

    @Test func aPathThroughAFile() throws {
        let record = Inspector().inspect(try copyOfModel("model.safetensors") + "/data.pkl")
        #expect(record.error?.reason == .notFound)
    }

    @Test func anEmptyPathAndOneWithNul() {
        #expect(Inspector().inspect("").verdict == .failed)
        #expect(Inspector().inspect("a\u{0}b").verdict == .failed)
    }

    @Test func anEmptyFile() throws {
        let record = Inspector().inspect(try folder.write([], to: "empty.onnx"))
        #expect(record.verdict == .notAModel)
        #expect(record.cause == "empty")
        #expect(record.size == 0)
    }

    @Test func aDirectoryThatIsNoModel() throws {
        let empty = Inspector().inspect(folder.url.path(percentEncoded: false))
        #expect(empty.verdict == .unrecognised)
        _ = try copyOfModel("model.safetensors")
        #expect(Inspector().inspect(folder.url.path(percentEncoded: false)).verdict == .unrecognised)
    }

    /// Opening it would wait for a writer that never comes.
    @Test func aFIFO() throws {
        let path = place("pipe.pt")
        try makeFIFO("pipe.pt")
        let record = Inspector().inspect(path)
        #expect(record.error?.reason == .unreadable)
        #expect(record.error?.message.contains("FIFO") == true)
    }

    @Test(arguments: ["/dev/null", "/dev/zero"])
    func aDevice(_ path: String) {
        let record = Inspector().inspect(path)
        #expect(record.error?.reason == .unreadable)
        #expect(record.error?.message.contains("device") == true)
    }

    @Test func aFIFOInsideADirectoryThatIsAModel() throws {
        let index = #"{"metadata": {}, "weight_map": {"w": "model-00001-of-00001.safetensors"}}"#
        try folder.write(index.utf8, to: "model.safetensors.index.json")
        try makeFIFO("model-00001-of-00001.safetensors")
        let record = Inspector().inspect(folder.url.path(percentEncoded: false))
        #expect(record.verdict == .failed)
        #expect(record.error?.where == "model-00001-of-00001.safetensors")
    }

    /// A companion may not lie outside of the artifact's folder, by whatever path.
    @Test(arguments: ["../secret.safetensors", "/etc/passwd", "a/../../secret.safetensors"])
    func aShardOutsideOfTheFolder(_ name: String) throws {
        let index = #"{"metadata": {}, "weight_map": {"w": "\#(name)"}}"#
        try folder.write(index.utf8, to: "model.safetensors.index.json")
        let record = Inspector().inspect(folder.url.path(percentEncoded: false))
        #expect(record.verdict == .model)
        #expect(record.error == nil)
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.facts?.parameters == nil)
        #expect(record.findings?.contains { $0.code == "shards.outside" && $0.where == name } == true)
        #expect(record.files?.contains { $0.path == name } != true)
    }

    @Test func symbolicLinks() throws {
        let target = try copyOfModel("model.safetensors")
        try FileManager.default.createSymbolicLink(atPath: place("link.safetensors"), withDestinationPath: target)
        try FileManager.default.createSymbolicLink(atPath: place("dangling.pt"), withDestinationPath: "nowhere")
        try FileManager.default.createSymbolicLink(atPath: place("loop.pt"), withDestinationPath: "loop.pt")
        #expect(Inspector().inspect(place("link.safetensors")).verdict == .model)
        #expect(Inspector().inspect(place("dangling.pt")).error?.reason == .notFound)
        #expect(Inspector().inspect(place("loop.pt")).error?.reason == .unreadable)
    }

    /// A loop of directories ends, by the depth limit and because links to directories are not followed.
    @Test func aDirectoryThatHoldsItself() throws {
        try FileManager.default.createSymbolicLink(atPath: place("self"), withDestinationPath: ".")
        #expect(Inspector().inspect(folder.url.path(percentEncoded: false)).verdict == .unrecognised)
    }

    @Test(arguments: ["new\nline", "tab\tand\rreturn", "bell\u{7}", "right\u{202E}to-left", "é and 火", "-rf", " "])
    func oddNames(_ name: String) throws {
        let path = try copyOfModel(name + ".safetensors")
        let record = Inspector().inspect(path)
        #expect(record.verdict == .model)
        #expect(record.path == path)
        #expect(try DraftRules.violations(record).isEmpty)
    }

    /// More files than the limit allows is an error that names the limit.
    @Test func aDirectoryWithTooManyFiles() throws {
        for index in 0..<8 { try folder.write([], to: "\(index)") }
        var limits = Limits()
        limits.directoryEntries.value = 7
        let record = Inspector(limits: limits).inspect(folder.url.path(percentEncoded: false))
        #expect(record.error?.message == "limit: directory entries 8 > 7")
    }
}
