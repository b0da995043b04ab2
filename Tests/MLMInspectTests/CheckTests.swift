import Foundation
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@testable import STAC

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
        let addresses = ["https://stac-extensions.github.io/eo/v1.0.0/schema.json", "https://example.com/schema"]
        let declared = (draft["stac_extensions"]?.array ?? []) + addresses.map(JSONValue.string)
        let document = try #require(Self.patched(draft, pointer.tokens[...], .array(declared)))
        let check = try DocumentCheck(document)
        #expect(check.isValid && !check.isComplete)
        #expect(
            check.unchecked.map(\.message) == [
                "eo v1.0.0 was not checked; the version that is checked is eo v2.0.0; a folder of schemas can supply its schema",
                "\"https://example.com/schema\" was not checked; no rules for it are known here; "
                    + "a folder of schemas can supply its schema",
            ])
    }

    /// A draft with this in place of what it has there.
    private static func draft(_ tokens: [String], _ new: JSONValue) throws -> DocumentCheck {
        try DocumentCheck(try #require(patched(try document("base draft"), tokens[...], new)))
    }

    private static func polygon(_ rings: String) throws -> JSONValue {
        ["type": "Polygon", "coordinates": try JSONValue.parse(rings)]
    }

    /// What the schema lets pass, and only a person can have meant otherwise, is said.
    @Test(
        arguments: [
            ("[[[0,0],[9,0],[9,9],[0,9],[0,0]]]", true, nil),
            ("[[[0,0],[9,0],[9,9],[0,9]]]", true, "does not end where it begins, as RFC 7946 wants"),
            ("[[[0,0],[9,0],[0,0]]]", false, "at least 4"),
            ("[[[0,0],[9,9],[9,0],[0,9],[0,0]]]", true, "crosses the one from [9,0]"),
            ("[[[0,0],[0,9],[9,9],[9,0],[0,0]]]", true, "clockwise"),
            ("[[[170,0],[-170,0],[-170,9],[170,9],[170,0]]]", true, "cut it at the antimeridian"),
            ("[[[0,0],[9,0],[9,95],[0,9],[0,0]]]", true, "latitude 95.0 is beyond 90"),
            ("[[[0,0],[9,0],[9,9],[4,0],[0,0]]]", true, nil),
        ] as [(String, Bool, String?)])
    func ringsOfAGeometry(_ rings: String, _ isValid: Bool, _ message: String?) throws {
        let check = try Self.draft(["geometry"], try Self.polygon(rings))
        let found = (check.violations + check.notes).filter { $0.pointer.hasPrefix("/geometry") }.map(\.message)
        #expect(check.violations.contains { $0.pointer.hasPrefix("/geometry") } != isValid, "\(found)")
        #expect(message.map { text in found.contains { $0.contains(text) } } ?? found.isEmpty, "\(found)")
    }

    /// Of a ring of a hundred thousand positions no more pairs of lines are compared than the limit says.
    @Test func longRings() throws {
        let comb = (0..<100_000).map { index -> JSONValue in
            [JSONValue(Double(index) / 1000 - 50), JSONValue(index.isMultiple(of: 2) ? 0.0 : 80.0)]
        }
        let spiral = (0..<100_000).map { index -> JSONValue in
            [JSONValue(index.isMultiple(of: 2) ? -90.0 : 90.0), JSONValue(Double(index) / 2000)]
        }
        for positions in [comb, spiral] {
            let ring = JSONValue.array(positions + [positions[0]])
            // Five thousand million pairs of lines would take minutes.
            let found = try #require(LinearRing(ring))
            #expect(found.isClosed && (found.crossing?.0 ?? 0) >= 0)
        }
    }

    /// eo v1.1.0, which Items of STAC 1.0.0 have their bands by.
    @Test(
        arguments: [
            ("{\"name\":\"B02\",\"common_name\":\"blue\",\"center_wavelength\":0.49}", nil),
            ("{\"name\":\"B02\",\"common_name\":\"bleu\"}", "did you mean blue?"),
            ("{\"name\":\"B05\",\"common_name\":\"rededge071\"}", "one of coastal"), ("{}", "at least 1"),
            ("{\"center_wavelength\":\"490 nm\"}", "must be a number"),
        ] as [(String, String?)])
    func bandsOfOlderItems(_ band: String, _ message: String?) throws {
        let band = try JSONValue.parse(band)
        let asset: JSONValue = ["href": "./m.pt", "eo:bands": [band]]
        let item: JSONValue = [
            "type": "Feature", "stac_version": "1.0.0", "id": "m", "geometry": .null, "links": [],
            "stac_extensions": ["https://stac-extensions.github.io/eo/v1.1.0/schema.json"],
            "properties": ["datetime": "2020-01-01T00:00:00Z"], "assets": ["model": asset],
        ]
        let check = try DocumentCheck(item)
        let found = check.violations.map(\.message)
        #expect(check.isComplete)
        #expect(message.map { text in found.contains { $0.contains(text) } } ?? found.isEmpty, "\(found)")
        let properties = try #require(Self.patched(item, ["properties", "eo:bands"], [band]))
        let without = try #require(Self.patched(properties, ["assets", "model"], ["href": "./m.pt"]))
        #expect(try DocumentCheck(without).violations.contains { $0.message.contains("on an asset too") })
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
