/// Operators of TensorFlow by the first release among those read that has them.
///
/// Written by TestArtifacts/make/registry_tensorflow_releases.py; the releases are in the words.
enum TensorFlowReleases {
    /// Operators that no release before has.
    static let added = Set(
        words: """
            1.14:AllToAll 1.14:AnonymousIteratorV2 1.14:BatchMatMulV2 1.14:BoostedTreesAggregateStats
            1.14:BoostedTreesCalculateBestFeatureSplit 1.14:Case 1.14:ChooseFastestBranchDataset
            1.14:CollectiveGather 1.14:CollectivePermute 1.14:CombinedNonMaxSuppression 1.14:CrossReplicaSum
            1.14:CudnnRNNBackpropV3 1.14:CudnnRNNV3 1.14:DecodePaddedRaw 1.14:DeleteIterator
            1.14:DrawBoundingBoxesV2 1.14:EncodeJpegVariableQuality 1.14:EuclideanNorm
            1.14:ExperimentalAutoShardDataset 1.14:ExperimentalChooseFastestDataset 1.14:ExperimentalRebatchDataset
            1.14:ExperimentalTakeWhileDataset 1.14:Fingerprint 1.14:FuncListAttr 1.14:FusedBatchNormGradV3
            1.14:FusedBatchNormV3 1.14:InfeedDequeue 1.14:InfeedDequeueTuple 1.14:InfeedEnqueue
            1.14:InfeedEnqueuePrelinearizedBuffer 1.14:InfeedEnqueueTuple 1.14:KMC2ChainInitialization
            1.14:KmeansPlusPlusInitialization 1.14:MulNoNan 1.14:NearestNeighbors 1.14:NextAfter
            1.14:NonDeterministicInts 1.14:OutfeedDequeue 1.14:OutfeedDequeueTuple 1.14:OutfeedEnqueue
            1.14:OutfeedEnqueueTuple 1.14:Prelinearize 1.14:PrelinearizeTuple 1.14:QuantizedConv2DAndRelu
            1.14:QuantizedConv2DAndReluAndRequantize 1.14:QuantizedConv2DAndRequantize
            1.14:QuantizedConv2DPerChannel 1.14:QuantizedConv2DWithBias 1.14:QuantizedConv2DWithBiasAndRelu
            1.14:QuantizedConv2DWithBiasAndReluAndRequantize 1.14:QuantizedConv2DWithBiasAndRequantize
            1.14:QuantizedConv2DWithBiasSignedSumAndReluAndRequantize 1.14:QuantizedConv2DWithBiasSumAndRelu
            1.14:QuantizedConv2DWithBiasSumAndReluAndRequantize 1.14:QuantizedDepthwiseConv2D
            1.14:QuantizedDepthwiseConv2DWithBias 1.14:QuantizedDepthwiseConv2DWithBiasAndRelu
            1.14:QuantizedDepthwiseConv2DWithBiasAndReluAndRequantize 1.14:RaggedTensorFromVariant
            1.14:RaggedTensorToVariant 1.14:RequantizationRangePerChannel 1.14:RequantizePerChannel
            1.14:ResourceGatherNd 1.14:ResourceScatterNdSub 1.14:RngSkip 1.14:SamplingDataset 1.14:ScaleAndTranslate
            1.14:ScaleAndTranslateGrad 1.14:SelectV2 1.14:ShardDataset 1.14:SnapshotDataset
            1.14:StatefulRandomBinomial 1.14:StatefulStandardNormal 1.14:StatefulStandardNormalV2
            1.14:StatefulTruncatedNormal 1.14:StatefulUniform 1.14:StatefulUniformFullInt 1.14:StatefulUniformInt
            1.14:StatsAggregatorHandleV2 1.14:StatsAggregatorSetSummaryWriter 1.14:StringLower 1.14:StringUpper
            1.14:TensorListConcatV2 1.14:TensorListResize 1.14:TensorListScatterIntoExistingList
            1.14:TensorListScatterV2 1.14:TensorStridedSliceUpdate 1.14:TridiagonalMatMul 1.14:TridiagonalSolve
            1.14:WorkerHeartbeat 1.14:WriteRawProtoSummary 1.15:AnonymousMemoryCache
            1.15:AnonymousMultiDeviceIterator 1.15:AnonymousRandomSeedGenerator 1.15:ApplyAdagradV2
            1.15:AssertNextDataset 1.15:AudioMicrofrontend 1.15:AutoShardDataset 1.15:BlockLSTMGradV2
            1.15:BlockLSTMV2 1.15:BoostedTreesFlushQuantileSummaries 1.15:BoostedTreesSparseAggregateStats
            1.15:BoostedTreesSparseCalculateBestFeatureSplit 1.15:BoostedTreesUpdateEnsembleV2
            1.15:BytesProducedStatsDataset 1.15:CSVDataset 1.15:CacheDatasetV2 1.15:ChooseFastestDataset
            1.15:CudnnRNNCanonicalToParamsV2 1.15:CudnnRNNParamsToCanonicalV2 1.15:CumulativeLogsumexp
            1.15:DatasetCardinality 1.15:DatasetFromGraph 1.15:DatasetToTFRecord 1.15:DeleteMemoryCache
            1.15:DeleteMultiDeviceIterator 1.15:DeleteRandomSeedGenerator 1.15:DenseToSparseBatchDataset
            1.15:DirectedInterleaveDataset 1.15:Einsum 1.15:GroupByReducerDataset 1.15:GroupByWindowDataset
            1.15:IgnoreErrorsDataset 1.15:IteratorGetDevice 1.15:LMDBDataset 1.15:LatencyStatsDataset
            1.15:MapAndBatchDataset 1.15:MatchingFilesDataset 1.15:MatrixDiagPartV2 1.15:MatrixDiagV2
            1.15:MatrixSetDiagV2 1.15:MaxIntraOpParallelismDataset 1.15:NonMaxSuppressionV5
            1.15:NonSerializableDataset 1.15:ParallelInterleaveDataset 1.15:ParseExampleDataset
            1.15:PrivateThreadPoolDataset 1.15:QuantizedMatMulWithBias 1.15:QuantizedMatMulWithBiasAndRelu
            1.15:QuantizedMatMulWithBiasAndReluAndRequantize 1.15:RaggedTensorToTensor 1.15:RandomDataset
            1.15:RebatchDataset 1.15:ResourceAccumulatorApplyGradient 1.15:ResourceAccumulatorNumAccumulated
            1.15:ResourceAccumulatorSetGlobalStep 1.15:ResourceAccumulatorTakeGradient 1.15:ResourceApplyAdagradV2
            1.15:ResourceConditionalAccumulator 1.15:ResourceSparseApplyAdagradV2 1.15:ScanDataset
            1.15:SetStatsAggregatorDataset 1.15:ShuffleDatasetV2 1.15:SleepDataset 1.15:SlidingWindowDataset
            1.15:SparseApplyAdagradV2 1.15:SqlDataset 1.15:StatsAggregatorHandle 1.15:StatsAggregatorSummary
            1.15:StringNGrams 1.15:TakeWhileDataset 1.15:ThreadPoolDataset 1.15:ThreadPoolHandle 1.15:UnbatchDataset
            1.15:UniqueDataset 1.15:UnsortedSegmentJoin 2.0:Namespace>TestStringOutput 2.10:ApproxTopK
            2.10:DataServiceDatasetV4 2.10:DisableCopyOnRead 2.10:ListDataset 2.10:RegisterDatasetV2
            2.10:RewriteDataset 2.10:StatelessShuffle 2.10:TpuHandleToProtoKey 2.10:UniformDequantize
            2.10:UniformQuantizedDotHybrid 2.11:UniformQuantize 2.11:UniformQuantizedClipByValue
            2.11:UniformQuantizedDot 2.11:UniformRequantize 2.12:CollectiveReduceScatterV2
            2.12:ComputeDedupDataTupleMask 2.12:Conv2DBackpropFilterV2 2.12:Conv2DBackpropInputV2
            2.12:CopyToMeshGrad 2.12:DistributedSave 2.12:MergeDedupData 2.12:RandomDatasetV2 2.12:SegmentProdV2
            2.12:SegmentSumV2 2.12:SplitDedupData 2.12:StatelessRandomGammaV3 2.12:SyncDevice
            2.12:UniformQuantizedAdd 2.12:UniformQuantizedConvolution 2.12:UniformQuantizedConvolutionHybrid
            2.13:CollectiveAllToAllV2 2.13:DTensorAllToAll 2.13:DebugIdentityV3 2.13:RaggedFillEmptyRows
            2.13:RaggedFillEmptyRowsGrad 2.13:RelayoutGrad 2.13:SegmentMaxV2 2.13:SegmentMinV2
            2.13:SnapshotChunkDataset 2.13:StochasticCastToInt 2.14:Conv 2.14:RelayoutLike
            2.14:SparseSegmentMeanGradV2 2.14:SparseSegmentSqrtNGradV2 2.14:SparseSegmentSumGradV2
            2.14:TFRecordDatasetV2 2.15:DumpTensor 2.15:FFTND 2.15:IFFTND 2.15:IRFFTND 2.15:RFFTND
            2.16:ComputeDedupDataSize 2.16:ConvertToCooTensor 2.16:DatasetFingerprint
            2.16:GetMinibatchSplitsWithPhysicalReplica 2.16:GetMinibatchesInCsrWithPhysicalReplica 2.16:GlobalIterId
            2.16:ListSnapshotChunksDataset 2.16:StoreMinibatchStatisticsInFdo 2.17:CalibrationStatisticsSaver
            2.17:ComputeDedupDataSizeV2 2.17:ComputeDedupDataTupleMaskV2 2.17:ConvertToListOfSparseCoreCooTensors
            2.17:ConvertToSparseCoreCsrWrappedCooTensor 2.17:GetStatsFromListOfSparseCoreCooTensors
            2.17:GetTpuTaskId 2.17:GlobalShuffleDataset 2.17:IndexFlatMapDataset 2.17:IteratorGetModelProto
            2.17:SortListOfSparseCoreCooTensors 2.17:UpdateTaskIdAndGlobalCoreArray 2.17:WeightedFlatMapDataset
            2.18:CheckPinned 2.1:CSRSparseMatrixComponents 2.1:CSRSparseMatrixToDense
            2.1:CSRSparseMatrixToSparseTensor 2.1:DatasetToGraphV2 2.1:DebugIdentityV2 2.1:DebugNumericSummaryV2
            2.1:DenseToCSRSparseMatrix 2.1:Eig 2.1:Erfinv 2.1:GenerateBoundingBoxProposals 2.1:MlirPassthroughOp
            2.1:Ndtri 2.1:ParseExampleV2 2.1:ParseSequenceExampleV2 2.1:Recv 2.1:Send 2.1:SparseMatrixAdd
            2.1:SparseMatrixMatMul 2.1:SparseMatrixMul 2.1:SparseMatrixNNZ 2.1:SparseMatrixOrderingAMD
            2.1:SparseMatrixSoftmax 2.1:SparseMatrixSoftmaxGrad 2.1:SparseMatrixSparseCholesky
            2.1:SparseMatrixSparseMatMul 2.1:SparseMatrixTranspose 2.1:SparseMatrixZeros
            2.1:SparseTensorToCSRSparseMatrix 2.20:DecodeWebP 2.21:DecodeJxl 2.2:AssertCardinalityDataset
            2.2:BoostedTreesCalculateBestFeatureSplitV2 2.2:CTCLossV2 2.2:CheckNumericsV2 2.2:Dawsn
            2.2:DtypeWithDefaultOp 2.2:DummyMemoryCache 2.2:Expint 2.2:FresnelCos 2.2:FresnelSin
            2.2:ImageProjectiveTransformV2 2.2:LegacyParallelInterleaveDatasetV2 2.2:MatrixDiagPartV3
            2.2:MatrixDiagV3 2.2:MatrixSetDiagV3 2.2:ParallelInterleaveDatasetV3 2.2:ParallelInterleaveDatasetV4
            2.2:ParallelMapDatasetV2 2.2:ParseExampleDatasetV2 2.2:QuantizedMatMulWithBiasAndDequantize
            2.2:QuantizedMatMulWithBiasAndRequantize 2.2:SobolSample 2.2:Spence 2.2:StatelessRandomBinomial
            2.2:StatelessRandomGammaV2 2.2:StatelessRandomPoisson 2.2:StatelessRandomUniformFullInt 2.2:ToBool
            2.2:Xlog1py 2.3:AnonymousSeedGenerator 2.3:BandedTriangularSolve 2.3:BesselI0 2.3:BesselI1 2.3:BesselJ0
            2.3:BesselJ1 2.3:BesselK0 2.3:BesselK0e 2.3:BesselK1 2.3:BesselK1e 2.3:BesselY0 2.3:BesselY1
            2.3:CompressElement 2.3:DataServiceDataset 2.3:DeleteSeedGenerator 2.3:DenseBincount
            2.3:DenseCountSparseOutput 2.3:DeviceIndex 2.3:DummyIterationCounter 2.3:DummySeedGenerator
            2.3:ExtractGlimpseV2 2.3:InitializeTableFromDataset 2.3:LoadDataset 2.3:RaggedBincount
            2.3:RaggedCountSparseOutput 2.3:RaggedCross 2.3:RegisterDataset 2.3:ResourceScatterNdMax
            2.3:ResourceScatterNdMin 2.3:SaveDataset 2.3:ScatterNdMax 2.3:ScatterNdMin 2.3:ShuffleAndRepeatDatasetV2
            2.3:ShuffleDatasetV3 2.3:SnapshotDatasetV2 2.3:SparseBincount 2.3:SparseCountSparseOutput
            2.3:SparseCrossHashed 2.3:SparseCrossV2 2.3:StatelessParameterizedTruncatedNormal 2.3:TensorScatterMax
            2.3:TensorScatterMin 2.3:UncompressElement 2.4:CSVDatasetV2 2.4:CollectiveGatherV2
            2.4:CollectiveReduceV2 2.4:ComputeBatchSize 2.4:DecodeImage 2.4:EmptyTensorMap
            2.4:ImageProjectiveTransformV3 2.4:IsotonicRegression 2.4:KthOrderStatistic 2.4:MakeUnique
            2.4:OptimizeDatasetV2 2.4:OutfeedDequeueTupleV2 2.4:OutfeedDequeueV2 2.4:QuantizeAndDequantizeV4
            2.4:QuantizeAndDequantizeV4Grad 2.4:RaggedTensorToVariantGradient 2.4:RebatchDatasetV2
            2.4:RngReadAndSkip 2.4:StatelessCase 2.4:StatelessRandomGetKeyCounterAlg 2.4:StatelessRandomNormalV2
            2.4:StatelessRandomUniformFullIntV2 2.4:StatelessRandomUniformIntV2 2.4:StatelessRandomUniformV2
            2.4:StatelessSampleDistortedBoundingBox 2.4:StatelessTruncatedNormalV2 2.4:TensorMapErase
            2.4:TensorMapHasKey 2.4:TensorMapInsert 2.4:TensorMapLookup 2.4:TensorMapSize 2.4:TensorMapStackKeys
            2.4:TopKUnique 2.4:TopKWithUnique 2.5:CollectiveBcastRecvV2 2.5:CollectiveBcastSendV2
            2.5:DataServiceDatasetV2 2.5:FinalizeDataset 2.5:GetOptions 2.5:OptionsDataset 2.5:ParallelBatchDataset
            2.5:QuantizedConcatV2 2.5:RiscAbs 2.5:RiscAdd 2.5:RiscBinaryArithmetic 2.5:RiscBinaryComparison
            2.5:RiscBitcast 2.5:RiscBroadcast 2.5:RiscCast 2.5:RiscCeil 2.5:RiscCholesky 2.5:RiscConcat
            2.5:RiscCondition 2.5:RiscConv 2.5:RiscCos 2.5:RiscDiv 2.5:RiscDot 2.5:RiscExp 2.5:RiscFft 2.5:RiscFloor
            2.5:RiscGather 2.5:RiscImag 2.5:RiscIsFinite 2.5:RiscLog 2.5:RiscLogicalAnd 2.5:RiscLogicalNot
            2.5:RiscLogicalOr 2.5:RiscMax 2.5:RiscMin 2.5:RiscMul 2.5:RiscNeg 2.5:RiscPad 2.5:RiscPool 2.5:RiscPow
            2.5:RiscRandomUniform 2.5:RiscReal 2.5:RiscReduce 2.5:RiscRem 2.5:RiscReshape 2.5:RiscReverse
            2.5:RiscScatter 2.5:RiscShape 2.5:RiscSign 2.5:RiscSlice 2.5:RiscSort 2.5:RiscSqueeze 2.5:RiscSub
            2.5:RiscTranspose 2.5:RiscTriangularSolve 2.5:RiscUnary 2.5:RiscWhile 2.5:StatelessRandomGetAlg
            2.5:StatelessRandomGetKeyCounter 2.6:BatchMatMulV3 2.6:CompositeTensorVariantFromComponents
            2.6:CompositeTensorVariantToComponents 2.6:SnapshotDatasetReader 2.6:SnapshotNestedDatasetReader
            2.6:SparseSegmentSumGrad 2.6:TfLiteSubgraphExecute 2.6:Window 2.7:AnonymousHashTable
            2.7:AssignVariableXlaConcatND 2.7:CollectiveAllToAllV3 2.7:CollectiveInitializeCommunicator
            2.7:CollectiveReduceV3 2.7:DeleteRpcFutureResource 2.7:GetDeadline 2.7:GetElementAtIndex
            2.7:IsTensorFloat32Enabled 2.7:ReadVariableXlaSplitND 2.7:RpcCall 2.7:RpcCheckStatus 2.7:RpcClient
            2.7:RpcGetValue 2.7:RpcServer 2.7:RpcServerRegister 2.7:RpcServerStart 2.7:SaveDatasetV2 2.7:SleepOp
            2.7:WindowOp 2.8:AnonymousIteratorV3 2.8:AnonymousMutableDenseHashTable 2.8:AnonymousMutableHashTable
            2.8:AnonymousMutableHashTableOfTensors 2.8:DataServiceDatasetV3 2.8:FileSystemSetConfiguration
            2.8:IsResourceHandleRefCounting 2.8:MakeWeakResourceHandle 2.8:SleepIdentityOp
            2.9:AnonymousMultiDeviceIteratorV3 2.9:AssertPrevDataset 2.9:CollectiveAssignGroupV2 2.9:CopyToMesh
            2.9:CustomAggregator 2.9:DTensorAllGather 2.9:DTensorAllReduce 2.9:DTensorAllScatter
            2.9:DTensorReduceScatter 2.9:DTensorRestoreV2 2.9:DTensorShardedPrefix 2.9:ParallelFilterDataset
            2.9:RandomIndexShuffle 2.9:Relayout
            """)

    /// The newest version of graph definitions that each release takes.
    static let graphVersions = Set(
        words: """
            1.13:27 1.14:38 1.15:134 2.0:119 2.10:1205 2.11:1286 2.12:1395 2.13:1482 2.14:1575 2.15:1645 2.16:1766
            2.17:1882 2.18:1994 2.19:2129 2.1:175 2.20:2288 2.21:2474 2.2:175 2.3:440 2.4:561 2.5:716 2.6:808
            2.7:898 2.8:987 2.9:1087
            """)
}
