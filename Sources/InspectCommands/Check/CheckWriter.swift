import ModelContainers
import ModelJSON
import STAC

/// Writes the results for documents, and determines the exit code.
struct CheckWriter {
    private let sink: Sink
    private let format: CheckFormat
    private let style: TextStyle
    /// Lines of a pipe are those of a wide terminal.
    private let width: Int
    /// For JSON: a single document is written without an array, so the first one waits until the next one comes.
    private var waiting: JSONValue?
    private var array: JSONArrayWriter
    private let isList: Bool
    private var counts: [CheckedDocument.Verdict: Int] = [:]
    private let isPretty: Bool

    /// `isList` writes JSON as an array, however many documents there are.
    init(_ sink: Sink, _ format: CheckFormat, style: TextStyle, isPretty: Bool, isList: Bool) {
        self.sink = sink
        self.format = format
        self.style = style
        width = sink.isTerminal ? TerminalWidth.ofText(isTerminal: true) : 120
        self.isPretty = isPretty
        self.isList = isList
        array = JSONArrayWriter(isArray: true, isPretty: isPretty)
    }

    /// 1 before 2 before 0.
    var code: Int32 {
        if counts[.invalid] != nil || counts[.drifted] != nil { return 1 }
        return counts[.failed] == nil ? 0 : 2
    }

    private var total: Int { counts.values.reduce(0, +) }

    mutating func write(_ document: CheckedDocument) throws {
        counts[document.verdict, default: 0] += 1
        if let error = document.error {
            StandardError.write("mlm-inspect: \(ErrorText.message(document.path, error))\n")
        }
        switch format {
        case .text: try sink.write(CheckText(document, style: style, width: width).text)
        case .ndjson: try sink.write(try JSONValueEncoder().encode(document).write(pretty: false) + "\n")
        case .json:
            if let waiting { try sink.write(array.next(waiting)) }
            waiting = try JSONValueEncoder().encode(document)
        }
    }

    mutating func end() throws {
        if format == .json {
            if let waiting, total == 1, !isList {
                try sink.write(waiting.write(pretty: isPretty) + "\n")
            } else {
                if let waiting { try sink.write(array.next(waiting)) }
                try sink.write(array.end())
            }
        }
        guard format == .text, total != 1 else { return }
        let parts = CheckedDocument.Verdict.allCases.compactMap { verdict in
            counts[verdict].map { "\($0) \(verdict.rawValue)" }
        }
        StandardError.write(
            "mlm-inspect: \(total) documents" + (parts.isEmpty ? "" : ": ") + "\(parts.joined(separator: ", "))\n")
    }
}

/// The result for one document as text for people.
struct CheckText {
    private(set) var text = ""

    init(_ document: CheckedDocument, style: TextStyle, width: Int) {
        guard document.error == nil else { return }
        let verdict = document.verdict.isValid ? document.verdict.rawValue : style.red(document.verdict.rawValue)
        let kind = document.kind.map { " \($0.rawValue)" } ?? ""
        let id = document.id.map { " " + TextStyle.inert(JSONValue.string($0).outlined) } ?? ""
        var sheet = Sheet(style: style, width: width, mostLines: nil)
        sheet.title(TextStyle.inert(document.path))
        sheet.row("verdict", "\(document.verdict.rawValue)\(kind)\(id)") { line in
            line.hasPrefix(document.verdict.rawValue)
                ? verdict + line.dropFirst(document.verdict.rawValue.count) : line
        }
        for violation in document.violations ?? [] {
            sheet.row("invalid", Self.line(violation), continues: true, paint: style.red)
        }
        for contradiction in document.drift ?? [] {
            sheet.row(
                "drifted", TextStyle.inert("\(contradiction.pointer): \(contradiction.message)"), continues: true,
                paint: style.red)
        }
        for left in document.unchecked ?? [] {
            sheet.row("not checked", Self.line(left), continues: true, paint: style.yellow)
        }
        for gap in document.gaps ?? [] { sheet.row("missing", Self.line(gap), continues: true, paint: style.yellow) }
        for note in document.notes ?? [] { sheet.row("note", Self.line(note), continues: true) }
        if let rest = document.unlisted { sheet.row("", "and \(NumberText.grouped(rest)) more") }
        text = sheet.text
    }

    private static func line(_ violation: Violation) -> String {
        TextStyle.inert(violation.pointer.isEmpty ? violation.message : "\(violation.pointer): \(violation.message)")
    }
}
