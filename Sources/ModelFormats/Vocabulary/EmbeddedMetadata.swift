public import ModelBytes
import ModelContainers
public import ModelJSON

/// MLM metadata that a model carries, as somebody wrote it: fields of a STAC Item's properties and of its model asset.
///
/// stac-model writes YAML of the form `{$schema, properties: {name, architecture, …}}` to the entry `extra/mlm-metadata`
/// of a `.pt2` archive (stac_model/torch/export.py); TorchScript has the same place for `_extra_files`. The metadata of
/// ONNX and safetensors are texts by key: `mlm-metadata` or `mlm_metadata` with such a document, as YAML or JSON, or one
/// key for each field, such as `mlm:tasks`. A whole STAC Item is taken, too.
public struct EmbeddedMetadata: Codable, Hashable, Sendable {
    /// Where it stood: an entry, or a key.
    public var `where`: String
    /// As they are spelt there, with `mlm:` or without.
    public var properties: JSONObject
    /// The fields of the model asset beside them; nil unless a whole Item stands there.
    public var asset: JSONObject?

    /// The name of an extra file, and the key of an entry.
    static let key = "mlm-metadata"
    private static let keys = [key, "mlm_metadata"]

    /// Nil when `document` holds none.
    public init?(_ document: JSONValue, at place: String) {
        guard let root = document.object else { return nil }
        let assets = root["assets"]?.object?.map(\.value) ?? []
        let isModel = { (asset: JSONValue) in asset["roles"]?.array?.contains("mlm:model") == true }
        let properties = root["properties"]?.object ?? (Self.areProperties(root) ? root : [:])
        asset = (assets.first(where: isModel) ?? assets.first)?.object
        self.where = place
        self.properties = properties
        if properties.isEmpty, asset == nil { return nil }
    }

    private static func areProperties(_ object: JSONObject) -> Bool {
        object.keys.contains { $0.hasPrefix("mlm:") } || object["input"] != nil || object["architecture"] != nil
    }

    /// Reads a document of YAML or JSON.
    public static func read(
        _ source: ByteSource, at place: String, limits: Limits
    ) throws(InspectionError) -> EmbeddedMetadata? {
        try limits.yamlBytes.check(source.count, entry: source.entry)
        let head = try source.bytes(at: 0, upTo: 64).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        // JSON in YAML's words has its own errors, so it is read as what it begins like.
        let isJSON = head == UInt8(ascii: "{")
        let document =
            isJSON ? try JSONValue.parse(source, limits: limits) : try YAMLReader.read(source, limits: limits)
        return EmbeddedMetadata(document, at: place)
    }
}

extension EmbeddedMetadata {
    /// Takes over what a probe has met. What cannot be read is a finding: the model itself can be.
    static func read(_ source: ByteSource, at place: String, limits: Limits, into result: inout ProbeResult) {
        do throws(InspectionError) {
            if let metadata = try read(source, at: place, limits: limits) {
                take(metadata, into: &result)
            } else {
                result.report(
                    .warning, code: "metadata.unreadable", "it has no MLM fields: neither properties nor mlm:…",
                    at: place)
            }
        } catch {
            result.report(
                .warning, code: "metadata.unreadable",
                "the MLM metadata that the model carries cannot be read: "
                    + error.message, at: place)
        }
    }

    /// As above, of metadata that are texts by key.
    static func read(
        _ entries: some Sequence<(key: String, value: String)>, at place: String, limits: Limits,
        into result: inout ProbeResult
    ) {
        var fields = JSONObject()
        for (key, value) in entries {
            if keys.contains(key) {
                // The first that can be read counts.
                guard result.declared == nil else { continue }
                let source = ByteSource(MemoryBytes(Array(value.utf8)))
                read(source, at: "\(place): \(key)", limits: limits, into: &result)
            } else if key.hasPrefix("mlm:"), value.utf8.count <= limits.yamlBytes.value {
                // A text that is no JSON is a text.
                fields[key] = (try? JSONValue.parse(value, limits: limits)) ?? .string(value)
            }
        }
        if let metadata = EmbeddedMetadata(.object(fields), at: "\(place): mlm:…") { take(metadata, into: &result) }
    }

    /// The first that is met counts. Paths of the machine it was written on are not copied out.
    private static func take(_ metadata: EmbeddedMetadata, into result: inout ProbeResult) {
        guard result.declared == nil else { return }
        var metadata = metadata
        let withheld = metadata.properties.filter { holdsPath($0.value) }.map(\.key)
        if !withheld.isEmpty {
            metadata.properties = JSONObject(
                metadata.properties.filter { !holdsPath($0.value) }.map { ($0.key, $0.value) })
        }
        if let asset = metadata.asset {
            metadata.asset = JSONObject(asset.filter { !holdsPath($0.value) }.map { ($0.key, $0.value) })
        }
        if !withheld.isEmpty {
            result.report(
                .note, code: "metadata.withheld",
                "\(withheld.prefix(16).joined(separator: ", "))\(withheld.count > 16 ? " …" : ""): "
                    + "a path of the machine that wrote it, and not copied",
                at: metadata.where)
        }
        result.declared = metadata
    }

    private static func holdsPath(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): PrivateText.isPath(text)
        case .array(let elements): elements.contains(where: holdsPath)
        case .object(let members): members.contains { holdsPath($0.value) }
        case .null, .bool, .number: false
        }
    }
}
