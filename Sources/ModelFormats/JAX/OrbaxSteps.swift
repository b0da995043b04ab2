import ModelBytes

/// The steps of a checkpoint manager: folders whose names are numbers, with zeros before them or words (`step_7`) where
/// the manager was told so, each with a finished checkpoint.
///
/// Source: orbax/checkpoint/path/step.py.
struct OrbaxSteps {
    /// From the oldest to the newest.
    private(set) var all: [(number: Int, folder: String)] = []

    var newest: (number: Int, folder: String)? { all.last }

    /// So many of the newest are asked whether they are finished.
    private static let mostAsked = 8

    /// Those in the whole listing of a folder.
    init(_ listing: [DirectoryEntry]) {
        guard !listing.contains(where: { $0.path == "_CHECKPOINT_METADATA" || $0.path == "_METADATA" }) else { return }
        var known: Set<String> = []
        for entry in listing where entry.path.hasSuffix("_METADATA") {
            let parts = entry.path.split(separator: "/")
            guard parts.count >= 2, let name = parts.last else { continue }
            let folder = String(parts[0])
            guard let number = Self.number(folder, isPlain: name == "_METADATA"),
                name == "_METADATA" || name == "_CHECKPOINT_METADATA" && parts.count == 2
            else { continue }
            if known.insert(folder).inserted { all.append((number, folder)) }
        }
        all.sort { ($0.number, $0.folder) < ($1.number, $1.folder) }
    }

    /// Those in a folder of which only names are known, those of folders with a slash behind them.
    init(foldersOf subject: InspectedArtifact, _ listing: [DirectoryEntry]) {
        let named = listing.compactMap { entry -> (number: Int, folder: String)? in
            guard entry.path.hasSuffix("/") else { return nil }
            let folder = String(entry.path.dropLast())
            return Self.number(folder, isPlain: false).map { ($0, folder) }
        }
        let newest = named.sorted { ($0.number, $0.folder) < ($1.number, $1.folder) }.suffix(Self.mostAsked)
        all = newest.filter { step in
            // A step that cannot be examined is none.
            (try? subject.artifact.companionSize("\(step.folder)/_CHECKPOINT_METADATA")) != nil
        }
    }

    /// A checkpoint's folders of items can end in numbers too (`layer_1`), but none of them is a number.
    private static func number(_ folder: String, isPlain: Bool) -> Int? {
        let digits = isPlain ? Substring(folder) : folder.split(separator: "_").last ?? ""
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), digits.utf8.count <= 18 else { return nil }
        return Int(digits)
    }
}
