/// A text in `a-z`, `0-9` and `-` alone.
enum Slug {
    /// A run of all other characters becomes one `-`, none at its ends; nil when nothing is left. `kept` stays as it is,
    /// but for the end.
    static func of(_ text: String, besides kept: Unicode.Scalar? = nil) -> String? {
        var slug = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", kept: slug.unicodeScalars.append(scalar)
            default: if !slug.isEmpty, !slug.hasSuffix("-") { slug.append("-") }
            }
        }
        while let last = slug.unicodeScalars.last, last == "-" || last == kept { slug.unicodeScalars.removeLast() }
        return slug.isEmpty ? nil : slug
    }
}
