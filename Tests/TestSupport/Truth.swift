import ModelContainers
public import ModelJSON

/// What `NAME.truth.json` says: the answers of the framework that wrote the artifact.
public struct Truth: Sendable {
    /// A part of the record.
    public let record: JSONValue
    /// What the pickles import, by archive entry (`""` for the file itself): `[module, name]`, as pickletools saw them.
    /// Nil when nobody looked.
    public let pickles: [(entry: String, imports: [(module: String, name: String)])]?
    /// The lowest and highest value of every symbolic dimension, null where there is none. Nil when nobody looked.
    public let ranges: JSONObject?
    private let payload: JSONValue
    private let fileName: String

    init(_ document: JSONValue, artifact: TestArtifact) {
        record = document["record"] ?? [:]
        payload = document["payload"] ?? []
        ranges = document["ranges"]?.object
        fileName = artifact.fileName
        pickles = document["pickles"]?.object?.map { entry, imports in
            (entry, (imports.array ?? []).map { ($0[0]?.string ?? "", $0[1]?.string ?? "") })
        }
    }

    /// Where the payload of tensors of 1 KiB or more lies, by file; nil is the artifact itself.
    public var payloads: [(companion: String?, ranges: [Range<Int>])] {
        guard let files = payload.object else { return [(nil, Self.ranges(payload))] }
        return files.map { ($0.key == fileName ? nil : $0.key, Self.ranges($0.value)) }
    }

    private static func ranges(_ list: JSONValue) -> [Range<Int>] {
        (list.array ?? []).compactMap { pair in
            guard let start = pair[0]?.int, let count = pair[1]?.int else { return nil }
            return start..<start + count
        }
    }
}
