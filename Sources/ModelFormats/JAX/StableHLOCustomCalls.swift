import ModelBytes
import ModelContainers

/// Calls out of a module of StableHLO to functions that something registers with XLA by their names.
///
/// What an operation calls is among its properties, which VHLO writes in the order of their names: `api_version`,
/// `backend_config`, `call_target_name`. A call cannot do without an `api_version` of VHLO's own kind, so that no such properties
/// are missed, whichever operation has them.
///
/// Source: StableHLO, stablehlo/dialect/VhloOps.td, VhloBytecode.cpp.
struct StableHLOCustomCalls {
    /// Targets that are not JAX's own.
    private(set) var foreign: Set<String> = []
    /// There are calls, and what they call could not be read.
    private(set) var isUnread = false

    /// `CustomCallApiVersionV1Attr` and `StringV1Attr`, by their numbers.
    private static let apiVersion = 5
    private static let string = 14

    init(in module: MLIRBytecode, limits: Limits) throws(InspectionError) {
        let calls = module.strings.filter {
            $0 == "custom_call" || $0.hasPrefix("custom_call_v") || $0.hasSuffix(".custom_call")
        }
        guard !calls.isEmpty else { return }
        // Before version 5 attributes stand in dictionaries, and other dialects have an order of their own.
        isUnread = !(module.version >= 5 && calls.allSatisfy { $0.hasPrefix("custom_call_v") })
        let attributes = try module.attributes(limits: limits)
        for attribute in attributes where !attribute.isEncoded {
            // Shardings are written as texts; a text could be any attribute.
            if !(try module.text(in: attribute.range, upTo: 5)).hasPrefix("#sdy.") { isUnread = true }
        }
        func numbers(_ index: Int) throws(InspectionError) -> [Int] {
            guard attributes.indices.contains(index), attributes[index].dialect == "vhlo", attributes[index].isEncoded
            else {
                return []
            }
            return try module.integers(in: attributes[index].range, upTo: 3)
        }
        var foreign: Set<String> = []
        var isUnread = isUnread
        try module.forEachProperties(upTo: 3, limits: limits) { properties throws(InspectionError) in
            guard properties.count > 2, try numbers(properties[0]).first == Self.apiVersion else { return }
            let target = try numbers(properties[2])
            guard target.count == 2, target[0] == Self.string, module.strings.indices.contains(target[1]) else {
                isUnread = true
                return
            }
            let name = module.strings[target[1]]
            if !Self.stable.contains(name), foreign.count < 64 { foreign.insert(name) }
        }
        (self.foreign, self.isUnread) = (foreign, isUnread)
    }

    /// Takes the verdict down, and says why.
    func judge(_ result: inout ProbeResult, _ loading: inout Loading) {
        if isUnread {
            loading.leaveIncomplete()
            result.report(
                .note, code: "stablehlo.custom-call", "calls functions of libraries; which ones could not be read")
        }
        guard !foreign.isEmpty else { return }
        loading.verdict = .needsCode
        result.report(
            .warning, code: "stablehlo.custom-call",
            "calls functions that a library has to register with XLA: \(ShortList.text(foreign.sorted()))"
        )
    }

    /// What jaxlib registers itself and promises to keep (`_CUSTOM_CALL_TARGETS_GUARANTEED_STABLE` of jax 0.10,
    /// jax/_src/export/_export.py), without TensorFlow's.
    private static let stable = Set(
        words: """
            AllocateBuffer annotate_device_placement ApproxTopK cu_lu_pivots_to_permutation cu_threefry2x32_ffi
            cusolver_geqrf_ffi cusolver_gesvd_ffi cusolver_gesvdj_ffi cusolver_getrf_ffi cusolver_orgqr_ffi
            cusolver_potrf_ffi cusolver_syevd_ffi cusolver_sytrd_ffi cusparse_gtsv2_ffi Eigh hip_lu_pivots_to_permutation
            hip_threefry2x32_ffi hipsolver_geqrf_ffi hipsolver_gesdd_ffi hipsolver_gesvd_ffi hipsolver_gesvdj_ffi
            hipsolver_getrf_ffi hipsolver_orgqr_ffi hipsolver_potrf_ffi hipsolver_syevd_ffi hipsolver_sytrd_ffi
            lapack_cgees_ffi lapack_cgeev_ffi lapack_cgehrd_ffi lapack_cgeqrf_ffi lapack_cgesdd_ffi lapack_cgetrf_ffi
            lapack_cgtsv_ffi lapack_cheevd_ffi lapack_chetrd_ffi lapack_cpotrf_ffi lapack_ctrsm_ffi lapack_cungqr_ffi
            lapack_dgees_ffi lapack_dgeev_ffi lapack_dgehrd_ffi lapack_dgeqrf_ffi lapack_dgesdd_ffi lapack_dgetrf_ffi
            lapack_dgtsv_ffi lapack_dorgqr_ffi lapack_dpotrf_ffi lapack_dsyevd_ffi lapack_dsytrd_ffi lapack_dtrsm_ffi
            lapack_sgees_ffi lapack_sgeev_ffi lapack_sgehrd_ffi lapack_sgeqrf_ffi lapack_sgesdd_ffi lapack_sgetrf_ffi
            lapack_sgtsv_ffi lapack_sorgqr_ffi lapack_spotrf_ffi lapack_ssyevd_ffi lapack_ssytrd_ffi lapack_strsm_ffi
            lapack_zgees_ffi lapack_zgeev_ffi lapack_zgehrd_ffi lapack_zgeqrf_ffi lapack_zgesdd_ffi lapack_zgetrf_ffi
            lapack_zgtsv_ffi lapack_zheevd_ffi lapack_zhetrd_ffi lapack_zpotrf_ffi lapack_ztrsm_ffi lapack_zungqr_ffi
            LuDecomposition mosaic_gpu_v2 ProductOfElementaryHouseholderReflectors Qr shape_assertion Sharding
            SPMDFullToShardShape SPMDShardToFullShape stablehlo.dynamic_approx_top_k stablehlo.dynamic_reduce_window
            stablehlo.dynamic_rng_bit_generator stablehlo.dynamic_top_k tpu_custom_call
            """)
}
