import ModelContainers

/// The first release of torch that has what a pickle of torch.save names, and the first whose restricted unpickler takes
/// it.
///
/// Source: torch/_weights_only_unpickler.py, _utils.py, storage.py and serialization.py of torch 1.13.1, 2.0.1, 2.1.2,
/// 2.2.2, 2.3.1, 2.4.1, 2.5.1, 2.6.0, 2.7.1 and 2.8.0.
enum TorchReleases {
    /// `weights_only=` is an argument of torch.load since then.
    static let weightsOnly = "1.13"
    /// `torch.serialization.safe_globals`, and names for what it is given.
    static let safeGlobals = "2.5"
    static let namedSafeGlobals = "2.6"

    /// Adds the bounds on torch that `pickle` proves.
    static func require(_ pickle: Pickle, isRestricted: Bool, _ requirements: inout Requirements) {
        for item in pickle.imports {
            let python = PythonName(item.module, item.name)
            let name = python.path
            if let version = release(of: python, in: existing) {
                requirements.need("torch", .atLeast(version), .derived, because: "\(name) is there since \(version)")
            }
            guard isRestricted, let version = release(of: python, in: restricted) else { continue }
            requirements.need(
                "torch", .atLeast(version), .derived, because: "weights_only=True takes \(name) since \(version)")
        }
        if pickle.objects.contains(where: isCoalescing) {
            requirements.need(
                "torch", .atLeast("2.1"), .derived,
                because: "a sparse tensor with is_coalesced, which releases before refuse")
        }
        if isRestricted, pickle.opcodes.contains(.binfloat) {
            requirements.need(
                "torch", .atLeast("2.0"), .derived, because: "weights_only=True knows the opcode BINFLOAT since 2.0")
        }
    }

    /// `_rebuild_sparse_tensor(layout, (indices, values, size, is_coalesced))`; up to 2.0 there are three.
    private static func isCoalescing(_ object: PickleObject) -> Bool {
        guard object.callee.isGlobal("torch._utils", "_rebuild_sparse_tensor") else { return false }
        // The compressed layouts have four values as well, of which the last is the size.
        let arguments = Array(object.arguments.elements.prefix(2))
        guard arguments.count == 2 else { return false }
        let parts = Array(arguments[1].elements.prefix(5))
        return parts.count == 4 && parts[3].bool != nil
    }

    /// Names that torch 1.13 has not.
    private static let existing: [Row] = [
        ("2.0", "torch._utils", "_rebuild_parameter_with_state"),
        ("2.0", "torch._dynamo.eval_frame", "OptimizedModule"),
        ("2.1", "torch", "float8_e4m3fn float8_e5m2"),
        ("2.2", "torch._utils", "_rebuild_tensor_v3 _rebuild_nested_tensor"),
        ("2.2", "torch", "float8_e4m3fnuz float8_e5m2fnuz"),
        ("2.3", "torch", "uint16 uint32 uint64"),
        ("2.4", "torch._dynamo.convert_frame", "CatchErrorsWrapper"),
        ("2.6", "torch._utils", "_rebuild_device_tensor_from_cpu_tensor"),
        ("2.7", "torch", "float8_e8m0fnu"),
        ("2.8", "torch", "float4_e2m1fn_x2"),
    ]

    /// Names on the list of today that the list of torch 1.13 has not.
    private static let restricted: [Row] = [
        ("2.0", "torch._tensor", "_rebuild_from_type_v2"),
        ("2.2", "torch", "float8_e4m3fn float8_e5m2"),
        ("2.3", "torch", "float8_e4m3fnuz float8_e5m2fnuz"),
        ("2.4", "collections", "Counter"),
        (
            "2.4", "torch",
            """
            device bfloat16 bool uint8 qint8 qint32 quint8 quint4x2 quint2x4 bits8 bits16 bits1x8 \
            bits2x4 bits4x2 per_tensor_affine per_tensor_symmetric per_channel_affine per_channel_symmetric \
            per_channel_affine_float_qparams
            """
        ),
        ("2.4", "torch._utils", "_rebuild_parameter_with_state _rebuild_qtensor _rebuild_wrapper_subclass"),
        ("2.5", "_codecs", "encode"),
        ("2.5", "builtins", "bytearray"),
        ("2.5", "torch._utils", "_rebuild_device_tensor_from_numpy"),
        ("2.6", "builtins", "set complex"),
        ("2.6", "torch", "uint16 uint32 uint64"),
        (
            "2.7", "torch", "uint1 uint2 uint3 uint4 uint5 uint6 uint7 int1 int2 int3 int4 int5 int6 int7"
        ),
    ]

    private typealias Row = (version: String, module: String, names: String)

    /// The release that brought a name.
    private static func release(of name: PythonName, in rows: [Row]) -> String? {
        rows.first { $0.module == name.module && $0.names.hasWord(name.name) }?.version
    }
}
