import ModelBytes
import ModelJSON

/// Puts the events of one YAML document together, without recursion.
struct YAMLBuilder {
    /// A container that has not ended. It is changed in place: a copy for every element would take quadratic time.
    private struct Container {
        enum Kind { case array, object, set }
        var kind: Kind
        var elements: [JSONValue] = []
        var members: JSONObject = [:]
        var key: String?
        /// Of its own, which is that of its key where it has one, and of what is in it.
        var lines: ValueLines
        var keyLine = 0
    }

    private(set) var document = JSONValue.null
    private(set) var lines = ValueLines(1)
    private var line = 1
    private var open: [Container] = []
    private var documents = 0
    private let depth: Limits.Limit

    init(depth: Limits.Limit) {
        var depth = depth
        // Values are compared, written and freed by recursion.
        depth.value = min(depth.value, JSONScanner.deepest)
        self.depth = depth
    }

    mutating func add(_ event: YAMLEvent) throws(YAMLRefusal) {
        line = event.line
        switch event.kind {
        case .documentStart:
            documents += 1
            if documents > 1 { throw YAMLRefusal(.unsupported, "a second YAML document begins") }
        case .alias(let name), .anchor(let name):
            throw YAMLRefusal(
                .unsupported, "anchors and aliases of YAML are not followed, such as \"\(name.prefix(80))\"")
        case .scalar(let text, let tag, let isPlain): try put(try YAMLScalar.value(text, tag: tag, isPlain: isPlain))
        case .sequenceStart(let tag):
            try enter(.array, tag, allowed: ["tag:yaml.org,2002:seq", "tag:yaml.org,2002:python/tuple"])
        case .mappingStart(YAMLTag.set?): try enter(.set, nil, allowed: [])
        case .mappingStart(let tag): try enter(.object, tag, allowed: ["tag:yaml.org,2002:map"])
        case .end: try leave()
        }
    }

    private mutating func enter(_ kind: Container.Kind, _ tag: String?, allowed: [String]) throws(YAMLRefusal) {
        if let tag, !allowed.contains(tag) { throw YAMLTag.refused(tag) }
        if isAtKey { throw YAMLRefusal(.unsupported, "a key is a list or a mapping") }
        open.append(Container(kind: kind, lines: ValueLines(line)))
        if open.count > depth.value {
            throw YAMLRefusal(.limit, "limit: \(depth.name) \(open.count) > \(depth.value)")
        }
    }

    /// Whether the next value is the key of a mapping.
    private var isAtKey: Bool { open.last.map { $0.kind != .array && $0.key == nil } ?? false }

    private mutating func leave() throws(YAMLRefusal) {
        guard let container = open.popLast() else { return }
        try put(container.kind == .object ? .object(container.members) : .array(container.elements), container.lines)
    }

    private mutating func put(_ value: JSONValue, _ place: ValueLines? = nil) throws(YAMLRefusal) {
        var place = place ?? ValueLines(line)
        let last = open.count - 1
        guard last >= 0 else {
            document = value
            lines = place
            return
        }
        if isAtKey {
            open[last].key = try key(value)
            open[last].keyLine = line
            return
        }
        let name = open[last].key
        open[last].key = nil
        if name != nil { place.line = open[last].keyLine }
        open[last].lines.parts.append(place)
        switch (open[last].kind, name) {
        case (.set, let member?):
            // `!!set` is a mapping of its members to null.
            guard value.isNull else { throw YAMLRefusal(.malformed, "a member of a set has a value") }
            open[last].elements.append(.string(member))
        case (.object, let key?):
            guard open[last].members.insert(key, value) else {
                throw YAMLRefusal(.malformed, "the key \"\(key.prefix(80))\" occurs twice")
            }
        default: open[last].elements.append(value)
        }
    }

    private func key(_ value: JSONValue) throws(YAMLRefusal) -> String {
        switch value {
        case .string(let text): return text
        case .number(let number): return number.text
        case .bool(let value): return value ? "true" : "false"
        case .null: return "null"
        case .array, .object: throw YAMLRefusal(.unsupported, "a key is a list or a mapping")
        }
    }
}

enum YAMLTag {
    static let set = "tag:yaml.org,2002:set"

    static func refused(_ tag: String) -> YAMLRefusal {
        YAMLRefusal(.unsupported, "the tag \(tag.prefix(80)) is not followed")
    }
}
