import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// What is left out, what is said about it, and the limits.
@Suite struct ProtobufPrunerTests {
    private func tensor(_ body: @escaping (inout ProtobufBytes) -> Void) throws -> ProtobufMessage {
        let model = try ProtobufMessage.onnx { $0.message(7) { $0.message(5, body) } }
        return try #require(model.message("graph")?.messages("initializer").first)
    }

    @Test func droppedPayloadIsLocated() throws {
        var bytes = ProtobufBytes()
        bytes.int(1, 8)
        bytes.message(7) { $0.message(5) { $0.bytes(9, Array("raw data".utf8)) } }
        let source = ByteSource(MemoryBytes(bytes.bytes))
        let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
        let dropped = try #require(model.message("graph")?.messages("initializer").first).dropped(9)
        #expect(dropped.count == 1)
        #expect(dropped.first?.field == 9)
        #expect(dropped.first?.count == 1)
        #expect(dropped.first?.length == 8)
        let payload = try #require(dropped.first?.payload)
        #expect(try source.bytes(at: payload.lowerBound, count: payload.count) == Array("raw data".utf8))
        #expect(dropped.first?.range == payload.lowerBound - 2..<payload.upperBound)
    }

    @Test func occurrencesThatFollowEachOtherAreOneRun() throws {
        let tensor = try tensor {
            for value in 0..<10 { $0.fixed32(4, UInt32(value)) }
            $0.int(1, 10)
            $0.fixed32(4, 10)
            $0.string(12, "documentation")
            $0.fixed32(4, 11)
        }
        let runs = tensor.dropped(4)
        #expect(runs.map(\.count) == [10, 1, 1])
        #expect(runs.map(\.length) == [40, 4, 4])
        #expect(runs.map(\.range.count) == [50, 5, 5])
        #expect(runs.map(\.payload?.count) == [nil, 4, 4])
        #expect(tensor.dropped(12).map(\.length) == [13])
        #expect(tensor.dropped(9).isEmpty)
    }

    @Test func anArtifactCannotWriteToTheListOfDroppedFields() throws {
        let tensor = try tensor {
            $0.packed(2_047, [9, 1, 0, 1 << 40, 1 << 40])
            $0.int(2_047, 9)
            $0.bytes(9, [1])
        }
        #expect(tensor.dropped(9).map(\.length) == [1])
        #expect(tensor.dropped(2_047).map(\.count) == [2])
    }

    @Test func unknownFieldsAreLeftOut() throws {
        let model = try ProtobufMessage.onnx {
            $0.message(26) { $0.string(1, "device") }
            $0.int(5_000, 1)
            $0.fixed64(ProtobufField.largestNumber, 1)
            $0.int(1, 8)
        }
        #expect(model.int("ir_version") == 8)
    }

    @Test func textBeyondItsLimitIsLeftOut() throws {
        var limits = Limits()
        limits.protobufTextBytes.value = 10
        let model = try ProtobufMessage.onnx(limits: limits) {
            $0.string(2, "ten bytes.")
            $0.string(3, "eleven byte")
            $0.message(7) { $0.message(1) { $0.message(5) { $0.bytes(4, Array(repeating: 1, count: 11)) } } }
        }
        #expect(model.string("producer_name") == "ten bytes.")
        #expect(model.string("producer_version") == nil)
        let attribute = try #require(model.message("graph")?.messages("node").first?.messages("attribute").first)
        #expect(attribute.bytes("s") == nil)
        #expect(attribute.dropped(4).map(\.length) == [11])
    }

    /// `levels` messages inside each other: graph, node, attribute, graph …
    private func nested(_ levels: Int) -> [UInt8] {
        var sizes: [Int] = [0]
        let fields = [7] + (1..<max(levels, 1)).map { [1, 5, 6][($0 - 1) % 3] }
        for _ in 1..<max(levels, 1) {
            let inner = sizes[sizes.count - 1]
            sizes.append(inner + 1 + ProtobufBytes.varint(UInt64(inner)).count)
        }
        return zip(fields, sizes.reversed()).flatMap { field, size in
            [UInt8(field << 3 | 2)] + ProtobufBytes.varint(UInt64(size))
        }
    }

    @Test func nestingWithinTheLimitIsRead() throws {
        var message: ProtobufMessage? = try ProtobufMessage.onnx(nested(99))
        var depth = 0
        while let current = message {
            depth += 1
            message =
                switch depth {
                case 1: current.message("graph")
                case let depth where depth % 3 == 2: current.messages("node").first
                case let depth where depth % 3 == 0: current.messages("attribute").first
                default: current.message("g")
                }
        }
        #expect(depth == 100)
    }

    @Test(arguments: [100, 100_000]) func nestingBeyondTheLimitNamesIt(levels: Int) {
        #expect {
            try ProtobufMessage.onnx(nested(levels))
        } throws: { error in
            let error = error as? InspectionError
            return error?.reason == .limit && error?.message == "limit: protobuf depth 101 > 100"
                && error?.offset != nil
        }
    }

    @Test func noOneMayAskForMoreDepthThanTheStackHas() {
        var limits = Limits()
        limits.protobufDepth.value = .max
        #expect(throws: InspectionError(.limit, "limit: protobuf depth 257 > 256", offset: 1_024)) {
            try ProtobufMessage.onnx(nested(100_000), limits: limits)
        }
    }

    @Test func theNumberOfFieldsIsLimited() throws {
        var limits = Limits()
        limits.protobufFields.value = 3
        let bytes = ProtobufBytes {
            $0.int(1, 8)
            $0.message(8) { $0.int(2, 21) }
        }
        #expect(try ProtobufMessage.onnx(bytes.bytes, limits: limits).int("ir_version") == 8)
        limits.protobufFields.value = 2
        #expect(throws: InspectionError(.limit, "limit: protobuf fields 3 > 2", offset: 4)) {
            try ProtobufMessage.onnx(bytes.bytes, limits: limits)
        }
    }

    @Test func theSkeletonIsLimited() throws {
        var limits = Limits()
        limits.protobufSkeletonBytes.value = 1_000
        let dropped = ProtobufBytes {
            $0.message(7) { $0.message(5) { $0.bytes(9, Array(repeating: 1, count: 5_000)) } }
        }
        #expect(throws: Never.self) { try ProtobufMessage.onnx(dropped.bytes, limits: limits) }
        #expect {
            try ProtobufMessage.onnx(limits: limits) { $0.string(2, String(repeating: "a", count: 5_000)) }
        } throws: { error in
            let error = error as? InspectionError
            return error?.reason == .limit && error?.message.hasPrefix("limit: protobuf skeleton bytes") == true
        }
    }

    @Test func theMemoryOfLibprotobufCIsLimited() throws {
        let bytes = ProtobufBytes {
            $0.message(7) { graph in
                for index in 0..<20 {
                    graph.message(1) { node in
                        node.string(4, String(repeating: "Op", count: 50 * index))
                        for input in 0..<20 { node.string(1, "\(input)") }
                        node.message(5) { $0.int(3, index) }
                    }
                }
            }
            $0.message(7) { $0.message(5) { $0.bytes(9, [1, 2, 3]) } }
        }
        var limits = Limits()
        var refused = 0
        // Wherever the budget ends, it ends in an error.
        for budget in stride(from: 0, to: 80_000, by: 499) {
            limits.protobufMemory.value = budget
            do throws(InspectionError) {
                _ = try ProtobufMessage.onnx(bytes.bytes, limits: limits)
            } catch {
                refused += 1
                #expect(error.reason == .limit)
                #expect(error.message.hasPrefix("limit: protobuf memory"))
            }
        }
        #expect(refused > 50 && refused < 160)
    }

    /// A list of empty messages takes no more than in the file, or a graph of them would take three times as much.
    @Test func emptyMessagesTakeTheirSize() throws {
        let bytes = ProtobufBytes { model in
            model.message(7) { graph in
                for _ in 0..<1_000 { graph.message(1) { _ in } }
            }
        }
        var limits = Limits()
        // What of a length is only known at the end is left free for a while, and the message they stand in is long.
        limits.protobufSkeletonBytes.value = bytes.bytes.count + 32
        let model = try ProtobufMessage.onnx(bytes.bytes, limits: limits)
        #expect(model.message("graph")?.messages("node").count == 1_000)
        limits.protobufSkeletonBytes.value = bytes.bytes.count - 1
        #expect(throws: InspectionError.self) { try ProtobufMessage.onnx(bytes.bytes, limits: limits) }
    }

    /// A message that was short and comes again grows, also beyond what its length was written in.
    @Test(arguments: [1, 100, 127, 128, 300, 20_000]) func aShortMessageGrows(_ count: Int) throws {
        let model = try ProtobufMessage.onnx {
            $0.message(7) { $0.string(2, "g") }
            $0.string(2, "producer")
            $0.message(7) { $0.string(10, String(repeating: "d", count: count)) }
            $0.message(7) { $0.message(1) { $0.string(3, "node") } }
        }
        #expect(model.string("producer_name") == "producer")
        #expect(model.message("graph")?.string("name") == "g")
        #expect(model.message("graph")?.messages("node").first?.string("name") == "node")
    }
}
