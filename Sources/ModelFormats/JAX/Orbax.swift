import ModelBytes
import ModelContainers
import ModelJSON

/// A checkpoint that Orbax wrote, in one database (OCDBT) or a folder for each array; and the folder of a manager with a
/// checkpoint for each step.
///
/// Source: orbax/checkpoint/_src/metadata, handlers; tensorstore for the arrays.
enum Orbax: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "orbax", "Orbax checkpoint", artifactType: "orbax.checkpoint.save", framework: .jax,
            roles: ["mlm:weights", "mlm:checkpoint"], mediaType: "application/octet-stream; framework=jax",
            reads:
                "the model's parameters (optimizer state apart) with shapes and data types, items, steps of a manager and the "
                + "newest of them")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        let steps = OrbaxFolder.steps(listing)
        if let newest = steps.last {
            return SniffMatch(.structure, "checkpoints of Orbax by their step, up to \(newest)")
        }
        // One step of a manager has its arrays in the folders of its items.
        let isStep = listing.contains { $0.path == "_CHECKPOINT_METADATA" }
        guard OrbaxFolder(listing, "") != nil || isStep else { return nil }
        return SniffMatch(.structure, "a directory with the metadata of Orbax")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("orbax"))
        guard let listing = subject.listing else { return }
        let name = PythonText.quoted(subject.artifact.name)
        var metadata = JSONObject()
        let steps = OrbaxFolder.steps(listing)
        var base = ""
        if let newest = steps.last {
            base = "\(newest)/"
            result.variant = "checkpoint manager"
            metadata["steps"] = .array(steps.suffix(subject.limits.listedValues.value).map { JSONValue($0) })
            metadata["step"] = JSONValue(newest)
            result.loading = Loading(
                .dataOnly, call: "orbax.checkpoint.CheckpointManager(os.path.abspath(\(name))).restore(\(newest))",
                requires: ["orbax-checkpoint"])
            if listing.contains(where: { $0.path.contains(".orbax-checkpoint-tmp") }) {
                result.report(.warning, code: "orbax.unfinished", "holds a checkpoint that was never finished")
            }
        } else {
            result.loading = Loading(
                .dataOnly, call: "orbax.checkpoint.StandardCheckpointer().restore(os.path.abspath(\(name)))",
                requires: ["orbax-checkpoint"])
        }
        let items = OrbaxFolder.items(listing, base)
        guard let folder = items.first.flatMap({ OrbaxFolder(listing, $0) }) else {
            result.markNotAModel(because: "data")
            result.report(.note, code: "orbax.no-arrays", "holds no arrays")
            return
        }
        if items.count > 1 || folder.path != "" {
            metadata["items"] = .array(
                items.prefix(64).map { .string($0.isEmpty ? "." : String($0.dropLast())) })
        }
        result.facts.metadata = metadata.isEmpty ? nil : metadata
        if !metadata.isEmpty { result.note("metadata", .read, "names of the folders") }
        for entry in listing where entry.path.hasPrefix(folder.path) && folder.isPayload(entry.path) {
            guard result.files.count < subject.limits.listedValues.value else { break }
            result.files.append(FileMember(path: entry.path, role: "mlm:weights", present: true, size: entry.size))
        }
        try OrbaxFacts(subject, folder, steps.last).fill(&result)
    }
}

/// The folder that holds the arrays of one item.
struct OrbaxFolder {
    let path: String
    let isDatabase: Bool
    private let paths: [String]

    init?(_ listing: [DirectoryEntry], _ path: String) {
        let below = listing.lazy.map(\.path).filter { $0.hasPrefix(path) }
        guard below.contains(path + "_METADATA") || below.contains(path + "checkpoint") else { return nil }
        isDatabase = below.contains(path + OCDBT.manifest)
        let arrays = isDatabase ? [] : below.filter { $0.hasSuffix("/.zarray") || $0.hasSuffix("/zarr.json") }
        // The older form has a file `checkpoint` of MessagePack, as other programs have files of that name.
        guard isDatabase || below.contains(path + "_METADATA") || !arrays.isEmpty else { return nil }
        self.path = path
        paths = Array(arrays)
    }

    /// Files with the shape and type of one array.
    var arrays: [String] { paths }

    func isPayload(_ file: String) -> Bool {
        file.dropFirst(path.count).hasPrefix("d/") || file.contains("/d/")
    }

    /// Steps of a manager: folders whose names are numbers, or end in one, that hold a finished checkpoint.
    static func steps(_ listing: [DirectoryEntry]) -> [Int] {
        var steps: Set<Int> = []
        for entry in listing where entry.path.hasSuffix("/_CHECKPOINT_METADATA") || entry.path.hasSuffix("/_METADATA") {
            guard let folder = entry.path.split(separator: "/").first, let step = Int(folder), step >= 0 else {
                continue
            }
            steps.insert(step)
        }
        return steps.sorted()
    }

    /// Folders with arrays below a checkpoint: itself, or its items; parameters and states of training come first.
    static func items(_ listing: [DirectoryEntry], _ base: String) -> [String] {
        var found: [String] = []
        for entry in listing where entry.path.hasPrefix(base) && entry.path.hasSuffix("_METADATA") {
            let rest = entry.path.dropFirst(base.count)
            let parts = rest.split(separator: "/")
            if parts.count == 1, parts[0] == "_METADATA" { found.append(base) }
            if parts.count == 2, parts[1] == "_METADATA" { found.append(base + parts[0] + "/") }
        }
        if found.isEmpty { found = [base] }
        let order = ["params", "default", "state", "model", "train_state"]
        func rank(_ item: String) -> Int {
            order.firstIndex { item == base + $0 + "/" } ?? order.count
        }
        return found.sorted { (rank($0), $0) < (rank($1), $1) }
    }
}
