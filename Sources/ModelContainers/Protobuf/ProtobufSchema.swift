internal import CProtobufC

/// What a .proto says of one field, for the text forms, which name fields instead of numbering them.
struct ProtobufSchemaField {
    enum Kind {
        case integer, float, double, bool, text, bytes
        case message(ProtobufType)
    }

    let number: Int
    let kind: Kind
}

extension ProtobufType {
    /// The field of this name, spelt as in the .proto (`ir_version`) or as in JSON (`irVersion`).
    func field(named name: String) -> ProtobufSchemaField? {
        guard name.utf8.count <= 128, let known = unsafe descriptorField(Self.snakeCase(name)) else { return nil }
        let number = Int(unsafe known.pointee.id)
        guard number != ProtobufDropped.number else { return nil }
        let kind: ProtobufSchemaField.Kind
        switch unsafe known.pointee.type {
        case PROTOBUF_C_TYPE_STRING: kind = .text
        case PROTOBUF_C_TYPE_BYTES: kind = .bytes
        case PROTOBUF_C_TYPE_FLOAT: kind = .float
        case PROTOBUF_C_TYPE_DOUBLE: kind = .double
        case PROTOBUF_C_TYPE_BOOL: kind = .bool
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_UINT64,
            PROTOBUF_C_TYPE_ENUM:
            kind = .integer
        case PROTOBUF_C_TYPE_MESSAGE:
            let nested = unsafe known.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
            kind = .message(unsafe ProtobufType(descriptor: nested))
        default:
            // Fixed-width and zigzag integers: none of the formats has them in what is read of it.
            return nil
        }
        return ProtobufSchemaField(number: number, kind: kind)
    }

    private func descriptorField(_ name: String) -> UnsafePointer<ProtobufCFieldDescriptor>? {
        unsafe name.withCString { unsafe protobuf_c_message_descriptor_get_field_by_name(descriptor, $0) }
    }

    private static func snakeCase(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            if ("A"..."Z").contains(scalar) {
                result += "_" + String(scalar).lowercased()
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// What a .proto of ours leaves out, but a text form spells by name.
public struct ProtobufWords: Sendable {
    /// Values of enumerations, which are plain integers in our .proto files: `EXTERNAL` is 1.
    public var values: [String: Int]
    /// Lists of integers that are left out of a binary message and fetched from it when they are asked for.
    public var lists: [String: Int]

    public init(values: [String: Int] = [:], lists: [String: Int] = [:]) {
        self.values = values
        self.lists = lists
    }
}
