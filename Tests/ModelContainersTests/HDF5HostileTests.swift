import Foundation
import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Damaged files through one reader: each ends in an outline or an error, and a good file after them is read as before.
@Suite struct HDF5HostileTests {
    private static let limits: Limits = {
        var limits = Limits()
        limits.hdf5Seconds.value = 1
        limits.hdf5MemoryBytes.value = 64 << 20
        return limits
    }()

    /// What became of many files, for the log.
    private struct Tally {
        var outlines = 0
        var errors: [String: Int] = [:]
        var slowest = Duration.zero

        mutating func add(_ reader: HDF5Reader, _ storage: any ByteStorage, _ limits: Limits, _ label: String) {
            let start = ContinuousClock.now
            do throws(InspectionError) {
                _ = try reader.outline(of: ByteSource(storage), limits: limits)
                outlines += 1
            } catch {
                if error.message.isEmpty { Issue.record("\(label): an error without a message") }
                if error.reason == .unsupported { Issue.record("\(label): \(error.message)") }
                errors[Self.kind(error), default: 0] += 1
            }
            slowest = max(slowest, ContinuousClock.now - start)
        }

        private static func kind(_ error: InspectionError) -> String {
            error.message.contains("signal") || error.reason == .limit ? error.message : "\(error.reason)"
        }
    }

    @Test(arguments: [("keras", 2_500), ("many-latest", 300), ("links", 400)])
    func flippedBytes(_ name: String, count: Int) throws {
        let fixture = HDF5Fixture.named(name)
        let bytes = try fixture.bytes
        var isPayload = [Bool](repeating: false, count: bytes.count)
        for payload in fixture.payloads { for position in payload { isPayload[position] = true } }
        let structure = bytes.indices.filter { !isPayload[$0] }
        let reader = HDF5Reader()
        var generator = SeededGenerator(seed: 1)
        var tally = Tally()
        for _ in 0..<count {
            let position = structure[Int.random(in: 0..<structure.count, using: &generator)]
            let mask = UInt8.random(in: 1...255, using: &generator)
            tally.add(
                reader, FlippedBytes(bytes, at: position, mask: mask), Self.limits, "byte \(position) ^ \(mask)")
        }
        print(name, tally)
        #expect(tally.outlines > 0 && !tally.errors.isEmpty)
        #expect(
            try reader.outline(of: ByteSource(MemoryBytes(bytes)), limits: Self.limits) == fixture.truth.outline)
    }

    @Test(arguments: ["keras", "links"])
    func truncated(_ name: String) throws {
        let fixture = HDF5Fixture.named(name)
        let bytes = try fixture.bytes
        let reader = HDF5Reader()
        var tally = Tally()
        for index in 0..<300 {
            let end = bytes.count * index / 300
            tally.add(reader, CutBytes(bytes, at: end), Self.limits, "the first \(end) bytes")
            tally.add(reader, CutBytes(bytes, at: end, promising: bytes.count), Self.limits, "shrunk to \(end)")
        }
        print(name, tally)
        #expect(
            try reader.outline(of: ByteSource(MemoryBytes(bytes)), limits: Self.limits) == fixture.truth.outline)
    }
}
