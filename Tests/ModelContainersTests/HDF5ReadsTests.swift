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
        let payload = fixture.payloads.reduce(0) { $0 + $1.count }
        print(fixture, bytes.count, payload, bytes.bytesRead, bytes.reads.count)
    }
}
