/// HTML text. What is interpolated is escaped, so a name from an artifact cannot setIdentity markup:
///
///     let cell: HTML = "<td>\(record.path)</td>"
struct HTML: ExpressibleByStringInterpolation {
    private(set) var source: String

    init(stringLiteral source: String) { self.source = source }
    init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

    /// Nothing.
    init() { source = "" }

    static func += (html: inout HTML, more: HTML) { html.source += more.source }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) { source += literal }
        /// Text to be read: control characters and bidirectional marks setIdentity visible.
        mutating func appendInterpolation(_ text: String) { source += HTML.escaped(TextStyle.inert(text)) }
        /// Text to be copied, as it is.
        mutating func appendInterpolation(exactly text: String) { source += HTML.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { source += String(number) }
        mutating func appendInterpolation(_ html: HTML) { source += html.source }
        mutating func appendInterpolation(_ list: [HTML]) { for html in list { source += html.source } }
        /// Styles and scripts of our own, which stand in the page as they are.
        mutating func appendInterpolation(resource text: String) { source += text }
    }

    /// For elements and for attributes in either kind of quotes.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
