import ModelBytes
import ModelJSON
import STAC

/// A folder of artifacts, in which those that Items describe are found by the references of their assets.
struct ArtifactFolder {
    private let path: String
    /// The parts of each path below the folder, of files and of folders, by the last part.
    private var paths: [String: [[String]]] = [:]

    /// Throws what `Artifact.open` does, and `unsupported` for a file.
    init(_ path: String, limits: Limits) throws(InspectionError) {
        self.path = path
        guard case .directory(let entries) = try Artifact.open(path, limits: limits).content else {
            throw InspectionError(.unsupported, "is a file, not a folder of models; --artifact compares with a file")
        }
        var known: Set<[String]> = []
        for entry in entries {
            let parts = entry.path.split(separator: "/").map(String.init)
            // A model may be a folder.
            for end in 1...max(1, parts.count) where known.insert(Array(parts.prefix(end))).inserted {
                let parts = Array(parts.prefix(end))
                paths[parts[parts.count - 1], default: []].append(parts)
            }
        }
    }

    enum Answer {
        case one(String)
        case none
        /// As far as the reference tells, it may be any of these.
        case several([String])
    }

    /// The artifact that a reference leads to: of those with its name, the one whose folders are most like its own.
    func artifact(_ href: String) -> Answer {
        let wanted = Href.pathComponents(href)
        guard let name = wanted.last, let candidates = paths[name] else { return .none }
        let likeness = candidates.map { zip($0.reversed(), wanted.reversed()).prefix { $0 == $1 }.count }
        let best = likeness.max()
        let found = zip(candidates, likeness).filter { $1 == best }.map { place($0.0) }
        return found.count == 1 ? .one(found[0]) : .several(found.sorted())
    }

    private func place(_ parts: [String]) -> String {
        path + (path.hasSuffix("/") ? "" : "/") + parts.joined(separator: "/")
    }
}
