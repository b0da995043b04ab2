import Foundation
import MLMInspect
import Testing

@testable import InspectCommands

/// The table on a terminal.
@Suite struct TableTests {
    private static let records =
        [
            SampleRecords.model("models/a/long/way/down/to/the/very/last/of/all/folders/unet.pt2"),
            SampleRecords.model("模型/深度学习模型文件的名字很长很长很长很长很长.pt2", parameters: 7_241_732_096),
            SampleRecords.dangerous("evil.pkl"), SampleRecords.failed("cut.pt"),
            SampleRecords.unrecognised("notes.txt"),
        ] + SampleRecords.hostileTexts.map(SampleRecords.hostile)

    /// Every row fits, whatever the width, and each column begins where its title does.
    @Test(arguments: [1, 10, 30, 40, 60, 80, 100, 120, 161, 240])
    func rowsFitTheTerminal(_ width: Int) {
        let table = RecordTable(width: width, style: TextStyle(isColoured: false))
        for line in [table.header] + Self.records.map(table.row) {
            #expect(line.hasSuffix("\n"))
            #expect(line.dropLast().allSatisfy { !$0.isNewline })
            #expect(DisplayWidth.of(line.dropLast()) <= width, "\(line)")
        }
    }

    @Test func columnsByWidth() {
        func titles(_ width: Int) -> [String] {
            RecordTable(width: width, style: TextStyle(isColoured: false)).header
                .split(separator: "  ").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter {
                    !$0.isEmpty
                }
        }
        #expect(titles(40) == ["PATH", "VERDICT"])
        #expect(titles(80) == ["PATH", "FORMAT", "PARAMS", "VERDICT", "MISSING"])
        #expect(titles(140) == ["PATH", "FORMAT", "FRAMEWORK", "INPUTS → OUTPUTS", "PARAMS", "VERDICT", "MISSING"])
    }

    @Test func longPathsAreShortenedInTheMiddle() {
        let path = "models/a/very/long/way/unet_final_3.pt2"
        #expect(FittedText.middle(path, 40) == path)
        #expect(FittedText.middle(path, 24) == "models/…unet_final_3.pt2")
        #expect(FittedText.middle("模型模型模型模型模型.pt2", 11) == "模…模型.pt2")
        #expect(FittedText.middle("abc", 2) == "a…")
        #expect(FittedText.start("abcdef", 1) == "…")
        #expect(FittedText.start("abcdef", 0).isEmpty)
    }

    @Test func whatAllPathsBeginWithIsShownOnce() {
        #expect(CommonFolder.of(["a/b/"]) == "a/b/")
        #expect(CommonFolder.of(["a/b", "a/c"]) == "a/")
        #expect(CommonFolder.of(["/a", "/b"]) == "")
        #expect(CommonFolder.of(["/data/x", "/data/y"]) == "/data/")
        #expect(CommonFolder.of(["."]) == "")
        #expect(CommonFolder.of([]) == "")
        let table = RecordTable(width: 80, style: TextStyle(isColoured: false), roots: ["models"])
        #expect(table.header.hasPrefix("PATH below models "))
        #expect(table.row(SampleRecords.model("models/a/unet.pt2")).hasPrefix("a/unet.pt2 "))
        #expect(table.row(SampleRecords.model("models")).hasPrefix("models "))
        let pipe = RecordTable(width: nil, style: TextStyle(isColoured: false), roots: ["models"])
        #expect(pipe.row(SampleRecords.model("models/a/unet.pt2")).hasPrefix("models/a/unet.pt2 "))
    }

    /// Into a pipe goes everything: who reads it there can cut for themselves.
    @Test func nothingIsShortenedWithoutATerminal() {
        let table = RecordTable(width: nil, style: TextStyle(isColoured: false))
        for record in Self.records { #expect(table.row(record).contains(TextStyle.inert(record.path))) }
    }

    @Test func theVerdictIsColoured() {
        let table = RecordTable(width: 100, style: TextStyle(isColoured: true))
        #expect(table.row(Self.records[0]).contains("\u{1B}[32mmodel"))
        #expect(table.row(Self.records[2]).contains("\u{1B}[31mdangerous"))
        #expect(table.row(Self.records[3]).contains("\u{1B}[31mfailed"))
    }

    /// glibc knows it too: the two agree on every character that is not about to be escaped.
    @Test func widthsAreThoseOfTheSystem() throws {
        let locale = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        let before = unsafe uselocale(locale)
        defer { unsafe uselocale(before) }
        // <wchar.h> hides it from those who do not ask for X/Open.
        typealias Wcwidth = @convention(c) (wchar_t) -> CInt
        let wcwidth = unsafe unsafeBitCast(dlsym(nil, "wcwidth"), to: Wcwidth.self)
        var differing: [String] = []
        for value in UInt32(0x20)...0x3_FFFF {
            guard let scalar = Unicode.Scalar(value), TextStyle.inert(String(scalar)) == String(scalar) else {
                continue
            }
            let expected = wcwidth(wchar_t(value))
            // Unassigned in the Unicode of this glibc.
            guard expected >= 0, scalar.properties.generalCategory != .unassigned else { continue }
            if DisplayWidth.of(scalar) != expected { differing.append(String(value, radix: 16)) }
        }
        // A mark may be classed anew between two versions of Unicode.
        #expect(differing.count <= 4, "\(differing.count): \(differing.prefix(40))")
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.00k"), (7185, "7.19k"), (9_994, "9.99k"), (9_995, "10.0k"), (99_949, "99.9k"),
        (99_950, "100k"), (999_499, "999k"), (999_500, "1.00M"), (124_439_808, "124M"), (7_241_732_096, "7.24B"),
        (1_000_000_000_000, "1.00T"), (Int.max, "9223372T"),
    ])
    func shortNumbers(_ value: Int, _ text: String) { #expect(NumberText.short(value) == text) }
}
