import ModelContainers
package import ModelFormats
package import ModelJSON

/// What a model's own metadata declares, in the words that MLM v1.5.2 accepts, with what it does not accept.
package struct Declaration: Sendable {
    /// Fields for the properties of an Item.
    package private(set) var properties: JSONObject = [:]
    /// Fields for the model asset; those of the file itself (`href`, `file:size`) are for comparing alone.
    package private(set) var asset: JSONObject = [:]
    /// What was left out or spelt in another way.
    package private(set) var findings: [Finding] = []
    /// The key that each property has in the metadata, with the place of the metadata.
    private(set) var places: [String: String] = [:]

    private let metadata: EmbeddedMetadata

    package init(_ metadata: EmbeddedMetadata) {
        self.metadata = metadata
        var unknown: [String] = []
        for (key, value) in metadata.properties where !value.isNull {
            guard let name = Self.name(key) else {
                unknown.append(key)
                continue
            }
            switch name {
            case "mlm:artifact_type", "mlm:compile_method", "file:size", "file:checksum": asset[name] = value
            default: add(name, value, spelt: key)
            }
        }
        for (key, value) in metadata.asset ?? [:] where asset[key] == nil { asset[key] = value }
        addBands()
        if !unknown.isEmpty {
            leaveOut(
                "\(unknown.joined(separator: ", ")): not among the fields that a draft takes from a model; left out")
        }
    }

    /// Where a property stands in the metadata.
    func place(_ key: String) -> String? { places[key] }

    /// The key in STAC; nil for a field that no model has. `name` and `mlm:name` are the same here.
    private static func name(_ key: String) -> String? {
        let bare = key.hasPrefix("mlm:") ? String(key.dropFirst(4)) : key
        switch bare {
        case "artifact_type", "compile_method": return "mlm:" + bare
        case "file_size", "file:size": return "file:size"
        case "file:checksum", "license", "description", "bands": return bare
        default: return MLMRules.isField("mlm:" + bare) ? "mlm:" + bare : nil
        }
    }

    private mutating func add(_ name: String, _ value: JSONValue, spelt key: String) {
        var words = DeclaredWords(findings: [])
        let accepted = words.accepted(name, value)
        for message in words.findings { leaveOut("\(key): \(message)") }
        guard let accepted else { return }
        do throws(GivenError) {
            try PropertyRules.check(name, accepted, by: key, mindsNotes: false)
            properties[name] = accepted
            places[name] = "\(metadata.where): \(key)"
        } catch {
            leaveOut("\(error.message); left out")
        }
    }

    /// STAC 1.1 takes `bands` in the properties only when an asset has them, and MLM in an input only when the properties
    /// have them.
    private mutating func addBands() {
        let inputs = properties["mlm:input"]?.array ?? []
        let outputs = properties["mlm:output"]?.array ?? []
        var names: [JSONValue] = []
        for band in (inputs + outputs).flatMap({ $0["bands"]?.array ?? [] }) {
            if let name = band.string ?? band["name"]?.string, !names.contains(.string(name)) {
                names.append(.string(name))
            }
        }
        if properties["bands"] == nil, !names.isEmpty {
            properties["bands"] = .array(names.map { ["name": $0] })
            places["bands"] = places["mlm:input"].map { "\($0), the bands of the inputs" }
        }
    }

    private mutating func leaveOut(_ message: String) {
        findings.append(
            Finding(severity: .note, code: "metadata.not-accepted", message: message, where: metadata.where))
    }
}
