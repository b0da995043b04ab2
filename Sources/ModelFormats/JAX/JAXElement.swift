/// Elements of JAX's arrays.
enum JAXElement {
    /// Bytes of one; nil for a type that is not known here. What is narrower than a byte takes one in NumPy.
    static func bytes(_ type: String) -> Int? {
        switch type {
        case "bool", "int8", "uint8": 1
        case "float16", "bfloat16", "int16", "uint16": 2
        case "float32", "int32", "uint32": 4
        case "float64", "int64", "uint64", "complex64": 8
        case "complex128": 16
        case _ where type.hasPrefix("float8"): 1
        default: nil
        }
    }
}
