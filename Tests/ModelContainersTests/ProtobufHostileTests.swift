import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Whatever the bytes are, reading them ends in a message or in an error.
@Suite struct ProtobufHostileTests {
    /// Reads all there is to read; returns the error, if that is how it ended.
    private func exhaust(_ bytes: [UInt8]) throws -> InspectionError? {
        let source = ByteSource(MemoryBytes(bytes))
        do throws(InspectionError) {
            let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
            _ = try? ProtobufDump.lines(model, from: source)
            return nil
        } catch {
            #expect(error.offset.map { $0 <= bytes.count } ?? true)
            return error
        }
    }

    @Test(arguments: ProtobufFixture.allCases)
    func everyPrefixIsReadOrTruncated(fixture: ProtobufFixture) throws {
        let bytes = try fixture.bytes
        let ends = Set(ProtobufOutline(try fixture.source).fields.map(\.offset))
        for count in bytes.indices {
            let error = try exhaust(Array(bytes[..<count]))
            // Cut between two top-level fields, it is a shorter message.
            #expect(error?.reason == (ends.contains(count) ? nil : .truncated), "\(count)")
        }
    }

    /// A little of everything in 200 bytes, so that most of them matter.
    private let small = ProtobufBytes {
        $0.int(1, 8)
        $0.string(2, "producer")
        $0.message(8) { $0.int(2, 21) }
        $0.message(7) {
            $0.message(1) {
                $0.string(1, "x")
                $0.string(2, "y")
                $0.string(4, "Conv")
                $0.message(5) {
                    $0.string(1, "pads")
                    $0.packed(8, [1, 1, 300, -1])
                    $0.int(20, 7)
                }
                $0.message(5) {
                    $0.message(5) { $0.int(2, 1) }
                    $0.fixed32(2, 1)
                    $0.message(6) { $0.message(1) { $0.message(5) { $0.string(9, "label") } } }
                }
            }
            $0.message(5) {
                $0.packed(1, [3, 300, 1 << 33])
                $0.int(1, 2)
                $0.message(3) { $0.int(1, 0) }
                $0.bytes(9, Array(repeating: 7, count: 16))
                $0.message(13) { $0.string(1, "location") }
            }
            $0.message(11) {
                $0.message(2) {
                    $0.message(1) { $0.message(2) { $0.message(1) { $0.string(2, "batch") } } }
                    $0.message(4) { $0.message(1) { $0.message(9) { $0.message(1) { _ in } } } }
                }
                $0.message(2) { $0.message(5) { $0.int(1, 7) } }
            }
        }
        $0.message(7) { $0.message(15) { $0.message(1) { $0.int(1, 4) } } }
    }.bytes

    private func flip(_ original: [UInt8], times: Int, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<times {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if try exhaust(bytes) != nil { refused += 1 }
            _ = ProtobufOutline(ByteSource(MemoryBytes(bytes)))
        }
        #expect(refused > 0 && refused < times)
    }

    @Test(arguments: 0..<6) func flippedBytesAreReadOrRefused(seed: UInt64) throws {
        try flip(small, times: 500, seed: seed)
    }

    @Test func flippedBytesOfAWholeModelAreReadOrRefused() throws {
        try flip(try ProtobufFixture.everything.bytes, times: 300, seed: 100)
    }

    @Test(arguments: 0..<4) func randomBytesAreReadOrRefused(seed: UInt64) throws {
        var random = SeededGenerator(seed: 1_000 + seed)
        for _ in 0..<500 {
            let count = Int.random(in: 1...64, using: &random)
            _ = try exhaust((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test func movedPiecesAreReadOrRefused() throws {
        var random = SeededGenerator(seed: 42)
        let original = small
        for _ in 0..<1_000 {
            let start = Int.random(in: original.indices, using: &random)
            let piece = original[start..<Int.random(in: start..<original.count, using: &random)]
            var bytes = original
            bytes.insert(contentsOf: piece, at: Int.random(in: original.indices, using: &random))
            _ = try exhaust(bytes)
        }
    }
}
