/// Operators of torch by the first release among those read that has them.
///
/// Written by TestArtifacts/make/registry_torch_releases.py; the releases are in the names.
enum TorchOperatorReleases {
    /// Those that 1.9 has not and 1.12 has.
    static let since1x12 = Set(
        words: """
            _addmm_activation _autocast_to_full_precision _autocast_to_reduced_precision _coalesced _conj_copy
            _conj_physical _conv_depthwise2d _convert_indices_from_coo_to_csr _convert_indices_from_csr_to_coo
            _copy_from_and_resize _det_lu_based_helper _efficientzerotensor
            _fake_quantize_per_tensor_affine_cachemask_tensor_qparams _fused_moving_avg_obs_fq_helper
            _fw_primal_copy _has_same_storage_numel _histogramdd_bin_edges _histogramdd_from_bin_cts
            _histogramdd_from_bin_tensors _index_put_impl _indices_copy _is_zerotensor _linalg_check_errors
            _linalg_inv_out_helper _linalg_svd _lstm_mps _make_dual_copy _masked_softmax _mps_convolution
            _mps_convolution_transpose _mps_linear _mps_max_pool2d _native_multi_head_attention _neg_view
            _neg_view_copy _nested_from_padded _nested_from_padded_and_nested_example _nested_tensor_from_mask
            _nested_tensor_layer_norm _new_zeros_with_same_feature_meta _pad_circular _pad_enum _pin_memory
            _reshape_alias _reshape_alias_copy _resize_output _resize_output_ _slow_conv2d_forward
            _sparse_broadcast_to _sparse_broadcast_to_copy _sparse_bsc_tensor_unsafe _sparse_bsr_tensor_unsafe
            _sparse_compressed_tensor_unsafe _sparse_csc_tensor_unsafe _sparse_csr_prod _sparse_csr_sum
            _sparse_csr_tensor_unsafe _test_warn_in_autograd _to_copy _to_cpu _to_dense
            _torch_cuda_cu_linker_symbol_op _transform_bias_rescale_qkv _transformer_encoder_layer_fwd
            _upsample_bicubic2d_aa _upsample_bilinear2d_aa _upsample_nearest_exact1d _upsample_nearest_exact2d
            _upsample_nearest_exact3d _validate_sparse_bsc_tensor_args _validate_sparse_bsr_tensor_args
            _validate_sparse_compressed_tensor_args _validate_sparse_csc_tensor_args
            _validate_sparse_csr_tensor_args _values_copy _weight_norm_interface adjoint alias_copy aminmax arctan2
            arctan2_ argwhere as_strided_copy bitwise_left_shift bitwise_left_shift_ bitwise_right_shift
            bitwise_right_shift_ cauchy ccol_indices ccol_indices_copy chalf col_indices_copy concat conj_physical
            conj_physical_ copy_sparse_to_sparse corrcoef cov crow_indices_copy cumulative_trapezoid detach_copy
            diagonal_copy diagonal_scatter embedding_renorm expand_copy exponential fft_hfft2 fft_hfftn fft_ihfft2
            fft_ihfftn fill fused_moving_avg_obs_fake_quant gelu_ geometric glu_jvp histogram histogramdd
            index_reduce index_reduce_ indices_copy is_conj is_inference is_neg isin lift linalg_cross
            linalg_diagonal linalg_ldl_factor linalg_ldl_factor_ex linalg_ldl_solve linalg_lu linalg_lu_factor
            linalg_lu_factor_ex linalg_matmul linalg_matrix_exp linalg_solve_triangular linalg_vander log_normal mH
            mT matrix_H nanmean native_channel_shuffle native_dropout nested_tensor new_ones pad permute_copy
            prim.CudaFusionIvalGuard prim.CudaFusionSizeEq prim.CudaFusionViewGuard prim.IfThenElse
            prim.MKLDNNLayerNorm prim.MKLDNNLayerNorm_ prim.MKLDNNScalarMul prim.MKLDNNScalarMul_
            prim.StaticRuntimeCopyOuts prim.TensorExprDynamicGroup prim.TensorExprDynamicGuard prim.VarConcat
            prim.VarStack prim.add_optional prim.flatten_copy prim.infer_squeeze_size prim.infer_unsqueeze_size
            prim.is_ipu prim.is_mps prim.is_nested prim.is_ort prim.oneDNNFusionGroup prim.oneDNNFusionGuard
            prim.reshape_copy prim.squeeze_copy prim.unsqueeze_copy prim.view_copy quantize_per_tensor_dynamic
            quantized.conv1d_dynamic quantized.conv2d_dynamic quantized.conv2d_unpack_sizes quantized.conv3d_dynamic
            quantized.conv_transpose1d_dynamic quantized.conv_transpose2d_dynamic quantized.conv_transpose3d_dynamic
            quantized.dropout quantized.embedding_4bit quantized.embedding_bag_2bit_rowwise_offsets
            quantized.linear_relu_dynamic_fp16 quantized.matmul quantized.softmax random reflection_pad3d resize
            resize_as resize_as_sparse resolve_conj resolve_neg retains_grad row_indices row_indices_copy
            scatter_reduce scatter_reduce_ select_copy select_scatter set slice_copy slice_scatter sparse_bsc_tensor
            sparse_bsr_tensor sparse_compressed_tensor sparse_csc_tensor sparse_csr_tensor sparse_resize
            sparse_resize_and_clear sparse_sampled_addmm special_digamma special_erfcx special_gammainc
            special_gammaincc special_i0 special_i1 special_i1e special_log1p special_log_ndtr special_log_softmax
            special_logsumexp special_multigammaln special_ndtr special_ndtri special_polygamma special_psi
            special_round special_sinc special_softmax special_xlogy special_zeta split_copy split_with_sizes_copy
            squeeze_copy t_copy to_padded_tensor to_sparse_bsc to_sparse_bsr to_sparse_csc to_sparse_csr
            transpose_copy trapezoid unbind_copy unfold_copy uniform unsqueeze_copy values_copy view_as_complex_copy
            view_as_real_copy view_copy zero
            """)

    /// Those that 1.12 has not and 1.13 has.
    static let since1x13 = Set(
        words: """
            _assert_tensor_metadata _flash_scaled_dot_product_attention _foobar _fused_adam _fused_adam_
            _fused_moving_avg_obs_fq_helper_functional _linalg_det _linalg_eigh _linalg_slogdet _linalg_solve_ex
            _native_decoder_only_multi_head_attention _nested_tensor_from_mask_left_aligned
            _nested_tensor_from_tensor_list _nested_tensor_offsets _nested_tensor_size
            _nested_tensor_softmax_with_shape _nested_tensor_strides _nested_view_from_buffer
            _nested_view_from_buffer_copy _scaled_dot_product_attention _scaled_dot_product_attention_forward
            _scaled_dot_product_attention_math _spdiags _test_autograd_multiple_dispatch
            _test_autograd_multiple_dispatch_view _test_autograd_multiple_dispatch_view_copy
            _transformer_decoder_only_layer_fwd _triton_multi_head_attention _triton_scaled_dot_attention
            _validate_compressed_sparse_indices as_strided_scatter concatenate is_autocast_cpu_enabled
            is_autocast_enabled is_non_overlapping_and_dense is_strides_like_format lift_fresh lift_fresh_copy
            linalg_lu_solve linalg_solve_ex linalg_vecdot miopen_convolution_add_relu miopen_convolution_relu
            nested_to_padded_tensor normal_functional prim.expand_as_copy prim.expand_copy prim.is_cpu
            quantized.prelu special_airy_ai special_bessel_j0 special_bessel_j1 special_bessel_y0 special_bessel_y1
            special_chebyshev_polynomial_t special_chebyshev_polynomial_u special_chebyshev_polynomial_v
            special_chebyshev_polynomial_w special_hermite_polynomial_h special_hermite_polynomial_he
            special_laguerre_polynomial_l special_legendre_polynomial_p special_modified_bessel_i0
            special_modified_bessel_i1 special_modified_bessel_k0 special_modified_bessel_k1
            special_scaled_modified_bessel_k0 special_scaled_modified_bessel_k1
            special_shifted_chebyshev_polynomial_t special_shifted_chebyshev_polynomial_u
            special_shifted_chebyshev_polynomial_v special_shifted_chebyshev_polynomial_w
            special_spherical_bessel_j0 sym_numel sym_size sym_storage_offset sym_stride
            """)

    /// Those that 1.6 has not and 1.8 has.
    static let since1x8 = Set(
        words: """
            _add_batch_dim _add_relu _add_relu_ _aminmax _compute_linear_combination _conj
            _embedding_bag_forward_only _fake_quantize_learnable_per_channel_affine
            _fake_quantize_learnable_per_tensor_affine _fft_c2c _fft_c2r _fft_r2c _fw_primal
            _grid_sampler_2d_cpu_fallback _linalg_inv_out_helper_ _linalg_qr_helper _linalg_solve_out_helper_
            _make_dual _remove_batch_dim _rowwise_prune _saturate_weight_to_fp16 _sparse_matrix_mask_helper
            _sparse_sparse_matmul _stack _std _syevd_helper _test_ambiguous_defaults _test_optional_filled_intlist
            _test_optional_floatlist _test_optional_intlist _test_string_default _unpack_dual
            _validate_sparse_coo_tensor_args _var amax amin arccos arccos_ arccosh arccosh_ arcsin arcsin_ arcsinh
            arcsinh_ arctan arctan_ arctanh arctanh_ atleast_1d atleast_2d atleast_3d broadcast_to
            choose_qparams_optimized clip clip_ column_stack complex copysign_ count_nonzero cumprod_ cumsum_ diff
            divide divide_ dstack exp2 exp2_ fake_quantize_per_channel_affine_cachemask
            fake_quantize_per_tensor_affine_cachemask fft_fft fft_fft2 fft_fftfreq fft_fftn fft_fftshift fft_hfft
            fft_ifft fft_ifft2 fft_ifftn fft_ifftshift fft_ihfft fft_irfft fft_irfft2 fft_irfftn fft_rfft fft_rfft2
            fft_rfftfreq fft_rfftn fix fix_ float_power float_power_ fmax fmin gcd_ greater greater_ greater_equal
            greater_equal_ has_torch_function heaviside heaviside_ hstack hypot hypot_ i0 i0_ igamma igamma_ igammac
            igammac_ inner is_grad_enabled isneginf isposinf isreal kaiser_window kron lcm lcm_ ldexp_ less less_
            less_equal less_equal_ linalg_cholesky linalg_cond linalg_det linalg_eigh linalg_eigvalsh linalg_inv
            linalg_matrix_rank linalg_norm linalg_pinv linalg_qr linalg_slogdet linalg_solve linalg_svd
            linalg_tensorinv linalg_tensorsolve logit logit_ matrix_exp maximum minimum mkldnn_max_pool3d
            mkldnn_reorder_conv3d_weight moveaxis movedim msort multiply multiply_ nan_to_num nan_to_num_ nanmedian
            nanquantile nansum negative negative_ new_empty_strided nextafter nextafter_ not_equal not_equal_ outer
            percentFormat pixel_unshuffle polar prim.AutogradAllNonZero prim.AutogradAllZero prim.CudaFusionGuard
            prim.EnumName prim.EnumValue prim.FallbackGraph prim.ModuleDictIndex prim.ReductionSizes
            prim.RequiresGradCheck prim.StaticSubgraph prim.TensorExprGroup prim.TypeCheck prim.is_vulkan
            prim.is_xpu prim.profile_ivalue prim.rpc_remote prim.rpc_sync quantile quantized.batch_norm1d
            quantized.batch_norm1d_relu quantized.celu quantized.conv2d_output_padding quantized.conv2d_transpose
            quantized.conv3d_output_padding quantized.conv3d_transpose quantized.conv_transpose1d
            quantized.conv_transpose1d_prepack quantized.conv_transpose1d_unpack quantized.conv_transpose2d
            quantized.conv_transpose2d_dilation quantized.conv_transpose2d_groups
            quantized.conv_transpose2d_output_padding quantized.conv_transpose2d_padding
            quantized.conv_transpose2d_prepack quantized.conv_transpose2d_stride
            quantized.conv_transpose2d_transpose quantized.conv_transpose2d_unpack quantized.conv_transpose3d
            quantized.conv_transpose3d_dilation quantized.conv_transpose3d_groups
            quantized.conv_transpose3d_output_padding quantized.conv_transpose3d_padding
            quantized.conv_transpose3d_prepack quantized.conv_transpose3d_stride
            quantized.conv_transpose3d_transpose quantized.conv_transpose3d_unpack
            quantized.embedding_bag_2bit_prepack quantized.embedding_bag_2bit_unpack quantized.embedding_bag_4bit
            quantized.embedding_bag_4bit_prepack quantized.embedding_bag_4bit_rowwise_offsets
            quantized.embedding_bag_4bit_unpack quantized.embedding_bag_byte quantized.embedding_bag_byte_prepack
            quantized.embedding_bag_byte_rowwise_offsets quantized.embedding_bag_byte_unpack
            quantized.embedding_bag_prepack quantized.embedding_bag_unpack quantized.embedding_byte
            quantized.leaky_relu quantized.max_pool1d quantized.sigmoid quantized_max_pool1d ravel record_stream
            row_stack set_grad_enabled sgn sgn_ signbit silu silu_ sinc sinc_ subtract subtract_ swapaxes swapaxes_
            swapdims swapdims_ tensor_split tile unsafe_chunk unsafe_split unsafe_split_with_sizes vdot vstack xlogy
            xlogy_
            """)

    /// Those that 1.8 has not and 1.9 has.
    static let since1x9 = Set(
        words: """
            Complex ComplexImplicit _adaptive_avg_pool3d _amp_update_scale_ _assert_async _coalesce
            _convolution_mode _sparse_csr_tensor _sparse_mask_helper col_indices conv_depthwise3d cross_entropy_loss
            crow_indices cudnn_convolution_add_relu cudnn_convolution_relu dsplit flatten_dense_tensors gradient
            hsplit huber_loss linalg_cholesky_ex linalg_eig linalg_eigvals linalg_householder_product linalg_inv_ex
            linalg_lstsq linalg_matrix_norm linalg_matrix_power linalg_multi_dot linalg_svdvals linalg_vector_norm
            lu_unpack mish mish_ nll_loss_nd pad_sequence positive prim.BroadcastMKLDNNTensors
            prim.ConstantMKLDNNTensor prim.MKLDNNClamp prim.MKLDNNClamp_ prim.MKLDNNHardSigmoid
            prim.MKLDNNHardSigmoid_ prim.MKLDNNHardSwish prim.MKLDNNHardSwish_ prim.MKLDNNHardTanh
            prim.MKLDNNHardTanh_ prim.ModuleContainerIndex prim.is_mlc prim.is_sparse_csr prim.mkldnn_convolution
            put relu6 relu6_ resize_as_sparse_ segment_reduce special_entr special_erf special_erfc special_erfinv
            special_exp2 special_expit special_expm1 special_gammaln special_i0e special_logit special_xlog1py
            take_along_dim unflatten_dense_tensors vsplit
            """)

    /// Those that 1.13 has not and 2.0 has.
    static let since2x0 = Set(
        words: """
            _chunk_grad_outputs_efficient_attention _efficient_attention_forward _flash_attention_forward
            _fused_adamw _fused_adamw_ _fused_sdp_choice _is_all_true _is_any_true _native_batch_norm_legit
            _native_batch_norm_legit_functional _prelu_kernel _reshape_copy _scaled_dot_product_efficient_attention
            _scaled_dot_product_flash_attention _sparse_mm_reduce_impl _test_check_tensor mkldnn_rnn_layer
            prim.awaitable_nowait prim.awaitable_wait prim.permute_copy prim.t_copy prim.transpose_copy
            quantized.conv2d_add quantized.conv2d_add_relu quantized.linear_leaky_relu quantized.linear_tanh
            quantized.linear_with_input_q_dq_qweight_dq_output_fp32
            quantized.linear_with_input_q_dq_qweight_dq_relu_output_fp32 scaled_dot_product_attention
            """)

    /// Those that 2.9 has not and 2.13 has.
    static let since2x13 = Set(
        words: """
            _flash_attention_forward_no_dropout_inplace _philox_key_fold_in _philox_key_split _philox_normal
            _philox_normal_ _philox_uniform _philox_uniform_ _scaled_grouped_mm_v2 _scaled_mm_v2
            _upsample_lanczos2d_aa _use_miopen_ctc_loss broadcast_shapes linalg__powsum miopen_ctc_loss
            quantized.embedding_bag_2bit_prepack_with_rowwise_min_max
            quantized.embedding_bag_4bit_prepack_with_rowwise_min_max
            quantized.embedding_bag_byte_prepack_with_rowwise_min_max
            """)

    /// Those that 2.0 has not and 2.5 has.
    static let since2x5 = Set(
        words: """
            Generator _assert_scalar _batch_norm_no_update _batch_norm_with_update
            _batch_norm_with_update_functional _chunk_cat _convert_weight_to_int4pack _cslt_compress _cslt_sparse_mm
            _cslt_sparse_mm_search _fill_mem_eff_dropout_mask_ _functional_assert_async _functional_assert_scalar
            _functional_sym_constrain_range _functional_sym_constrain_range_for_size _fused_adagrad _fused_adagrad_
            _fused_sgd _fused_sgd_ _get_cpu_capability _int_mm _jagged_to_padded_dense_forward _lazy_clone
            _linalg_eigvals _make_dep_token _mixed_dtypes_linear _native_batch_norm_legit_no_training
            _nested_compute_contiguous_strides_offsets _nested_get_jagged_dummy _nested_get_lengths
            _nested_get_max_seqlen _nested_get_min_seqlen _nested_get_offsets _nested_get_ragged_idx
            _nested_get_values _nested_get_values_copy _nested_tensor_storage_offsets _nested_view_from_jagged
            _nested_view_from_jagged_copy _padded_dense_to_jagged_forward _print _propagate_xla_data _safe_softmax
            _scaled_dot_product_attention_math_for_mps _scaled_dot_product_cudnn_attention
            _scaled_dot_product_flash_attention_for_cpu _scaled_dot_product_fused_attention_overrideable _scaled_mm
            _sparse_compressed_tensor_with_dims _sparse_mask_projection _sparse_semi_structured_addmm
            _sparse_semi_structured_apply _sparse_semi_structured_apply_dense _sparse_semi_structured_linear
            _sparse_semi_structured_mm _sparse_semi_structured_tile _spsolve _test_functorch_fallback
            _test_parallel_materialize _to_sparse _to_sparse_bsc _to_sparse_bsr _to_sparse_csc _to_sparse_csr
            _to_sparse_semi_structured _unsafe_index _unsafe_index_put _unsafe_masked_index
            _unsafe_masked_index_put_accumulate _weight_int4pack_mm _weight_int8pack_mm _wrapped_linear_prepack
            _wrapped_quantized_linear_prepacked empty_permuted get_autocast_dtype initial_seed nonzero_static
            prim.is_maia prim.is_mtia prim.is_xla prim.itemsize prim.nbytes
            quantized.linear_dynamic_fp16_unpacked_weight quantized_max_pool3d rms_norm seed slice_inverse
            sym_constrain_range sym_constrain_range_for_size
            """)

    /// Those that 2.5 has not and 2.9 has.
    static let since2x9 = Set(
        words: """
            _convert_weight_to_int4pack_for_cpu _cudnn_attention_forward _dyn_quant_matmul_4bit
            _dyn_quant_pack_4bit_weight _fused_rms_norm _grouped_mm _nested_from_padded_tensor _scaled_grouped_mm
            _weight_int4pack_mm_for_cpu _weight_int4pack_mm_with_scales_and_zeros hash_tensor
            quantized.int4mm_packed_weight_cpu rrelu_with_noise_functional sym_is_contiguous
            """)
}
