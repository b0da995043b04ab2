/// The bytes that tell the parts of an outline apart; `HDF5OutlineDecoder` has the same.
enum OutlinePart: UInt8 {
    case end, object, attribute, link
}

enum ObjectKind: UInt8 {
    case group, dataset, datatype
}

enum LinkKind: UInt8 {
    case hard, soft, external, userDefined
}

enum TypeKind: UInt8 {
    case integer, float, string, enumeration, compound, other
}

enum ValueKind: UInt8 {
    case none, strings, integers, floats
}
