import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// ProbeResult a message, and asking it by name.
@Suite struct ProtobufMessageTests {
    @Test(arguments: ProtobufFixture.allCases)
    func agreesWithPythonFieldByField(fixture: ProtobufFixture) throws {
        let source = try fixture.source
        let model = try ProtobufMessage.read(source, as: .onnxModel, limits: Limits())
        let lines = try ProtobufDump.lines(model, from: source)
        let expected = try fixture.lines
        for (line, other) in zip(lines, expected) { #expect(line == other) }
        #expect(lines.count == expected.count)
    }

    @Test func anEmptyMessageHasNothing() throws {
        let model = try ProtobufMessage.onnx([])
        #expect(!model.has("ir_version"))
        #expect(!model.has("graph"))
        #expect(model.int("ir_version") == nil)
        #expect(model.string("producer_name") == nil)
        #expect(model.message("graph") == nil)
        #expect(model.messages("opset_import").isEmpty)
    }

    @Test func presenceIsNotTheDefaultValue() throws {
        let model = try ProtobufMessage.onnx {
            $0.int(1, 0)
            $0.string(2, "")
            $0.message(7) { _ in }
        }
        #expect(model.has("ir_version"))
        #expect(model.int("ir_version") == 0)
        #expect(model.string("producer_name") == "")
        #expect(model.message("graph")?.has("name") == false)
        #expect(!model.has("model_version"))
    }

    @Test func listsOutliveTheMessageTheyCameFrom() throws {
        var nodes: ProtobufList<ProtobufMessage>?
        do {
            nodes = try ProtobufMessage.onnx {
                $0.message(7) { graph in
                    for index in 0..<100 { graph.message(1) { $0.string(4, "Op\(index)") } }
                }
            }.message("graph")?.messages("node")
        }
        #expect(nodes?.count == 100)
        #expect(nodes?.last?.string("op_type") == "Op99")
        #expect(nodes?.map { $0.strings("input").count } == Array(repeating: 0, count: 100))
    }

    @Test func dimsMayBePackedOrNot() throws {
        let model = try ProtobufMessage.onnx {
            $0.message(7) {
                $0.message(5) { $0.packed(1, [2, -1, 1 << 40]) }
                $0.message(5) {
                    $0.int(1, 2)
                    $0.int(1, -1)
                    $0.packed(1, [])
                    $0.packed(1, [1 << 40])
                }
            }
        }
        let tensors = try #require(model.message("graph")).messages("initializer")
        #expect(tensors.map { $0.ints("dims") } == [[2, -1, 1 << 40], [2, -1, 1 << 40]])
    }

    @Test(arguments: [[0x80], [0x01, 0xFF], Array(repeating: 0x80, count: 10) + [0x00]] as [[UInt8]])
    func packedVarintThatDoesNotEndIsMalformed(list: [UInt8]) {
        #expect {
            try ProtobufMessage.onnx { $0.message(7) { $0.message(5) { $0.bytes(1, list) } } }
        } throws: { error in
            (error as? InspectionError)?.reason == .malformed
        }
    }

    @Test func invalidUTF8IsRepaired() throws {
        let model = try ProtobufMessage.onnx {
            $0.bytes(2, [0x61, 0xFF, 0x62])
            $0.bytes(3, [0xC3])
            $0.message(7) { $0.message(1) { $0.message(5) { $0.bytes(9, [0xED, 0xA0, 0x80]) } } }
        }
        #expect(model.string("producer_name") == "a\u{FFFD}b")
        #expect(model.string("producer_version") == "\u{FFFD}")
        let attribute = model.message("graph")?.messages("node").first?.messages("attribute").first
        #expect(attribute?.strings("strings").first?.unicodeScalars.allSatisfy { $0 == "\u{FFFD}" } == true)
    }

    @Test func aStringEndsAtItsFirstNULAndBytesDoNot() throws {
        let model = try ProtobufMessage.onnx {
            $0.string(2, "ab\0cd")
            $0.message(7) { $0.message(1) { $0.message(5) { $0.string(4, "ab\0cd") } } }
        }
        #expect(model.string("producer_name") == "ab")
        let attribute = model.message("graph")?.messages("node").first?.messages("attribute").first
        #expect(attribute?.string("s") == "ab\0cd")
        #expect(attribute?.bytes("s") == Array("ab\0cd".utf8))
    }

    @Test func theLastOfAOneofIsSet() throws {
        let model = try ProtobufMessage.onnx {
            $0.message(7) {
                $0.message(11) {
                    $0.message(2) {
                        $0.message(1) { $0.int(1, 1) }
                        $0.message(5) { $0.int(1, 7) }
                    }
                }
                $0.message(12) { $0.message(2) { $0.string(6, "IMAGE") } }
            }
        }
        let graph = try #require(model.message("graph"))
        let type = try #require(graph.messages("input").first?.message("type"))
        #expect(type.oneofCase == "map_type")
        #expect(type.message("tensor_type") == nil)
        #expect(!type.has("tensor_type"))
        #expect(type.message("map_type")?.int("key_type") == 7)
        #expect(graph.messages("output").first?.message("type")?.oneofCase == nil)
        #expect(graph.oneofCase == nil)
    }

    @Test func aMessageThatOccursTwiceIsMerged() throws {
        let model = try ProtobufMessage.onnx {
            $0.string(2, "first")
            $0.message(7) {
                $0.string(2, "main")
                $0.message(1) { $0.string(4, "Conv") }
                $0.message(5) { $0.bytes(9, [1, 2, 3, 4]) }
            }
            $0.int(1, 8)
            $0.message(7) {
                $0.message(1) { $0.string(4, "Relu") }
                $0.string(10, "late")
            }
            $0.string(2, "last")
        }
        #expect(model.string("producer_name") == "last")
        let graph = try #require(model.message("graph"))
        #expect(graph.string("name") == "main")
        #expect(graph.string("doc_string") == "late")
        #expect(graph.messages("node").map { $0.string("op_type") } == ["Conv", "Relu"])
        #expect(graph.messages("initializer").first?.dropped(9).first?.length == 4)
    }

    @Test func piecesAreMergedAtEveryLevel() throws {
        let model = try ProtobufMessage.onnx {
            $0.message(7) {
                $0.message(11) {
                    // Neither piece of this type says which one it is.
                    $0.message(2) { _ in }
                    $0.string(1, "any")
                    $0.message(2) { $0.string(6, "IMAGE") }
                }
                $0.message(12) {
                    $0.message(2) { $0.message(1) { $0.int(1, 7) } }
                    $0.message(2) { $0.string(6, "AUDIO") }
                    $0.string(1, "y")
                    $0.message(2) { $0.message(1) { $0.message(2) { $0.message(1) { $0.int(1, 3) } } } }
                    $0.message(2) { $0.message(1) { $0.message(2) { $0.message(1) { $0.string(2, "n") } } } }
                }
                $0.message(1) {
                    $0.message(5) {
                        $0.message(6) { $0.string(2, "body") }
                        $0.message(6) { $0.message(1) { $0.string(4, "Add") } }
                        $0.string(1, "branch")
                        $0.message(6) { $0.message(1) { $0.string(4, "Mul") } }
                    }
                }
            }
        }
        let graph = try #require(model.message("graph"))
        let input = try #require(graph.messages("input").first)
        #expect(input.string("name") == "any")
        #expect(input.message("type")?.string("denotation") == "IMAGE")
        #expect(input.message("type")?.oneofCase == nil)
        let output = try #require(graph.messages("output").first)
        #expect(output.string("name") == "y")
        #expect(output.message("type")?.string("denotation") == "AUDIO")
        let tensor = try #require(output.message("type")?.message("tensor_type"))
        #expect(tensor.int("elem_type") == 7)
        let dims = try #require(tensor.message("shape")).messages("dim")
        #expect(dims.map(\.oneofCase) == ["dim_value", "dim_param"])
        let attribute = try #require(graph.messages("node").first?.messages("attribute").first)
        #expect(attribute.string("name") == "branch")
        #expect(attribute.message("g")?.string("name") == "body")
        #expect(attribute.message("g")?.messages("node").map { $0.string("op_type") } == ["Add", "Mul"])
    }

    @Test(arguments: [true, false]) func endlessPiecesAreRefused(apart: Bool) throws {
        var limits = Limits()
        limits.protobufSkeletonBytes.value = 4_000
        let bytes = ProtobufBytes {
            for _ in 0..<200 {
                if apart { $0.int(1, 8) }
                $0.message(7) { $0.string(10, "piece") }
            }
        }
        if apart {
            #expect(throws: InspectionError(.unsupported, "protobuf messages come in too many pieces")) {
                try ProtobufMessage.onnx(bytes.bytes, limits: limits)
            }
        } else {
            #expect(try ProtobufMessage.onnx(bytes.bytes, limits: limits).message("graph")?.has("doc_string") == true)
        }
    }

    /// The last message grows in place once its length is written in five bytes, and is moved before that.
    @Test(arguments: [1, 2, 3, 40, 300]) func piecesOfTheLastMessageAreAllThere(_ count: Int) throws {
        let bytes = ProtobufBytes {
            for index in 0..<count { $0.message(7) { $0.message(1) { $0.string(4, "operator \(index)") } } }
            $0.string(2, "producer")
            $0.message(7) { $0.string(2, "graph") }
        }
        let model = try ProtobufMessage.onnx(bytes.bytes)
        let graph = try #require(model.message("graph"))
        #expect(graph.messages("node").map { $0.string("op_type") } == (0..<count).map { "operator \($0)" })
        #expect(graph.string("name") == "graph")
        #expect(model.string("producer_name") == "producer")
    }

    @Test func aWrongNameOrKindIsAProgrammersError() async {
        await #expect(processExitsWith: .failure) { _ = try ProtobufMessage.onnx([]).string("producer") }
        await #expect(processExitsWith: .failure) { _ = try ProtobufMessage.onnx([]).int("producer_name") }
        await #expect(processExitsWith: .failure) { _ = try ProtobufMessage.onnx([]).message("opset_import") }
    }

    @Test func theSameWireTypeRuleHoldsAsInEveryDecoder() throws {
        // Known numbers with another wire type are unknown fields: left out, and no error.
        let model = try ProtobufMessage.onnx {
            $0.string(1, "not an int")
            $0.int(2, 5)
            $0.fixed32(7, 1)
            $0.int(8, 3)
            $0.message(8) { $0.packed(2, [1, 2]) }
        }
        #expect(model.int("ir_version") == nil)
        #expect(model.string("producer_name") == nil)
        #expect(model.message("graph") == nil)
        #expect(model.messages("opset_import").map { $0.int("version") } == [nil])
    }
}
