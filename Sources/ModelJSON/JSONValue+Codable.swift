/// A value inside a `Codable` type: our own encoder and decoder pass it through untouched; others see its kinds.
extension JSONValue: Codable {
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? JSONLineEncoder {
            encoder.place.line.put(self, at: encoder.place)
            return
        }
        if let encoder = encoder as? JSONNodeEncoder {
            encoder.node.shape = .value(self)
            return
        }
        switch self {
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let members):
            var container = encoder.container(keyedBy: JSONCodingKey.self)
            for member in members { try container.encode(member.value, forKey: JSONCodingKey(member.key)) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .string(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .number(let number):
            var container = encoder.singleValueContainer()
            if let value = number.int {
                try container.encode(value)
            } else if let value = number.double {
                try container.encode(value)
            } else {
                try container.encode(number.text)
            }
        }
    }

    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? JSONValueReader {
            self = decoder.value
        } else if let container = try? decoder.container(keyedBy: JSONCodingKey.self) {
            var members = JSONObject()
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
            }
            self = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Int.self) {
                self.init(value)
            } else if let value = try? container.decode(Double.self) {
                self.init(value)
            } else {
                self = .string(try container.decode(String.self))
            }
        }
    }
}

extension JSONObject: Codable {
    public func encode(to encoder: any Encoder) throws { try JSONValue.object(self).encode(to: encoder) }

    public init(from decoder: any Decoder) throws {
        guard let object = try JSONValue(from: decoder).object else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected an object"))
        }
        self = object
    }
}

extension JSONNumber: Codable {
    public func encode(to encoder: any Encoder) throws { try JSONValue.number(self).encode(to: encoder) }

    public init(from decoder: any Decoder) throws {
        guard let number = try JSONValue(from: decoder).number else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected a number"))
        }
        self = number
    }
}
