/// What a person gave cannot be: the flag, and why, in plain words.
public struct GivenError: Error, Hashable, Sendable {
    public let message: String

    public init(_ message: String) { self.message = message }
}
