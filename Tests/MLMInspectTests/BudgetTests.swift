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

    /// Calls that reach attributes are followed up to a number, and then it is said.
    @Test func reachedNames() throws {
        let pickle = PickleBuilder().proto(2).global("builtins", "getattr").binput(0).global("os", "path").binput(1)
            .binunicode("join").binput(2)
            .repeating(100_001) { $0.binget(0).binget(1).binget(2).tuple2().reduce().pop() }.none().stop()
        let record = try inspect(pickle.bytes, as: "model.pkl")
        #expect(record.findings?.contains { $0.code == "pickle.reached-unseen" } == true)
    }
}
