import ModelContainers
package import ModelJSON

/// A declared value that cannot be true of the artifact.
package struct Contradiction: Codable, Hashable, Sendable {
    /// JSON pointer into the Item: `/properties/mlm:input/0/input/shape`.
    package var pointer: String
    package var declared: JSONValue
    /// What was read, as the Item would spell it; what it has no word for is spelt as the artifact has it.
    package var observed: JSONValue
    /// The sentence for a person.
    package var message: String

    package init(pointer: String, declared: JSONValue, observed: JSONValue, message: String) {
        self.pointer = pointer
        self.declared = declared
        self.observed = observed
        self.message = message
    }
}

/// A declared value with its place in the Item.
struct Declared {
    var value: JSONValue
    var pointer: JSONPointer
    /// What a sentence calls it: `mlm:framework`, `input "image"`.
    var name: String

    func member(_ key: String) -> Declared? {
        value[key].map { Declared(value: $0, pointer: pointer.appending(key), name: "\(key) of \(name)") }
    }

    var elements: [Declared] {
        (value.array ?? []).enumerated().map { index, element in
            Declared(value: element, pointer: pointer.appending(index), name: "\(name)[\(index)]")
        }
    }

    func contradicted(by observed: JSONValue, _ what: String) -> Contradiction {
        Contradiction(
            pointer: pointer.description, declared: value, observed: observed,
            message: "\(name) is declared as \(value), but \(what)")
    }
}

/// The fields of an Item that are about one artifact.
struct DeclaredFields {
    let properties: JSONObject
    let asset: JSONObject
    let assetKey: String

    func property(_ key: String) -> Declared? {
        properties[key].map { Declared(value: $0, pointer: JSONPointer(["properties", key]), name: key) }
    }

    func assetField(_ key: String) -> Declared? {
        asset[key].map { Declared(value: $0, pointer: JSONPointer(["assets", assetKey, key]), name: key) }
    }

    /// A field that MLM allows in both places.
    func field(_ key: String) -> Declared? { assetField(key) ?? property(key) }
}
