import ModelBytes
import ModelContainers
import TestSupport
import Testing

@Suite struct TextLinesTests {
    @Test(arguments: ["", "\n", "a", "a\n", "a\nbc\n\nd", "a\r\nb\r\n", "\r\n\r\n", "a\rb\n"])
    func linesAreThoseBetweenTheEndings(_ text: String) throws {
        var expected = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        if expected.last == "" { expected.removeLast() }
        var lines = TextLines(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        var found: [String] = []
        while let line = try lines.next() { found.append(String(decoding: line, as: UTF8.self)) }
        #expect(found == expected)
    }

    /// Lines of every length around the size of a window.
    @Test func linesAcrossWindows() throws {
        let lengths = [0, 1, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 200_000, 3]
        let text = lengths.map { String(repeating: "x", count: $0) }.joined(separator: "\n")
        var whole = TextLines(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        for length in lengths { #expect(try whole.next()?.count == length) }
        var beginnings = TextLines(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits())
        for length in lengths { #expect(try beginnings.next(prefix: 5)?.count == min(length, 5)) }
        #expect(try beginnings.next(prefix: 5) == nil)
    }

    @Test func aLineBeyondTheLimit() throws {
        var limits = Limits()
        limits.lineBytes.value = 10
        var lines = TextLines(ByteSource(MemoryBytes(Array("0123456789\r\n01234567890123\nx".utf8))), limits: limits)
        #expect(try lines.next() == Array("0123456789".utf8))
        var error: InspectionError?
        do throws(InspectionError) { _ = try lines.next() } catch let caught { error = caught }
        #expect(error?.message == "limit: line bytes 15 > 10")
        #expect(try lines.next() == Array("x".utf8))
    }
}
