import ModelContainers
import ModelJSON

/// What the Items of a Collection say, summed up as STAC has it: texts and truths as lists, numbers as ranges.
///
/// MLM lets a Collection summarise all but inputs, outputs and hyperparameters. Names of models and what is said of
/// accelerators in words are no more than lists of the Items, and are left to them.
struct Summaries {
    private static let lists = [
        "mlm:framework", "mlm:framework_version", "mlm:architecture", "mlm:tasks", "mlm:pretrained",
        "mlm:pretrained_source", "mlm:accelerator", "mlm:accelerator_constrained",
    ]
    private static let ranges = [
        "mlm:memory_size", "mlm:total_parameters", "mlm:batch_size_suggestion", "mlm:accelerator_count",
    ]

    private var listed: [String: Set<JSONValue>] = [:]
    private var spans: [String: ClosedRange<Int>] = [:]

    var isEmpty: Bool { listed.isEmpty && spans.isEmpty }

    mutating func add(_ properties: JSONObject) {
        for key in Self.lists {
            guard let value = properties[key], !value.isNull else { continue }
            for element in value.array ?? [value] where element != "unknown" {
                listed[key, default: []].insert(element)
            }
        }
        for key in Self.ranges {
            guard let number = properties[key]?.int else { continue }
            let span = spans[key] ?? number...number
            spans[key] = min(span.lowerBound, number)...max(span.upperBound, number)
        }
    }

    var json: JSONValue {
        var result = JSONObject()
        for key in (Self.lists + Self.ranges).sorted() {
            if let values = listed[key] {
                result[key] = .array(
                    values.map { ($0.string ?? $0.write(pretty: false), $0) }.sorted { $0.0 < $1.0 }.map(\.1))
            } else if let span = spans[key] {
                result[key] = ["minimum": JSONValue(span.lowerBound), "maximum": JSONValue(span.upperBound)]
            }
        }
        return .object(result)
    }
}
