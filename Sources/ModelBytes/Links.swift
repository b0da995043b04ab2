import Glibc
import SystemPackage

/// Where symbolic links lead.
enum Links {
    /// Whether a link on the way along `relative` leads out of `folder`. In the cache of a hub links to the blobs of the
    /// same repository do not count as such.
    static func lead(_ relative: String, outOf folder: FilePath) -> Bool {
        var place = folder
        var isLinked = false
        for component in relative.split(separator: "/") {
            place.append(String(component))
            // What is not there leads nowhere.
            guard let status = try? Stat(place, followTargetSymlink: false) else { return false }
            isLinked = isLinked || status.type == .symbolicLink
        }
        guard isLinked, let target = real(place) else { return false }
        guard let root = real(folder.isEmpty ? "." : folder) else { return true }
        if target.starts(with: root) { return false }
        guard let blobs = HubCache.blobs(of: root.string) else { return true }
        return !target.starts(with: FilePath(blobs))
    }

    private static func real(_ path: FilePath) -> FilePath? {
        guard let text = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
        defer { unsafe free(text) }
        return unsafe FilePath(platformString: text)
    }
}
