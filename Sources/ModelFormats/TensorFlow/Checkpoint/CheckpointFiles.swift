import ModelBytes
import ModelContainers

/// The files of one checkpoint: an index and its shards, all with one beginning of their names, and the text file
/// `checkpoint`, which says which of several was saved last.
struct CheckpointFiles {
    static let stateName = "checkpoint"
    static let indexEnding = ".index"

    /// What all names begin with: `ckpt-7`.
    let prefix: String
    let index: ByteSource
    /// Whether the file `checkpoint` names it.
    private(set) var isNamed = false
    /// The prefixes of a folder that has several.
    private(set) var others: [String] = []
    private let artifact: Artifact

    /// Prefixes of the checkpoints in a folder.
    static func prefixes(_ listing: [DirectoryEntry]) -> [String] {
        let names = Set(listing.map(\.path))
        guard names.contains(where: { $0.hasSuffix(indexEnding) }) else { return [] }
        let shards = Set(
            names.compactMap { name in
                isShard(name) ? name.range(ofLast: ".data-").map { String(name[..<$0.lowerBound]) } : nil
            })
        return names.filter { !$0.contains("/") && $0.hasSuffix(indexEnding) }
            .map { String($0.dropLast(indexEnding.count)) }
            .filter { prefix in names.contains(stateName) || shards.contains(prefix) }
            .sorted()
    }

    /// `PREFIX.data-00000-of-00001`.
    static func isShard(_ name: String, of prefix: String? = nil) -> Bool {
        guard let range = name.range(ofLast: ".data-") else { return false }
        let numbers = name[range.upperBound...].split(separator: "-", omittingEmptySubsequences: false)
        return numbers.count == 3 && numbers[1] == "of" && numbers[0].count >= 5 && numbers[2].count >= 5
            && numbers[0].utf8.allSatisfy(isDigit) && numbers[2].utf8.allSatisfy(isDigit)
            && (prefix == nil || name[..<range.lowerBound] == prefix ?? "")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    init?(_ subject: InspectedArtifact) throws(InspectionError) {
        artifact = subject.artifact
        if let source = subject.source {
            index = source
            let name = subject.artifact.name
            prefix = name.hasSuffix(Self.indexEnding) ? String(name.dropLast(Self.indexEnding.count)) : name
            if subject.artifact.hasFolder, let state = try subject.artifact.companion(Self.stateName) {
                isNamed = try Self.paths(state).contains(prefix)
            }
            return
        }
        let found = Self.prefixes(subject.listing ?? [])
        var named: String?
        if let state = try subject.artifact.companion(Self.stateName) { named = try Self.paths(state).first }
        isNamed = named.map(found.contains) ?? false
        // Without a word on it, the one with the highest number.
        guard let prefix = isNamed ? named : found.max(by: { Self.order($0) < Self.order($1) }),
            let index = try subject.artifact.companion(prefix + Self.indexEnding)
        else { return nil }
        self.prefix = prefix
        self.index = index
        others = found.filter { $0 != prefix }
    }

    /// The number at the end of a prefix, which counts steps or savings.
    static func number(_ prefix: String) -> Int? {
        guard let dash = prefix.lastIndex(of: "-") else { return nil }
        let digits = prefix[prefix.index(after: dash)...]
        return !digits.isEmpty && digits.utf8.allSatisfy(isDigit) ? Int(digits) : nil
    }

    private static func order(_ prefix: String) -> (Int, String) { (number(prefix) ?? -1, prefix) }

    /// The paths of a CheckpointState in text form, the latest one first, without the folders they were saved to
    /// (python/checkpoint/checkpoint_management.py).
    private static func paths(_ source: ByteSource) throws(InspectionError) -> [String] {
        let text = String(decoding: try source.bytes(at: 0, upTo: 64 << 10), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).compactMap { line in
            guard line.hasPrefix("model_checkpoint_path:") || line.hasPrefix("all_model_checkpoint_paths:"),
                let first = line.firstIndex(of: "\""), let last = line.lastIndex(of: "\""), first < last
            else { return nil }
            let path = line[line.index(after: first)..<last]
            return path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
        }
    }

    func companion(_ name: String) throws(InspectionError) -> ByteSource? { try artifact.companion(name) }
    func size(_ name: String) throws(InspectionError) -> Int? { try artifact.companionSize(name) }
    var canHaveShards: Bool { artifact.hasFolder }
}

extension String {
    /// Where `part` stands last.
    fileprivate func range(ofLast part: String) -> Range<Index>? {
        var end = endIndex
        while end > startIndex {
            guard let start = index(end, offsetBy: -part.count, limitedBy: startIndex) else { return nil }
            if self[start..<end] == part { return start..<end }
            end = index(before: end)
        }
        return nil
    }
}
