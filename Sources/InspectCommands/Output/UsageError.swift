/// What was asked for cannot be, in a sentence that says all there is to say: the usage of the command would not help.
struct UsageError: Error {
    static let code: Int32 = 64

    let message: String

    init(_ message: String) { self.message = TextStyle.inert(message) }
}
