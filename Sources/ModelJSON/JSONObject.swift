/// The members of a JSON object in the order they were written, each key once.
///
/// Two objects are equal when they have equal members, in any order (RFC 8259 section 1: an unordered collection).
public struct JSONObject: Hashable, Sendable {
    /// Up to this count, a key is found by comparing all of them.
    private static let smallCount = 8

    private var members: [(key: String, value: JSONValue)] = []
    /// Where each key is, once there are more than `smallCount`.
    private var index: [JSONKey: Int] = [:]

    /// An object without members.
    public init() {}

    /// If a key occurs twice, the first member decides the place and the last one the value.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// The keys in their order.
    public var keys: [String] { members.map(\.key) }

    /// The value of `key`; nil when there is none. Setting nil removes the member, setting a new key appends one.
    public subscript(key: String) -> JSONValue? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil):
                members.remove(at: position)
                reindex()
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Appends a member. Returns false and changes nothing if the key exists.
    package mutating func insert(_ key: String, _ value: JSONValue) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append((key, value))
        if members.count == Self.smallCount + 1 {
            reindex()
        } else if members.count > Self.smallCount {
            index[JSONKey(key)] = members.count - 1
        }
    }

    private mutating func reindex() {
        index = [:]
        guard members.count > Self.smallCount else { return }
        for (position, member) in members.enumerated() { index[JSONKey(member.key)] = position }
    }

    private func position(of key: String) -> Int? {
        guard index.isEmpty else { return index[JSONKey(key)] }
        let count = key.utf8.count
        // What is equal by its count and as a text differs at most in beyond ASCII, so that bytes are looked at once.
        return members.firstIndex { member in
            member.key.utf8.count == count && member.key == key && member.key.utf8.elementsEqual(key.utf8)
        }
    }

    public static func == (object: JSONObject, other: JSONObject) -> Bool {
        object.count == other.count && object.members.allSatisfy { other[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members {
            var hash = Hasher()
            hash.combine(JSONKey(member.key))
            hash.combine(member.value)
            sum ^= hash.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { members.count }
    public subscript(position: Int) -> (key: String, value: JSONValue) { members[position] }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members) }
}
