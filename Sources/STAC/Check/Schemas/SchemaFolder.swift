import JSONSchema
package import ModelBytes
import ModelJSON

/// A folder of JSON Schemas (draft-07) that a person names: those of STAC and of its extensions, for what no rule here is for.
///
///     let schemas = try SchemaFolder("schemas")
///     let check = try DocumentCheck(document, schemas: schemas)
///
/// Each schema is known by its `$id`, and by its place where the folder is laid out as one of these: `extensions/eo-v1.1.0.json`,
/// `eo/v1.1.0/schema.json`, `stac-v1.1.0/item.json`, or by the address itself (`schemas.stacspec.org/v1.1.0/…`). The place comes
/// first: some published schemas have another's `$id`. Files are read and nothing is ever fetched.
package final class SchemaFolder {
    /// The folder, as it was named.
    package let path: String
    /// Files named .json that are no JSON Schemas, each with what is wrong.
    package private(set) var problems: [InspectionError] = []
    let library: SchemaLibrary
    let limits: Limits

    /// Throws `notFound` and `unreadable` where there is no such folder, `unsupported` for one without a schema, and `limit`, by
    /// the schema fields of `limits`.
    package init(_ path: String, limits: Limits = Limits()) throws(InspectionError) {
        self.path = path
        self.limits = limits
        library = SchemaLibrary(isSchema: JSONSchemaRules.isSchema)
        let artifact = try Artifact.open(path, limits: limits)
        guard case .directory(let entries) = artifact.content else {
            throw InspectionError(.unsupported, "is a file, not a folder of JSON Schemas")
        }
        let files = entries.filter { $0.path.hasSuffix(".json") && !$0.path.hasPrefix(".") && !$0.path.contains("/.") }
        try limits.schemaFiles.check(files.count)
        try limits.schemaBytes.check(files.reduce(0) { $0 + $1.size })
        var schemas: [(JSONValue, String)] = []
        for file in files {
            if let schema = schema(file.path, artifact) { schemas.append((schema, file.path)) }
        }
        for (schema, place) in schemas {
            if let address = SchemaAddress.byPlace(place) { library.add(schema, at: address) }
        }
        for (schema, _) in schemas { library.add(schema) }
        guard !library.addresses.isEmpty else {
            throw InspectionError(
                .unsupported,
                "has no JSON Schema; put schemas there by their names, such as extensions/eo-v1.1.0.json, or with an \"$id\""
            )
        }
    }

    /// Nil, and a problem, for a file that is no JSON.
    private func schema(_ file: String, _ folder: Artifact) -> JSONValue? {
        do throws(InspectionError) {
            guard let bytes = try folder.companionBytes(file, upTo: limits.schemaBytes.value) else { return nil }
            let schema = try JSONValue.parse(bytes, limits: limits)
            guard schema.object != nil else {
                throw InspectionError(.malformed, "is \(schema.outlined), not a JSON Schema")
            }
            return schema
        } catch {
            problems.append(InspectionError(error.reason, error.message, entry: file, offset: error.offset))
            return nil
        }
    }
}

/// The address of a schema by where its file is.
enum SchemaAddress {
    static let extensions = "https://stac-extensions.github.io/"
    static let core = "https://schemas.stacspec.org/"

    /// Of an Item, a Collection or a Catalog of a version of STAC.
    static func core(_ kind: DocumentKind, _ version: String) -> String {
        let name = kind.rawValue.lowercased()
        return "\(core)v\(version)/\(name)-spec/json-schema/\(name).json"
    }

    /// Nil for a path that says nothing.
    static func byPlace(_ path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        guard let file = parts.last else { return nil }
        if let host = parts.dropLast().firstIndex(where: isHost) {
            return "https://" + parts[host...].joined(separator: "/")
        }
        let name = String(file.dropLast(".json".count))
        switch (parts.dropLast(2).last, parts.dropLast().last) {
        case (_, "extensions"?):
            guard let hyphen = name.lastIndex(of: "-") else { return nil }
            return "\(extensions)\(name[..<hyphen])/\(name[name.index(after: hyphen)...])/schema.json"
        case (_, let folder?) where folder.hasPrefix("stac-v"):
            let spec = name == "catalog" || name == "collection" ? name : "item"
            return "\(core)\(folder.dropFirst("stac-".count))/\(spec)-spec/json-schema/\(file)"
        case (let name?, let version?) where file == "schema.json" && isVersion(version):
            return "\(extensions)\(name)/\(version)/schema.json"
        default: return nil
        }
    }

    /// `schemas.stacspec.org`, and not `v1.0.0`.
    private static func isHost(_ part: String) -> Bool {
        guard let end = part.split(separator: ".", omittingEmptySubsequences: false).last, end.count < part.count else {
            return false
        }
        return end.utf8.count > 1 && end.unicodeScalars.allSatisfy(\.isLetter)
    }

    /// `v1.0.0`.
    private static func isVersion(_ part: String) -> Bool {
        let numbers = part.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        return part.hasPrefix("v") && numbers.count == 3
            && numbers.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy { $0.isDigit } }
    }
}
