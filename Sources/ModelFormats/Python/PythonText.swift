/// Text as Python writes it in a call.
enum PythonText {
    /// `name` as a Python string literal.
    static func quoted(_ name: String) -> String { quoted(name, in: "\"") }

    /// The same between other quotes: R's names in backticks have the escapes of Python's literals.
    static func quoted(_ name: String, in quote: Unicode.Scalar) -> String {
        var text = String(quote)
        for scalar in name.unicodeScalars {
            switch scalar {
            case quote, "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + String(quote)
    }

    /// Classes of the program that wrote a pickle, which another one has to define under the same name.
    static func undefined(_ classes: [String]) -> [String]? {
        let own = classes.filter { $0.hasPrefix("__main__.") }
        return own.isEmpty ? nil : own
    }
}
