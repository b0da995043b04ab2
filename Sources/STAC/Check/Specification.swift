import JSONSchema
import ModelContainers
import ModelJSON

/// An extension of STAC that can be checked: what it asks of an Item, a Collection and a Catalog.
struct Specification: Sendable {
    let name: String
    /// As in `stac_extensions`.
    let uri: String
    private let rules: [DocumentKind: Rule]

    /// A kind without a rule is one that the extension's schema refuses.
    init(_ name: String, _ version: String, item: Rule, collection: Rule, catalog: Rule? = nil) {
        self.name = "\(name) \(version)"
        uri = "\(SchemaAddress.extensions)\(name)/\(version)/schema.json"
        rules = [.item: item, .collection: collection, .catalog: catalog].compactMapValues(\.self)
    }

    /// The list: what MLM v1.5.2 refers to, each in the version it refers to, eo for the bands of sensors in STAC 1.1 and in
    /// STAC 1.0, what tells how to cite a model and which version of it this is, what links say of training data and of
    /// examples, and data cubes, whose variables a model may take.
    static let all = [
        MLMRules.specification, FileRules.specification, RasterRules.specification,
        ClassificationRules.specification, ProcessingRules.specification, EORules.specification, EORules.older,
        ScientificRules.specification, VersionRules.specification, MLAOIRules.specification,
        ExampleLinkRules.specification, DataCubeRules.specification,
    ]

    /// Checks a document that declares extensions by each of them that is in the list, and by the schemas of a folder; what is in
    /// neither is reported as unchecked.
    static func check(
        _ document: JSONValue, _ kind: DocumentKind, _ schemas: SchemaFolder?, _ report: inout CheckReport
    ) {
        let declared = document["stac_extensions"]?.array ?? []
        var bySchema: [SchemaChecks.Schema] = []
        if let version = document["stac_version"]?.string, STACVersion(rawValue: version) != nil {
            bySchema.append(
                .init(
                    address: SchemaAddress.core(kind, version), name: "STAC \(version)", hasOwnRules: true,
                    isBroken: false))
        }
        var known: Set<JSONKey> = []
        for (position, uri) in declared.enumerated() {
            // What is no text, or there twice, was found by the rules of the core.
            guard let uri = uri.string, known.insert(JSONKey(uri)).inserted else { continue }
            let specification = all.first { JSONKey($0.uri) == JSONKey(uri) }
            let before = report.violationCount
            if let specification {
                specification.check(document, kind, position, &report)
            } else if !(schemas?.library.holds(uri) ?? false) {
                checkUnknown(uri, document, kind, position, hasSchemas: schemas != nil, &report)
            }
            bySchema.append(
                .init(
                    address: uri, name: title(uri), hasOwnRules: specification != nil,
                    isBroken: report.violationCount > before))
        }
        undeclared(in: document, declared, &report)
        guard let schemas else { return }
        var checks = SchemaChecks(schemas, after: report)
        checks.check(document, by: bySchema, &report)
    }

    private func check(_ document: JSONValue, _ kind: DocumentKind, _ position: Int, _ report: inout CheckReport) {
        if let rule = rules[kind] { return rule.check(document, &report) }
        report.at(["stac_extensions", String(position)]) {
            $0.broken("\(name) has no fields for a \(kind.rawValue); take it out of the list")
        }
    }

    /// Rules of a version that is not known are those of the one before it, where that is said.
    private static func checkUnknown(
        _ uri: String, _ document: JSONValue, _ kind: DocumentKind, _ position: Int, hasSchemas: Bool,
        _ report: inout CheckReport
    ) {
        let name = title(uri)
        if uri == MLMLaterRules.uri {
            MLMLaterRules.check(document, kind, &report)
            return report.at(["stac_extensions", String(position)]) {
                $0.leaveOut(
                    "\(name) was checked by the rules of mlm v1.5.2 and what is known to have changed since; "
                        + "its own schema was not at hand")
            }
        }
        let known = all.first { uri.hasPrefix("\(SchemaAddress.extensions)\($0.family)/") }
        let other = known.map { "the version that is checked is \($0.name)" } ?? "no rules for it are known here"
        let advice =
            hasSchemas
            ? "its schema is not in the folder of schemas" : "a folder of schemas can supply its schema"
        report.at(["stac_extensions", String(position)]) { $0.leaveOut("\(name) was not checked; \(other); \(advice)") }
    }

    private static func title(_ uri: String) -> String { named(uri) ?? JSONValue.string(uri).outlined }

    /// `eo v1.1.0` of an address that is made as those of STAC's extensions are.
    private static func named(_ uri: String) -> String? {
        let root = SchemaAddress.extensions
        let parts = uri.dropFirst(root.count).split(separator: "/", omittingEmptySubsequences: false)
        guard uri.hasPrefix(root), parts.count == 3, parts[2] == "schema.json",
            parts.allSatisfy({ $0.utf8.count <= 32 && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
        else { return nil }
        return "\(parts[0]) \(parts[1])"
    }

    private var family: Substring { name.prefix { $0 != " " } }

    /// Fields of an extension that the document does not declare are checked by nobody.
    private static func undeclared(in document: JSONValue, _ declared: [JSONValue], _ report: inout CheckReport) {
        let holders = [document["properties"]].compactMap(\.self) + (document["assets"]?.object ?? [:]).map(\.value)
        let other = report.version == .older ? EORules.specification : EORules.older
        for specification in all where specification.uri != other.uri {
            let isDeclared = declared.contains { $0.string?.contains("/\(specification.family)/") ?? false }
            let prefix = specification.family + ":"
            guard !isDeclared, holders.contains(where: { $0.object?.contains { $0.key.hasPrefix(prefix) } ?? false })
            else { continue }
            report.note(
                "has fields of \(prefix) and does not declare the extension, so that they were not checked; "
                    + "add \"\(specification.uri)\" to stac_extensions")
        }
    }
}

/// What a STAC document is, by its `type`.
package enum DocumentKind: String, Codable, CaseIterable, Sendable {
    case item = "Item"
    case collection = "Collection"
    case catalog = "Catalog"

    init?(_ document: JSONValue) {
        switch document["type"]?.string {
        case "Feature": self = .item
        case "Collection": self = .collection
        case "Catalog": self = .catalog
        default: return nil
        }
    }

    var rule: Rule {
        switch self {
        case .item: ItemRules.item
        case .collection: CollectionRules.collection
        case .catalog: CollectionRules.catalog
        }
    }
}
