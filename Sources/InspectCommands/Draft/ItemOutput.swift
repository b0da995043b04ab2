import ArgumentParser
import ModelContainers
import ModelJSON

/// How Items are written: one as it is, several as the FeatureCollection that STAC's own tools read (an ItemCollection),
/// or one a line.
struct ItemOutput {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case item, ndjson
    }

    private let format: Format
    private let isCollection: Bool
    private let isPretty: Bool
    private var count = 0

    init(_ format: Format, isCollection: Bool, isPretty: Bool) {
        self.format = format
        self.isCollection = isCollection
        self.isPretty = isPretty
    }

    mutating func next(_ item: JSONValue) -> String {
        defer { count += 1 }
        let text = item.write(pretty: isPretty && format == .item)
        guard format == .item, isCollection else { return text + "\n" }
        return (count == 0 ? head : "," + line) + text
    }

    func end() -> String {
        guard format == .item, isCollection else { return "" }
        return (count == 0 ? head : line) + "]}\n"
    }

    private var line: String { isPretty ? "\n" : "" }

    private var head: String {
        isPretty
            ? "{\"type\": \"FeatureCollection\", \"features\": [\n" : "{\"type\":\"FeatureCollection\",\"features\":["
    }
}
