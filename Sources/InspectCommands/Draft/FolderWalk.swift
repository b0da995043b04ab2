import MLMInspect
import ModelBytes

/// What is drafted when a folder is named: every folder below it that is one model, and every file that is in none of
/// those, in the order of their names. What begins with a dot is passed by.
struct FolderWalk {
    let inspector: Inspector

    /// The artifacts at and below `path`: itself when it is a file, one model, or nothing that can be opened, which is
    /// said when it is inspected.
    func artifacts(at path: String) -> [ArtifactPath] {
        guard path != "-", case .directory(let entries)? = try? Artifact.open(path, limits: inspector.limits).content,
            !isModel(path)
        else { return [ArtifactPath(named: path)] }
        let base = path.hasSuffix("/") ? path : path + "/"
        var models: [String: Bool] = [:]
        var artifacts: [ArtifactPath] = []
        for entry in entries {
            let parts = entry.path.split(separator: "/")
            if parts.contains(where: { $0.hasPrefix(".") }) { continue }
            var isInModel = false
            for depth in parts.indices.dropFirst() where !isInModel {
                let folder = parts[..<depth].joined(separator: "/")
                if let isModel = models[folder] {
                    isInModel = isModel
                    continue
                }
                isInModel = isModel(base + folder)
                models[folder] = isInModel
                if isInModel { artifacts.append(ArtifactPath(base + folder, relative: folder)) }
            }
            if !isInModel { artifacts.append(ArtifactPath(base + entry.path, relative: entry.path)) }
        }
        return artifacts
    }

    private func isModel(_ folder: String) -> Bool { inspector.inspect(folder).verdict == .model }
}
