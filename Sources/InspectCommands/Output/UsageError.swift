/// A request that cannot be fulfilled, in a complete sentence: printing the usage would not help.
struct UsageError: Error {
    static let code: Int32 = 64

    let message: String

    init(_ message: String) { self.message = TextStyle.inert(message) }
}
