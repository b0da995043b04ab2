/// Operators of com.microsoft by the first release of onnxruntime among those read that has them.
///
/// Written by TestArtifacts/make/registry_onnxruntime_releases.py; the releases are in the words.
enum ONNXRuntimeOperators {
    /// Operators that no release before has.
    static let added = Set(
        words: """
            1.16.2:MatMulBnb4 1.16.2:MatMulNBits 1.16.2:RotaryEmbedding 1.16.2:SkipSimplifiedLayerNormalization
            1.17:WhisperBeamSearch 1.18:GroupQueryAttention 1.19:SparseAttention
            1.20:DecoderMaskedMultiHeadAttention 1.20:DynamicTimeWarping 1.20:GatherBlockQuantized 1.20:UnfoldTensor
            1.23.2:MoE 1.23:QMoE 1.26:CausalConvWithState 1.26:LinearAttention 1.32:BranchwiseRMSNorm
            1.32:EngramGate 1.32:GatedAdd 1.32:GatedDeltaNet 1.32:GatedRMSNorm 1.32:GatherPacked
            1.32:HyperConnectionPostMix 1.32:HyperConnectionPreMix 1.32:LinearAttentionGate 1.32:MRotaryEmbedding
            1.32:MoEGroupRouter 1.32:NGramHashMapping 1.32:ScaledSiLU 1.32:VarlenCausalConvWithState
            1.32:VarlenNGramHashMapping
            """)
}
