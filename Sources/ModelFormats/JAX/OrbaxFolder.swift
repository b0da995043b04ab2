import ModelBytes
import ModelContainers

/// The folder that holds the arrays of one item.
struct OrbaxFolder {
    let path: String
    let isDatabase: Bool
    /// Files with the shape and type of one array.
    let arrays: [String]

    init?(_ listing: [DirectoryEntry], _ path: String) {
        let below = listing.lazy.map(\.path).filter { $0.hasPrefix(path) }
        guard below.contains(path + "_METADATA") || below.contains(path + "checkpoint") else { return nil }
        isDatabase = below.contains(path + OCDBT.manifest)
        arrays = isDatabase ? [] : below.filter { $0.hasSuffix("/.zarray") || $0.hasSuffix("/zarr.json") }
        // The older form has a file `checkpoint` of MessagePack, as other programs have files of that name.
        guard isDatabase || below.contains(path + "_METADATA") || !arrays.isEmpty else { return nil }
        self.path = path
    }

    func isPayload(_ file: String) -> Bool {
        file.dropFirst(path.count).hasPrefix("d/") || file.contains("/d/")
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
