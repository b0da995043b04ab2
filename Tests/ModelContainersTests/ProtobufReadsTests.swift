import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Which bytes are fetched: structure, and not the payload between it.
@Suite struct ProtobufReadsTests {
    /// A model whose tensors are inline, most of it zeros that exist nowhere, and where the payload is.
    private func model(tensors: Int, payloadBytes: Int, nodes: Int) -> (pieces: [PiecewiseBytes.Piece], [Range<Int>]) {
        var body: [PiecewiseBytes.Piece] = [
            .bytes(
                ProtobufBytes { graph in
                    for index in 0..<nodes {
                        graph.message(1) {
                            $0.string(1, "input.\(index)")
                            $0.string(1, "weight.\(index)")
                            $0.string(2, "output.\(index)")
                            $0.string(4, "MatMul")
                        }
                    }
                }.bytes)
        ]
        var payloads: [Range<Int>] = []
        for index in 0..<tensors {
            let head = ProtobufBytes {
                $0.packed(1, [payloadBytes / 4])
                $0.int(2, 1)
                $0.string(8, "weight.\(index)")
                $0.tag(9, 2)
                $0.raw(ProtobufBytes.varint(UInt64(payloadBytes)))
            }
            let start = ProtobufBytes {
                $0.tag(5, 2)
                $0.raw(ProtobufBytes.varint(UInt64(head.bytes.count + payloadBytes)))
                $0.raw(head.bytes)
            }
            body.append(.bytes(start.bytes))
            let offset = body.reduce(0) { $0 + $1.count }
            payloads.append(offset..<offset + payloadBytes)
            body.append(.zeros(payloadBytes))
        }
        body.append(.bytes(ProtobufBytes { $0.message(12) { $0.string(1, "output") } }.bytes))
        let length = body.reduce(0) { $0 + $1.count }
        let head = ProtobufBytes {
            $0.int(1, 8)
            $0.string(2, "pytorch")
            $0.tag(7, 2)
            $0.raw(ProtobufBytes.varint(UInt64(length)))
        }
        let tail = ProtobufBytes { $0.message(8) { $0.int(2, 21) } }
        return (
            [.bytes(head.bytes)] + body + [.bytes(tail.bytes)],
            payloads.map { $0.lowerBound + head.bytes.count..<$0.upperBound + head.bytes.count }
        )
    }

    @Test(arguments: [(900, 2_111_112, 0, 232_000), (19, 100_000_004, 0, 5_500), (19, 100_000_004, 1_000, 61_000)])
    func inlinePayloadIsNotFetched(tensors: Int, payloadBytes: Int, nodes: Int, most: Int) throws {
        let (pieces, payloads) = model(tensors: tensors, payloadBytes: payloadBytes, nodes: nodes)
        let recorder = RecordingBytes(PiecewiseBytes(pieces))
        #expect(recorder.count > 1_900_000_000)
        let source = ByteSource(recorder)
        let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
        #expect(recorder.readsInside(payloads: payloads) == [])
        #expect(recorder.bytesRead <= most)

        let graph = try #require(model.message("graph"))
        let initializers = graph.messages("initializer")
        #expect(initializers.map { $0.dropped(9).first?.payload } == payloads)
        #expect(initializers.last?.string("name") == "weight.\(tensors - 1)")
        #expect(graph.messages("node").count == nodes)
        #expect(graph.messages("output").count == 1)
        #expect(model.messages("opset_import").first?.int("version") == 21)
    }

    @Test func theOutlineLooksAtTagsOnly() throws {
        let (pieces, payloads) = model(tensors: 19, payloadBytes: 100_000_004, nodes: 100)
        let recorder = RecordingBytes(PiecewiseBytes(pieces))
        let outline = ProtobufOutline(ByteSource(recorder))
        #expect(outline.isComplete)
        #expect(outline.fields.map(\.number) == [1, 2, 7, 8])
        #expect(recorder.bytesRead <= 512)
        let graph = try #require(outline.first(7))
        recorder.forget()
        let inside = ProtobufOutline(ByteSource(recorder), in: graph.payload)
        #expect(inside.isComplete)
        #expect(inside.fields.map(\.number) == Array(repeating: 1, count: 100) + Array(repeating: 5, count: 19) + [12])
        #expect(recorder.readsInside(payloads: payloads) == [])
    }
}
