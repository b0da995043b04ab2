/// Tells members of a dictionary, which come in an order that changes from run to run, from those of any other type.
///
/// By the type of their keys, which is one of Swift's own library without a public name. To ask whether the value is a
/// dictionary of any kind costs a search through all conformances of the program, and the name of a type costs more than to
/// compare it.
enum DictionaryKeys {
    private static let type: ObjectIdentifier? = {
        let note = KeyTypeNote()
        try? [String: Bool]().encode(to: note)
        return note.type
    }()

    static func are(_ keys: Any.Type) -> Bool { ObjectIdentifier(keys) == type }
}

/// Notes the type of the keys that it is asked for.
private final class KeyTypeNote: Encoder {
    private(set) var type: ObjectIdentifier?
    private let inner = JSONNodeEncoder(node: JSONNode())
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        self.type = ObjectIdentifier(type)
        return KeyedEncodingContainer(JSONMembersWriter(node: inner.node))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { inner.unkeyedContainer() }
    func singleValueContainer() -> any SingleValueEncodingContainer { inner.singleValueContainer() }
}
