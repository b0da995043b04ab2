/// The classes that a file below `code/` of a TorchScript archive declares, as torch prints them.
///
/// Source: torch/csrc/jit/serialization/python_print.cpp. Only declarations are read; nothing of a method's body.
struct ScriptCode {
    struct Class {
        var parameters: Set<String> = []
        /// Nil in code of torch 1.4 and before, which does not list them.
        var buffers: Set<String>?
        var methods: [Method] = []
    }

    struct Method {
        let name: String
        /// Without the module itself.
        let arguments: [(name: String, type: String)]
        let result: String
    }

    private(set) var classes: [String: Class] = [:]

    init(_ text: String) {
        var name: String?
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            if line.hasPrefix("class "), let end = line.firstIndex(where: { $0 == "(" || $0 == ":" }) {
                let found = String(line[line.index(line.startIndex, offsetBy: 6)..<end])
                name = found
                classes[found] = Class()
            } else if let name {
                if line.hasPrefix("  __parameters__ = [") { classes[name]?.parameters = Self.names(line) }
                if line.hasPrefix("  __buffers__ = [") { classes[name]?.buffers = Self.names(line) }
                // The module itself comes first, whatever its name: most people write `self`.
                if line.hasPrefix("  def "), let method = Self.method(line, &lines, receivers: 1) {
                    classes[name]?.methods.append(method)
                }
            }
        }
    }

    /// `"mask", "position", ` between brackets.
    private static func names(_ line: Substring) -> Set<String> {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        return Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
    }

    /// The function `name` of a file that has no classes.
    static func function(_ name: String, in text: String) -> Method? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let line = lines.popFirst() {
            if line.hasPrefix("def \(name)(") { return method("  " + line, &lines) }
        }
        return nil
    }

    /// From `  def forward(self: T,` over as many lines as the arguments take to `) -> Tensor:`.
    private static func method(
        _ first: Substring, _ lines: inout ArraySlice<Substring>, receivers: Int = 0
    ) -> Method? {
        var text = String(first.dropFirst(6))
        var isWhole = hasResult(first)
        // Nobody writes a method of more arguments.
        for _ in 0..<1_024 where !isWhole {
            guard let next = lines.first, next.hasPrefix("  ") else { return nil }
            text += next
            isWhole = hasResult(next)
            lines = lines.dropFirst()
        }
        guard let open = text.firstIndex(of: "("), let arrow = text.ranges(of: ") -> ").last else { return nil }
        let name = String(text[..<open])
        var result = text[arrow.upperBound...]
        if result.hasSuffix(":") { result = result.dropLast() }
        let written = split(text[text.index(after: open)..<arrow.lowerBound])
        let arguments = written.dropFirst(receivers).compactMap(argument)
        return Method(name: name, arguments: Array(arguments.drop { $0.name == "self" }), result: String(result))
    }

    /// Whether the arguments end on this line, on which their result stands as well.
    private static func hasResult(_ line: Substring) -> Bool { line.utf8.firstRange(of: ") -> ".utf8) != nil }

    /// At the commas that stand in no bracket and no string.
    private static func split(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        var isQuoted = false
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case _ where isQuoted: break
            case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                parts.append(text[start..<index])
                start = text.utf8.index(after: index)
            default: break
            }
        }
        parts.append(text[start...])
        return parts
    }

    /// `scale: float=1.`
    private static func argument(_ text: Substring) -> (name: String, type: String)? {
        let trimmed = text.drop { $0 == " " }
        guard let colon = trimmed.firstIndex(of: ":") else { return nil }
        let type = trimmed[trimmed.index(after: colon)...].drop { $0 == " " }.prefix { $0 != "=" }
        return (String(trimmed[..<colon]), String(type))
    }
}
