import ModelBytes
import ModelContainers
import ModelJSON

/// Plain values of a pickle as JSON: numbers, texts, booleans, None, and lists and dicts of them to a certain depth.
struct PickleJSON {
    /// Values that may still be taken over; dicts of dicts repeat themselves in little space.
    private var budget: Int
    /// Entries that may still be looked at: those that are left out cost time, too.
    private var work = 1_000_000
    private static let deepest = 6
    private static let longestText = 4_096

    private init(limits: Limits) { budget = limits.listedValues.value }

    static func object(_ value: PickleValue, limits: Limits) -> JSONObject? {
        var reader = Self(limits: limits)
        return reader.object(value, depth: 0)
    }

    static func json(_ value: PickleValue, limits: Limits) -> JSONValue? {
        var reader = Self(limits: limits)
        return reader.json(value, depth: 0)
    }

    /// A dict, an object with items, or the attributes of an object such as an argparse.Namespace; nil for anything else.
    private mutating func object(_ value: PickleValue, depth: Int) -> JSONObject? {
        let state = value.object.flatMap { $0.pairs.isEmpty ? $0.state : value } ?? value
        guard depth < Self.deepest, work > 0 else { return nil }
        work -= state.pairs.count + (state.object?.arguments.elements.first?.elements.count ?? 0)
        guard let mapping = TorchMapping(state) else { return nil }
        var object = JSONObject()
        for (key, value) in mapping.pairs {
            guard let name = key.string(upTo: 256) ?? key.int.map(String.init), !name.isEmpty,
                let json = json(value, depth: depth + 1)
            else { continue }
            object[name] = json
        }
        return object
    }

    private mutating func json(_ value: PickleValue, depth: Int) -> JSONValue? {
        guard budget > 0, depth < Self.deepest else { return nil }
        budget -= 1
        if let scalar = Self.scalar(value) { return scalar }
        if value.kind == .list || value.kind == .tuple { return list(value, depth: depth) }
        if let object = value.object {
            // A member of an enumeration: its class is called with its value.
            let arguments = Array(object.arguments.elements.prefix(2))
            if object.state == nil, object.pairs.isEmpty, arguments.count == 1 {
                if arguments[0].kind == .list || arguments[0].kind == .tuple { return list(arguments[0], depth: depth) }
                return Self.scalar(arguments[0])
            }
            // What has attributes is a part of the program, and no setting, unless it is a dict by another name.
            guard !object.pairs.isEmpty || Self.isNamespace(object) else { return nil }
        }
        return self.object(value, depth: depth).flatMap { $0.isEmpty ? nil : .object($0) }
    }

    private mutating func list(_ value: PickleValue, depth: Int) -> JSONValue? {
        guard value.elements.count <= 1_024 else { return nil }
        var list: [JSONValue] = []
        for element in value.elements {
            guard let json = json(element, depth: depth + 1) else { return nil }
            list.append(json)
        }
        return .array(list)
    }

    private static func isNamespace(_ object: PickleObject) -> Bool {
        guard let (_, name) = object.className else { return false }
        return ["Namespace", "AttributeDict", "SimpleNamespace", "EasyDict", "DotDict"].contains(name)
    }

    static func scalar(_ value: PickleValue) -> JSONValue? {
        if let bool = value.bool { return .bool(bool) }
        if let int = value.int { return JSONValue(int) }
        if let double = value.double {
            // `nil` beside a JSONValue would be its null.
            guard double.isFinite else { return nil }
            return JSONValue(double)
        }
        guard let text = value.string(upTo: longestText), !PrivateText.isPath(text) else { return nil }
        return .string(text)
    }
}
