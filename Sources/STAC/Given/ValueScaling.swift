import ModelContainers
import ModelJSON

/// Value scaling as people write it: MLM v1.5.2 wants a list, with one object for all channels or one for each.
package enum ValueScaling {
    /// One object for each number of its lists; the object alone where it has none. Nil for lists of several lengths.
    static func spread(_ scaling: JSONObject) -> [JSONValue]? {
        let lists = scaling.compactMap { $0.value.array }
        guard let count = lists.first?.count else { return [.object(scaling)] }
        guard count > 0, count <= 65_536, lists.allSatisfy({ $0.count == count }) else { return nil }
        return (0..<count).map { index in
            .object(JSONObject(scaling.map { ($0.key, $0.value[index] ?? $0.value) }))
        }
    }

    /// `[INPUT:]TYPE:KEY=NUMBER,…`, as in `z-score:mean=0.4,stddev=0.2`; a number for each channel has slashes between.
    package static func port(_ text: String, by source: String) throws(GivenError) -> GivenPort {
        func wrong(_ why: String) -> GivenError { GivenError("\(source) \(text): \(why)") }
        let form = "write [INPUT:]TYPE:KEY=NUMBER,…, such as z-score:mean=0.4,stddev=0.2"
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, let numbers = parts.last else { throw wrong(form) }
        let type = String(parts[parts.count - 2])
        guard MLMTensorRules.scalings.contains(type), type != "processing" else {
            throw wrong("\(type) is no scaling\(NearestWord.advice(type, among: MLMTensorRules.scalings))")
        }
        var scaling: JSONObject = ["type": .string(type)]
        for pair in numbers.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw wrong(form) }
            let values = sides[1].split(separator: "/", omittingEmptySubsequences: false).map { text in
                (try? JSONValue.parse(String(text)))?.number.map(JSONValue.number)
            }
            guard values.allSatisfy({ $0 != nil }) else { throw wrong("\(sides[1]) is no number; \(form)") }
            let numbers = values.compactMap(\.self)
            guard scaling.insert(String(sides[0]), numbers.count == 1 ? numbers[0] : .array(numbers)) else {
                throw wrong("\(sides[0]) was given twice")
            }
        }
        guard let list = spread(scaling) else { throw wrong("give as many numbers of each kind") }
        var report = CheckReport(most: 1)
        MLMTensorRules.scaling.check(list[0], &report)
        if let found = report.violations.first {
            throw wrong("\(found.pointer.dropFirst())\(found.pointer.isEmpty ? "" : " ")\(found.message)")
        }
        let input = parts.dropLast(2).joined(separator: ":")
        var port = GivenPort(.input, input.isEmpty ? nil : input, by: source)
        port.members = [GivenPort.Member(key: "value_scaling", value: .array(list), source: source)]
        return port
    }
}
