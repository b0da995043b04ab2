import ModelBytes
import ModelJSON

/// The names in each folder of a model: of files, and of links that lead nowhere, as those of a hub's cache whose blobs are
/// not there.
struct FolderNames {
    private let present: [String: Set<String>]
    private let dangling: [String: Set<String>]

    init(_ subject: InspectedArtifact) {
        present = FolderFiles.namesByFolder((subject.listing ?? []).lazy.map(\.path))
        dangling = FolderFiles.namesByFolder(subject.artifact.danglingLinks)
    }

    /// Names of the files in `folder`, empty or with its slash.
    func files(in folder: String = "") -> Set<String> { present[folder] ?? [] }

    /// Whether a file of this path is there.
    func has(_ path: String) -> Bool { FolderFiles.has(path, in: present) }

    /// The file that a loader begins with; where there is none, the one that it would begin with if it were there.
    func main(of kind: WeightsNames, in folder: String = "", config: JSONValue = [:]) -> WeightsNames.Main? {
        kind.main(in: files(in: folder), of: config)
            ?? dangling[folder].flatMap { kind.main(in: $0, of: config) }
    }

    /// Folders below that are models of their own: other adapters of the same model, checkpoints of the training.
    private var inner: [String] {
        let kinds: [(config: String, kind: WeightsNames)] = [
            ("config.json", .transformers), ("adapter_config.json", .peft), ("adapter_config.json", .adapterHub),
        ]
        let found = present.filter { folder, names in
            !folder.isEmpty && kinds.contains { names.contains($0.config) && main(of: $0.kind, in: folder) != nil }
        }
        return found.keys.map { String($0.dropLast()) }.sorted()
    }

    /// Says which they are: a scan does not enter the folder of a model.
    func reportInner(into result: inout ProbeResult) {
        let inner = inner
        guard let first = inner.first else { return }
        let names = ShortList.text(inner)
        result.report(
            .note, code: "folder.models-inside",
            "holds \(inner.count == 1 ? "another model" : "\(inner.count) other models") in folders below: \(names); "
                + "inspect each by itself", at: first)
    }
}
