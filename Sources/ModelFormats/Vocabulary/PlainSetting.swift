import ModelJSON

/// Which values of a configuration are copied out as settings of the model.
enum PlainSetting {
    /// A number, true or false, or a short text that is no path of somebody's machine.
    static func isScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .number, .bool: true
        case .string(let text): text.utf8.count <= 256 && !PrivateText.holdsPath(text)
        default: false
        }
    }

    /// Such a value, or a short list of numbers.
    static func isScalarOrNumbers(_ value: JSONValue) -> Bool {
        guard let list = value.array else { return isScalar(value) }
        return list.count <= 64 && list.allSatisfy { $0.number != nil }
    }
}
