import ModelContainers
import ModelJSON

/// What a property may be that a person gives: the rules by which any Item is checked, and that it says something.
enum PropertyRules {
    /// A person is also warned of what no schema forbids; what a model declares is drafted all the same.
    static func check(
        _ key: String, _ value: JSONValue, by source: String, mindsNotes: Bool = true
    ) throws(GivenError) {
        guard !key.isEmpty, !key.hasPrefix("mlm_inspect:") else {
            throw GivenError("\(source): this field is for mlm-inspect itself")
        }
        if Field.missing(key)?.isNeverEmpty ?? false, value == [] || value == "" {
            throw GivenError("\(source): it is empty")
        }
        guard let found = found(key, value, mindsNotes: mindsNotes) else { return }
        // What has a name of its own takes one value, however it is written in the Item.
        let place = source.hasSuffix(key) ? found.place.description : ""
        throw GivenError("\(source): \(place.isEmpty ? "" : "\(place) ")\(found.message)")
    }

    /// What the rules say of a value, and where in it; nil when nothing is wrong.
    static func found(
        _ key: String, _ value: JSONValue, mindsNotes: Bool = true
    ) -> (place: JSONPointer, message: String)? {
        var report = CheckReport(most: 8)
        rule.check(.object([key: value]), &report)
        // What other fields have to be there is asked when all are.
        let pointer = JSONPointer([key])
        let told = report.violations + (mindsNotes ? report.notes : [])
        for violation in told {
            guard let place = JSONPointer(violation.pointer), place.isWithin(pointer) else { continue }
            return (JSONPointer(Array(place.tokens.dropFirst())), violation.message + suggestion(key, value))
        }
        return nil
    }

    private static let rule = Rule.all(
        MLMRules.fieldsOfProperties, CommonMetadata.fields, ScientificRules.fields, VersionRules.fields,
        DataCubeRules.fields)

    private static func suggestion(_ key: String, _ value: JSONValue) -> String {
        let text = value.string ?? value.write(pretty: false)
        return switch key {
        case "mlm:name": "; did you mean \(ModelName.valid(text))"
        case "mlm:framework_version": SemanticVersion.lossless(text).map { "; did you mean \($0)" } ?? ""
        case "license": NearestWord.of(text, among: usualLicenses).map { "; did you mean \($0)?" } ?? ""
        case GivenValues.start, GivenValues.end: "; a day alone will do, as 2026-01-31, and .. where there is none"
        case GivenValues.datetime, "created", "updated": "; a day alone will do, as 2026-01-31"
        default: ""
        }
    }

    /// Identifiers that models often have.
    static let usualLicenses = [
        "Apache-2.0", "MIT", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "GPL-3.0-only",
    ]

    /// Whether STAC takes a licence as it is.
    static func isLicense(_ text: String) -> Bool {
        var report = CheckReport(most: 1)
        CommonMetadata.fields.check(["license": .string(text)], &report)
        return report.violations.isEmpty
    }
}
