import ModelBytes

/// `TensorProto.DataType` of onnx.proto.
struct ONNXDataType {
    /// As NumPy and ml_dtypes spell it.
    let name: String
    /// Bits of one element; nil for texts.
    let bits: Int?
    /// As the textual syntax spells it: onnx/defs/parser.h, PrimitiveTypeNameMap.
    let keyword: String

    init?(_ number: Int) {
        guard number >= 1, number <= Self.all.count else { return nil }
        self = Self.all[number - 1]
    }

    /// The number of the data type that the textual syntax spells like this.
    static func number(keyword: String) -> Int? {
        all.firstIndex { $0.keyword == keyword }.map { $0 + 1 }
    }

    /// Bytes that `elements` take, those of less than eight bits packed; nil for texts and beyond any memory.
    func bytes(_ elements: Int) -> Int? {
        bits.flatMap { TensorSize.bytes(elements, bits: $0) }
    }

    private init(_ name: String, _ bits: Int?, _ keyword: String? = nil) {
        self.name = name
        self.bits = bits
        self.keyword = keyword ?? name
    }

    /// From number 1 on.
    private static let all = [
        ONNXDataType("float32", 32, "float"), ONNXDataType("uint8", 8), ONNXDataType("int8", 8),
        ONNXDataType("uint16", 16), ONNXDataType("int16", 16), ONNXDataType("int32", 32), ONNXDataType("int64", 64),
        ONNXDataType("string", nil), ONNXDataType("bool", 8), ONNXDataType("float16", 16),
        ONNXDataType("float64", 64, "double"), ONNXDataType("uint32", 32), ONNXDataType("uint64", 64),
        ONNXDataType("complex64", 64), ONNXDataType("complex128", 128), ONNXDataType("bfloat16", 16),
        ONNXDataType("float8_e4m3fn", 8, "float8e4m3fn"), ONNXDataType("float8_e4m3fnuz", 8, "float8e4m3fnuz"),
        ONNXDataType("float8_e5m2", 8, "float8e5m2"), ONNXDataType("float8_e5m2fnuz", 8, "float8e5m2fnuz"),
        ONNXDataType("uint4", 4), ONNXDataType("int4", 4), ONNXDataType("float4_e2m1fn", 4, "float4e2m1"),
        ONNXDataType("float8_e8m0fnu", 8, "float8e8m0"), ONNXDataType("uint2", 2), ONNXDataType("int2", 2),
        ONNXDataType("float6_e2m3fn", 6, "float6e2m3"), ONNXDataType("float6_e3m2fn", 6, "float6e3m2"),
    ]
}
