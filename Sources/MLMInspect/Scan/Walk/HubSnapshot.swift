import ModelBytes

/// A repository in the cache of the Hugging Face hub: `models--ORG--NAME` with `snapshots/REVISION/…`, whose files are
/// links into `blobs`. The snapshots are what is walked; the same bytes are not listed once more by a digest.
enum HubSnapshot {
    static let folder = Array(HubCache.snapshots.utf8)

    static func isRepository(_ path: PathBytes, _ listing: FolderListing) -> Bool {
        let name = path.bytes.split(separator: UInt8(ascii: "/")).last ?? []
        return HubCache.isRepository(name, folders: listing.entries.lazy.filter { $0.kind == .folder }.map(\.name))
    }
}
