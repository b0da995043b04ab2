/// One cell of a CSV file (RFC 4180) that holds a text and nothing more, whichever program opens it.
enum CSVCell {
    /// The cell for `text`.
    ///
    /// - Control characters, line breaks and bidirectional marks are escaped as in all other output, so a row is a line.
    /// - A text that a spreadsheet would take for a formula gets an apostrophe in front, which Excel, LibreOffice and
    ///   Google Sheets take as "this is text" (OWASP, CSV Injection). One that begins with an apostrophe gets another:
    ///   without one leading apostrophe a cell is the text again.
    /// - Quotes are written only where they are needed: commas, quotes, and the separators of spreadsheets set up for other countries.
    static func encoded(_ text: String) -> String {
        let inert = TextStyle.inert(text)
        let cell = isFormula(inert) ? "'" + inert : inert
        guard cell.utf8.contains(where: { ",;\"".utf8.contains($0) }) || cell.first == " " || cell.last == " " else {
            return cell
        }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    /// Excel also takes the full-width forms that East Asian keyboards write; spaces in front change nothing.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { $0 != " " && $0 != "\u{3000}" && $0 != "\u{A0}" }) else {
            return false
        }
        return ["=", "+", "-", "@", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].contains(first)
    }
}
