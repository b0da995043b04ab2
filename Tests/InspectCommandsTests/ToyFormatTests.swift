import MLMInspect
import ModelBytes
import ModelFormats
import ModelJSON
import STAC
import Testing

@testable import InspectCommands

/// What a new format takes: one type in a folder of its own, and one line in the list.
private enum Toy: Format {
    static let calls = Limits.Limit("toy calls", 7)
    static let framework = Framework("Toybox", aliases: ["toy"], origins: ["Toybox"])

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "toy", "Toy model", artifactType: "toy.save", framework: framework, extensions: ["toy"],
            writerFamily: "toy", countsExactly: true, reads: "how many bricks it has")
    ]
    static let limits = [calls]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        subject.begins(with: Array("TOY!".utf8)) ? SniffMatch(.signature, "TOY! at byte 0") : nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.facts.parameters = Parameters(total: 1_000, counting: "bricks")
        try subject.limits[calls].check(subject.artifact.size - 4)
    }
}

/// Another format that takes an id which is taken.
private enum Copycat: Format {
    static let identities = [FormatIdentity("onnx", "not ONNX at all", reads: "nothing")]
    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? { nil }
    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {}
}

@Suite struct ToyFormatTests {
    private static let list = FormatList(FormatList.all.formats + [Toy.self])

    private func record(_ bytes: String, limits: Limits = Limits(), path: String = "bricks.toy") throws -> Record {
        let artifact = try Artifact(path: path, source: ByteSource(MemoryBytes(Array(bytes.utf8))))
        return Inspector(limits: limits, formats: Self.list).inspect(artifact)
    }

    @Test func oneLineMakesItRecognised() throws {
        let record = try record("TOY!abc")
        #expect(record.verdict == .model)
        #expect(record.format?.id == "toy")
        #expect(record.facts?.framework == "Toybox")
        #expect(record.facts?.artifactType == "toy.save")
        #expect(record.findings == nil)
    }

    @Test func itIsListedWithItsLimits() {
        let text = FormatsText(style: TextStyle(isColoured: false)).text(of: Self.list)
        #expect(text.hasSuffix("toy  Toy model  toy.save\n    how many bricks it has\n    limits: toy-calls=7\n"))
    }

    @Test func itsIdIsInTheSchema() throws {
        let ids = RecordSchema.document(for: Self.list)["$defs"]?["FormatGuess"]?["properties"]?["id"]?["enum"]?.array
        #expect(ids?.contains("toy") == true)
        let known = RecordSchema.document["$defs"]?["FormatGuess"]?["properties"]?["id"]?["enum"]?.array
        #expect(known?.contains("toy") == false)
        #expect(known?.contains("onnx") == true)
    }

    @Test func itsLimitHoldsAndCanBeChanged() throws {
        let long = "TOY!" + String(repeating: "x", count: 8)
        #expect(try record(long).error?.message == "limit: toy calls 8 > 7")
        var raised = Toy.calls
        raised.value = 8
        var limits = Limits()
        limits[Toy.calls] = raised
        #expect(try record(long, limits: limits).verdict == .model)
        #expect(Self.list.limits.contains { $0.name == "toy calls" })
    }

    @Test func itTakesPartInTheChecksOfAgreement() throws {
        let facts = try #require(try record("TOY!abc").facts)
        let agreement = Agreement(facts, formats: Self.list)
        func differs(_ key: String, _ value: JSONValue, asset: Bool = false) -> Bool {
            let declared: JSONObject = [key: value]
            return !agreement.contradictions(properties: asset ? [:] : declared, asset: asset ? declared : [:]).isEmpty
        }
        #expect(differs("mlm:framework", "PyTorch"))
        #expect(!differs("mlm:framework", "toy"))
        #expect(differs("mlm:artifact_type", "torch.save", asset: true))
        #expect(differs("mlm:total_parameters", 999))
        // A list without it knows nothing of it.
        let others = Agreement(facts).contradictions(properties: ["mlm:framework": "PyTorch"])
        #expect(others.isEmpty)
    }

    @Test func itsNameIsComparedWithThoseOfTheOthers() throws {
        #expect(try record("TOY!abc", path: "bricks.onnx").findings?.map(\.code) == ["name.extension-mismatch"])
    }

    @Test func noTwoFormatsHaveOneId() {
        #expect(FormatList.all.ambiguousIDs == [])
        #expect(FormatList(FormatList.all.formats + [Copycat.self]).ambiguousIDs == ["onnx"])
    }
}
