import ModelBytes
import ModelJSON
import STAC
import SystemPackage

/// A GeoJSON file that says where a model applies.
enum GeometryFile {
    static func read(_ path: String, _ limits: Limits) throws(InspectionError) -> JSONValue {
        guard case .file(let source) = try Artifact.open(path, limits: limits).content else {
            throw InspectionError(.unreadable, "is a directory")
        }
        try limits.geometryBytes.check(source.count)
        return try JSONValue.parse(source, limits: limits)
    }

    /// The one that a side file names. It lies beside the side file or below: who made a folder of models may have put the
    /// side file there, and what is elsewhere is somebody else's.
    static func beside(_ sideFile: String, _ name: String, _ limits: Limits) throws(GivenError) -> JSONValue {
        let place = FilePath(name)
        guard place.isRelative, !place.components.contains(where: { $0.kind != .regular }) else {
            throw GivenError("\(name) is not beside the side file; --geometry FILE takes any other")
        }
        var path = FilePath(sideFile).removingLastComponent()
        for component in place.components {
            path.append(component)
            guard let status = try? Stat(path, followTargetSymlink: false) else {
                throw GivenError(
                    "there is no file \(name) here; write world, a GeoJSON geometry, or the name of a GeoJSON file")
            }
            guard status.type == .regular || status.type == .directory else {
                throw GivenError("\(name) is not a regular file; --geometry FILE takes any other")
            }
        }
        do throws(InspectionError) { return try read(path.string, limits) } catch {
            throw GivenError("\(name): \(error.placed)")
        }
    }
}
