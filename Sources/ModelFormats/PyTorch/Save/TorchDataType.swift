import ModelBytes

/// Data types as PyTorch spells them.
enum TorchDataType {
    /// The element type of a storage class: `FloatStorage` holds float32 (torch/storage.py, `_dtype_to_storage_type_map`).
    static func named(storageClass name: String) -> String? {
        switch name {
        case "DoubleStorage", "DoubleTensor": "float64"
        case "FloatStorage", "FloatTensor": "float32"
        case "HalfStorage", "HalfTensor": "float16"
        case "BFloat16Storage", "BFloat16Tensor": "bfloat16"
        case "LongStorage", "LongTensor": "int64"
        case "IntStorage", "IntTensor": "int32"
        case "ShortStorage", "ShortTensor": "int16"
        case "CharStorage", "CharTensor": "int8"
        case "ByteStorage", "ByteTensor": "uint8"
        case "BoolStorage", "BoolTensor": "bool"
        case "ComplexDoubleStorage": "complex128"
        case "ComplexFloatStorage": "complex64"
        case "QInt8Storage": "qint8"
        case "QInt32Storage": "qint32"
        case "QUInt8Storage": "quint8"
        case "QUInt4x2Storage": "quint4x2"
        case "QUInt2x4Storage": "quint2x4"
        default: nil
        }
    }

    /// Bytes that `count` elements of a type take; nil for a type that is not known here.
    static func bytes(_ count: Int, of type: String) -> Int? {
        bits(type).flatMap { TensorSize.bytes(count, bits: $0) }
    }

    private static func bits(_ type: String) -> Int? {
        switch type {
        case "complex128": 128
        case "float64", "int64", "uint64", "complex64": 64
        case "float32", "int32", "uint32", "qint32", "complex32": 32
        case "float16", "bfloat16", "int16", "uint16", "bits16": 16
        case "int8", "uint8", "bool", "qint8", "quint8", "bits8", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2",
            "float8_e5m2fnuz", "float8_e8m0fnu", "float4_e2m1fn_x2", "int1", "int2", "int3", "int4", "int5", "int6",
            "int7", "uint1", "uint2", "uint3", "uint4", "uint5", "uint6", "uint7", "bits1x8", "bits2x4", "bits4x2":
            8
        case "quint4x2": 4
        case "quint2x4": 2
        default: nil
        }
    }
}
