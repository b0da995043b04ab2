/// The operators of OpenVINO's operator sets.
///
/// Written by TestArtifacts/make/registry_openvino.py; the releases are those of `LoaderVersions`.
enum OpenVINORegistry {
    /// Each operator with the sets that have it: `Abs:1-16`, `RNNCell:1,3-16`.
    static let operators = Set(
        words: """
            Abs:1-16 Acos:1-16 Acosh:4-16 AdaptiveAvgPool:8-16 AdaptiveMaxPool:8-16 Add:1-16 Asin:1-16 Asinh:4-16
            Assign:3-16 Atan:1-16 Atanh:4-16 AvgPool:1-16 BGRtoNV12:17 BatchNormInference:1-16 BatchToSpace:2-16
            BinaryConvolution:1-16 BitwiseAnd:13-16 BitwiseLeftShift:15-16 BitwiseNot:13-16 BitwiseOr:13-16
            BitwiseRightShift:15-16 BitwiseXor:13-16 Broadcast:1-16 Bucketize:3-16 CTCGreedyDecoder:1-16
            CTCGreedyDecoderSeqLen:6-16 CTCLoss:4-16 Ceiling:1-16 Clamp:1-16 Col2Im:15-16 Concat:1-16 Constant:1-16
            Convert:1-17 ConvertLike:1-16 ConvertPromoteTypes:14-16 Convolution:1-16 ConvolutionBackpropData:1-16
            Cos:1-16 Cosh:1-16 CumSum:3-16 DFT:7-16 DeformableConvolution:1-16 DeformablePSROIPooling:1-16
            DepthToSpace:1-16 DetectionOutput:1-16 Divide:1-16 Einsum:7-16 Elu:1-16 EmbeddingBagOffsets:15-16
            EmbeddingBagOffsetsSum:3-16 EmbeddingBagPacked:15-16 EmbeddingBagPackedSum:3-16
            EmbeddingSegmentsSum:3-16 Equal:1-16 Erf:1-16 ErfInv:17 Exp:1-16
            ExperimentalDetectronDetectionOutput:6-16 ExperimentalDetectronGenerateProposalsSingleImage:6-16
            ExperimentalDetectronPriorGridGenerator:6-16 ExperimentalDetectronROIFeatureExtractor:6-16
            ExperimentalDetectronTopKROIs:6-16 ExtractImagePatches:3-16 Eye:9-16 FakeConvert:13-16 FakeQuantize:1-16
            Floor:1-16 FloorMod:1-16 GRN:1-16 GRUCell:3-16 GRUSequence:5-16 Gather:1-16 GatherElements:6-16
            GatherND:5-16 GatherTree:1-16 Gelu:2-16 GenerateProposals:9-16 Greater:1-16 GreaterEqual:1-16
            GridSample:9-16 GroupConvolution:1-16 GroupConvolutionBackpropData:1-16 GroupNormalization:12-16
            GroupedMatMul:17 HSigmoid:5-16 HSwish:4-16 HardSigmoid:1-16 I420toBGR:8-16 I420toRGB:8-16 IDFT:7-16
            IRDFT:9-16 ISTFT:16 Identity:16 If:8-16 Interpolate:1-16 Inverse:14-16 IsFinite:10-16 IsInf:10-16
            IsNaN:10-16 LRN:1-16 LSTMCell:1-16 LSTMSequence:5-16 Less:1-16 LessEqual:1-16 Log:1-16 LogSoftmax:5-16
            LogicalAnd:1-16 LogicalNot:1-16 LogicalOr:1-16 LogicalXor:1-16 Loop:5-16 MVN:2-16 MatMul:1-16
            MatrixNms:8-16 MaxPool:1-16 Maximum:1-16 Minimum:1-16 Mish:4-16 Mod:1-16 MulticlassNms:8-16
            Multinomial:13-16 Multiply:1-16 NMSRotated:13-16 NV12toBGR:8-16 NV12toRGB:8-16 Negative:1-16
            NonMaxSuppression:1-16 NonZero:3-16 NormalizeL2:1-16 NotEqual:1-16 OneHot:1-16 PRelu:1-16
            PSROIPooling:1-16 Pad:1-16 Parameter:1-17 Power:1-16 PriorBox:1-16 PriorBoxClustered:1-16 Proposal:1-16
            RDFT:9-16 RGBtoNV12:17 RNNCell:1,3-16 RNNSequence:5-16 ROIAlign:3-16 ROIAlignRotated:15-16
            ROIPooling:2-16 RandomUniform:8-16 Range:1-16 ReadValue:3-16 ReduceL1:4-16 ReduceL2:4-16
            ReduceLogicalAnd:1-16 ReduceLogicalOr:1-16 ReduceMax:1-16 ReduceMean:1-16 ReduceMin:1-16 ReduceProd:1-16
            ReduceSum:1-16 RegionYolo:1-16 Relu:1-16 ReorgYolo:2-16 Reshape:1-16 Result:1-16 Reverse:1
            ReverseSequence:1-16 Roll:7-16 Round:5-16 STFT:15-16 ScaledDotProductAttention:13-16
            ScatterElementsUpdate:3-16 ScatterNDUpdate:4-16 ScatterUpdate:3-16 SearchSorted:15-16 SegmentMax:16
            Select:1-16 Selu:1-16 ShapeOf:1-17 ShuffleChannels:1,3-16 Sigmoid:1-16 Sign:1-16 Sin:1-16 Sinh:1-16
            Slice:8-16 SliceScatter:15-16 SoftPlus:4-16 SoftSign:9-16 Softmax:1-16 SpaceToBatch:2-16
            SpaceToDepth:1-16 SparseFillEmptyRows:16 Split:1-16 Sqrt:1-16 SquaredDifference:1-16 Squeeze:1-16
            StridedSlice:1-16 StringTensorPack:15-16 StringTensorUnpack:15-16 Subtract:1-16 Swish:4-16 Tan:1-16
            Tanh:1-16 TensorIterator:1-16 Tile:1-16 TopK:1-16 Transpose:1-16 Unique:10-16 Unsqueeze:1-16
            VariadicSplit:1-16 Xor:1
            """)
}
