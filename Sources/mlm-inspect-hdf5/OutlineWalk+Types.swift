import CHDF5
import CHDF5Driver

extension OutlineWalk {
    /// Writes down what kind of type it is.
    mutating func type(_ type: hid_t, _ path: String) throws(Failure) {
        switch H5Tget_class(type) {
        case H5T_INTEGER:
            writer.byte(TypeKind.integer.rawValue)
            writer.integer(H5Tget_size(type))
            writer.byte(H5Tget_sign(type) == H5T_SGN_NONE ? 0 : 1)
        case H5T_FLOAT:
            writer.byte(TypeKind.float.rawValue)
            writer.integer(H5Tget_size(type))
            writer.text(Self.name(ofFloat: type) ?? "")
        case H5T_STRING: writer.byte(TypeKind.string.rawValue)
        case H5T_ENUM: try members(of: type, .enumeration, path)
        case H5T_COMPOUND: try members(of: type, .compound, path)
        case H5T_BITFIELD: other("bitfield")
        case H5T_OPAQUE: other("opaque")
        case H5T_REFERENCE: other("reference")
        case H5T_VLEN: other("vlen")
        case H5T_ARRAY: other("array")
        case H5T_TIME: other("time")
        default: throw Failure.library(path)
        }
    }

    private mutating func other(_ word: String) {
        writer.byte(TypeKind.other.rawValue)
        writer.text(word)
    }

    private mutating func members(of type: hid_t, _ kind: TypeKind, _ path: String) throws(Failure) {
        let count = try checked(H5Tget_nmembers(type), in: path)
        writer.byte(kind.rawValue)
        writer.integer(count)
        for index in 0..<UInt32(count) {
            guard let name = unsafe H5Tget_member_name(type, index) else { throw Failure.library(path) }
            defer { unsafe H5free_memory(name) }
            let text = unsafe String(cString: name)
            try countName(bytes: text.utf8.count)
            writer.text(text)
        }
    }

    /// By the layout of its bits, whatever their order.
    private static func name(ofFloat type: hid_t) -> String? {
        var sign = 0, exponent = 0, exponentBits = 0, mantissa = 0, mantissaBits = 0
        guard unsafe H5Tget_fields(type, &sign, &exponent, &exponentBits, &mantissa, &mantissaBits) >= 0,
            H5Tget_norm(type) == H5T_NORM_IMPLIED, mantissa == 0, exponent == mantissaBits, H5Tget_offset(type) == 0
        else { return nil }
        let layout = [H5Tget_size(type), H5Tget_precision(type), sign, exponentBits, mantissaBits, H5Tget_ebias(type)]
        return switch layout {
        case [2, 16, 15, 5, 10, 15]: "float16"
        case [2, 16, 15, 8, 7, 127]: "bfloat16"
        case [4, 32, 31, 8, 23, 127]: "float32"
        case [8, 64, 63, 11, 52, 1_023]: "float64"
        default: nil
        }
    }
}
