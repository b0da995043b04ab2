import Glibc
import SystemPackage

/// Where output is written to: standard output, or a file that appears when `finish` is called.
final class Sink {
    private enum Target {
        case stream(FileDescriptor, name: String)
        case file(AtomicFile)
    }

    private let target: Target

    /// Standard output.
    init() { target = .stream(.standardOutput, name: "standard output") }

    /// Throws `Errno.fileExists` for a file that exists unless `overwrites`, else an `OutputError`. A device or a FIFO
    /// is written to as it is.
    init(_ path: String, overwrites: Bool) throws {
        let place = FilePath(path)
        if let status = try? Stat(place), status.type != .regular, status.type != .directory {
            do {
                let descriptor = try FileDescriptor.open(
                    place, .writeOnly, options: [.closeOnExec])
                target = .stream(descriptor, name: path)
            } catch {
                throw OutputError(path: path, errno: error as? Errno ?? .ioError)
            }
        } else {
            target = .file(try AtomicFile(place, overwrites: overwrites))
        }
    }

    var isTerminal: Bool {
        switch target {
        case .stream(let descriptor, _): isatty(descriptor.rawValue) == 1
        case .file: false
        }
    }

    func write(_ text: String) throws { try write(text.utf8) }

    func write(_ bytes: some Sequence<UInt8>) throws {
        switch target {
        case .stream(let descriptor, let name):
            do {
                _ = try descriptor.writeAll(bytes)
            } catch {
                throw OutputError(path: name, errno: error as? Errno ?? .ioError)
            }
        case .file(let file): try file.write(bytes)
        }
    }

    /// Completes the output: a file appears under its name now, and not without this call.
    func finish() throws {
        if case .file(let file) = target { try file.finish() }
    }
}

/// Messages for people; data never goes there.
enum StandardError {
    static var isTerminal: Bool { isatty(FileDescriptor.standardError.rawValue) == 1 }

    static func write(_ text: String) {
        // Nobody is left to tell when standard error itself is closed.
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }
}

enum Environment {
    /// See https://no-color.org; also true for a terminal without colours.
    static var refusesColour: Bool {
        value("NO_COLOR").map { !$0.isEmpty } ?? false || isDumb
    }

    /// Whether the terminal can only write lines.
    static var isDumb: Bool { value("TERM") == "dumb" }

    /// The folder of JSON Schemas that `check` uses where no flag names one.
    static var schemas: String? { value("MLM_INSPECT_SCHEMAS").flatMap { $0.isEmpty ? nil : $0 } }

    private static func value(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
    }
}

enum WorkingFolder {
    static let path: String = {
        guard let text = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }()
}
