import ModelBytes
import ModelContainers

/// Writes a value as Fixtures/pickles.py does: what is mutable is numbered where it is met first.
struct PickleRendering {
    private var numbers: [PickleValue: Int] = [:]

    static func text(_ value: PickleValue) throws -> String {
        var rendering = PickleRendering()
        return try rendering.render(value)
    }

    private mutating func render(_ value: PickleValue) throws -> String {
        switch value.kind {
        case .none: return "None"
        case .bool: return value.bool == true ? "True" : "False"
        case .int: return "\(try required(value.int))"
        case .bigInt: return "big(\(hex(try required(value.integerBytes))))"
        case .float:
            let digits = String(try required(value.double).bitPattern, radix: 16)
            return "float(\(String(repeating: "0", count: 16 - digits.count))\(digits))"
        case .string: return "\"\(try required(value.string))\""
        case .bytes: return "bytes(\(try content(value)))"
        case .bytearray: return "bytearray(\(try content(value)))"
        case .tuple: return "(\(try all(value.elements)))"
        case .frozenset: return "frozenset{\(try all(value.elements))}"
        case .global, .extension: return try importText(value)
        case .persistentID: return "pid(\(try render(try required(value.persistentID))))"
        case .buffer: return "buffer(\(try required(value.bufferIndex)))"
        case .list, .dict, .set, .object: return try numbered(value)
        }
    }

    private mutating func numbered(_ value: PickleValue) throws -> String {
        if let number = numbers[value] { return "#\(number)" }
        let number = numbers.count + 1
        numbers[value] = number
        switch value.kind {
        case .list: return "list#\(number)[\(try all(value.elements))]"
        case .set: return "set#\(number){\(try all(value.elements))}"
        case .dict: return "dict#\(number){\(try all(value.pairs))}"
        default: break
        }
        let object = try required(value.object)
        var parts = [try render(object.callee), try render(object.arguments)]
        if let keywords = object.keywords { parts.append("keywords=\(try render(keywords))") }
        if let state = object.state { parts.append("state=\(try render(state))") }
        if !object.elements.isEmpty { parts.append("items=[\(try all(object.elements))]") }
        if !object.pairs.isEmpty { parts.append("pairs={\(try all(object.pairs))}") }
        return "\(object.opcode.name)#\(number)(\(parts.joined(separator: ", ")))"
    }

    private mutating func all(_ elements: PickleElements) throws -> String {
        var texts: [String] = []
        for element in elements { texts.append(try render(element)) }
        guard texts.count == elements.count else { throw Missing() }
        return texts.joined(separator: ", ")
    }

    private mutating func all(_ pairs: PicklePairs) throws -> String {
        var texts: [String] = []
        for (key, value) in pairs { texts.append("\(try render(key)): \(try render(value))") }
        guard texts.count == pairs.count else { throw Missing() }
        return texts.joined(separator: ", ")
    }

    private func importText(_ value: PickleValue) throws -> String {
        "<\(Self.text(value.pickle.imports[try required(value.importIndex)]))>"
    }

    static func text(_ found: Pickle.Import) -> String {
        switch found.kind {
        case .named: "\(found.module) \(found.name)"
        case .dynamic: "dynamic \(found.module) \(found.name)"
        case .extension(let code): "extension \(code)"
        }
    }

    private func content(_ value: PickleValue) throws -> String {
        let range = try required(value.bytes)
        return hex(try value.pickle.source.bytes(at: range.offset, count: range.count))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    struct Missing: Error {}
}
