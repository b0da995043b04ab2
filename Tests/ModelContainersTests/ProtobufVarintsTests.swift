import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Going back to a list that was dropped.
@Suite struct ProtobufVarintsTests {
    private func attribute(_ body: @escaping (inout ProtobufBytes) -> Void) throws -> (ProtobufDropped, ByteSource) {
        let bytes = ProtobufBytes { $0.message(7) { $0.message(1) { $0.message(5, body) } } }
        let source = ByteSource(MemoryBytes(bytes.bytes + ProtobufBytes { $0.string(6, "behind it") }.bytes))
        let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
        let attribute = model.message("graph")?.messages("node").first?.messages("attribute").first
        return (try #require(attribute?.dropped(8).first), source)
    }

    private func values(
        _ dropped: ProtobufDropped, _ source: ByteSource, limits: Limits = Limits()
    ) throws(InspectionError) -> [Int] {
        var varints = try ProtobufVarints(dropped, in: source, limits: limits)
        var values: [Int] = []
        while let value = try varints.next() { values.append(value) }
        return values
    }

    private let numbers = [0, 1, -1, 127, 128, .max, .min, 1 << 40]

    @Test func packed() throws {
        let (dropped, source) = try attribute { [numbers] in $0.packed(8, numbers) }
        #expect(try values(dropped, source) == numbers)
    }

    @Test func notPacked() throws {
        let (dropped, source) = try attribute { [numbers] in
            for value in numbers { $0.int(8, value) }
        }
        #expect(dropped.count == numbers.count)
        #expect(try values(dropped, source) == numbers)
    }

    @Test func both() throws {
        let (dropped, source) = try attribute {
            $0.int(8, 1)
            $0.packed(8, [])
            $0.packed(8, [2, 3])
            $0.int(8, 4)
            $0.packed(8, [5])
        }
        #expect(dropped.count == 5)
        #expect(try values(dropped, source) == [1, 2, 3, 4, 5])
    }

    @Test func countsTheTreesOfAForest() throws {
        let recorder = RecordingBytes(try ProtobufFixture.trees.bytes)
        let source = ByteSource(recorder)
        let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
        let attributes = try #require(model.message("graph")?.messages("node").first).messages("attribute")
        let ids = try #require(attributes.first { $0.string("name") == "nodes_treeids" }?.dropped(8).first)
        recorder.forget()
        #expect(Set(try values(ids, source)) == Set(0..<40))
        #expect(
            recorder.reads.allSatisfy { $0.lowerBound >= ids.range.lowerBound && $0.upperBound <= ids.range.upperBound }
        )
    }

    @Test func theNumberOfValuesIsLimited() throws {
        let (dropped, source) = try attribute { [numbers] in $0.packed(8, numbers) }
        var limits = Limits()
        limits.protobufFields.value = numbers.count
        #expect(try values(dropped, source, limits: limits).count == numbers.count)
        limits.protobufFields.value -= 1
        #expect { try values(dropped, source, limits: limits) } throws: { ($0 as? InspectionError)?.reason == .limit }
    }

    @Test(arguments: [0, 1, 2]) func aListOfSomethingElseIsMalformed(kind: Int) throws {
        let (dropped, source) = try attribute {
            switch kind {
            case 0: $0.fixed32(8, 1)
            case 1: $0.fixed64(8, 1)
            default: $0.bytes(8, [0x01, 0x80])
            }
        }
        #expect { try values(dropped, source) } throws: { ($0 as? InspectionError)?.reason != .limit }
    }
}
