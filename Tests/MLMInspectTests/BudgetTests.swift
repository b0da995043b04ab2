import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// Small artifacts that would cost much: what they may cost is counted, and what is left out is said.
@Suite struct BudgetTests {
    private func inspect(_ bytes: [UInt8], as name: String, limits: Limits = Limits()) throws -> Record {
        Inspector(limits: limits).inspect(try Artifact(path: name, source: ByteSource(MemoryBytes(bytes))))
    }

    @Test func findingsAreCutPerSeverity() {
        var result = ProbeResult(FormatIdentity("a", "a", reads: ""))
        for index in 0..<5_000 { result.report(.warning, code: "many", "\(index)") }
        for _ in 0..<2 { result.report(.danger, code: "last", "still told") }
        #expect(result.findings.count == 1_025)
        #expect(result.findings.last?.code == "last")
        #expect(result.unlistedFindings == [.warning: 3_976])
    }

    /// Names of one stored member: it is looked at as often as the limit has room for, and the rest is said.
    @Test func membersOverEachOther() throws {
        let pickle = PickleBuilder().proto(2).global("posix", "system").mark().binunicode("id").tuple().reduce().stop()
        let content = pickle.bytes + [UInt8](repeating: 0, count: 1_000)
        var builder = ZipBuilder()
        builder.add("first", Array("text".utf8))
        let offset = builder.build().headers[0] + 30 + 5 + 4
        builder.add("a", content)
        for index in 0..<40 {
            builder.add("a\(index)", content) {
                $0.isOnlyInDirectory = true
                $0.offset = offset
            }
        }
        var limits = Limits()
        limits.overlappingBytes.value = 10_000
        let record = try inspect(builder.build().bytes, as: "model.zip", limits: limits)
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.loading?.reads?.last?.verdict == .incomplete)
        let unseen = try #require(record.findings?.first { $0.code == "pickle.members-unseen" })
        #expect(unseen.message.contains("limit: overlapping bytes"))
    }

    /// The members of an archive have one budget of opcodes together.
    @Test func pickledMembers() throws {
        var builder = ZipBuilder()
        let long = PickleBuilder().proto(2).repeating(500) { $0.binint1(1).pop() }.none().stop()
        for index in 0..<10 { builder.add("\(index)", long.bytes) }
        var limits = Limits()
        limits.pickleOperations.value = 3_000
        let record = try inspect(builder.build().bytes, as: "model.zip", limits: limits)
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.findings?.contains { $0.message.contains("limit: pickle operations") } == true)
        #expect(try inspect(builder.build().bytes, as: "model.zip").loading == nil)
    }

    /// Members beyond those that are looked at leave the verdict open.
    @Test func membersBeyondThoseThatAreLookedAt() throws {
        func record(_ count: Int) throws -> Record {
            let pickle = PickleBuilder().proto(2).emptyDict().stop().bytes
            var builder = ZipBuilder.torch([("data.pkl", pickle), ("version", Array("3\n".utf8))])
            for index in 0..<count { builder.add("archive/\(index)", Array("text".utf8)) }
            return try inspect(builder.build().bytes, as: "model.pt")
        }
        #expect(try record(4_000).loading?.verdict == .dataOnly)
        let cut = try record(4_200)
        #expect(cut.loading?.verdict == .incomplete)
        #expect(cut.findings?.contains { $0.code == "pickle.members" } == true)
    }

    /// Bytes that are computed from one text again and again are run once.
    @Test func nestedPicklesOfOneText() throws {
        func load(_ pickle: PickleBuilder) -> PickleBuilder {
            pickle.global("pickle", "loads").global("_codecs", "encode").binget(0).binget(1).tuple2().reduce().tuple1()
                .reduce().pop()
        }
        let inner = PickleBuilder().global("posix", "system").mark().int("1").tuple().reduce().stop()
        let text = String(decoding: inner.bytes, as: UTF8.self)
        let pickle = PickleBuilder().proto(2).binunicode(text).binput(0).binunicode("latin1").binput(1)
            .repeating(50, load).stop()
        let record = try inspect(pickle.bytes, as: "model.pkl")
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.findings?.count { $0.message.contains("posix.system") } == 1)
    }

    /// Of a million classes of nobody's the first thousands are kept.
    @Test func classesOfAConfiguration() throws {
        func record(_ count: Int) throws -> Record {
            let layers = (0..<count).map { #"{"class_name":"C\#($0)","config":{}}"# }.joined(separator: ",")
            let text = #"{"class_name":"Sequential","keras_version":"2.12.0","config":{"layers":[\#(layers)]}}"#
            return try inspect(Array(text.utf8), as: "model.json")
        }
        func said(_ record: Record) -> String {
            record.findings?.first { $0.code == "keras.custom-objects" }?.message ?? ""
        }
        let few = try record(20)
        #expect(few.loading?.classes?.count == 20)
        #expect(said(few).hasSuffix(", … 12 more"))
        let many = try record(10_002)
        #expect(many.loading?.verdict == .needsCode)
        #expect(many.loading?.classes?.count == 10_000)
        #expect(said(many).hasSuffix(", … more than 9992"))
    }

    /// Calls that reach attributes are followed up to a number, and then it is said.
    @Test func reachedNames() throws {
        let pickle = PickleBuilder().proto(2).global("builtins", "getattr").binput(0).global("os", "path").binput(1)
            .binunicode("join").binput(2)
            .repeating(100_001) { $0.binget(0).binget(1).binget(2).tuple2().reduce().pop() }.none().stop()
        let record = try inspect(pickle.bytes, as: "model.pkl")
        #expect(record.findings?.contains { $0.code == "pickle.reached-unseen" } == true)
    }

    /// Inputs of a graph are listed up to a number, which is no more than the record says.
    @Test func inputsOfAGraph() throws {
        func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
            precondition(content.count < 16_384)
            return [number << 3 | 2, UInt8(content.count & 0x7F) | 0x80, UInt8(content.count >> 7)] + content
        }
        let node = field(1, field(1, Array("a".utf8)) + field(2, Array("b".utf8)) + field(4, Array("Relu".utf8)))
        var graph = node + field(2, Array("g".utf8))
        for index in 0..<50 { graph += field(11, field(1, Array("in\(index)".utf8))) }
        for index in 0..<30 { graph += field(12, field(1, Array("out\(index)".utf8))) }
        let model = [0x08, 0x08] + field(8, [0x10, 0x11]) + field(7, graph)
        var limits = Limits()
        limits.listedValues.value = 20
        let record = try inspect(model, as: "model.onnx", limits: limits)
        #expect(record.facts?.inputs?.map(\.name) == (0..<20).map { "in\($0)" })
        #expect(record.facts?.outputs?.count == 20)
        let said = record.findings?.filter { $0.code == "record.list-cut" }.map(\.message)
        #expect(
            said == ["50 inputs, but only the first 20 are listed", "30 outputs, but only the first 20 are listed"])
    }

    /// Ports of TensorFlow are made up to a number, and their own number is said.
    @Test func portsOfTensorFlow() throws {
        func node(_ name: String, _ operation: String) -> ProtobufBytes {
            ProtobufBytes { node in
                node.string(1, name)
                node.string(2, operation)
            }
        }
        var limits = Limits()
        limits.listedValues.value = 20
        let graph = ProtobufBytes { graph in
            for index in 0..<50 { graph.bytes(1, node("in\(index)", "Placeholder").bytes) }
            for index in 0..<30 { graph.bytes(1, node("out\(index)", "Relu").bytes) }
        }
        let record = try inspect(graph.bytes, as: "graph.pb", limits: limits)
        #expect(record.facts?.inputs?.count == 20)
        #expect(record.facts?.outputs?.map(\.name) == (0..<20).map { "out\($0)" })
        let said = ["50 inputs, but only the first 20 are listed", "30 outputs, but only the first 20 are listed"]
        #expect(record.findings?.filter { $0.code == "record.list-cut" }.map(\.message) == said)

        func signature(_ name: String, _ count: Int) -> ProtobufBytes {
            ProtobufBytes { entry in
                entry.string(1, name)
                entry.message(2) { signature in
                    for index in 0..<count {
                        signature.message(1) { input in
                            input.string(1, "in\(index + 10)")
                            input.message(2) { $0.int(2, 1) }
                        }
                    }
                }
            }
        }
        let model = ProtobufBytes { model in
            model.int(1, 1)
            model.message(2) { meta in
                meta.message(1) { information in
                    information.string(4, "serve")
                    information.string(5, "2.15.0")
                }
                meta.message(2) { $0.bytes(1, node("a", "Relu").bytes) }
                // In the order of their names this one is read last, when only 5 of 16 × 20 have room.
                meta.bytes(5, signature("serving_default", 50).bytes)
                for index in 0..<21 { meta.bytes(5, signature("a\(index + 10)", 15).bytes) }
            }
        }
        let saved = try inspect(model.bytes, as: "saved_model.pb", limits: limits)
        #expect(saved.facts?.inputs?.map(\.name) == (0..<5).map { "in\($0 + 10)" })
        let cut = saved.findings?.filter { $0.code == "record.list-cut" }.map(\.message)
        #expect(cut == ["50 inputs, but only the first 5 are listed"])
    }

    /// Of members that torch may take for its pickle the first ones are looked at.
    @Test func membersThatAreCalledAlike() throws {
        func record(_ count: Int) throws -> Record {
            let pickle = PickleBuilder().proto(2).emptyDict().stop().bytes
            let twins = Array(repeating: ("DATA.PKL", pickle), count: count)
            let members = [("data.pkl", pickle), ("version", Array("3\n".utf8))] + twins
            return try inspect(ZipBuilder.torch(members).build().bytes, as: "model.pt")
        }
        #expect(try record(127).findings?.contains { $0.code == "pickle.members-unseen" } != true)
        let cut = try record(200)
        #expect(cut.loading?.verdict == .incomplete)
        #expect(
            cut.findings?.first { $0.code == "pickle.members-unseen" }?.message
                == "201 members have the same name; only the first 129 were examined")
    }

    /// A shape of more dimensions than anything has is none.
    @Test func dimensionsOfAnInput() throws {
        func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
            [number << 3 | 2, UInt8(content.count & 0x7F) | 0x80, UInt8(content.count >> 7)] + content
        }
        func model(_ rank: Int) -> [UInt8] {
            let shape = (0..<rank).flatMap { _ in [0x0A, 2, 0x08, 3] as [UInt8] }
            let type = field(1, [0x08, 1] + field(2, shape))
            let node = field(1, field(1, Array("x".utf8)) + field(2, Array("b".utf8)) + field(4, Array("Relu".utf8)))
            let graph = node + field(2, Array("g".utf8)) + field(11, field(1, Array("x".utf8)) + field(2, type))
            return [0x08, 0x08] + field(8, [0x10, 0x11]) + field(7, graph)
        }
        #expect(try inspect(model(64), as: "model.onnx").facts?.inputs?.first?.shape?.count == 64)
        let record = try inspect(model(65), as: "model.onnx")
        #expect(record.facts?.inputs?.first?.dataType == "float32")
        #expect(record.facts?.inputs?.first?.shape == nil)
    }

    /// Packages and classes that loading takes are counted once each, however many there are, and cut with their number.
    @Test func packagesOfAConfiguration() throws {
        let layers = (0..<50).map {
            #"{"class_name": "L\#($0)", "module": "m\#($0).n", "registered_name": "p\#($0)>L\#($0)", "config": {}}"#
        }
        let text =
            #"{"class_name": "Sequential", "module": "keras", "config": {"name": "m", "layers": [\#(layers.joined(separator: ","))]}}"#
        var limits = Limits()
        limits.listedValues.value = 20
        let record = try inspect(Array(text.utf8), as: "model.json", limits: limits)
        #expect(record.loading?.verdict == .needsCode)
        #expect(record.loading?.classes?.count == 20)
        let said = record.findings?.filter { $0.code == "record.list-cut" }.map(\.message) ?? []
        #expect(said.contains("50 classes, but only the first 20 are listed"))
    }
}
