/// The operators of onnx and of onnxruntime.
///
/// Written by TestArtifacts/make/registry_onnx.py; the releases are those of `LoaderVersions`.
enum ONNXRegistry {
    /// onnx's own, each with the operator set that brought it and the one that withdrew it.
    static let standard = Set(
        words: """
            Abs:1 Acos:7 Acosh:9 Add:1 AffineGrid:20 And:1 ArgMax:1 ArgMin:1 Asin:7 Asinh:9 Atan:7 Atanh:9
            Attention:23 AveragePool:1 BatchNormalization:1 Bernoulli:15 BitCast:26 BitShift:11 BitwiseAnd:18
            BitwiseNot:18 BitwiseOr:18 BitwiseXor:18 BlackmanWindow:17 Cast:1 CastLike:15 CausalConvWithState:27
            Ceil:1 Celu:12 CenterCropPad:18 Clip:1 Col2Im:18 Compress:9 Concat:1 ConcatFromSequence:11 Constant:1
            ConstantOfShape:9 Conv:1 ConvInteger:10 ConvTranspose:1 Cos:7 Cosh:9 CumProd:26 CumSum:11 DFT:17
            DeformConv:19 DepthToSpace:1 DequantizeLinear:10 Det:11 Div:1 Dropout:1 DynamicQuantizeLinear:11
            Einsum:12 Elu:1 Equal:1 Erf:9 Exp:1 Expand:8 EyeLike:9 Flatten:1 Floor:1 GRU:1 Gather:1
            GatherElements:11 GatherND:11 Gelu:20 Gemm:1 GlobalAveragePool:1 GlobalLpPool:1 GlobalMaxPool:1
            Greater:1 GreaterOrEqual:12 GridSample:16 GroupNormalization:21-18 HammingWindow:17 HannWindow:17
            HardSigmoid:1 HardSwish:14 Hardmax:1 Identity:1 If:1 ImageDecoder:20 InstanceNormalization:1 IsInf:10
            IsNaN:9 LRN:1 LSTM:1 LayerNormalization:1 LeakyRelu:1 Less:1 LessOrEqual:12 LinearAttention:27 Log:1
            LogSoftmax:1 Loop:1 LpNormalization:1 LpPool:1 MatMul:1 MatMulInteger:10 Max:1 MaxPool:1 MaxRoiPool:1
            MaxUnpool:9 Mean:1 MeanVarianceNormalization:1 MelWeightMatrix:17 Min:1 Mish:18 Mod:10 Mul:1
            Multinomial:7 Neg:1 NegativeLogLikelihoodLoss:12 NonMaxSuppression:10 NonZero:9 Not:1 OneHot:9
            Optional:15 OptionalGetElement:15 OptionalHasElement:15 Or:1 PRelu:1 Pad:1 Pow:1 QLinearConv:10
            QLinearMatMul:10 QuantizeLinear:10 RMSNormalization:23 RNN:1 RandomNormal:1 RandomNormalLike:1
            RandomUniform:1 RandomUniformLike:1 Range:11 Reciprocal:1 ReduceL1:1 ReduceL2:1 ReduceLogSum:1
            ReduceLogSumExp:1 ReduceMax:1 ReduceMean:1 ReduceMin:1 ReduceProd:1 ReduceSum:1 ReduceSumSquare:1
            RegexFullMatch:20 Relu:1 Reshape:1 Resize:10 ReverseSequence:10 RoiAlign:10 RotaryEmbedding:23 Round:11
            STFT:17 Scan:8 Scatter:9-11 ScatterElements:11 ScatterND:11 Selu:1 SequenceAt:11 SequenceConstruct:11
            SequenceEmpty:11 SequenceErase:11 SequenceInsert:11 SequenceLength:11 SequenceMap:17 Shape:1 Shrink:9
            Sigmoid:1 Sign:9 Sin:7 Sinh:9 Size:1 Slice:1 Softmax:1 SoftmaxCrossEntropyLoss:12 Softplus:1 Softsign:1
            SpaceToDepth:1 Split:1 SplitToSequence:11 Sqrt:1 Squeeze:1 StringConcat:20 StringNormalizer:10
            StringSplit:20 Sub:1 Sum:1 SwiGLU:28 Swish:24 Tan:7 Tanh:1 TensorScatter:24 TfIdfVectorizer:9
            ThresholdedRelu:1 Tile:1 TopK:1 Transpose:1 Trilu:14 Unique:11 Unsqueeze:1 Upsample:1-10 Where:9 Xor:1
            ai.onnx.ml.ArrayFeatureExtractor:1 ai.onnx.ml.Binarizer:1 ai.onnx.ml.CastMap:1
            ai.onnx.ml.CategoryMapper:1 ai.onnx.ml.DictVectorizer:1 ai.onnx.ml.FeatureVectorizer:1
            ai.onnx.ml.Imputer:1 ai.onnx.ml.LabelEncoder:1 ai.onnx.ml.LinearClassifier:1
            ai.onnx.ml.LinearRegressor:1 ai.onnx.ml.Normalizer:1 ai.onnx.ml.OneHotEncoder:1
            ai.onnx.ml.SVMClassifier:1 ai.onnx.ml.SVMRegressor:1 ai.onnx.ml.Scaler:1 ai.onnx.ml.TreeEnsemble:5
            ai.onnx.ml.TreeEnsembleClassifier:1-5 ai.onnx.ml.TreeEnsembleRegressor:1-5 ai.onnx.ml.ZipMap:1
            ai.onnx.preview.FlexAttention:1 ai.onnx.preview.training.Adagrad:1 ai.onnx.preview.training.Adam:1
            ai.onnx.preview.training.Gradient:1 ai.onnx.preview.training.Momentum:1
            """)

    /// onnxruntime's own: all of com.microsoft, and those of older operator sets that it still runs, without a domain.
    static let runtime = Set(
        words: """
            Affine Crop DynamicSlice ImageScaler MemcpyFromHost MemcpyToHost ParametricSoftplus Scale ScaledTanh
            SimplifiedLayerNormalization com.microsoft.Attention com.microsoft.AttnLSTM com.microsoft.BeamSearch
            com.microsoft.BiasAdd com.microsoft.BiasDropout com.microsoft.BiasGelu com.microsoft.BiasSoftmax
            com.microsoft.BiasSplitGelu com.microsoft.BifurcationDetector com.microsoft.BitmaskBiasDropout
            com.microsoft.BitmaskDropout com.microsoft.BranchwiseRMSNorm com.microsoft.CDist
            com.microsoft.CausalConvWithState com.microsoft.ComplexMul com.microsoft.ComplexMulConj
            com.microsoft.ConvStateReplay com.microsoft.ConvTransposeWithDynamicPads com.microsoft.CropAndResize
            com.microsoft.DecoderAttention com.microsoft.DecoderMaskedMultiHeadAttention
            com.microsoft.DecoderMaskedSelfAttention com.microsoft.DequantizeBFP com.microsoft.DequantizeLinear
            com.microsoft.DequantizeWithOrder com.microsoft.DynamicQuantizeLSTM com.microsoft.DynamicQuantizeMatMul
            com.microsoft.DynamicSparseAttention com.microsoft.DynamicTimeWarping com.microsoft.EPContext
            com.microsoft.EmbedLayerNormalization com.microsoft.EngramGate com.microsoft.ExpandDims
            com.microsoft.FastGelu com.microsoft.FusedConv com.microsoft.FusedGemm com.microsoft.FusedMatMul
            com.microsoft.FusedMatMulActivation com.microsoft.GatedAdd com.microsoft.GatedDeltaNet
            com.microsoft.GatedDeltaNetStateReplay com.microsoft.GatedRMSNorm
            com.microsoft.GatedRelativePositionBias com.microsoft.GatherBlockQuantized com.microsoft.GatherND
            com.microsoft.GatherPacked com.microsoft.Gelu com.microsoft.GemmFastGelu com.microsoft.GemmFloat8
            com.microsoft.GemmaRotaryEmbedding com.microsoft.GreedySearch com.microsoft.GridSample
            com.microsoft.GroupNorm com.microsoft.GroupQueryAttention com.microsoft.HyperConnectionLowRankMix
            com.microsoft.HyperConnectionPostMix com.microsoft.HyperConnectionPreMix com.microsoft.Inverse
            com.microsoft.Irfft com.microsoft.IsAllFinite com.microsoft.LinearAttention
            com.microsoft.LinearAttentionGate com.microsoft.LongformerAttention com.microsoft.MRotaryEmbedding
            com.microsoft.Mamba2Verify com.microsoft.MatMulBlockQuantizedFp4Weight
            com.microsoft.MatMulBlockQuantizedFp8Weight com.microsoft.MatMulBnb4 com.microsoft.MatMulFpQ4
            com.microsoft.MatMulInteger16 com.microsoft.MatMulIntegerToFloat com.microsoft.MatMulNBits
            com.microsoft.MatMulNBitsMlp com.microsoft.MatMulNBitsQLoRA com.microsoft.MatMulNBitsQkv
            com.microsoft.MatMulPacked com.microsoft.MaxpoolWithMask com.microsoft.MoE com.microsoft.MoEGroupRouter
            com.microsoft.MoEPacked com.microsoft.MulInteger com.microsoft.MultiHeadAttention
            com.microsoft.MurmurHash3 com.microsoft.NGramHashMapping com.microsoft.NGramRepeatBlock
            com.microsoft.NhwcConv com.microsoft.NhwcFusedConv com.microsoft.NhwcMaxPool
            com.microsoft.PackedAttention com.microsoft.PackedMultiHeadAttention
            com.microsoft.PackedSparseAttentionIndexer com.microsoft.PackedSparseAttentionIndexerMerge
            com.microsoft.Pad com.microsoft.PagedAttention com.microsoft.QAttention
            com.microsoft.QEmbedLayerNormalization com.microsoft.QGemm com.microsoft.QLinearAdd
            com.microsoft.QLinearAveragePool com.microsoft.QLinearConcat com.microsoft.QLinearConv
            com.microsoft.QLinearGlobalAveragePool com.microsoft.QLinearLeakyRelu com.microsoft.QLinearMul
            com.microsoft.QLinearReduceMean com.microsoft.QLinearSigmoid com.microsoft.QLinearSoftmax
            com.microsoft.QLinearWhere com.microsoft.QMoE com.microsoft.QOrderedAttention com.microsoft.QOrderedGelu
            com.microsoft.QOrderedLayerNormalization com.microsoft.QOrderedLongformerAttention
            com.microsoft.QOrderedMatMul com.microsoft.QuantizeBFP com.microsoft.QuantizeLinear
            com.microsoft.QuantizeWithOrder com.microsoft.QuickGelu com.microsoft.RMSNormRotary com.microsoft.Range
            com.microsoft.ReduceSumInteger com.microsoft.RelativePositionBias com.microsoft.RemovePadding
            com.microsoft.RestorePadding com.microsoft.Rfft com.microsoft.RotaryEmbedding
            com.microsoft.RouterGateUpProj com.microsoft.SampleOp com.microsoft.Sampling com.microsoft.ScaledSiLU
            com.microsoft.SkipGroupNorm com.microsoft.SkipLayerNormalization
            com.microsoft.SkipSimplifiedLayerNormalization com.microsoft.Snpe com.microsoft.SparseAttention
            com.microsoft.SparseAttentionIndexer com.microsoft.SparsePagedAttention
            com.microsoft.SparseToDenseMatMul com.microsoft.SpeculativePrefixCommit com.microsoft.SwiGLU
            com.microsoft.Tokenizer com.microsoft.TorchEmbedding com.microsoft.TransposeMatMul com.microsoft.Trilu
            com.microsoft.UnfoldTensor com.microsoft.Unique com.microsoft.VarlenCausalConvWithState
            com.microsoft.VarlenNGramHashMapping com.microsoft.WhisperBeamSearch com.microsoft.WordConvEmbedding
            com.microsoft.nchwc.AveragePool com.microsoft.nchwc.Conv com.microsoft.nchwc.GlobalAveragePool
            com.microsoft.nchwc.GlobalMaxPool com.microsoft.nchwc.MaxPool com.microsoft.nchwc.ReorderInput
            com.microsoft.nchwc.ReorderOutput com.microsoft.nchwc.Upsample com.ms.internal.nhwc.AveragePool
            com.ms.internal.nhwc.BatchNormalization com.ms.internal.nhwc.Conv com.ms.internal.nhwc.ConvTranspose
            com.ms.internal.nhwc.DepthToSpace com.ms.internal.nhwc.GlobalAveragePool
            com.ms.internal.nhwc.GlobalLpPool com.ms.internal.nhwc.GlobalMaxPool com.ms.internal.nhwc.GridSample
            com.ms.internal.nhwc.InstanceNormalization com.ms.internal.nhwc.LRN com.ms.internal.nhwc.LpPool
            com.ms.internal.nhwc.MaxPool com.ms.internal.nhwc.MaxUnpool com.ms.internal.nhwc.QLinearAveragePool
            com.ms.internal.nhwc.QLinearConv com.ms.internal.nhwc.QLinearConvTranspose com.ms.internal.nhwc.Resize
            com.ms.internal.nhwc.SpaceToDepth
            """)
}
