import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// Walking something that may be protobuf.
@Suite struct ProtobufOutlineTests {
    @Test func aModelIsWalkedToItsEnd() throws {
        let outline = ProtobufOutline(try ProtobufFixture.everything.source)
        #expect(outline.end == .complete)
        #expect(outline.fields.map(\.number) == [1, 2, 3, 4, 5, 6, 7, 8, 8, 14, 14, 20, 25])
        #expect(outline.first(1)?.value == 10)
        #expect(outline.first(26) == nil)
    }

    @Test func anInnerMessageIsWalkedInItsOwnBounds() throws {
        let source = try ProtobufFixture.everything.source
        let graph = try #require(ProtobufOutline(source).first(7))
        let inside = ProtobufOutline(source, in: graph.payload)
        #expect(inside.end == .complete)
        #expect(inside.fields.first?.number == 1)
        #expect(inside.fields.last?.payload.upperBound == graph.payload.upperBound)
        let node = try #require(inside.first(1))
        let name = try #require(ProtobufOutline(source, in: node.payload).first(4))
        #expect(try source.bytes(at: name.payload.lowerBound, count: name.payload.count) == Array("Conv".utf8))
    }

    @Test func itStopsAtItsLimit() throws {
        let outline = ProtobufOutline(try ProtobufFixture.everything.source, fieldLimit: 3)
        #expect(outline.end == .fieldLimit)
        #expect(outline.fields.count == 3)
        #expect(ProtobufOutline(try ProtobufFixture.everything.source, fieldLimit: 13).isComplete)
    }

    @Test func whatIsNoProtobufSaysWhere() {
        let outline = ProtobufOutline(ByteSource(MemoryBytes(Array("{\"learner\":{}}".utf8))))
        guard case .broken(let error) = outline.end else {
            Issue.record("it was walked")
            return
        }
        #expect(error.reason == .malformed)
        #expect(error.offset == 0)
        #expect(!outline.isComplete)
    }

    @Test(arguments: [0..<5_000, -1..<3, 5_000..<5_001]) func aRangeOutsideTheSourceIsBroken(range: Range<Int>) throws {
        #expect(!ProtobufOutline(try ProtobufFixture.everything.source, in: range).isComplete)
    }

    @Test func anEmptyMessageIsComplete() {
        #expect(ProtobufOutline(ByteSource(MemoryBytes([]))).isComplete)
    }
}
