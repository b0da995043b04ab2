import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// What artifacts of TensorFlow do not show: other messages that look alike, limits, odd graphs.
@Suite struct TensorFlowTests {
    private func record(_ bytes: [UInt8], name: String = "model.pb", limits: Limits = Limits()) throws -> Record {
        Inspector(limits: limits).inspect(try Artifact(path: name, source: ByteSource(MemoryBytes(bytes))))
    }

    private func node(
        _ name: String, _ operation: String, _ inputs: [String] = [],
        _ attributes: (inout ProtobufBytes) -> Void = { _ in }
    ) -> ProtobufBytes {
        ProtobufBytes { node in
            node.text(1, name)
            node.text(2, operation)
            for input in inputs { node.text(3, input) }
            attributes(&node)
        }
    }

    /// An entry of a map of attributes.
    private func attribute(_ key: String, _ value: (inout ProtobufBytes) -> Void) -> ProtobufBytes {
        ProtobufBytes { entry in
            entry.text(1, key)
            entry.message(2, ProtobufBytes(value))
        }
    }

    private func shape(_ sizes: [Int]) -> ProtobufBytes {
        ProtobufBytes { shape in
            for size in sizes { shape.message(2, ProtobufBytes { $0.int(1, size) }) }
        }
    }

    private func placeholder(_ name: String, type: Int, _ sizes: [Int]) -> ProtobufBytes {
        node(name, "Placeholder") { node in
            node.message(5, attribute("dtype") { $0.int(6, type) })
            node.message(5, attribute("shape") { $0.message(7, shape(sizes)) })
        }
    }

    private func graph(_ nodes: [ProtobufBytes], version: Int? = nil) -> [UInt8] {
        ProtobufBytes { graph in
            for node in nodes { graph.message(1, node) }
            if let version { graph.message(4, ProtobufBytes { $0.int(1, version) }) }
        }.bytes
    }

    // MARK: look-alikes

    @Test func otherMessagesAreNotClaimed() throws {
        let coreML = ProtobufBytes { model in
            model.int(1, 1)
            model.message(2, ProtobufBytes { $0.message(1, ProtobufBytes { $0.text(1, "image") }) })
            model.message(500, ProtobufBytes { $0.message(1, ProtobufBytes { $0.text(1, "layer") }) })
        }
        let caffe = ProtobufBytes { network in
            network.text(1, "LeNet")
            network.message(100, ProtobufBytes { $0.text(1, "conv1") })
        }
        let sentencePiece = ProtobufBytes { model in
            model.message(
                1,
                ProtobufBytes {
                    $0.text(1, "<unk>")
                    $0.fixed32(2, 0)
                })
        }
        let pairs = ProtobufBytes { message in
            message.message(
                1,
                ProtobufBytes {
                    $0.text(1, "first")
                    $0.text(2, "second")
                })
        }
        for (index, message) in [coreML, caffe, sentencePiece, pairs].enumerated() {
            let subject = InspectedArtifact(
                try Artifact(path: "model.pb", source: ByteSource(MemoryBytes(message.bytes))), limits: Limits(),
                formats: .all)
            let claims = FormatList.all.formats.filter { $0.sniff(subject) != nil }.map { $0.identities[0].id }
            #expect(!claims.contains { $0.hasPrefix("tf-") }, "message \(index) is claimed by \(claims)")
        }
    }

    @Test func aGraphIsNoONNX() throws {
        let bytes = graph([placeholder("x", type: 1, [-1, 4]), node("y", "Identity", ["x"])])
        #expect(try record(bytes).format?.id == "tf-frozen-graph")
        #expect(try record(bytes).alternatives == nil)
    }

    // MARK: graphs

    @Test func graphsOfOldTellNoScalarPlaceholder() throws {
        let nodes = [placeholder("x", type: 1, []), node("y", "Identity", ["x"])]
        #expect(try record(graph(nodes, version: 21)).facts?.inputs?.first?.shape == nil)
        #expect(try record(graph(nodes, version: 22)).facts?.inputs?.first?.shape == [])
    }

    @Test func referenceTypesAreTheirTypes() throws {
        let types = [(1, "float32"), (101, "float32"), (33, "float4_e2m1fn"), (119, "float16")]
        for (number, name) in types {
            let bytes = graph([placeholder("x", type: number, [1]), node("y", "Identity", ["x"])])
            #expect(try record(bytes).facts?.inputs?.first?.dataType == name)
        }
        for number in [0, 34, 100, 134, -1] {
            let bytes = graph([placeholder("x", type: number, [1]), node("y", "Identity", ["x"])])
            #expect(try record(bytes).facts?.inputs?.first?.dataType == nil)
        }
    }

    @Test(arguments: [("NCHW", "channel"), ("NHWC", "height")])
    func dimensionsAreNamedByTheConvolution(_ format: String, _ second: String) throws {
        let convolution = node("conv", "Conv2D", ["scaled", "w"]) { node in
            node.message(5, attribute("data_format") { $0.text(2, format) })
        }
        let nodes = [
            placeholder("x", type: 1, [-1, 3, 64, 64]), node("scaled", "Mul", ["factor", "x"]), convolution,
            node("y", "Relu", ["conv"]),
        ]
        #expect(try record(graph(nodes)).facts?.inputs?.first?.dimOrder?[1] == second)
    }

    @Test func aTransposedInputHasNoNames() throws {
        let nodes = [
            placeholder("x", type: 1, [-1, 3, 64, 64]), node("turned", "Transpose", ["x", "order"]),
            node("conv", "Conv2D", ["turned", "w"]),
        ]
        #expect(try record(graph(nodes)).facts?.inputs?.first?.dimOrder == nil)
    }

    @Test func aHundredThousandNodes() throws {
        var nodes = [placeholder("x", type: 1, [-1, 4])]
        for index in 0..<100_000 { nodes.append(node("n\(index)", "Relu", [index == 0 ? "x" : "n\(index - 1)"])) }
        let record = try record(graph(nodes))
        #expect(record.verdict == .model)
        #expect(record.facts?.outputs?.map(\.name) == ["n99999"])
    }

    @Test func nodesThatCallThemselvesEnd() throws {
        let nodes = [
            placeholder("x", type: 1, [-1, 8, 8, 3]), node("a", "Relu", ["b"]), node("b", "Relu", ["a"]),
            node("y", "Relu", ["b"]),
        ]
        #expect(try record(graph(nodes)).verdict == .model)
    }

    @Test func aConstantBeyondAnyMemoryIsNotCounted() throws {
        let constant = node("w", "Const") { node in
            node.message(
                5,
                attribute("value") {
                    $0.message(
                        8,
                        ProtobufBytes {
                            $0.int(1, 1)
                            $0.message(2, shape([1 << 62, 1 << 62]))
                        })
                })
        }
        let nodes = [placeholder("x", type: 1, [-1]), constant, node("y", "Mul", ["x", "w"])]
        let record = try record(graph(nodes))
        #expect(record.facts?.parameters == nil)
        #expect(record.findings?.contains { $0.code == "tensorflow.uncountable" } == true)
    }

    @Test func operatorsThatReachBeyondTheGraphAreFound() throws {
        for (operation, verdict) in [
            ("ReadFile", Loading.Verdict.dangerous), ("WriteFile", .dangerous), ("EagerPyFunc", .needsCode),
            ("Relu", .dataOnly),
        ] {
            let bytes = graph([placeholder("x", type: 7, []), node("y", operation, ["x"])], version: 1_000)
            #expect(try record(bytes).loading?.verdict == verdict, "\(operation)")
        }
    }

    // MARK: archives

    @Test func aGraphThatInflatesBeyondItsLimitIsAnError() throws {
        var tar = TarBuilder()
        tar.add("saved_model.pb", [UInt8](repeating: 0, count: 2 << 20))
        let bytes = gzip(tar.bytes + [UInt8](repeating: 0, count: 1_024))
        var limits = Limits()
        limits.inflatedBytes.value = 1 << 20
        let record = try record(bytes, name: "model.tar.gz", limits: limits)
        #expect(record.error?.reason == .limit)
        #expect(record.error?.message.contains("inflated bytes") == true)
    }

    @Test func shardsAreNotKept() throws {
        var tar = TarBuilder()
        tar.add("model/variables/variables.data-00000-of-00001", [UInt8](repeating: 7, count: 8 << 20))
        tar.add(
            "model/saved_model.pb",
            ProtobufBytes {
                $0.int(1, 1)
                $0.message(2, ProtobufBytes())
            }.bytes)
        var limits = Limits()
        limits.inflatedBytes.value = 1 << 20
        let record = try record(
            gzip(tar.bytes + [UInt8](repeating: 0, count: 1_024)), name: "model.tgz", limits: limits)
        #expect(record.verdict == .model)
        #expect(record.format?.variant == "gzip-compressed tar")
    }

    /// RFC 1952, with the checksum that its decoder asks for.
    private func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        crc = ~crc
        var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Deflate.stored(bytes)
        for value in [crc, UInt32(truncatingIfNeeded: bytes.count)] {
            for shift in stride(from: 0, to: 32, by: 8) {
                result.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
            }
        }
        return result
    }
}

extension ProtobufBytes {
    fileprivate mutating func text(_ field: Int, _ value: String) { string(field, value) }
    fileprivate mutating func message(_ field: Int, _ message: ProtobufBytes) { bytes(field, message.bytes) }
}
