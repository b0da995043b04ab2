import ModelJSON

/// The one byte before each value that says what it is.
///
/// Source: Universal Binary JSON, draft 12 (ubjson.org/type-reference). All numbers are big-endian.
enum UBJSONMarker: UInt8 {
    case null = 0x5A  // Z
    /// Stands for nothing; may come before any value.
    case noOperation = 0x4E  // N
    case yes = 0x54  // T
    case no = 0x46  // F
    case int8 = 0x69  // i
    case uint8 = 0x55  // U
    case int16 = 0x49  // I
    case int32 = 0x6C  // l
    case int64 = 0x4C  // L
    case float32 = 0x64  // d
    case float64 = 0x44  // D
    /// A number of any size, written in digits.
    case highPrecision = 0x48  // H
    case character = 0x43  // C
    case string = 0x53  // S
    case array = 0x5B  // [
    case object = 0x7B  // {

    /// Bytes of the value behind the marker; nil when the value itself says how long it is.
    var width: Int? {
        switch self {
        case .null, .noOperation, .yes, .no: 0
        case .int8, .uint8, .character: 1
        case .int16: 2
        case .int32, .float32: 4
        case .int64, .float64: 8
        case .highPrecision, .string, .array, .object: nil
        }
    }

    var isInteger: Bool {
        switch self {
        case .int8, .uint8, .int16, .int32, .int64: true
        default: false
        }
    }

    /// The least a value takes: text has its length, a container a closing bracket or its count.
    var leastBytes: Int { width ?? (self == .string || self == .highPrecision ? 2 : 1) }

    var kind: JSONScanner.Kind? {
        switch self {
        case .null: .null
        case .noOperation: nil
        case .yes, .no: .bool
        case .int8, .uint8, .int16, .int32, .int64, .float32, .float64, .highPrecision: .number
        case .character, .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
