/// The cache of the Hugging Face hub: `models--OWNER--NAME/snapshots/REVISION/…` holds links to
/// `models--OWNER--NAME/blobs/…`, so that two revisions share what is the same.
///
/// Source: huggingface_hub, docs of the cache system.
package enum HubCache {
    package static let snapshots = "snapshots"
    private static let blobs = "blobs"
    /// What the names of the folders of repositories begin with.
    package static let prefixes = ["models--", "datasets--", "spaces--"]

    /// The blobs of the repository that a path lies in the snapshots of; nil for every other path.
    package static func blobs(of path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let place = parts.lastIndex(of: Substring(snapshots)), place > 0,
            prefixes.contains(where: { parts[place - 1].hasPrefix($0) })
        else { return nil }
        return (parts[..<place] + [Substring(blobs)]).joined(separator: "/")
    }

    /// Whether a folder of this name with these folders in it is a repository.
    package static func isRepository(_ name: some Collection<UInt8>, folders: some Collection<[UInt8]>) -> Bool {
        prefixes.contains { name.starts(with: $0.utf8) } && folders.contains(Array(snapshots.utf8))
            && folders.contains(Array(blobs.utf8))
    }
}
