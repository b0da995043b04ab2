import ModelContainers
public import ModelJSON

/// Writes UBJSON by draft 12 of its specification, in every way there is for a value, chosen at random.
public struct UBJSONBuilder {
    public var bytes: [UInt8] = []
    public var random: SeededGenerator

    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    public mutating func mark(_ scalar: Unicode.Scalar) { bytes.append(UInt8(ascii: scalar)) }

    public mutating func value(_ value: JSONValue) {
        maybeNothing()
        switch value {
        case .null: mark("Z")
        case .bool(let flag): mark(flag ? "T" : "F")
        case .string(let text): string(text)
        case .number(let number): self.number(number)
        case .array(let elements): array(elements)
        case .object(let members): object(members)
        }
    }

    /// A text without its marker, as keys are.
    public mutating func text(_ text: String) {
        integer(text.utf8.count)
        bytes += Array(text.utf8)
    }

    /// An integer with its marker, of a random width that holds it.
    public mutating func integer(_ value: Int) {
        let forms: [(Unicode.Scalar, ClosedRange<Int>)] = [
            ("i", -128...127), ("U", 0...255), ("I", -32_768...32_767), ("l", -2_147_483_648...2_147_483_647),
            ("L", Int.min...Int.max),
        ]
        let fitting = forms.filter { $0.1.contains(value) }
        let form = fitting.randomElement(using: &random)?.0 ?? "L"
        mark(form)
        bigEndian(value, form)
    }

    public mutating func bigEndian(_ value: Int, _ form: Unicode.Scalar) {
        let width: Int =
            switch form {
            case "i", "U": 1
            case "I": 2
            case "l": 4
            default: 8
            }
        for shift in stride(from: 8 * (width - 1), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    private mutating func string(_ text: String) {
        if text.utf8.count == 1, let byte = text.utf8.first, Bool.random(using: &random) {
            mark("C")
            bytes.append(byte)
        } else {
            mark("S")
            self.text(text)
        }
    }

    private mutating func number(_ number: JSONNumber) {
        if let int = number.int {
            integer(int)
        } else if Bool.random(using: &random) {
            mark("H")
            text(number.text)
        } else {
            mark("D")
            bigEndian(Int(bitPattern: UInt((number.double ?? 0).bitPattern)), "L")
        }
    }

    private mutating func array(_ elements: [JSONValue]) {
        mark("[")
        if let ints = Self.ints(elements, in: -2_147_483_648...2_147_483_647), Bool.random(using: &random) {
            mark("$")
            mark("l")
            mark("#")
            integer(ints.count)
            for int in ints { bigEndian(int, "l") }
            return
        }
        if !elements.isEmpty, elements.allSatisfy({ $0.string != nil }), Bool.random(using: &random) {
            mark("$")
            mark("S")
            mark("#")
            integer(elements.count)
            for element in elements { text(element.string ?? "") }
            return
        }
        let isCounted = Bool.random(using: &random)
        if isCounted {
            mark("#")
            integer(elements.count)
        }
        for element in elements { value(element) }
        if !isCounted {
            maybeNothing()
            mark("]")
        }
    }

    private static func ints(_ elements: [JSONValue], in range: ClosedRange<Int>) -> [Int]? {
        let ints = elements.compactMap(\.int).filter(range.contains)
        return ints.count == elements.count && !ints.isEmpty ? ints : nil
    }

    private mutating func object(_ members: JSONObject) {
        mark("{")
        let isCounted = Bool.random(using: &random)
        if isCounted {
            mark("#")
            integer(members.count)
        }
        for member in members {
            text(member.key)
            value(member.value)
        }
        if !isCounted { mark("}") }
    }

    private mutating func maybeNothing() {
        while Int.random(in: 0..<8, using: &random) == 0 { mark("N") }
    }
}
