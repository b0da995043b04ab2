/// What a person gave cannot be: which value, and why, in plain words.
package struct GivenError: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
