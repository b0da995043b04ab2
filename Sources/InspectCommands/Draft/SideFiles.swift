import ModelBytes
import ModelContainers
import STAC
import SystemPackage

/// Side files: one that is named, or those that lie beside models.
///
/// `unet.mlm.yaml` (or `.yml`, `.json`) is of `unet.pt2`, `unet.onnx` and the folder `unet`; `unet.pt2.mlm.yaml` of the first
/// alone. `mlm.yaml` of a folder says what holds for all models in it, and in a Collection also for those in folders below.
final class SideFiles {
    /// What is named by a flag, for all models.
    var common: GivenValues?
    var looksForThem = false
    private let limits: Limits
    private struct Found {
        var path: String
        var values: GivenValues
    }

    /// What was read, by path without the ending; nil where there is no such file.
    private var known: [String: Found?] = [:]
    private var used: [String] = []
    private var areUsed: Set<String> = []

    private static let endings = ["yaml", "yml", "json"]

    init(_ limits: Limits = Limits()) { self.limits = limits }

    /// What is given of these models, which are one Item.
    func values(for artifacts: [ArtifactPath], under flags: GivenValues) throws -> GivenValues {
        if let common { return try layered(common, flags) }
        guard looksForThem else { return flags }
        var values = flags
        for artifact in artifacts where !artifact.isStandardInput {
            // The nearest is looked at first; what it says, those further away do not say again.
            for place in Self.places(artifact) {
                guard let file = try find(place) else { continue }
                use(file)
                values = try layered(file.values, values)
            }
        }
        return values
    }

    private func layered(_ lower: GivenValues, _ upper: GivenValues) throws -> GivenValues {
        let values = lower.under(upper)
        do throws(GivenError) { try values.check() } catch { throw UsageError(error.message) }
        return values
    }

    /// Reads what lies beside a path, so that it is known later; `isModel` where it is no folder of models.
    func readAhead(_ path: String, isModel: Bool) throws {
        for place in Self.places(ArtifactPath(named: path)) {
            if let file = try find(place), isModel { use(file) }
        }
    }

    /// A template that nobody has filled in says nothing.
    private func use(_ file: Found) {
        if !file.values.isEmpty, areUsed.insert(file.path).inserted { used.append(file.path) }
    }

    /// Says in one line which files were found.
    func tell() {
        guard looksForThem, !used.isEmpty else { return }
        let more = used.count > 3 ? " and \(used.count - 3) more" : ""
        let names = used.prefix(3).joined(separator: ", ")
        StandardError.write(
            TextStyle.inert("mlm-inspect: what is known of models is also taken from \(names)\(more)") + "\n")
    }

    /// Paths without the ending, from the nearest to the model on.
    private static func places(_ artifact: ArtifactPath) -> [(path: String, isOfFolder: Bool)] {
        let path = FilePath(artifact.path).lexicallyNormalized()
        guard let name = path.lastComponent else { return [] }
        var folder = path.removingLastComponent()
        func place(_ name: String) -> String { folder.isEmpty ? name : folder.appending(name).string }
        var places = [(place(name.string + ".mlm"), false)]
        if let stem = FilePath.Component(name.string)?.stem, stem != name.string {
            places.append((place(stem + ".mlm"), false))
        }
        places.append((path.appending("mlm").string, true))
        // Below the folder that was walked.
        for _ in artifact.relative.split(separator: "/") {
            places.append((place("mlm"), true))
            if folder.isEmpty { break }
            folder = folder.removingLastComponent()
        }
        return places
    }

    private func find(_ place: (path: String, isOfFolder: Bool)) throws -> Found? {
        if let known = known[place.path] { return known }
        var found: Found?
        for ending in Self.endings {
            let path = "\(place.path).\(ending)"
            guard let status = try? Stat(FilePath(path), followTargetSymlink: false), status.type != .directory else {
                continue
            }
            // Who made a folder of models may have put it there, and what it leads to is somebody else's.
            guard status.type == .regular else {
                throw UsageError("\(path) is not a regular file; name a side file with --from, or give --no-side-file")
            }
            if let found { throw UsageError("\(found.path) and \(path) are both side files; keep one of them") }
            found = Found(path: path, values: try read(path))
        }
        if let found, place.isOfFolder, let source = found.values.sourceOfOneItem(inCollection: false) {
            throw UsageError("\(found.path): \(source) is for one Item; say it in a file beside the model")
        }
        known[place.path] = .some(found)
        return found
    }

    /// Throws a usage error that names the file and the line.
    func read(_ path: String, flag: String = "") throws -> GivenValues {
        let source: ByteSource
        do throws(InspectionError) {
            guard case .file(let file) = try Artifact.open(path, limits: limits).content else {
                throw InspectionError(.unreadable, "is a folder, not a file")
            }
            source = file
        } catch {
            throw UsageError("\(flag)\(path): \(error.message)")
        }
        let limits = limits
        do throws(GivenError) {
            return try SideFile.read(
                source, name: FilePath(path).lastComponent?.string ?? path, isJSON: path.hasSuffix(".json"),
                limits: limits
            ) { name throws(GivenError) in try GeometryFile.beside(path, name, limits) }
        } catch {
            throw UsageError("\(flag)\(path): \(error.message); nothing was written")
        }
    }
}
