public import Foundation

/// A folder that is gone when the test is.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(
            path: "mlm-inspect-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // What is left over lies in the system's folder for such things.
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a name in the folder.
    public func path(_ name: String) -> String { url.path(percentEncoded: false) + name }

    /// Writes a file, in new folders if its name has some, and returns its path.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return path(name)
    }
}
