public import Foundation

/// A text that a test compares with a committed file. With `UPDATE_EXPECTED=1` in the environment the file is written
/// instead, to be looked at in the next commit.
public enum ExpectedText {
    public static var isUpdating: Bool { ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1" }

    /// The first line that differs; nil when `text` is what the file says, or was written to it.
    public static func difference(_ text: String, _ file: URL) throws -> String? {
        if isUpdating {
            try Data(text.utf8).write(to: file)
            return nil
        }
        guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
            return "\(file.lastPathComponent) is missing; write it with UPDATE_EXPECTED=1"
        }
        guard expected != text else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let index = zip(lines, expectedLines).enumerated().first { $1.0 != $1.1 }?.offset
        let line = index ?? min(lines.count, expectedLines.count)
        func shown(_ list: [Substring]) -> Substring { line < list.count ? list[line] : "the end" }
        return """
            \(file.lastPathComponent) line \(line + 1): expected \(shown(expectedLines)) got \(shown(lines)); \
            if that is right, write it with UPDATE_EXPECTED=1
            """
    }
}
