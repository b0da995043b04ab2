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

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        if let newest = OrbaxSteps(listing).newest ?? OrbaxSteps(foldersOf: subject, listing).newest {
            return SniffMatch(.structure, "checkpoints of Orbax by their step, up to \(newest.number)")
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
        let steps = OrbaxSteps(listing)
        var base = ""
        if let newest = steps.newest {
            base = "\(newest.folder)/"
            result.variant = "checkpoint manager"
            let numbers = steps.all.map(\.number)
            metadata["steps"] = .array(numbers.suffix(subject.limits.listedValues.value).map { JSONValue($0) })
            metadata["step"] = JSONValue(newest.number)
            result.loading = Loading(
                .dataOnly,
                call: "orbax.checkpoint.CheckpointManager(os.path.abspath(\(name))).restore(\(newest.number))",
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
        try OrbaxFacts(subject, folder, steps.newest?.number).fill(&result)
    }
}
