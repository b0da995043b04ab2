import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// Tensor payload is never fetched on purpose: every read is recorded and held against where the framework says that the
/// payload lies.
@Suite struct PayloadTests {
    @Test(arguments: TestArtifact.all)
    func noReadLandsInPayload(_ artifact: TestArtifact) throws {
        var recorders: [String?: RecordingBytes] = [:]
        let opened = try Artifact.open(artifact.path, limits: Limits()) { file, companion in
            let recorder = RecordingBytes(file)
            recorders[companion] = recorder
            return recorder
        }
        let record = Inspector().inspect(opened)
        for (companion, payloads) in try artifact.truth.payloads {
            guard let recorder = recorders[companion] else { continue }
            // The files are small: with the allowance of the promise for head and tail nothing would be left to test.
            for read in recorder.readsInside(payloads: payloads) where !Self.isHeadOrTail(read, of: recorder) {
                Issue.record("\(artifact): \(companion ?? "") was read at \(read), which is payload")
            }
        }
        let payload = try artifact.truth.payloads.reduce(0) { $0 + $1.ranges.reduce(0) { $0 + $1.count } }
        let structure = (record.size ?? 0) - payload
        #expect((record.bytesRead ?? 0) <= 1 << 20 + structure + 512 * (record.facts?.parameters?.tensors ?? 0))
    }

    /// The head of every file and of every archive that a checkpoint keeps in it, and the window at the end in which a zip archive's end record is searched.
    private static func isHeadOrTail(_ read: Range<Int>, of file: RecordingBytes) -> Bool {
        read == 0..<min(file.count, Artifact.headBytes) || isHeadOfArchive(read, in: file)
            || read.upperBound == file.count && read.count <= LargeModel.tailBytes
                && file.reads.contains(read.upperBound - 22..<read.upperBound)
    }

    private static func isHeadOfArchive(_ read: Range<Int>, in file: RecordingBytes) -> Bool {
        var start = [UInt8](repeating: 0, count: 4)
        let count = unsafe try? start.withUnsafeMutableBytes { unsafe try file.read(at: read.lowerBound, into: $0) }
        return read.count <= Artifact.headBytes && count == 4 && start == Array("PK\u{3}\u{4}".utf8)
    }

    @Test(arguments: LargeModel.all)
    func noReadLandsInThePayloadOfALargeModel(_ model: LargeModel) throws {
        let recorder = RecordingBytes(model.bytes)
        let artifact = try Artifact(path: model.name, source: ByteSource(recorder))
        let record = Inspector().inspect(artifact)
        #expect(record.verdict == .model)
        #expect(record.facts?.parameters?.bytes == LargeModel.tensorCount * LargeModel.tensorBytes)
        let allowed = [0..<Artifact.headBytes, recorder.count - LargeModel.tailBytes..<recorder.count]
        for read in recorder.readsInside(payloads: model.payloads) {
            #expect(
                allowed.contains { $0.lowerBound <= read.lowerBound && read.upperBound <= $0.upperBound },
                "\(read) is payload")
        }
        let structure = recorder.count - LargeModel.tensorCount * LargeModel.tensorBytes
        #expect(recorder.bytesRead <= 1 << 20 + structure + 512 * LargeModel.tensorCount)
    }

    /// Without this the tests above would pass for a recorder that sees nothing.
    @Test func aReadOfPayloadIsSeen() throws {
        let recorder = RecordingBytes([UInt8](repeating: 0, count: 8_192))
        let source = ByteSource(recorder)
        _ = try source.bytes(at: 3_000, count: 600)
        _ = try source.bytes(at: 4_000, count: 1)
        _ = try source.bytes(at: 3_000, count: 1_512)
        _ = try source.bytes(at: 3_000, count: 1_513)
        #expect(recorder.readsInside(payloads: [4_000..<5_024]) == [4_000..<4_001, 3_000..<4_513])
        #expect(recorder.readsInside(payloads: [4_000..<5_023]).isEmpty)
    }
}
