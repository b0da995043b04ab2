import ModelContainers

/// R code as text, roughly as `deparse` writes it. Nothing is evaluated.
struct RText {
    private var text = ""
    private var left: Int
    /// Pieces of code that are still looked at.
    private var steps = 2_000

    private init(_ limit: Int) { left = limit }

    /// Nil when it is longer than a person reads.
    static func of(_ value: RValue, upTo limit: Int = 400) -> String? {
        var writer = RText(limit)
        writer.write(value, 0)
        return writer.left > 0 ? writer.text : nil
    }

    private static let reserved: Set = [
        "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN",
        "NA",
        "NA_integer_", "NA_real_", "NA_complex_", "NA_character_", "in", "...",
    ]

    /// The name of a variable as R reads it back, and nothing but that name: in backticks unless it is a plain one.
    static func name(_ name: String) -> String {
        let isPlain =
            name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || isLetter($0) || isDigit($0) }
            && name.utf8.first { $0 != UInt8(ascii: ".") }.map(isLetter) == true && !name.hasPrefix("..")
        return isPlain && !reserved.contains(name) ? name : PythonText.quoted(name, in: "`")
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static let infix: Set = [
        "~", "+", "-", "*", "/", "^", ":", "==", "<", ">", "<=", ">=", "!=", "&", "&&", "|", "||", "=", "<-", "$", "@",
        "::", ":::",
    ]
    private static let tight: Set = ["^", ":", "$", "@", "::", ":::", "/"]

    private mutating func put(_ piece: String) {
        left -= piece.count
        if left > 0 { text += piece }
    }

    private mutating func write(_ value: RValue, _ depth: Int) {
        steps -= 1
        guard left > 0, steps > 0, depth < 64 else {
            left = 0
            return
        }
        switch value.kind {
        case .null: put("NULL")
        case .symbol: put(value.string ?? "")
        case .language: call(value, depth)
        case .string: vector(value.texts.map { $0.map { "\"\($0)\"" } ?? "NA" }, value)
        case .logical: vector(value.numbers.map { $0.isNaN ? "NA" : $0 == 0 ? "FALSE" : "TRUE" }, value)
        case .integer: vector(value.numbers.map { $0.isNaN ? "NA" : Self.number($0) + "L" }, value)
        case .real: vector(value.numbers.map(Self.number), value)
        default: put("…")
        }
    }

    private static func number(_ number: Double) -> String {
        if number.isNaN { return "NA" }
        if let int = Int(exactly: number), abs(int) < 100_000 { return String(int) }
        let text = String(describing: number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private mutating func vector(_ elements: [String], _ value: RValue) {
        if elements.count == 1, value.length == 1 { return put(elements[0]) }
        guard elements.count == value.length, elements.count <= 64 else { return put("…") }
        put("c(" + elements.joined(separator: ", ") + ")")
    }

    private mutating func call(_ value: RValue, _ depth: Int) {
        guard let function = value.child(0) else { return }
        let arguments = 1..<max(1, value.count)
        let name = function.kind == .symbol ? function.string : nil
        switch (name, arguments.count) {
        case ("("?, 1):
            put("(")
            argument(value, 1, depth)
            put(")")
        case (let name?, 2) where Self.infix.contains(name) || name.hasPrefix("%"):
            argument(value, 1, depth)
            put(Self.tight.contains(name) ? name : " \(name) ")
            argument(value, 2, depth)
        case (let name?, 1) where ["~", "-", "+", "!"].contains(name):
            put(name)
            argument(value, 1, depth)
        case ("["?, 2...), ("[["?, 2...):
            argument(value, 1, depth)
            put(name ?? "")
            list(value, 2..<value.count, depth)
            put(name == "[[" ? "]]" : "]")
        default:
            write(function, depth + 1)
            put("(")
            list(value, arguments, depth)
            put(")")
        }
    }

    private mutating func list(_ value: RValue, _ places: Range<Int>, _ depth: Int) {
        for place in places {
            if place > places.lowerBound { put(", ") }
            if let tag = value.tag(place) { put("\(tag) = ") }
            argument(value, place, depth)
            if left <= 0 { return }
        }
    }

    private mutating func argument(_ value: RValue, _ place: Int, _ depth: Int) {
        guard let child = value.child(place), child.kind != .missingArgument else { return }
        write(child, depth + 1)
    }
}
