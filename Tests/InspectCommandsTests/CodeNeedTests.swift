import MLMInspect
import ModelFormats
import ModelJSON
import TestSupport
import Testing

@testable import InspectCommands

/// Whose code runs, in a line.
@Suite struct CodeNeedTests {
    private static let records: [Record] = TestArtifact.all.compactMap { artifact in
        guard let json = try? TestArtifact.json(artifact.expectedURL) else { return nil }
        return try? JSONValueDecoder().decode(Record.self, from: json)
    }

    /// Columns beside `Loading` and `needs code: `, on a terminal of 80.
    private static let room = 52

    @Test func everyArtifactThatNeedsCodeSaysWhose() throws {
        let records = Self.records.filter { $0.loading?.verdict == .needsCode }
        try #require(records.count > 250)
        for record in records {
            let loading = try #require(record.loading)
            guard let words = CodeNeed.words(record, loading) else {
                Issue.record("\(record.path): nothing says it")
                continue
            }
            #expect(DisplayWidth.of(words) <= Self.room, "\(record.path): \(words)")
        }
    }

    private static func words(
        _ loading: Loading, findings: [Finding] = []
    ) -> String? {
        var record = SampleRecords.model("a.pt")
        record.loading = loading
        record.findings = findings
        return CodeNeed.words(record, loading)
    }

    private static func imports(_ names: String..., call: String? = nil) -> Loading {
        Loading(
            .needsCode, call: call,
            imports: names.map { Loading.Import(name: $0, tier: .unknown, where: "byte 1") })
    }

    @Test func eachKindHasItsWords() {
        var own = Self.imports("__main__.Net", "torch.nn.Linear")
        own.define = ["__main__.Net"]
        #expect(Self.words(own) == "classes of the program that wrote it: Net")
        let classes = Self.imports("sklearn.a.B", "sklearn.a.C", "scipy.d.E")
        #expect(Self.words(classes) == "runs installed code of sklearn, scipy")
        #expect(Self.words(Self.imports("builtins.getattr")) == "calls Python's own getattr")
        #expect(Self.words(Self.imports("caret", call: "readRDS(\"a.rds\")")) == "readRDS loads the installed caret")
        #expect(
            Self.words(Loading(.needsCode, classes: ["Main.Net", "Flux.Dense"]))
                == "classes of the program that wrote it: Net")
        #expect(Self.words(Loading(.needsCode)) == nil)
        let lambda = Finding(severity: .warning, code: "keras.lambda", message: "m")
        #expect(Self.words(own, findings: [lambda]) == "runs Python bytecode that is stored in the file")
        let functions = Finding(severity: .note, code: "r.functions", message: "m")
        #expect(
            Self.words(Loading(.needsCode, call: "load(\"a.rda\"); a"), findings: [functions])
                == "load runs nothing; its functions run in use")
    }

    /// A class has one name, but for the calls and findings in which it is a word of Python.
    @Test func aClassOfTheWritersProgramHasOneName() {
        for record in Self.records where record.loading?.define?.isEmpty == false {
            let text = RecordText(record, .init(style: TextStyle(isColoured: false), width: 1_000)).text
            for line in text.split(separator: "\n") where !line.contains("skops") && !line.contains("Note") {
                #expect(!line.contains("__main__"), "\(record.path): \(line)")
            }
        }
    }
}
