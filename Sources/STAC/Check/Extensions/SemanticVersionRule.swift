import JSONSchema

extension Pattern {
    /// Semantic Versioning 2.0.0: three numbers, and what may follow `-` and `+`.
    static let semanticVersion = Pattern(
        "a version of three numbers by semver.org, such as 2.7.0 or 2.7.0+cu126"
    ) { text, alphabet in
        let (versionAndPre, build) = split(text, at: "+")
        let (version, pre) = split(versionAndPre, at: "-")
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers.allSatisfy({ isNumber($0, alphabet) }) else { return false }
        return (pre.map { identifiers($0) { isPreRelease($0, alphabet) } } ?? true)
            && (build.map { identifiers($0) { $0.allSatisfy(isIdentifier) } } ?? true)
    }

    /// `0|[1-9]\d*`.
    private static func isNumber(_ text: Scalars, _ alphabet: Alphabet) -> Bool {
        guard let first = text.first, first.isDigit else { return false }
        return text.count == 1 || (first != "0" && text.dropFirst().allSatisfy(alphabet.isDigit))
    }

    /// A number, or `\d*[a-zA-Z-][0-9a-zA-Z-]*`.
    private static func isPreRelease(_ text: Scalars, _ alphabet: Alphabet) -> Bool {
        if isNumber(text, alphabet) { return true }
        let rest = text.drop(while: alphabet.isDigit)
        return rest.first.map { !$0.isDigit } ?? false && rest.allSatisfy(isIdentifier)
    }

    private static func isIdentifier(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetter || scalar.isDigit || scalar == "-"
    }

    private static func identifiers(_ text: Scalars, _ isOne: (Scalars) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && isOne($0) }
    }

    private static func split(_ text: Scalars, at mark: Unicode.Scalar) -> (Scalars, Scalars?) {
        guard let index = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<index], text[text.index(after: index)...])
    }
}
