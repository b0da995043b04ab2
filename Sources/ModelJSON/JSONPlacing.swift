/// A single-value or unkeyed container that puts every scalar where the next value goes.
protocol JSONPlacing {
    func put(_ value: JSONValue)
}

extension JSONPlacing {
    func encodeNil() { put(.null) }
    func encode(_ value: String) { put(JSONValue(value)) }
    func encode(_ value: Bool) { put(JSONValue(value)) }
    func encode(_ value: Double) { put(JSONValue(value)) }
    func encode(_ value: Float) { put(JSONValue(value)) }
    func encode(_ value: Int) { put(JSONValue(value)) }
    func encode(_ value: Int8) { put(JSONValue(value)) }
    func encode(_ value: Int16) { put(JSONValue(value)) }
    func encode(_ value: Int32) { put(JSONValue(value)) }
    func encode(_ value: Int64) { put(JSONValue(value)) }
    func encode(_ value: UInt) { put(JSONValue(value)) }
    func encode(_ value: UInt8) { put(JSONValue(value)) }
    func encode(_ value: UInt16) { put(JSONValue(value)) }
    func encode(_ value: UInt32) { put(JSONValue(value)) }
    func encode(_ value: UInt64) { put(JSONValue(value)) }
}

/// A keyed container that does.
protocol JSONKeyedPlacing<Key> {
    associatedtype Key: CodingKey
    func put(_ value: JSONValue, _ key: Key)
}

extension JSONKeyedPlacing {
    func encodeNil(forKey key: Key) { put(.null, key) }
    func encode(_ value: String, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Bool, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Double, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Float, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int8, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int16, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int32, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: Int64, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt8, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt16, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt32, forKey key: Key) { put(JSONValue(value), key) }
    func encode(_ value: UInt64, forKey key: Key) { put(JSONValue(value), key) }
}
