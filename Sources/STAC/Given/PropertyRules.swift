import ModelContainers
import ModelJSON

/// What a property may be that a person gives: the rules by which any Item is checked, and that it says something.
enum PropertyRules {
    /// A person is told too what no schema minds; what a model declares is drafted all the same.
    static func check(
        _ key: String, _ value: JSONValue, flag: String, mindsNotes: Bool = true
    ) throws(GivenError) {
        guard !key.isEmpty, !key.hasPrefix("mlm_inspect:") else {
            throw GivenError("\(flag): this field is for mlm-inspect itself")
        }
        if neverEmpty.contains(key), value == [] || value == "" { throw GivenError("\(flag): it is empty") }
        var report = CheckReport(most: 8)
        rule.check(.object([key: value]), &report)
        // What other fields have to be there is asked when all are.
        let pointer = JSONPointer([key]).description
        let told = report.violations + (mindsNotes ? report.notes : [])
        guard let found = told.first(where: { $0.pointer.hasPrefix(pointer) }) else {
            return
        }
        // A flag of its own takes one value, however it is written in the Item.
        let place = flag.hasPrefix("--") ? "" : found.pointer.dropFirst(pointer.count)
        throw GivenError("\(flag): \(place.isEmpty ? "" : "\(place) ")\(found.message)\(suggestion(key, value))")
    }

    private static let rule = Rule.all(MLMRules.fieldsOfProperties, CommonMetadata.fields)

    /// No schema minds, but an Item that says nothing there would not be what the person meant.
    private static let neverEmpty: Set<String> = ["mlm:tasks", "mlm:architecture", "bands", "title"]

    private static func suggestion(_ key: String, _ value: JSONValue) -> String {
        let text = value.string ?? value.write(pretty: false)
        return switch key {
        case "mlm:name": "; perhaps \(ModelName.valid(text))"
        case "mlm:framework_version": SemanticVersion.lossless(text).map { "; perhaps \($0)" } ?? ""
        default: ""
        }
    }

    /// Whether STAC takes a licence as it is.
    static func isLicense(_ text: String) -> Bool {
        var report = CheckReport(most: 1)
        CommonMetadata.fields.check(["license": .string(text)], &report)
        return report.violations.isEmpty
    }
}
