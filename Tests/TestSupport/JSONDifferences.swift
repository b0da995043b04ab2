import ModelContainers
public import ModelJSON

extension JSONValue {
    /// What this demands and `whole` does not have, each with the path to it; empty when all of it is there.
    ///
    /// `whole` may have more keys. Lists have to be equal in length and order, numbers in value. An empty list or object
    /// is also met by no key at all, since keys appear only when known; null demands just that.
    public func differences(in whole: JSONValue?, at path: String = "") -> [String] {
        switch (self, whole) {
        case (.object(let members), .object(let others)):
            return members.flatMap { $0.value.differences(in: others[$0.key], at: "\(path)/\($0.key)") }
        case (.array(let elements), .array(let others)) where elements.count == others.count:
            return zip(elements, others).enumerated().flatMap { index, pair in
                pair.0.differences(in: pair.1, at: "\(path)/\(index)")
            }
        case (.array([]), nil), (.object([:]), nil), (.null, nil): return []
        default:
            if let whole, isEqual(to: whole) { return [] }
            return ["\(path) expected \(Self.shortened(self)) got \(whole.map(Self.shortened) ?? "nothing")"]
        }
    }

    private func isEqual(to other: JSONValue) -> Bool {
        if let value = int, let otherValue = other.int { return value == otherValue }
        if let value = double, let otherValue = other.double { return value == otherValue }
        return self == other
    }

    private static func shortened(_ value: JSONValue) -> String {
        let text = value.write(pretty: false)
        return text.count <= 300 ? text : text.prefix(300) + "…"
    }
}
