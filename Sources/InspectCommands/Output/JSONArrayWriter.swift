import ModelContainers
import ModelJSON

/// Writes one JSON document, or an array of several, piece by piece.
struct JSONArrayWriter {
    let isArray: Bool
    let isPretty: Bool
    private var count = 0

    init(isArray: Bool, isPretty: Bool) {
        self.isArray = isArray
        self.isPretty = isPretty
    }

    mutating func next(_ value: JSONValue) -> String {
        defer { count += 1 }
        let text = value.write(pretty: isPretty)
        guard isArray else { return text + "\n" }
        return (count == 0 ? "[\n" : ",\n") + text
    }

    func end() -> String {
        guard isArray else { return "" }
        return count == 0 ? "[]\n" : "\n]\n"
    }
}
