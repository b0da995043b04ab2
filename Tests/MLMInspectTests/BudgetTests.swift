import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// Small artifacts that would cost much: what they may cost is counted, and what is left out is said.
@Suite struct BudgetTests {
    private func inspect(_ bytes: [UInt8], _ name: String, limits: Limits = Limits()) throws -> Record {
        let source = ByteSource(MemoryBytes(bytes))
        return Inspector(limits: limits).inspect(try Artifact(source, name: name))
    }

    private let call = PickleBuilder().proto(2).global("posix", "system").binunicode("true").tuple1().reduce().stop()

    @Test func findingsAreCutPerSeverity() {
        var result = ProbeResult(FormatIdentity("a", "a", reads: ""))
        for index in 0..<5_000 { result.report(.warning, code: "many", "\(index)") }
        for _ in 0..<2 { result.report(.danger, code: "last", "still told") }
        #expect(result.findings.count == 1_025)
        #expect(result.findings.last?.code == "last")
        #expect(result.unlistedFindings == [.warning: 3_976])
    }
}
