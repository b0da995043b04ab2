import ModelBytes
import ModelContainers

/// `DataType` of types.proto, TensorFlow 2.21.
struct TensorFlowDataType: Hashable {
    /// As TensorFlow itself spells it: `tf.dtypes.as_dtype(number).name`.
    let name: String
    /// Bytes of one element, `DataTypeSize` of types.cc: four-bit integers take a byte each; nil for what has no size.
    let size: Int?

    /// A reference type, which variables of TensorFlow 1 have, is its type plus 100. 0 is no type.
    init?(_ number: Int) {
        let plain = number > 100 ? number - 100 : number
        guard plain >= 1, plain <= Self.all.count else { return nil }
        self = Self.all[plain - 1]
    }

    /// Bytes that `elements` take; nil for what has no size and beyond any memory.
    func bytes(_ elements: Int) -> Int? {
        size.flatMap { TensorSize.bytes(elements, bits: $0 * 8) }
    }

    /// Whether its values are numbers or truth values, as those of weights are; not texts, resources or variants.
    var isNumeric: Bool { size != nil }

    private init(_ name: String, _ size: Int?) {
        self.name = name
        self.size = size
    }

    /// From number 1 on.
    private static let all = [
        TensorFlowDataType("float32", 4), TensorFlowDataType("float64", 8), TensorFlowDataType("int32", 4),
        TensorFlowDataType("uint8", 1), TensorFlowDataType("int16", 2), TensorFlowDataType("int8", 1),
        TensorFlowDataType("string", nil), TensorFlowDataType("complex64", 8), TensorFlowDataType("int64", 8),
        TensorFlowDataType("bool", 1), TensorFlowDataType("qint8", 1), TensorFlowDataType("quint8", 1),
        TensorFlowDataType("qint32", 4), TensorFlowDataType("bfloat16", 2), TensorFlowDataType("qint16", 2),
        TensorFlowDataType("quint16", 2), TensorFlowDataType("uint16", 2), TensorFlowDataType("complex128", 16),
        TensorFlowDataType("float16", 2), TensorFlowDataType("resource", nil), TensorFlowDataType("variant", nil),
        TensorFlowDataType("uint32", 4), TensorFlowDataType("uint64", 8), TensorFlowDataType("float8_e5m2", 1),
        TensorFlowDataType("float8_e4m3fn", 1), TensorFlowDataType("float8_e4m3fnuz", 1),
        TensorFlowDataType("float8_e4m3b11fnuz", 1), TensorFlowDataType("float8_e5m2fnuz", 1),
        TensorFlowDataType("int4", 1), TensorFlowDataType("uint4", 1), TensorFlowDataType("int2", 1),
        TensorFlowDataType("uint2", 1), TensorFlowDataType("float4_e2m1fn", 1),
    ]

    /// The names of the text format: `DT_FLOAT` is 1, `DT_FLOAT_REF` is 101.
    static let words: [String: Int] = {
        let spelt = [
            "FLOAT", "DOUBLE", "INT32", "UINT8", "INT16", "INT8", "STRING", "COMPLEX64", "INT64", "BOOL", "QINT8",
            "QUINT8", "QINT32", "BFLOAT16", "QINT16", "QUINT16", "UINT16", "COMPLEX128", "HALF", "RESOURCE", "VARIANT",
            "UINT32", "UINT64", "FLOAT8_E5M2", "FLOAT8_E4M3FN", "FLOAT8_E4M3FNUZ", "FLOAT8_E4M3B11FNUZ",
            "FLOAT8_E5M2FNUZ", "INT4", "UINT4", "INT2", "UINT2", "FLOAT4_E2M1FN",
        ]
        var words = ["DT_INVALID": 0]
        for (index, name) in spelt.enumerated() {
            words["DT_" + name] = index + 1
            words["DT_\(name)_REF"] = index + 101
        }
        return words
    }()
}

extension ProtobufMessage {
    /// Of a TensorShapeProto: -1 for a size that is not known; nil when the rank is not known.
    var tensorFlowShape: [Int]? {
        if int("unknown_rank") == 1 { return nil }
        return messages("dim").map { dimension in
            let size = dimension.int("size") ?? 0
            return size < 0 ? -1 : size
        }
    }
}
