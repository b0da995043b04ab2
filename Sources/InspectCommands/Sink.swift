import Glibc
import SystemPackage

/// Where output is written to.
struct Sink {
    private let descriptor: FileDescriptor

    init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

    func write(_ text: String) throws {
        _ = try descriptor.writeAll(text.utf8)
    }
}

/// Messages for people; data never goes there.
enum StandardError {
    static func write(_ text: String) {
        // Nobody is left to tell when standard error itself is closed.
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }
}

enum Environment {
    /// https://no-color.org, and a terminal that says it knows no colour.
    static var refusesColour: Bool {
        value("NO_COLOR").map { !$0.isEmpty } ?? false || value("TERM") == "dumb"
    }

    private static func value(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
    }
}
