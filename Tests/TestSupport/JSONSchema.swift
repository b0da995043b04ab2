import ModelContainers
public import ModelJSON

/// Validates by the part of JSON Schema (draft 2020-12) that our own schema is written in. A keyword beyond that part is a
/// violation itself, so that nothing goes unchecked.
public struct JSONSchema {
    private let document: JSONValue

    public init(_ document: JSONValue) { self.document = document }

    /// Every rule that `value` breaks, with the path to it.
    public func violations(of value: JSONValue) -> [String] { check(value, by: document, at: "") }

    private static let annotations: Set<String> = ["$schema", "$defs", "title", "description"]

    private func check(_ value: JSONValue, by schema: JSONValue, at path: String) -> [String] {
        if case .bool(let isAllowed) = schema { return isAllowed ? [] : ["\(path) is not allowed"] }
        guard let keywords = schema.object else { return ["\(path): the schema is no object"] }
        return keywords.flatMap { keyword, rule in
            Self.annotations.contains(keyword) ? [] : check(value, keyword, rule, keywords, at: path)
        }
    }

    private func check(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONObject, at path: String
    ) -> [String] {
        switch keyword {
        case "$ref":
            guard let name = rule.string, let target = definition(name) else {
                return ["\(path): \(rule) is not defined"]
            }
            return check(value, by: target, at: path)
        case "type": return isOf(rule.string, value) ? [] : ["\(path) is no \(rule): \(value)"]
        case "const": return value == rule ? [] : ["\(path) is not \(rule)"]
        case "enum": return rule.array?.contains(value) == true ? [] : ["\(path) is none of \(rule): \(value)"]
        case "required":
            guard let members = value.object else { return [] }
            return (rule.array ?? []).compactMap(\.string).filter { members[$0] == nil }.map {
                "\(path)/\($0) is missing"
            }
        case "properties":
            return (value.object ?? [:]).flatMap { key, member in
                rule[key].map { check(member, by: $0, at: "\(path)/\(key)") } ?? []
            }
        case "additionalProperties":
            let named = schema["properties"]?.object
            return (value.object ?? [:]).flatMap { key, member in
                named?[key] == nil ? check(member, by: rule, at: "\(path)/\(key)") : []
            }
        case "items":
            return (value.array ?? []).enumerated().flatMap { check($1, by: rule, at: "\(path)/\($0)") }
        default: return ["\(path): this validator does not know the keyword \(keyword)"]
        }
    }

    private func definition(_ reference: String) -> JSONValue? {
        let start = "#/$defs/"
        return reference.hasPrefix(start) ? document["$defs"]?[String(reference.dropFirst(start.count))] : nil
    }

    private func isOf(_ type: String?, _ value: JSONValue) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "boolean": value.bool != nil
        case "integer": value.int != nil
        case "number": value.number != nil
        default: false
        }
    }
}
