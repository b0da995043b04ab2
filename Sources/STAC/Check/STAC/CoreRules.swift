import JSONSchema
import ModelContainers
import ModelJSON

/// What Items, Collections and Catalogs of STAC have in common.
enum CoreRules {
    static func header(type: String) -> [String: Rule] {
        [
            "type": .constant(type), "stac_version": .word(of: STACVersion.allCases.map(\.rawValue)),
            "stac_extensions": .list(of: .string, unique: true), "id": .text, "links": links,
        ]
    }

    static let links = Rule.list(of: link)

    private static let link = Rule.all(
        .object(
            [
                "href": .text, "rel": .text, "type": .string, "title": .string,
                "method": .currentSTAC(.text(of: method)),
                "headers": .currentSTAC(.object(others: .list(.list(of: .string), or: .string))),
            ], required: ["rel", "href"]),
        .currentSTAC(CommonMetadata.fields),
        selfIsAbsolute)

    /// `^[A-Z]+$`.
    private static let method = Pattern.all("an HTTP method in capitals, such as POST") { scalar, _ in
        scalar.isUppercaseLetter
    }

    static let assets = Rule.object(others: asset)

    private static let asset = Rule.all(
        .object(
            ["href": .text, "title": .string, "description": .string, "type": .string, "roles": .list(of: .string)],
            required: ["href"]),
        CommonMetadata.fields)

    /// The schema asks for it by a format that validators do not check unless told to.
    private static let selfIsAbsolute = Rule.members { link, report in
        guard link["rel"] == "self", let href = link["href"]?.string, !Href.isAbsolute(href) else { return }
        report.note("a link of rel \"self\" must be absolute; write the full URL, or remove the link")
    }
}
