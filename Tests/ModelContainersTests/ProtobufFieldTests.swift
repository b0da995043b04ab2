import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// The wire format: what is a field, and what is none.
@Suite struct ProtobufFieldTests {
    private func outline(_ bytes: [UInt8]) -> ProtobufOutline { ProtobufOutline(ByteSource(MemoryBytes(bytes))) }

    private func error(_ bytes: [UInt8]) -> InspectionError? {
        guard case .broken(let error) = outline(bytes).end else { return nil }
        return error
    }

    @Test func readsEveryWireType() throws {
        let bytes = ProtobufBytes {
            $0.int(1, -2)
            $0.fixed64(2, 0x0102_0304_0506_0708)
            $0.string(3, "abc")
            $0.fixed32(4, 0xFFFF_FFFE)
            $0.int(ProtobufField.largestNumber, 0)
        }
        let outline = outline(bytes.bytes)
        #expect(outline.isComplete)
        #expect(outline.fields.map(\.number) == [1, 2, 3, 4, 536_870_911])
        #expect(outline.fields.map(\.wireType) == [.varint, .i64, .len, .i32, .varint])
        #expect(outline.fields.map(\.value) == [.max - 1, 0x0102_0304_0506_0708, 0, 0xFFFF_FFFE, 0])
        #expect(outline.fields.map(\.offset) == [0, 11, 20, 25, 30])
        #expect(outline.fields.map(\.payload) == [1..<11, 12..<20, 22..<25, 26..<30, 35..<36])
    }

    @Test func varintMayBePaddedToTenBytes() throws {
        let padded: [UInt8] = [0x08, 0x85, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
        #expect(outline(padded).fields.map(\.value) == [5])
        #expect(try ProtobufMessage.onnx(padded).int("ir_version") == 5)
    }

    @Test func bitsBeyondTheSixtyFourthAreDropped() {
        #expect(outline([0x08] + Array(repeating: 0xFF, count: 9) + [0x7F]).fields.map(\.value) == [.max])
    }

    @Test func elevenByteVarintIsMalformed() {
        let error = error([0x08, 0x01, 0x10] + Array(repeating: 0x80, count: 10) + [0x00])
        #expect(error?.reason == .malformed)
        #expect(error?.offset == 3)
    }

    @Test(arguments: [3, 4, 6, 7]) func groupsAndUnknownWireTypesAreMalformed(wireType: UInt8) {
        let error = error([0x08, 0x01, 0x10 | wireType, 0x00])
        #expect(error?.reason == .malformed)
        #expect(error?.offset == 2)
        #expect(error?.message.contains("field 2 has wire type \(wireType)") == true)
    }

    @Test(arguments: [[0x00], [0x80, 0x80, 0x80, 0x80, 0x10, 0x00]] as [[UInt8]])
    func fieldNumbersAreFromOneToTheLargest(bytes: [UInt8]) {
        #expect(error(bytes)?.reason == .malformed)
        #expect(error(bytes)?.offset == 0)
    }

    @Test(arguments: [
        [0x0A, 0x05, 0x61], [0x0A], [0x08], [0x08, 0x80], [0x0D, 0, 0, 0], [0x09, 0, 0, 0, 0, 0, 0, 0],
    ])
    func valueThatEndsAfterTheSourceIsTruncated(bytes: [UInt8]) {
        #expect(error(bytes)?.reason == .truncated)
        #expect(throws: InspectionError.self) { try ProtobufMessage.onnx(bytes) }
    }

    @Test func lengthOfSixtyFourBitsDoesNotOverflow() {
        let bytes = [0x0A] + ProtobufBytes.varint(.max) + [0x00]
        #expect(error(bytes)?.reason == .truncated)
        #expect(error(bytes)?.offset == 0)
    }

    @Test func valueThatLeavesItsMessageIsMalformed() {
        // A graph of 4 bytes whose name claims 5, followed by enough bytes.
        let bytes: [UInt8] = [0x3A, 0x04, 0x12, 0x05, 0x61, 0x62, 0x08, 0x08, 0x08, 0x08]
        #expect {
            try ProtobufMessage.onnx(bytes)
        } throws: { error in
            let error = error as? InspectionError
            return error?.reason == .malformed && error?.offset == 2
        }
    }

    @Test func varintThatLeavesItsMessageIsMalformed() {
        // A segment-like message whose varint goes on behind its end.
        let bytes: [UInt8] = [0x42, 0x02, 0x10, 0x80, 0x01, 0x08, 0x08]
        #expect {
            try ProtobufMessage.onnx(bytes)
        } throws: { error in
            let error = error as? InspectionError
            return error?.reason == .malformed && error?.offset == 2
        }
    }
}
