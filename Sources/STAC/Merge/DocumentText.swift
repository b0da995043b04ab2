import ModelBytes
import ModelContainers
import ModelJSON

/// A JSON text that is changed by putting in and replacing, written as the text itself is: everything else stays to the
/// byte.
struct DocumentText {
    private let text: [UInt8]
    /// What begins a line of the outermost object, as in `\r\n  `; nil for a document on one line.
    private let line: [UInt8]?
    /// What stands between a key and its value.
    private let colon: [UInt8]
    private var edits: [(range: Range<Int>, bytes: [UInt8])] = []

    init(_ text: [UInt8], _ root: DocumentNode) {
        self.text = text
        let lead = root.members.first.map { Array(text[(root.bytes.lowerBound + 1)..<$0.start]) } ?? []
        line = lead.contains(UInt8(ascii: "\n")) ? lead : nil
        var colon = Array(": ".utf8)
        if let first = root.members.first,
            let mark = text[..<first.node.bytes.lowerBound].lastIndex(of: UInt8(ascii: ":"))
        {
            colon = Array(text[mark..<first.node.bytes.lowerBound])
        }
        self.colon = colon
    }

    /// The text with all changes.
    var changed: [UInt8] {
        var result: [UInt8] = []
        var next = 0
        // Those at one place in the order they were asked for.
        for edit in edits.enumerated().sorted(by: {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }) {
            result += text[next..<edit.element.range.lowerBound]
            result += edit.element.bytes
            next = edit.element.range.upperBound
        }
        return result + text[next...]
    }

    mutating func replace(_ node: DocumentNode, by value: JSONValue, depth: Int) {
        edits.append((node.bytes, written(value, lead: line.map { lead(depth, $0) })))
    }

    /// Removes a member of an object that has others.
    mutating func remove(_ key: String, from node: DocumentNode) {
        guard let index = node.members.firstIndex(where: { $0.key == key }) else { return }
        let member = node.members[index]
        if index > 0 {
            edits.append((node.members[index - 1].node.bytes.upperBound..<member.node.bytes.upperBound, []))
        } else if node.members.count > 1 {
            edits.append((member.start..<node.members[1].start, []))
        } else {
            edits.append((member.start..<member.node.bytes.upperBound, []))
        }
    }

    /// Adds members at the end of an object that is `depth` objects or arrays deep.
    mutating func add(_ members: JSONObject, to node: DocumentNode, depth: Int) {
        guard !members.isEmpty else { return }
        var bytes: [UInt8] = []
        let lead = line.map { self.lead(depth + 1, $0) } ?? Array((colon.count > 1 ? " " : "").utf8)
        let isEmpty = node.members.isEmpty
        // As the last one before them begins.
        var own = lead
        if node.members.count > 1, let last = node.members.last {
            let before = node.members[node.members.count - 2].node.bytes.upperBound
            own = text[before..<last.start].filter { $0 != UInt8(ascii: ",") }
        } else if let only = node.members.first, line != nil {
            own = Array(text[(node.bytes.lowerBound + 1)..<only.start])
        }
        if own.isEmpty, !isEmpty { own = Array((colon.count > 1 ? " " : "").utf8) }
        let isMultiline = own.contains(UInt8(ascii: "\n"))
        for (index, member) in members.enumerated() {
            if !isEmpty || index > 0 { bytes.append(UInt8(ascii: ",")) }
            if !(isEmpty && index == 0 && !isMultiline) { bytes += own }
            bytes += JSONValue.string(member.key).bytes(pretty: false) + colon
            bytes += written(member.value, lead: isMultiline ? own : nil)
        }
        if let end = node.members.last?.node.bytes.upperBound {
            edits.append((end..<end, bytes))
        } else {
            if isMultiline, let line { bytes += self.lead(depth, line) }
            edits.append((node.bytes.lowerBound + 1..<node.bytes.upperBound - 1, bytes))
        }
    }

    /// Adds elements at the end of an array.
    mutating func add(_ values: [JSONValue], to node: DocumentNode, depth: Int) {
        guard !values.isEmpty else { return }
        guard let last = node.elements.last else {
            replace(node, by: .array(values), depth: depth)
            return
        }
        var own = Array((colon.count > 1 ? " " : "").utf8)
        if node.elements.count > 1 {
            let before = node.elements[node.elements.count - 2].bytes.upperBound
            own = text[before..<last.bytes.lowerBound].filter { $0 != UInt8(ascii: ",") }
        } else {
            let lead = Array(text[(node.bytes.lowerBound + 1)..<last.bytes.lowerBound])
            if lead.contains(UInt8(ascii: "\n")) { own = lead }
        }
        let end = last.bytes.upperBound
        let isMultiline = own.contains(UInt8(ascii: "\n"))
        let bytes = values.flatMap { [UInt8(ascii: ",")] + own + written($0, lead: isMultiline ? own : nil) }
        edits.append((end..<end, bytes))
    }

    /// What begins a line within a container that is `depth` deep.
    private func lead(_ depth: Int, _ line: [UInt8]) -> [UInt8] {
        let newline = line.prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        let unit = line[newline.count...]
        return Array(newline) + Array(repeating: unit, count: depth).joined()
    }

    /// `lead` begins the line that the value stands on; nil for a value on one line.
    private func written(_ value: JSONValue, lead: [UInt8]?) -> [UInt8] {
        guard let line, let lead else { return onOneLine(value) }
        let newline = line.prefix { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        let inner = lead + line[newline.count...]
        switch value {
        case .object(let members) where !members.isEmpty:
            let parts = members.map { key, value in
                inner + JSONValue.string(key).bytes(pretty: false) + colon + written(value, lead: inner)
            }
            return [UInt8(ascii: "{")] + parts.joined(separator: [UInt8(ascii: ",")]) + lead + [UInt8(ascii: "}")]
        case .array(let elements) where elements.contains { $0.array != nil || $0.object != nil }:
            let parts = elements.map { inner + written($0, lead: inner) }
            return [UInt8(ascii: "[")] + parts.joined(separator: [UInt8(ascii: ",")]) + lead + [UInt8(ascii: "]")]
        default: return onOneLine(value)
        }
    }

    private func onOneLine(_ value: JSONValue) -> [UInt8] {
        let comma = Array((colon.count > 1 ? ", " : ",").utf8)
        switch value {
        case .object(let members):
            let parts = members.map { JSONValue.string($0.key).bytes(pretty: false) + colon + onOneLine($0.value) }
            return [UInt8(ascii: "{")] + parts.joined(separator: comma) + [UInt8(ascii: "}")]
        case .array(let elements):
            return [UInt8(ascii: "[")] + elements.map(onOneLine).joined(separator: comma) + [UInt8(ascii: "]")]
        default: return value.bytes(pretty: false)
        }
    }
}
