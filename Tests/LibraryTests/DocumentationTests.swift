import MLMInspect
import Testing

/// Every public declaration of a type that the product exports has a doc comment.
@Suite struct DocumentationTests {
    /// The files that have what a client sees.
    private static let files = [
        "MLMInspect/Inspector.swift", "MLMInspect/Inspector+Checksum.swift",
        "MLMInspect/Inspector+Listing.swift", "MLMInspect/Record.swift", "MLMInspect/Record+Item.swift",
        "MLMInspect/Record+JSON.swift", "MLMInspect/RecordSchema.swift",
        "MLMInspect/Scan/Attention.swift", "MLMInspect/Scan/FileClass.swift", "MLMInspect/Scan/Scan.swift",
        "MLMInspect/Scan/ScannedRecord.swift", "MLMInspect/Scan/Workers/ArchiveInspection.swift",
        "MLMInspect/Version.swift", "ModelBytes/Artifact.swift", "ModelBytes/ByteSource.swift",
        "ModelBytes/InspectionError.swift", "ModelBytes/Limits.swift", "ModelContainers/HDF5/HDF5Reader.swift",
        "ModelFormats/Vocabulary/EmbeddedMetadata.swift", "ModelFormats/Vocabulary/Fingerprint.swift",
        "ModelFormats/Vocabulary/Listing.swift", "ModelFormats/Vocabulary/Loading.swift",
        "ModelFormats/Vocabulary/ModelFacts.swift", "ModelFormats/Vocabulary/OrderedCases.swift",
        "ModelFormats/Vocabulary/ProbeResult.swift", "ModelJSON/JSONNumber.swift", "ModelJSON/JSONObject.swift",
        "ModelJSON/JSONPointer.swift", "ModelJSON/JSONValue.swift", "ModelJSON/JSONValue+Codable.swift",
        "ModelJSON/JSONWriter.swift", "STAC/Draft.swift", "STAC/Item/Item.swift", "STAC/Item/Item+Sources.swift",
        "STAC/Item/ItemSource.swift",
    ]

    @Test(arguments: files)
    func everyPublicDeclarationHasAComment(_ file: String) throws {
        let missing = Self.undocumented(try Place.text("/Sources/" + file))
        #expect(missing.isEmpty, "\(file): \(missing.joined(separator: "\n"))")
    }

    /// The search itself can fail.
    @Test func aMissingCommentIsSeen() {
        #expect(Self.undocumented("struct A {\n    public var a: Int\n}") == ["public var a: Int"])
        #expect(Self.undocumented("/// A.\n@frozen\npublic struct A {\n    public init(nilLiteral: ()) {}\n}").isEmpty)
    }

    /// Public declarations with no comment before them. What a protocol of the standard library asks for has its comment
    /// there.
    private static func undocumented(_ text: String) -> [String] {
        let lines = text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        let inherited = [
            "Literal", "func hash(", "static func ==", "static func <", "Index: Int", "subscript(position",
            "func encode(to", "init(from decoder",
            "description: String",
        ]
        return lines.indices.compactMap { index in
            let line = lines[index]
            guard line.hasPrefix("public "), !line.hasPrefix("public import"),
                !inherited.contains(where: line.contains)
            else { return nil }
            var before = index - 1
            while before >= 0, lines[before].hasPrefix("@") { before -= 1 }
            return before >= 0 && lines[before].hasPrefix("///") ? nil : line
        }
    }
}
