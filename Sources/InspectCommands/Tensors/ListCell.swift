import ModelJSON

/// A value of a list: no more kinds than its columns have, since there is one for each of a hundred thousand tensors.
enum ListCell {
    case text(String)
    case number(Int)
    case numbers([Int])
    case texts([String])

    /// Nil for nil.
    init?(known text: String?) {
        guard let text else { return nil }
        self = .text(text)
    }

    /// Nil for nil.
    init?(known number: Int?) {
        guard let number else { return nil }
        self = .number(number)
    }

    /// As programs read it.
    var words: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .numbers(let numbers): "[" + numbers.map(String.init).joined(separator: ",") + "]"
        // Without the brackets and quotes of JSON.
        case .texts(let texts): texts.joined(separator: ", ")
        }
    }

    /// Appends its words, digits in groups of three if asked for: a hundred thousand cells make no text of their own.
    func append(to line: inout [UInt8], grouped: Bool = false) {
        switch self {
        case .text(let text): line.append(contentsOf: text.utf8)
        case .number(let number): Self.append(number, to: &line, grouped: grouped)
        case .numbers(let numbers): Self.append(numbers, to: &line)
        case .texts: line.append(contentsOf: words.utf8)
        }
    }

    private static func append(_ numbers: [Int], to line: inout [UInt8]) {
        line.append(UInt8(ascii: "["))
        for (position, number) in numbers.enumerated() {
            if position > 0 { line.append(UInt8(ascii: ",")) }
            append(number, to: &line)
        }
        line.append(UInt8(ascii: "]"))
    }

    private static func append(_ number: Int, to line: inout [UInt8], grouped: Bool = false) {
        if number < 0 { line.append(UInt8(ascii: "-")) }
        let start = line.count
        var left = number.magnitude
        var digits = 0
        repeat {
            if grouped, digits > 0, digits.isMultiple(of: 3) { line.append(UInt8(ascii: ",")) }
            line.append(UInt8(ascii: "0") + UInt8(left % 10))
            left /= 10
            digits += 1
        } while left > 0
        line[start...].reverse()
    }

    /// Writes its compact JSON.
    func write(to line: inout [UInt8]) {
        switch self {
        case .text(let text): Self.write(text, to: &line)
        case .number(let number): Self.append(number, to: &line)
        case .numbers(let numbers): Self.append(numbers, to: &line)
        case .texts(let texts):
            line.append(UInt8(ascii: "["))
            for (position, text) in texts.enumerated() {
                if position > 0 { line.append(UInt8(ascii: ",")) }
                Self.write(text, to: &line)
            }
            line.append(UInt8(ascii: "]"))
        }
    }

    private static func write(_ text: String, to line: inout [UInt8]) {
        // Nearly every name is of letters, digits, dots and the like.
        guard
            text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else {
            line.append(contentsOf: JSONValue.string(text).bytes(pretty: false))
            return
        }
        line.append(UInt8(ascii: "\""))
        line.append(contentsOf: text.utf8)
        line.append(UInt8(ascii: "\""))
    }
}
