import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// Files of arrays that say another length than they have.
@Suite struct DeclaredLengthTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func inspect(_ bytes: [UInt8], as name: String) throws -> Record {
        Inspector().inspect(try folder.write(bytes, to: name))
    }

    /// `{"w": array of float32 and one dimension}`, as flax.serialization.to_bytes writes it.
    private func flax(elements: UInt8, bytes: UInt8) -> [UInt8] {
        let array: [UInt8] =
            [0x93, 0x91, elements, 0xA7] + Array("float32".utf8) + [0xC4, bytes]
            + [UInt8](repeating: 0, count: Int(bytes))
        return [0x81, 0xA1, 0x77, 0xC7, UInt8(array.count), 1] + array
    }

    @Test func arraysOfFlaxHaveTheBytesOfTheirShape() throws {
        let whole = try inspect(flax(elements: 2, bytes: 8), as: "whole.msgpack")
        #expect(whole.error == nil)
        #expect(whole.facts?.parameters?.total == 2)
        let short = try inspect(flax(elements: 3, bytes: 8), as: "short.msgpack")
        #expect(short.error?.reason == .malformed)
        #expect(short.loading?.verdict == .incomplete)
    }

    @Test func nothingFollowsTheTreeOfFlax() throws {
        let record = try inspect(flax(elements: 2, bytes: 8) + [0], as: "more.msgpack")
        #expect(record.error?.message.contains("follow") == true)
    }

    @Test func aHeaderLongerThanItsFileIsCutOff() throws {
        let length: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 0]
        _ = try folder.write(Array(#"{"model_type": "x"}"#.utf8), to: "net/config.json")
        _ = try folder.write(length + Array(#"{"w":{}}"#.utf8), to: "net/model.safetensors")
        #expect(Inspector().inspect(folder.path("net")).error?.reason == .truncated)
    }

    @Test func elementsThatAreNotThereAreSaid() throws {
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }\n"
        let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        let whole = try inspect(start + [UInt8](repeating: 0, count: 24), as: "whole.npy")
        #expect(whole.findings?.contains { $0.code == "numpy.truncated" } != true)
        let short = try inspect(start + [UInt8](repeating: 0, count: 20), as: "short.npy")
        #expect(short.findings?.contains { $0.code == "numpy.truncated" } == true)
    }
}
