import Foundation
import ModelContainers
import ModelJSON
import STAC
import TestSupport
import Testing

/// `DocumentCheck` beside the official schemas: Fixtures/check.json has documents with the verdicts of check-stac.
@Suite struct CheckTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let document: JSONValue
        let isValid: Bool
        var testDescription: String { name }
    }

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/check.json")

    static func cases() throws -> [Case] {
        let corpus = try TestArtifact.json(fixtures)
        return try #require(corpus["cases"]?.array).map { one in
            let name = try #require(one["name"]?.string)
            let base = try #require(one["base"]?.string)
            var document = try #require(corpus["bases"]?[base])
            for step in try #require(one["patch"]?.array) {
                let text = try #require(step[1]?.string)
                let pointer = try #require(JSONPointer(text))
                document = try #require(Self.patched(document, pointer.tokens[...], step[2]), "\(name)")
            }
            return Case(name: name, document: document, isValid: one["valid"] == true)
        }
    }

    private static func document(_ name: String) throws -> JSONValue {
        let cases = try cases()
        return try #require(cases.first { $0.name == name }?.document, "\(name)")
    }

    /// With another value at a place, or with nothing there.
    private static func patched(_ value: JSONValue, _ tokens: ArraySlice<String>, _ new: JSONValue?) -> JSONValue? {
        guard let token = tokens.first else { return new }
        let rest = tokens.dropFirst()
        switch value {
        case .object(var members):
            members[token] = rest.isEmpty ? new : members[token].flatMap { patched($0, rest, new) }
            return .object(members)
        case .array(var elements):
            guard let position = Int(token), position <= elements.count else { return nil }
            if position == elements.count {
                elements += [new].compactMap(\.self)
            } else if let changed = rest.isEmpty ? new : patched(elements[position], rest, new) {
                elements[position] = changed
            } else {
                elements.remove(at: position)
            }
            return .array(elements)
        default: return nil
        }
    }

    private static func isValid(_ document: JSONValue) -> Bool { (try? DocumentCheck(document))?.isValid ?? false }

    @Test func verdictsAreThoseOfTheSchemas() throws {
        let cases = try Self.cases()
        #expect(cases.count > 700)
        for one in cases {
            let check = try? DocumentCheck(one.document)
            let found = (check?.violations ?? []).map { "\($0.pointer) \($0.message)" }
            if check?.isComplete ?? true {
                #expect(
                    Self.isValid(one.document) == one.isValid,
                    "\(one.name): schemas say \(one.isValid), and we \(found)")
            } else if one.isValid {
                // What is not checked may be wrong; what is called wrong is.
                #expect(found.isEmpty, "\(one.name): schemas say it is valid")
            }
        }
    }

    @Test func whatCannotBeCheckedIsSaid() throws {
        let draft = try Self.document("base draft")
        let pointer = JSONPointer(["stac_extensions"])
        let addresses = ["https://stac-extensions.github.io/eo/v1.1.0/schema.json", "https://example.com/schema"]
        let declared = (draft["stac_extensions"]?.array ?? []) + addresses.map(JSONValue.string)
        let document = try #require(Self.patched(draft, pointer.tokens[...], .array(declared)))
        let check = try DocumentCheck(document)
        #expect(check.isValid && !check.isComplete)
        #expect(
            check.unchecked.map(\.message) == [
                "eo v1.1.0 was not checked; the version that is checked is eo v2.0.0; a folder of schemas can supply its schema",
                "\"https://example.com/schema\" was not checked; no rules for it are known here; "
                    + "a folder of schemas can supply its schema",
            ])
    }

    /// Everybody is told where, and in words.
    @Test func violationsHaveAPlace() throws {
        for one in try Self.cases() {
            guard let check = try? DocumentCheck(one.document) else { continue }
            for violation in check.violations + check.notes {
                let pointer = try #require(JSONPointer(violation.pointer), "\(one.name): \(violation.pointer)")
                #expect(one.document[pointer] != nil, "\(one.name): nothing is at \(pointer)")
                #expect(!violation.message.isEmpty, "\(one.name)")
            }
        }
    }

    @Test(arguments: ItemEvidenceTests.models)
    func draftsAreValid(_ artifact: TestArtifact) throws {
        let item = try ItemEvidenceTests.item(artifact)
        for isFinal in [false, true] {
            let check = try DocumentCheck(item.json(isFinal: isFinal))
            #expect(check.violations == [], "\(artifact)")
            #expect(check.gaps.count == (isFinal ? 0 : item.gaps.count), "\(artifact)")
        }
    }

    @Test func saysWhatToDo() throws {
        let item = try Self.document("channel without bands")
        let pointer = JSONPointer(["properties", "mlm:input", "0", "input", "dim_order", "1"])
        let broken = try #require(Self.patched(item, pointer.tokens[...], "bands"))
        #expect(
            try DocumentCheck(broken).violations == [
                Violation(
                    pointer: "/properties/mlm:input/0",
                    message: "dimension \"bands\" needs a list of bands; add \"bands\", or rename it \"channel\"")
            ])
    }

    @Test func whatTheReadmeAsksIsANote() throws {
        for (name, note) in [
            (
                "/properties/mlm:input/0/input/shape = [0, 4, 1, 1]",
                "no dimension has a size of 0; write -1 if it varies"
            ),
            ("/properties/mlm:framework = \"torch\"", "MLM spells it \"PyTorch\""),
            ("/properties/mlm:architecture = \"\"", "is empty; write its name, or \"unknown\""),
            (
                "/properties/mlm:pretrained = false",
                "is false, so \"mlm:pretrained_source\" must be null; add it"
            ),
        ] {
            let check = try DocumentCheck(Self.document(name))
            #expect(check.isValid, "\(name)")
            #expect(check.notes.map(\.message).contains(note), "\(name): \(check.notes)")
        }
    }

    /// A list of a million wrong elements takes a million steps, and is told in few.
    @Test func manyViolationsAreCounted() throws {
        let base = try Self.document("base draft")
        let tasks = JSONPointer(["properties", "mlm:tasks"])
        let many = JSONValue.array((0..<200_000).map { JSONValue($0) })
        let document = try #require(Self.patched(base, tasks.tokens[...], many))
        let check = try DocumentCheck(document, listing: 10)
        #expect(check.violations.count == 10)
        #expect(check.violationCount == 200_000)
    }

    @Test(arguments: ["[]", "3", "{}", #"{"type": "FeatureCollection"}"#, #"{"type": null}"#])
    func whatIsNoSTACIsSaidSo(_ text: String) throws {
        #expect(throws: NotSTAC.self) { try DocumentCheck(try JSONValue.parse(text)) }
    }
}
