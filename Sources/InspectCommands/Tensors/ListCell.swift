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

    /// Appends it as programs read it, a number in groups of three if asked for.
    func append(to line: inout LineBytes, grouped: Bool = false) {
        switch self {
        case .text(let text): line.append(text)
        case .number(let number): line.append(decimal: number, grouped: grouped)
        case .numbers(let numbers): Self.append(numbers, to: &line)
        // Without the brackets and quotes of JSON.
        case .texts(let texts): line.append(texts.joined(separator: ", "))
        }
    }

    /// Whether nothing in it has to be escaped, whatever the artifact is.
    var isPlain: Bool {
        switch self {
        case .number, .numbers: true
        case .text, .texts: false
        }
    }

    private static func append(_ numbers: [Int], to line: inout LineBytes) {
        line.append(UInt8(ascii: "["))
        for position in numbers.indices {
            if position > 0 { line.append(UInt8(ascii: ",")) }
            line.append(decimal: numbers[position])
        }
        line.append(UInt8(ascii: "]"))
    }

    /// Writes its compact JSON.
    func write(to line: inout LineBytes) {
        switch self {
        case .text(let text): Self.write(text, to: &line)
        case .number(let number): line.append(decimal: number)
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

    private static func write(_ text: String, to line: inout LineBytes) {
        let before = line.count
        line.append(UInt8(ascii: "\""))
        line.append(text)
        // Nearly every name is of letters, digits, dots and the like.
        guard line.allSatisfy(from: before + 1, Self.isPlainInJSON) else {
            line.cut(to: before)
            return line.append(JSONValue.string(text).bytes(pretty: false))
        }
        line.append(UInt8(ascii: "\""))
    }

    private static func isPlainInJSON(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
