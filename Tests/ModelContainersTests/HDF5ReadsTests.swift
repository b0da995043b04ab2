import Foundation
import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// What is read of a file: structure, and at most 512 bytes of a tensor.
@Suite struct HDF5ReadsTests {
    private static let reader = HDF5Reader()

    @Test(arguments: HDF5Fixture.all)
    func noReadLandsInPayload(_ fixture: HDF5Fixture) throws {
        let bytes = RecordingBytes(try fixture.bytes)
        _ = try Self.reader.outline(of: ByteSource(bytes), limits: Limits())
        let head = 0..<min(bytes.count, 4_096)
        #expect(bytes.reads.first == head)
        let reads = bytes.readsInside(payloads: fixture.payloads).filter { $0 != head }
        #expect(reads.isEmpty, "of \(bytes.reads)")
        let structure = bytes.count - fixture.payloads.reduce(0) { $0 + $1.count }
        #expect(bytes.bytesRead <= 2 * structure + 512 * fixture.payloads.count)
    }

    @Test func ofTwoGigabytesNextToNothingIsRead() throws {
        let (file, truth) = try HDF5Fixture.large()
        let bytes = RecordingBytes(file)
        #expect(try Self.reader.outline(of: ByteSource(bytes), limits: Limits()) == truth.outline)
        let payloads = truth.payloads.map { $0[0]..<$0[0] + $0[1] }
        let payload = payloads.reduce(0) { $0 + $1.count }
        #expect(payload > 2_000_000_000)
        #expect(bytes.readsInside(payloads: payloads) == [])
        #expect(bytes.bytesRead <= 2 * (bytes.count - payload) + 512 * payloads.count)
    }

    /// A file that is handed over is read by the other process; what it says that it read is what it would have asked for.
    @Test(arguments: HDF5Fixture.all)
    func aFileThatIsHandedOverIsCountedAlike(_ fixture: HDF5Fixture) throws {
        let asked = RecordingBytes(try fixture.bytes)
        let outline = try Self.reader.outline(of: ByteSource(asked), limits: Limits())
        let artifact = try Artifact.open(fixture.path, limits: Limits())
        guard case .file(let source) = artifact.content else {
            Issue.record("no file")
            return
        }
        let before = artifact.bytesRead
        #expect(try Self.reader.outline(of: source, limits: Limits()) == outline)
        #expect(artifact.bytesRead - before == asked.bytesRead)
    }

    /// The same of a part of a file: a member of an archive that is stored as it is.
    @Test func aPartOfAFileThatIsHandedOver() throws {
        let fixture = try #require(HDF5Fixture.all.first)
        let bytes = try fixture.bytes
        let folder = FileManager.default.temporaryDirectory.appending(path: "hdf5-part-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data([UInt8](repeating: 0x89, count: 1_001) + bytes + [1, 2, 3]).write(to: folder)
        guard case .file(let file) = try Artifact.open(folder.path, limits: Limits()).content else {
            Issue.record("no file")
            return
        }
        let part = try file.slice(at: 1_001, count: bytes.count)
        let outline = try Self.reader.outline(of: ByteSource(MemoryBytes(bytes)), limits: Limits())
        #expect(try Self.reader.outline(of: part, limits: Limits()) == outline)
    }
}
