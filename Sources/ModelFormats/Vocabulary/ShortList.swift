/// Names in a message: no more of them than a person reads.
package enum ShortList {
    private static let most = 8

    /// `a, b, c`; where there are more than eight, the first of them and `…`.
    package static func text(_ names: some Collection<String>) -> String {
        names.prefix(most).joined(separator: ", ") + (names.count > most ? " …" : "")
    }
}
