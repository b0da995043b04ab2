import ModelBytes

/// The name of a model in the hub's cache is that of its repository, `models--ORG--NAME/snapshots/REVISION`.
enum FolderName {
    static func fill(_ result: inout ProbeResult, _ subject: InspectedArtifact) {
        let parts = subject.artifact.path.split(separator: "/")
        guard parts.count >= 3, parts[parts.count - 2] == "snapshots" else { return }
        let repository = parts[parts.count - 3]
        guard repository.hasPrefix("models--") else { return }
        var name = repository.dropFirst("models--".count)
        while let index = name.indices.first(where: { name[$0...].hasPrefix("--") }) {
            name = name[name.index(index, offsetBy: 2)...]
        }
        guard !name.isEmpty else { return }
        result.facts.name = String(name)
        result.note("name", .derived, "name of the repository in the cache")
    }
}
