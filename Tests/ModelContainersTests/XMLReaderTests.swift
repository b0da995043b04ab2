import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// XML as libexpat hands it over, and what is refused of it.
@Suite struct XMLReaderTests {
    /// Everything that is handed over, as one line an event.
    private final class Log: XMLHandler {
        var lines: [String] = []
        var wantsText = true
        var stopsAt: String?

        func start(_ element: XMLElement) -> Bool {
            lines.append("<\(element.qualifiedName) \(element.depth) \(element["a"] ?? "-")")
            return element.qualifiedName != stopsAt
        }
        func end(depth: Int) { lines.append(">\(depth)") }
        func text(_ piece: String) { lines.append(piece) }
    }

    private func read(
        _ bytes: [UInt8], stoppingAt name: String? = nil, _ change: (inout Limits) -> Void = { _ in }
    ) throws -> [String] {
        var limits = Limits()
        change(&limits)
        let log = Log()
        log.stopsAt = name
        try XMLReader.read(ByteSource(MemoryBytes(bytes)), limits: limits, log)
        return log.lines
    }

    private func error(_ text: String, _ change: (inout Limits) -> Void = { _ in }) -> InspectionError? {
        do {
            _ = try read(Array(text.utf8), change)
            return nil
        } catch {
            return error as? InspectionError
        }
    }

    @Test func partsInTheirOrder() throws {
        let text = "<r a='1 &lt; &#x41;'><!-- no --><p:x b='2' a=\"é\">t</p:x><?pi?><y/></r>"
        #expect(
            try read(Array(text.utf8)) == ["<r 0 1 < A", "<p:x 1 é", "t", ">1", "<y 1 -", ">1", ">0"])
    }

    @Test func namesWithoutTheirPrefix() throws {
        final class Names: XMLHandler {
            var found: [String] = []
            let wantsText = false
            func start(_ element: XMLElement) -> Bool {
                let bare = element.without(prefix: "pre")
                found.append("\(element.prefix)|\(element.localName)|\(bare?.isNamed("x") ?? false)")
                return true
            }
            func end(depth: Int) {}
            func text(_ piece: String) {}
        }
        let names = Names()
        let text = "<pre:x><x/><p:x/><pre/><prex/><pre:xy/></pre:x>"
        try XMLReader.read(ByteSource(MemoryBytes(Array(text.utf8))), limits: Limits(), names)
        #expect(
            names.found == [
                "pre|x|true", "|x|false", "p|x|false", "|pre|false", "|prex|false", "pre|xy|false",
            ])
    }

    @Test func nothingIsReadBehindWhatIsWanted() throws {
        let recorder = RecordingBytes(Array("<r><stop/>".utf8) + [UInt8](repeating: 0x20, count: 1 << 20))
        let log = Log()
        log.stopsAt = "stop"
        try XMLReader.read(ByteSource(recorder), limits: Limits(), log)
        #expect(log.lines == ["<r 0 -", "<stop 1 -"])
        #expect(recorder.bytesRead == 64 << 10)
    }

    @Test(arguments: ["UTF-16LE", "UTF-16BE"])
    func sixteenBits(_ encoding: String) throws {
        let isLittle = encoding.hasSuffix("LE")
        let units = Array("\u{FEFF}<r a='ü'/>".utf16)
        let bytes = units.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? pair : pair.reversed()
        }
        #expect(try read(bytes) == ["<r 0 ü", ">0"])
    }

    @Test func singleBytes() throws {
        func document(_ encoding: String, _ byte: UInt8) -> [UInt8] {
            Array("<?xml version='1.0' encoding='\(encoding)'?><r a='".utf8) + [byte] + Array("'/>".utf8)
        }
        #expect(try read(document("ISO-8859-1", 0xE9)).first == "<r 0 é")
        #expect(try read(document("Windows-1252", 0x80)).first == "<r 0 €")
        #expect(try read(document("windows-1252", 0xE9)).first == "<r 0 é")
        #expect(throws: InspectionError.self) { try read(document("windows-1252", 0x81)) }
        #expect {
            try read(document("EBCDIC-CP-US", 0xE9))
        } throws: { ($0 as? InspectionError)?.reason == .unsupported }
    }

    @Test(arguments: [
        ("", InspectionError.Reason.truncated), ("<r>", .truncated), ("<r a='", .truncated), ("<r></s>", .malformed),
        ("<r/><r/>", .malformed), ("<r a='1' a='2'/>", .malformed), ("<r>&x;</r>", .malformed),
        ("<r a=1/>", .malformed),
        ("<!DOCTYPE r [<!ENTITY x 'y'>]><r/>", .unsupported),
        ("<!DOCTYPE r [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><r/>", .unsupported),
        ("<!DOCTYPE r [<!ENTITY x SYSTEM 'http://example.com/'>]><r>&x;</r>", .unsupported),
    ])
    func whatIsRefused(_ text: String, _ reason: InspectionError.Reason) {
        let error = error(text)
        #expect(error?.reason == reason)
        #expect(error?.message.isEmpty == false)
    }

    @Test func aDocumentTypeIsPassedOver() {
        #expect(error("<!DOCTYPE PMML PUBLIC 'PMML 2.0' 'http://www.dmg.org/v2-0/pmml_v2_0.dtd'><PMML/>") == nil)
        #expect(error("<!DOCTYPE PMML SYSTEM 'absent.dtd'><PMML>text</PMML>") == nil)
    }

    @Test func limits() {
        let deep = String(repeating: "<n>", count: 1_000_000)
        #expect(error(deep)?.message == "limit: xml depth 4097 > 4096")
        let long = "<r a='" + String(repeating: "x", count: 3 << 20)
        #expect(error(long) { $0.xmlTokenBytes.value = 1 << 20 }?.reason == .limit)
        let text = "<r>" + String(repeating: "x ", count: 3 << 20) + "</r>"
        #expect(error(text) { $0.xmlTokenBytes.value = 1 << 20 } == nil)
    }
}
