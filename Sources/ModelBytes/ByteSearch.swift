extension Substring {
    /// Whether `part` stands in it, byte for byte.
    ///
    /// `contains` of the standard library sets up a search by characters, which costs a third of a millisecond the first time:
    /// a tenth of the time spent on a small file.
    package func holds(_ part: String) -> Bool {
        guard let first = part.utf8.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: part.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

extension String {
    /// Whether `part` stands in it, byte for byte.
    package func holds(_ part: String) -> Bool { self[...].holds(part) }
}
