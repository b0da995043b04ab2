import ModelBytes
import ModelContainers
import ModelJSON

/// A side file as it was written: its values, and the lines that they stand in.
struct SideDocument {
    /// The name of its file, as evidence has it.
    let name: String
    let root: JSONValue
    private let lines: ValueLines

    /// YAML, or JSON. Throws for what neither is, for a second document, for anchors and aliases, and beyond
    /// `Limits.yamlBytes`.
    init(_ source: ByteSource, name: String, isJSON: Bool, limits: Limits) throws(GivenError) {
        self.name = name
        do throws(InspectionError) {
            try limits.yamlBytes.check(source.count)
            if isJSON {
                let text = try source.bytes(at: 0, count: source.count)
                do throws(InspectionError) {
                    root = try JSONValue.parse(text, limits: limits)
                    lines = ValueLines(try DocumentNode.read(text, limits: limits), of: text)
                } catch {
                    throw Self.placed(error, in: text)
                }
            } else {
                (root, lines) = try YAMLReader.readWithLines(source, limits: limits)
            }
        } catch {
            throw GivenError(error.message)
        }
    }

    /// The line in place of the byte.
    private static func placed(_ error: InspectionError, in text: [UInt8]) -> InspectionError {
        guard let offset = error.offset else { return error }
        let line = text.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
        return InspectionError(error.reason, "\(error.message) in line \(line)")
    }

    func line(_ place: JSONPointer) -> Int { lines.line(of: place, in: root) }

    /// What is wrong at a place.
    func wrong(_ place: JSONPointer, _ message: String) -> GivenError {
        GivenError("line \(line(place)): \(message)")
    }

    /// What a value came by.
    func source(_ place: JSONPointer) -> String {
        "\(name) line \(line(place)): \(place.tokens.joined(separator: "."))"
    }
}

extension ValueLines {
    /// Of a JSON text.
    fileprivate init(_ node: DocumentNode, of text: [UInt8]) {
        var counter = LineCounter(text)
        self.init(node, start: node.bytes.lowerBound, &counter)
    }

    private init(_ node: DocumentNode, start: Int, _ counter: inout LineCounter) {
        self.init(counter.line(at: start))
        for member in node.members { parts.append(ValueLines(member.node, start: member.start, &counter)) }
        for element in node.elements {
            parts.append(ValueLines(element, start: element.bytes.lowerBound, &counter))
        }
    }
}

/// Counts lines up to places that come one after the other.
private struct LineCounter {
    private let text: [UInt8]
    private var offset = 0
    private var line = 1

    init(_ text: [UInt8]) { self.text = text }

    mutating func line(at place: Int) -> Int {
        while offset < place, offset < text.count {
            if text[offset] == UInt8(ascii: "\n") { line += 1 }
            offset += 1
        }
        return line
    }
}
