import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC
import TestSupport
import Testing

/// The Item of every artifact says of each of its values where it comes from.
@Suite struct ItemEvidenceTests {
    static let models = TestArtifact.all.filter { Records.of($0).verdict == .model }

    static func item(_ artifact: TestArtifact) throws -> Item {
        let record = Records.of(artifact)
        let source = try #require(record.itemSource(href: "./" + artifact.fileName))
        return Item([source], id: "model", idRule: ItemIdentifiers.rule)
    }

    /// Every leaf has an evidence entry for it or for what holds it; nothing is told of what is not there; and each
    /// placeholder is a gap.
    @Test(arguments: models)
    func everyLeafHasEvidence(_ artifact: TestArtifact) throws {
        let item = try Self.item(artifact)
        let document = item.json()
        for (pointer, value) in document.leaves() where !Self.isOurs(pointer) {
            #expect(
                item.evidence.contains { pointer.isWithin($0.place) }, "\(artifact): \(pointer) = \(value.description)")
        }
        for entry in item.evidence {
            #expect(document[entry.place] != nil, "\(artifact): \(entry.place) is not there: \(entry.where)")
            #expect(!entry.where.isEmpty, "\(artifact): \(entry.place)")
        }
    }

    /// What the format itself does not decide was read, derived or assumed somewhere, drafted or not.
    @Test(arguments: models)
    func everyFactHasEvidence(_ artifact: TestArtifact) throws {
        let record = Records.of(artifact)
        let facts = try JSONValueEncoder().encode(try #require(record.facts))
        let told = record.evidence ?? []
        let format = try #require(FormatList.all.identity(record.format?.id ?? ""))
        let decided: [String: JSONValue?] = [
            "framework": (format.framework?.name).map(JSONValue.string),
            "artifact_type": format.artifactType.map(JSONValue.string),
            "roles": .array((["mlm:model"] + format.roles).map(JSONValue.string)),
            "media_type": format.mediaType.map(JSONValue.string),
            "compile_method": format.compileMethod.map(JSONValue.string),
        ]
        for (key, value) in facts.object ?? [:] where decided[key] != .some(value) {
            #expect(told.contains { $0.field == key || $0.field.hasPrefix(key + ".") }, "\(artifact): \(key)")
        }
    }

    /// What mlm-inspect says of the Item is told by nobody else.
    static func isOurs(_ pointer: JSONPointer) -> Bool {
        pointer.tokens.count > 1
            && ["mlm_inspect:version", "mlm_inspect:todo", "mlm_inspect:evidence"].contains(pointer.tokens[1])
    }

    /// A value that is a placeholder has a gap, and a gap that is no note on a missing value points to one.
    @Test(arguments: models)
    func everyPlaceholderIsAGap(_ artifact: TestArtifact) throws {
        let item = try Self.item(artifact)
        let gaps = Set(item.gaps.map(\.pointer))
        let document = item.json()
        #expect(gaps.isSuperset(of: ["/geometry", "/properties/datetime"]))
        for key in ["mlm:tasks", "mlm:input", "mlm:output"] where document["properties"]?[key] == [] {
            #expect(gaps.contains("/properties/\(key)"), "\(artifact)")
        }
        if document["properties"]?["mlm:architecture"] == "unknown" {
            #expect(gaps.contains("/properties/mlm:architecture"), "\(artifact)")
        }
        for gap in item.gaps { #expect(JSONPointer(gap.pointer) != nil && !gap.hint.isEmpty, "\(artifact): \(gap)") }
        for entry in item.evidence where entry.origin == .assumed {
            // The three dates are one gap.
            let isTold = gaps.contains { JSONPointer($0)?.isWithin(entry.place) ?? false }
            let isDate = entry.place.description.hasSuffix("_datetime")
            #expect(isTold || isDate, "\(artifact): \(entry.place): \(entry.where)")
        }
    }

    /// Only what is used is declared, and what is used is.
    @Test(arguments: models)
    func extensionsAreThoseInUse(_ artifact: TestArtifact) throws {
        let document = try Self.item(artifact).json()
        let declared = (document["stac_extensions"]?.array ?? []).compactMap(\.string)
        #expect(declared.first == "https://stac-extensions.github.io/mlm/v1.5.2/schema.json")
        for (name, key) in [("file", "/file:"), ("classification", "/classification:")] {
            let isUsed = document.leaves().contains { $0.0.description.contains(key) && !Self.isOurs($0.0) }
            #expect(declared.contains { $0.contains("/\(name)/v") } == isUsed, "\(artifact): \(name)")
        }
    }

    @Test(arguments: models)
    func aFinalItemSaysNothingOfUs(_ artifact: TestArtifact) throws {
        let document = try Self.item(artifact).json(isFinal: true)
        // The columns of a table have no field in MLM.
        let text = document.write(pretty: false).replacing("\"mlm_inspect:features\"", with: "")
        #expect(!text.contains("\"mlm_inspect:"))
    }
}
