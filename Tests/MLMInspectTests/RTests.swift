import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// R's serialization where no artifact of R shows it.
@Suite struct RTests {
    /// A list of one vector of a million numbers, with the class of a linear model.
    private static let long: [UInt8] = {
        var bytes = Array("X\n".utf8)
        func number(_ value: Int) { for shift in [24, 16, 8, 0] { bytes.append(UInt8(value >> shift & 0xFF)) } }
        func text(_ value: String) {
            number(9 | 0x40000)
            number(value.utf8.count)
            bytes += Array(value.utf8)
        }
        for value in [3, 0x0004_0202, 0x0003_0500, 5] { number(value) }
        bytes += Array("UTF-8".utf8)
        for value in [19 | 0x300, 1, 14, 1_000_000] { number(value) }
        bytes += [UInt8](repeating: 0x3F, count: 8_000_000)
        for (attribute, value) in [("names", "coefficients"), ("class", "lm")] {
            number(2 | 0x400)
            number(1)
            text(attribute)
            number(16)
            number(1)
            text(value)
        }
        number(254)
        return bytes
    }()

    @Test func vectorsOfAnUncompressedFileAreNotRead() throws {
        let recorder = RecordingBytes(Self.long)
        let record = Inspector().inspect(try Artifact(path: "long.rds", source: ByteSource(recorder)))
        #expect(record.facts?.architecture == "lm")
        #expect(record.facts?.parameters?.total == 1_000_000)
        #expect(recorder.bytesRead < 16 << 10)
    }

    @Test func itemsAreCountedAgainstALimit() throws {
        var limits = Limits()
        limits.rItems.value = 3
        let record = Inspector(limits: limits).inspect(
            try Artifact(path: "long.rds", source: ByteSource(MemoryBytes(Self.long))))
        #expect(record.error?.message.contains("r items 4 > 3") == true)
    }

    /// What waits in a promise is found however it is named, and a variable of such a name is no danger.
    @Test(arguments: [
        ("r_promise_system.rds", "dangerous"), ("r_promise_get.rds", "dangerous"),
        ("r_promise_harmless.rds", "needs-code"), ("r_promise_forced.rds", "needs-code"),
        ("r_reference_loop.rds", "data-only"),
    ])
    func promisesAreJudged(_ name: String, _ verdict: String) throws {
        let artifact = try #require(TestArtifact.all.first { $0.folder == "hostile" && $0.fileName == name })
        #expect(Records.of(artifact).loading?.verdict.rawValue == verdict)
    }

    /// A variable may have any name; the call holds it as a name, whatever stands in it.
    @Test(arguments: [
        ("r_name_call.rda", #"load("r_name_call.rda"); `system("touch /tmp/marker")`"#),
        ("r_name_backtick.rda", #"load("r_name_backtick.rda"); `a\`; system('true'); \`b\\n`"#),
    ])
    func namesAreNoCode(_ name: String, _ call: String) throws {
        let artifact = try #require(TestArtifact.all.first { $0.folder == "hostile" && $0.fileName == name })
        #expect(Records.of(artifact).loading?.call == call)
    }
}
