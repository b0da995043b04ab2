import ModelBytes

/// `-g GLOB`, as ripgrep has it: an ignore file with `!` turned round. Globs without one choose files, those with one
/// leave out files and folders; of several that match the last decides, and it decides before all ignore files.
struct GlobFilter: Sendable {
    private let globs: IgnoreFile?
    private let choosesFiles: Bool
    /// The folder that globs with a slash start at: a path below it loses this part first.
    private let origin: [UInt8]

    /// Globs that can match nothing are dropped.
    init(_ globs: [String], origin: PathBytes?) {
        var patterns: [IgnorePattern] = []
        for glob in globs.flatMap({ Self.alternatives(Array($0.utf8)[...]) }) {
            let leavesOut = glob.first == UInt8(ascii: "!")
            let body = leavesOut ? glob.dropFirst() : glob
            // To keep is what a glob without `!` says here.
            if let pattern = IgnorePattern(body, keeps: !leavesOut) { patterns.append(pattern) }
        }
        self.globs = patterns.isEmpty ? nil : IgnoreFile(patterns)
        choosesFiles = globs.contains { !$0.hasPrefix("!") }
        self.origin = origin.map { $0.trimmed.bytes + ($0.trimmed.bytes == [0x2F] ? [] : [0x2F]) } ?? []
    }

    func match(_ path: PathBytes, isFolder: Bool) -> IgnoreMatch? {
        guard let globs else { return choosesFiles && !isFolder ? .ignore : nil }
        var relative = path.bytes[...]
        if !origin.isEmpty, relative.starts(with: origin) { relative = relative.dropFirst(origin.count) }
        while relative.starts(with: [0x2E, 0x2F]) { relative = relative.dropFirst(2) }
        return globs.match(relative, isFolder: isFolder) ?? (choosesFiles && !isFolder ? .ignore : nil)
    }

    /// `*.{pt,onnx}` as `*.pt` and `*.onnx`; braces may stand in braces, a backslash keeps one as it is.
    static func alternatives(_ glob: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        guard let braces = firstBraces(glob) else { return [glob] }
        let head = glob[..<braces.open]
        let tails = alternatives(glob[(braces.close + 1)...])
        let inner = braces.parts.flatMap(alternatives)
        // Nobody writes so many.
        guard inner.count * tails.count <= 4_096 else { return [glob] }
        return inner.flatMap { part in tails.map { tail in (Array(head) + part + tail)[...] } }
    }

    private static func firstBraces(
        _ glob: ArraySlice<UInt8>
    ) -> (open: Int, close: Int, parts: [ArraySlice<UInt8>])? {
        var open: Int?
        var depth = 0
        var start = 0
        var parts: [ArraySlice<UInt8>] = []
        var index = glob.startIndex
        while index < glob.endIndex {
            switch glob[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "{"):
                depth += 1
                if depth == 1 { (open, start) = (index, index + 1) }
            case UInt8(ascii: ",") where depth == 1:
                parts.append(glob[start..<index])
                start = index + 1
            case UInt8(ascii: "}") where depth > 0:
                depth -= 1
                if depth == 0, let open { return (open, index, parts + [glob[start..<index]]) }
            default: break
            }
            index += 1
        }
        return nil
    }
}
