import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import TestSupport
import Testing

/// Every fact that an artifact's own framework states is in our record, and no different one.
@Suite struct TruthTests {
    @Test func everyTruthHasAnArtifact() {
        #expect(TestArtifact.strays.isEmpty)
        #expect(TestArtifact.all.count > 100)
    }

    @Test(arguments: TestArtifact.all)
    func theRecordHasEveryFactOfTheTruth(_ artifact: TestArtifact) throws {
        let record = try JSONValueEncoder().encode(Records.of(artifact))
        for difference in try artifact.truth.record.differences(in: record) { Issue.record("\(artifact)\(difference)") }
    }

    @Test(arguments: TestArtifact.all.filter { !TestArtifact.unsorted.contains($0.folder) })
    func theFolderIsTheFormat(_ artifact: TestArtifact) {
        #expect(Records.of(artifact).format?.id == artifact.folder)
    }

    /// pickletools is the judge of what a pickle imports.
    @Test(arguments: TestArtifact.all)
    func theImportsAreThoseThatPickletoolsSees(_ artifact: TestArtifact) throws {
        guard let pickles = try artifact.truth.pickles else { return }
        let imports = Records.of(artifact).loading?.imports ?? []
        var entries: [String: [String]] = [:]
        for (entry, pairs) in pickles {
            for (module, name) in pairs { entries[Self.modern(module, name), default: []].append(entry) }
        }
        let seen = Set(imports.map(\.name))
        for (name, entries) in entries.sorted(by: { $0.key < $1.key }) where !seen.contains(name) {
            // TorchScript's own classes are in the archive; they are not imported.
            if name.hasPrefix("__torch__.") || name == "__torch__" { continue }
            Issue.record("\(artifact): \(name) is missing, which \(entries) import")
        }
        for item in imports {
            guard let places = entries[item.name] else {
                Issue.record("\(artifact): pickletools sees no import of \(item.name) (\(item.where))")
                continue
            }
            #expect(
                places.contains { item.where.hasPrefix($0.isEmpty ? "byte " : "\($0) at byte ") },
                "\(artifact): \(item.name) stands in \(places), not at \(item.where)")
        }
    }

    /// Within which bounds a symbol of an exported program can vary.
    @Test(arguments: TestArtifact.all)
    func theBoundsOfDimensionsAreThoseOfTheProgram(_ artifact: TestArtifact) throws {
        guard let ranges = try artifact.truth.ranges else { return }
        let facts = Records.of(artifact).facts
        let dimensions = ((facts?.inputs ?? []) + (facts?.outputs ?? [])).flatMap { $0.dynamic ?? [] }
        for dimension in dimensions where dimension.symbol.allSatisfy({ $0.isLetter || $0.isNumber }) {
            let range = try #require(
                ranges[dimension.symbol], "\(artifact): \(dimension.symbol) is no symbol of the program")
            #expect(
                dimension.min == range[0]?.int && dimension.max == range[1]?.int,
                "\(artifact): \(dimension), not \(range)")
        }
    }

    @Test(arguments: TestArtifact.all)
    func theDraftKeepsTheRulesOfMLM(_ artifact: TestArtifact) throws {
        let record = Records.of(artifact)
        for violation in try DraftRules.violations(record) { Issue.record("\(artifact): \(violation)") }
    }

    /// The names that Python 3 gives to those of Python 2 (CPython, Lib/_compat_pickle.py); the record has these.
    private static func modern(_ module: String, _ name: String) -> String {
        let names = [
            "__builtin__": "builtins", "exceptions": "builtins", "copy_reg": "copyreg", "cPickle": "pickle",
            "commands": "subprocess",
        ]
        let types = ["long": "int", "unicode": "str", "basestring": "str", "xrange": "range", "unichr": "chr"]
        let found = module == "__builtin__" ? types[name] ?? name : name
        return "\(names[module] ?? module).\(found)"
    }
}
