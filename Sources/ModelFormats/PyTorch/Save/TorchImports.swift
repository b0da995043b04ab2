/// What `torch.load(…, weights_only=True)` of torch 2.13 accepts, name by name.
///
/// Source: torch/_weights_only_unpickler.py, `_get_allowed_globals`, 144 names; older releases accept fewer.
enum TorchImports {
    static let policy = ImportPolicy(allowing: rules)

    private static let storages = """
        BFloat16Storage BoolStorage ByteStorage CharStorage ComplexDoubleStorage ComplexFloatStorage DoubleStorage \
        FloatStorage HalfStorage IntStorage LongStorage ShortStorage
        """
    private static let tensors = """
        ByteTensor CharTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor BFloat16Tensor
        """
    private static let dataTypes = """
        bfloat16 bits16 bits1x8 bits2x4 bits4x2 bits8 bool complex128 complex32 complex64 float16 float32 \
        float4_e2m1fn_x2 float64 float8_e4m3fn float8_e4m3fnuz float8_e5m2 float8_e5m2fnuz float8_e8m0fnu int1 int16 int2 \
        int3 int32 int4 int5 int6 int64 int7 int8 qint32 qint8 quint2x4 quint4x2 quint8 uint1 uint16 uint2 uint3 uint32 \
        uint4 uint5 uint6 uint64 uint7 uint8
        """

    static let rules: [ImportRule] = [
        ImportRule("torch", storages, "names a storage's element type"),
        ImportRule(
            "torch", "QInt32Storage QInt8Storage QUInt2x4Storage QUInt4x2Storage QUInt8Storage",
            "names a quantised storage's element type"),
        ImportRule("torch.cuda", storages, "names a storage's element type"),
        ImportRule("torch.storage", "TypedStorage UntypedStorage", "names a storage"),
        ImportRule("torch", tensors, "names a tensor type"),
        ImportRule("torch", "BoolTensor Tensor Size device", "a plain value of torch"),
        ImportRule("torch.cuda", tensors + " BoolTensor", "names a tensor type"),
        ImportRule("torch.sparse", tensors, "names a tensor type"),
        ImportRule("torch.cuda.sparse", tensors, "names a tensor type"),
        ImportRule("torch", dataTypes, "names a data type"),
        ImportRule(
            "torch",
            """
            per_channel_affine per_channel_affine_float_qparams per_channel_symmetric per_tensor_affine \
            per_tensor_symmetric
            """, "names a quantisation scheme"),
        ImportRule("torch._tensor", "_rebuild_from_type_v2", "puts a tensor together from its parts"),
        ImportRule(
            "torch._utils",
            """
            _rebuild_device_tensor_from_cpu_tensor _rebuild_device_tensor_from_numpy _rebuild_meta_tensor_no_storage \
            _rebuild_nested_tensor _rebuild_parameter _rebuild_parameter_with_state _rebuild_qtensor \
            _rebuild_sparse_tensor _rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_wrapper_subclass
            """, "puts a tensor together from its parts"),
        ImportRule("torch.nn.parameter", "Parameter", "marks a tensor as a parameter"),
        ImportRule("torch.serialization", "_get_layout", "names a memory layout"),
        ImportRule("collections", "OrderedDict Counter", "a plain container"),
        ImportRule("builtins", "bytearray complex set", "a plain value"),
        ImportRule("_codecs", "encode", "makes bytes of text, as protocol 2 writes them"),
    ]
}
