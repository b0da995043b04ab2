import ModelFormats

/// Which frameworks, and which calls, cannot both be those of one artifact, by what the formats say of themselves.
struct FrameworkFamily {
    let formats: FormatList

    /// Only names that are known to be of different frameworks exclude each other.
    func exclude(declared: String, read: String) -> Bool {
        guard let one = formats.framework(called: declared), let other = formats.framework(called: read),
            one.name != other.name, !other.origins.isEmpty, !one.origins.isEmpty
        else { return false }
        return !other.origins.contains(one.name)
    }

    /// Whether both are names of one framework.
    func isSame(_ one: String, _ other: String) -> Bool {
        one == other || formats.framework(called: one).map { $0 == formats.framework(called: other) } ?? false
    }

    /// `torch` and `pytorch` are MLM's `PyTorch`; nil for a name that is not among those known.
    func spelling(_ text: String) -> String? { formats.framework(called: text)?.name }

    /// Whether two calls cannot both have written one artifact. Only those that are known to write different files
    /// exclude each other.
    func exclude(writer declared: String, _ read: String) -> Bool {
        guard declared != read, let one = formats.writerFamily(of: declared),
            let other = formats.writerFamily(of: read)
        else { return false }
        return one != other
    }
}
