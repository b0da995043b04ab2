/// A compact document as it is encoded: what comes is written at once, without a value in between.
///
/// That takes containers that are filled one after the other, as those of synthesized conformances are. Where one is
/// written to after the next was begun, `bytes` is nil.
final class JSONLine {
    private struct Container {
        /// The place that it was opened at.
        let place: Int
        let closing: String
        var count = 0
        /// The members of a dictionary wait here, to be written by their keys.
        var dictionary: JSONNode?
    }

    private var writer = JSONWriter()
    private var open: [Container] = []
    /// How many places there were so far. A place takes one value; that of the document is the first.
    private var places = 1
    /// Whether the last place still waits for its value.
    private var isWaiting = true
    private var isInOrder = true

    init() { writer.output.reserveCapacity(4 << 10) }

    /// The document; nil when it could not be written in the order it came.
    var bytes: [UInt8]? {
        close(to: 0)
        return isInOrder && !isWaiting ? writer.output : nil
    }

    /// The next place in a container.
    func next(in container: JSONLinePlace, key: String? = nil) -> JSONLinePlace {
        close(to: container.depth + 1)
        guard !isWaiting, open.count == container.depth + 1, open[container.depth].place == container.number else {
            isInOrder = false
            return container
        }
        if open[container.depth].count > 0 { writer.put(",") }
        open[container.depth].count += 1
        if let key {
            writer.string(key)
            writer.put(":")
        }
        isWaiting = true
        places += 1
        return JSONLinePlace(line: self, number: places, depth: open.count)
    }

    func count(in container: JSONLinePlace) -> Int {
        open.count > container.depth ? open[container.depth].count : 0
    }

    func put(_ value: JSONValue, at place: JSONLinePlace) {
        guard take(place) else { return }
        writer.line(value, style: .compact)
    }

    func put(_ text: String, at place: JSONLinePlace) {
        guard take(place) else { return }
        writer.string(text)
    }

    /// Opens a container, or goes on in the one that was opened at this place before.
    func open(_ brackets: (String, String), at place: JSONLinePlace) {
        guard !isOpen(place) else { return }
        guard take(place) else { return }
        writer.put(brackets.0)
        open.append(Container(place: place.number, closing: brackets.1))
    }

    /// The members of the dictionary at this place.
    func dictionary(at place: JSONLinePlace) -> JSONNode {
        if isOpen(place), let dictionary = open[place.depth].dictionary { return dictionary }
        let node = JSONNode()
        node.isUnordered = true
        if take(place) { open.append(Container(place: place.number, closing: "", dictionary: node)) }
        return node
    }

    /// What encodes nothing at all is an empty object.
    func end(_ place: JSONLinePlace) {
        if isWaiting, places == place.number { open(("{", "}"), at: place) }
    }

    private func isOpen(_ place: JSONLinePlace) -> Bool {
        open.count > place.depth && open[place.depth].place == place.number
    }

    private func take(_ place: JSONLinePlace) -> Bool {
        guard isWaiting, places == place.number else {
            isInOrder = false
            return false
        }
        isWaiting = false
        return true
    }

    private func close(to depth: Int) {
        while open.count > depth, let container = open.popLast() {
            container.dictionary?.write(to: &writer)
            writer.put(container.closing)
        }
    }
}

/// Where a value goes, and, once that is a container, the way into it.
struct JSONLinePlace {
    let line: JSONLine
    let number: Int
    /// How many containers are around it.
    let depth: Int
}

/// Writes one value into a line.
struct JSONLineEncoder: Encoder {
    let place: JSONLinePlace
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func write(_ value: some Encodable) throws {
        try value.encode(to: self)
        place.line.end(place)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if DictionaryKeys.are(type) {
            return KeyedEncodingContainer(JSONMembersWriter(node: place.line.dictionary(at: place)))
        }
        place.line.open(("{", "}"), at: place)
        return KeyedEncodingContainer(JSONLineMembers(container: place))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        place.line.open(("[", "]"), at: place)
        return JSONLineElements(container: place)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONLineScalar(place: place) }
}

private struct JSONLineScalar: SingleValueEncodingContainer, JSONPlacing {
    let place: JSONLinePlace
    var codingPath: [any CodingKey] { [] }

    func put(_ value: JSONValue) { place.line.put(value, at: place) }
    func encode(_ value: String) { place.line.put(value, at: place) }
    func encode(_ value: some Encodable) throws { try JSONLineEncoder(place: place).write(value) }
}

private struct JSONLineElements: UnkeyedEncodingContainer, JSONPlacing {
    let container: JSONLinePlace
    var codingPath: [any CodingKey] { [] }

    var count: Int { container.line.count(in: container) }

    private func next() -> JSONLineEncoder { JSONLineEncoder(place: container.line.next(in: container)) }

    func put(_ value: JSONValue) { container.line.put(value, at: next().place) }
    func encode(_ value: String) { container.line.put(value, at: next().place) }
    func encode(_ value: some Encodable) throws { try next().write(value) }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        next().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    func superEncoder() -> any Encoder { next() }
}

private struct JSONLineMembers<Key: CodingKey>: KeyedEncodingContainerProtocol, JSONKeyedPlacing {
    let container: JSONLinePlace
    var codingPath: [any CodingKey] { [] }

    private func place(_ key: some CodingKey) -> JSONLineEncoder {
        JSONLineEncoder(place: container.line.next(in: container, key: key.stringValue))
    }

    func put(_ value: JSONValue, _ key: Key) { container.line.put(value, at: place(key).place) }
    func encode(_ value: String, forKey key: Key) { container.line.put(value, at: place(key).place) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try place(key).write(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        place(key).container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { place(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { place(JSONCodingKey("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { place(key) }
}
