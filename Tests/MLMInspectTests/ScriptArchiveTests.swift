import Foundation
import MLMInspect
import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// A script that torch wrote, with one member of its archive changed or taken out.
@Suite struct ScriptArchiveTests {
    /// `change` gives what a member holds instead; nil takes it out.
    private func inspect(_ change: (String, [UInt8]) -> [UInt8]?) throws -> Record {
        let path = TestArtifact.root.appending(path: "torchscript/described.pt").path(percentEncoded: false)
        guard case .file(let source) = try Artifact.open(path, limits: Limits()).content else {
            throw InspectionError(.notFound, "described.pt is not a file")
        }
        let archive = try ZipArchive(source, limits: Limits())
        var builder = ZipBuilder()
        for entry in archive.entries {
            let content = try archive.open(entry).bytes(at: 0, count: entry.size)
            if let changed = change(entry.name, content) { builder.add(entry.name, changed) }
        }
        let bytes = ByteSource(MemoryBytes(builder.build().bytes))
        return Inspector().inspect(try Artifact(path: "described.pt", source: bytes))
    }

    @Test func aMissingStorageLeavesNoCall() throws {
        let whole = try inspect { _, content in content }
        #expect(whole.loading?.verdict == .dataOnly)
        #expect(whole.loading?.call != nil)
        let record = try inspect { name, content in name == "described/data/0" ? nil : content }
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.loading?.call == nil)
        #expect(record.findings?.contains { $0.code == "torch.storage" } == true)
    }

    /// torch.jit.load (tried: 2.13) reads as many bytes of a storage as are there, whatever its tensors need.
    @Test func aShortStorageIsLoadedAllTheSame() throws {
        let record = try inspect { name, content in name == "described/data/0" ? Array(content.dropLast(4)) : content }
        #expect(record.loading?.call != nil)
        #expect(record.findings?.contains { $0.code == "torch.storage" } == true)
    }

    /// Ultralytics exports TorchScript with the same metadata as ONNX.
    @Test func whatUltralyticsExportsIsDescribed() throws {
        let config = """
            {"description": "Ultralytics YOLO11n-seg model trained on fields.yaml", "author": "Ultralytics",
             "version": "8.3.40", "license": "AGPL-3.0 License (https://ultralytics.com/license)", "task": "segment",
             "stride": 32, "batch": 1, "imgsz": [640, 640], "names": {"0": "field", "1": "barn"}}
            """
        let record = try inspect { name, content in
            name == "described/extra/config.txt" ? Array(config.utf8) : content
        }
        #expect(record.facts?.tasks == ["instance-segmentation"])
        #expect(record.facts?.license?.hasPrefix("AGPL-3.0") == true)
        #expect(record.facts?.producer?.name == "Ultralytics")
    }
}
