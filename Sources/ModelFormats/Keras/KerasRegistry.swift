/// What Keras finds by itself when it reads a configuration: classes that have from_config, and functions of the
/// modules that it looks functions up in. Names are those below the package, `layers.Dense` for keras.layers.Dense,
/// without the `src` of internal modules.
///
/// Written by TestArtifacts/make/registry_keras.py; the releases are those of `LoaderVersions`.
enum KerasRegistry {
    /// Keras 3, by module and name.
    static let keras3 = Set(
        words: """
            DTypePolicy FloatDTypePolicy Function Initializer InputSpec Layer Loss Metric Model Operation Optimizer
            Quantizer Regularizer Sequential activations.activations.Mish activations.celu activations.elu
            activations.exponential activations.gelu activations.glu activations.hard_shrink
            activations.hard_sigmoid activations.hard_silu activations.hard_swish activations.hard_tanh
            activations.leaky_relu activations.linear activations.log_sigmoid activations.log_softmax
            activations.mish activations.relu activations.relu6 activations.selu activations.sigmoid
            activations.silu activations.soft_shrink activations.softmax activations.softplus activations.softsign
            activations.sparse_plus activations.sparse_sigmoid activations.sparsemax activations.squareplus
            activations.swish activations.tanh activations.tanh_shrink activations.threshold
            applications.convnext.LayerScale applications.convnext.StochasticDepth
            applications.inception_resnet_v2.CustomScaleLayer backend.tensorflow.optimizer.TFOptimizer
            constraints.Constraint constraints.MaxNorm constraints.MinMaxNorm constraints.NonNeg
            constraints.UnitNorm constraints.max_norm constraints.min_max_norm constraints.non_neg
            constraints.unit_norm distillation.Distiller distillation.FeatureDistillation
            distillation.LogitsDistillation dtype_policies.AWQDTypePolicy dtype_policies.DTypePolicy
            dtype_policies.DTypePolicyMap dtype_policies.FloatDTypePolicy dtype_policies.GPTQDTypePolicy
            dtype_policies.Int4DTypePolicy dtype_policies.QuantizedDTypePolicy
            dtype_policies.QuantizedFloat8DTypePolicy initializers.Constant initializers.GlorotNormal
            initializers.GlorotUniform initializers.HeNormal initializers.HeUniform initializers.Identity
            initializers.IdentityInitializer initializers.Initializer initializers.LecunNormal
            initializers.LecunUniform initializers.Ones initializers.Orthogonal initializers.OrthogonalInitializer
            initializers.RandomNormal initializers.RandomUniform initializers.STFT initializers.STFTInitializer
            initializers.TruncatedNormal initializers.VarianceScaling initializers.Zeros initializers.constant
            initializers.glorot_normal initializers.glorot_uniform initializers.he_normal initializers.he_uniform
            initializers.identity initializers.lecun_normal initializers.lecun_uniform initializers.ones
            initializers.orthogonal initializers.random_initializers.RandomInitializer initializers.random_normal
            initializers.random_uniform initializers.stft initializers.truncated_normal
            initializers.variance_scaling initializers.zeros layers.Activation layers.ActivityRegularization
            layers.AdaptiveAveragePooling1D layers.AdaptiveAveragePooling2D layers.AdaptiveAveragePooling3D
            layers.AdaptiveMaxPooling1D layers.AdaptiveMaxPooling2D layers.AdaptiveMaxPooling3D layers.Add
            layers.AdditiveAttention layers.AlphaDropout layers.Attention layers.AugMix layers.AutoContrast
            layers.Average layers.AveragePooling1D layers.AveragePooling2D layers.AveragePooling3D layers.AvgPool1D
            layers.AvgPool2D layers.AvgPool3D layers.BatchNormalization layers.Bidirectional layers.CategoryEncoding
            layers.CenterCrop layers.Concatenate layers.ContrastLimitedAdaptiveHistogramEqualization layers.Conv1D
            layers.Conv1DTranspose layers.Conv2D layers.Conv2DTranspose layers.Conv3D layers.Conv3DTranspose
            layers.ConvLSTM1D layers.ConvLSTM2D layers.ConvLSTM3D layers.Convolution1D layers.Convolution1DTranspose
            layers.Convolution2D layers.Convolution2DTranspose layers.Convolution3D layers.Convolution3DTranspose
            layers.Cropping1D layers.Cropping2D layers.Cropping3D layers.CutMix layers.Dense layers.DepthwiseConv1D
            layers.DepthwiseConv2D layers.Discretization layers.Dot layers.Dropout layers.ELU layers.EinsumDense
            layers.Embedding layers.Equalization layers.Flatten layers.FlaxLayer layers.GRU layers.GRUCell
            layers.GaussianDropout layers.GaussianNoise layers.GlobalAveragePooling1D layers.GlobalAveragePooling2D
            layers.GlobalAveragePooling3D layers.GlobalAvgPool1D layers.GlobalAvgPool2D layers.GlobalAvgPool3D
            layers.GlobalMaxPool1D layers.GlobalMaxPool2D layers.GlobalMaxPool3D layers.GlobalMaxPooling1D
            layers.GlobalMaxPooling2D layers.GlobalMaxPooling3D layers.GroupNormalization layers.GroupQueryAttention
            layers.HashedCrossing layers.Hashing layers.Identity layers.InputLayer layers.InputSpec
            layers.IntegerLookup layers.JaxLayer layers.LSTM layers.LSTMCell layers.Lambda layers.Layer
            layers.LayerNormalization layers.LeakyReLU layers.Masking layers.MaxNumBoundingBoxes layers.MaxPool1D
            layers.MaxPool2D layers.MaxPool3D layers.MaxPooling1D layers.MaxPooling2D layers.MaxPooling3D
            layers.Maximum layers.MelSpectrogram layers.Minimum layers.MixUp layers.MultiHeadAttention
            layers.Multiply layers.Normalization layers.PReLU layers.Permute layers.Pipeline layers.RMSNormalization
            layers.RNN layers.RandAugment layers.RandomBrightness layers.RandomColorDegeneration
            layers.RandomColorJitter layers.RandomContrast layers.RandomCrop layers.RandomElasticTransform
            layers.RandomErasing layers.RandomFlip layers.RandomGaussianBlur layers.RandomGrayscale layers.RandomHue
            layers.RandomInvert layers.RandomPerspective layers.RandomPosterization layers.RandomRotation
            layers.RandomSaturation layers.RandomSharpness layers.RandomShear layers.RandomTranslation
            layers.RandomZoom layers.ReLU layers.RepeatVector layers.Rescaling layers.Reshape layers.Resizing
            layers.ReversibleEmbedding layers.STFTSpectrogram layers.SeparableConv1D layers.SeparableConv2D
            layers.SeparableConvolution1D layers.SeparableConvolution2D layers.SimpleRNN layers.SimpleRNNCell
            layers.Softmax layers.Solarization layers.SpatialDropout1D layers.SpatialDropout2D
            layers.SpatialDropout3D layers.SpectralNormalization layers.StackedRNNCells layers.StringLookup
            layers.Subtract layers.TFSMLayer layers.TextVectorization layers.TimeDistributed
            layers.TorchModuleWrapper layers.UnitNormalization layers.UpSampling1D layers.UpSampling2D
            layers.UpSampling3D layers.Wrapper layers.ZeroPadding1D layers.ZeroPadding2D layers.ZeroPadding3D
            layers.attention.grouped_query_attention.GroupedQueryAttention layers.convolutional.base_conv.BaseConv
            layers.convolutional.base_conv_transpose.BaseConvTranspose
            layers.convolutional.base_depthwise_conv.BaseDepthwiseConv
            layers.convolutional.base_separable_conv.BaseSeparableConv layers.merging.base_merge.Merge
            layers.pooling.base_adaptive_pooling.BaseAdaptiveAveragePooling
            layers.pooling.base_adaptive_pooling.BaseAdaptiveMaxPooling
            layers.pooling.base_adaptive_pooling.BaseAdaptivePooling
            layers.pooling.base_global_pooling.BaseGlobalPooling layers.pooling.base_pooling.BasePooling
            layers.preprocessing.data_layer.DataLayer layers.preprocessing.feature_space.Cross
            layers.preprocessing.feature_space.Feature layers.preprocessing.feature_space.TFDConcat
            layers.preprocessing.feature_space.TFDIdentity
            layers.preprocessing.image_preprocessing.base_image_preprocessing_layer.BaseImagePreprocessingLayer
            layers.preprocessing.image_preprocessing.random_shear.RandomShear
            layers.preprocessing.index_lookup.IndexLookup layers.preprocessing.tf_data_layer.TFDataLayer
            layers.regularization.spatial_dropout.BaseSpatialDropout layers.rnn.conv_lstm.ConvLSTM
            layers.rnn.conv_lstm.ConvLSTMCell legacy.layers.RandomHeight legacy.layers.RandomWidth
            legacy.layers.ThresholdedReLU losses.BinaryCrossentropy losses.BinaryFocalCrossentropy losses.CTC
            losses.CategoricalCrossentropy losses.CategoricalFocalCrossentropy
            losses.CategoricalGeneralizedCrossEntropy losses.CategoricalHinge losses.Circle losses.CosineSimilarity
            losses.Dice losses.Hinge losses.Huber losses.KLDivergence losses.LogCosh losses.Loss
            losses.MeanAbsoluteError losses.MeanAbsolutePercentageError losses.MeanSquaredError
            losses.MeanSquaredLogarithmicError losses.Poisson losses.SparseCategoricalCrossentropy
            losses.SquaredHinge losses.Tversky losses.binary_crossentropy losses.binary_focal_crossentropy
            losses.categorical_crossentropy losses.categorical_focal_crossentropy
            losses.categorical_generalized_cross_entropy losses.categorical_hinge losses.circle
            losses.cosine_similarity losses.ctc losses.dice losses.hinge losses.huber losses.kl_divergence
            losses.log_cosh losses.losses.LossFunctionWrapper losses.mean_absolute_error
            losses.mean_absolute_percentage_error losses.mean_squared_error losses.mean_squared_logarithmic_error
            losses.poisson losses.sparse_categorical_crossentropy losses.squared_hinge losses.tversky metrics.AUC
            metrics.Accuracy metrics.BinaryAccuracy metrics.BinaryCrossentropy metrics.BinaryIoU
            metrics.CategoricalAccuracy metrics.CategoricalCrossentropy metrics.CategoricalHinge
            metrics.ConcordanceCorrelation metrics.CosineSimilarity metrics.F1Score metrics.FBetaScore
            metrics.FalseNegatives metrics.FalsePositives metrics.Hinge metrics.IoU metrics.KLDivergence
            metrics.LogCoshError metrics.Mean metrics.MeanAbsoluteError metrics.MeanAbsolutePercentageError
            metrics.MeanIoU metrics.MeanMetricWrapper metrics.MeanSquaredError metrics.MeanSquaredLogarithmicError
            metrics.Metric metrics.OneHotIoU metrics.OneHotMeanIoU metrics.PearsonCorrelation metrics.Poisson
            metrics.Precision metrics.PrecisionAtRecall metrics.R2Score metrics.Recall metrics.RecallAtPrecision
            metrics.RootMeanSquaredError metrics.SensitivityAtSpecificity metrics.SparseCategoricalAccuracy
            metrics.SparseCategoricalCrossentropy metrics.SparseTopKCategoricalAccuracy
            metrics.SpecificityAtSensitivity metrics.SquaredHinge metrics.Sum metrics.TopKCategoricalAccuracy
            metrics.TrueNegatives metrics.TruePositives metrics.binary_accuracy metrics.binary_crossentropy
            metrics.binary_focal_crossentropy metrics.categorical_accuracy metrics.categorical_crossentropy
            metrics.categorical_focal_crossentropy metrics.categorical_hinge metrics.concordance_correlation
            metrics.confusion_metrics.SensitivitySpecificityBase metrics.hinge metrics.huber metrics.kl_divergence
            metrics.log_cosh metrics.mean_absolute_error metrics.mean_absolute_percentage_error
            metrics.mean_squared_error metrics.mean_squared_logarithmic_error metrics.pearson_correlation
            metrics.poisson metrics.sparse_categorical_accuracy metrics.sparse_categorical_crossentropy
            metrics.sparse_top_k_categorical_accuracy metrics.squared_hinge metrics.top_k_categorical_accuracy
            mixed_precision.DTypePolicy mixed_precision.LossScaleOptimizer mixed_precision.Policy models.Model
            models.Sequential models.functional.Functional models.model.Model models.sequential.Sequential ops.abs
            ops.absolute ops.adaptive_average_pool ops.adaptive_max_pool ops.add ops.all ops.allclose ops.amax
            ops.amin ops.angle ops.any ops.append ops.arange ops.arccos ops.arccosh ops.arcsin ops.arcsinh
            ops.arctan ops.arctan2 ops.arctanh ops.argmax ops.argmin ops.argpartition ops.argsort ops.array
            ops.array_split ops.associative_scan ops.average ops.average_pool ops.bartlett ops.batch_normalization
            ops.binary_crossentropy ops.bincount ops.bitwise_and ops.bitwise_invert ops.bitwise_left_shift
            ops.bitwise_not ops.bitwise_or ops.bitwise_right_shift ops.bitwise_xor ops.blackman ops.broadcast_to
            ops.cast ops.categorical_crossentropy ops.cbrt ops.cdist ops.ceil ops.celu ops.cholesky
            ops.cholesky_inverse ops.clip ops.concatenate ops.cond ops.conj ops.conjugate ops.conv
            ops.conv_transpose ops.convert_to_numpy ops.convert_to_tensor ops.copy ops.core.AssociativeScan
            ops.core.Cast ops.core.Cond ops.core.ConvertToTensor ops.core.ForiLoop ops.core.Map
            ops.core.SaturateCast ops.core.Scan ops.core.Scatter ops.core.ScatterUpdate ops.core.Slice
            ops.core.SliceUpdate ops.core.StopGradient ops.core.Switch ops.core.Unstack ops.core.VectorizedMap
            ops.core.WhileLoop ops.corrcoef ops.correlate ops.cos ops.cosh ops.count_nonzero ops.cross
            ops.ctc_decode ops.ctc_loss ops.cumprod ops.cumsum ops.custom_gradient ops.deg2rad ops.depth_to_space
            ops.depthwise_conv ops.det ops.diag ops.diagflat ops.diagonal ops.diff ops.digitize ops.divide
            ops.divide_no_nan ops.dot ops.dot_product_attention ops.dsplit ops.dstack ops.dtype ops.eig ops.eigh
            ops.einops.Rearrange ops.einsum ops.elu ops.empty ops.empty_like ops.equal ops.erf ops.erfc ops.erfinv
            ops.exp ops.exp2 ops.expand_dims ops.expm1 ops.extract_sequences ops.eye ops.fabs ops.fft ops.fft2
            ops.flip ops.fliplr ops.flipud ops.floor ops.floor_divide ops.fmax ops.fmin ops.fmod ops.fold
            ops.fori_loop ops.full ops.full_like ops.function.Function ops.gcd ops.gelu ops.geomspace ops.get_item
            ops.glu ops.greater ops.greater_equal ops.hamming ops.hanning ops.hard_shrink ops.hard_sigmoid
            ops.hard_silu ops.hard_swish ops.hard_tanh ops.heaviside ops.histogram ops.hsplit ops.hstack ops.hypot
            ops.i0 ops.identity ops.ifft2 ops.imag ops.image.AffineTransform ops.image.CropImages
            ops.image.ElasticTransform ops.image.ExtractPatches ops.image.GaussianBlur ops.image.HSVToRGB
            ops.image.MapCoordinates ops.image.PadImages ops.image.PerspectiveTransform ops.image.RGBToGrayscale
            ops.image.RGBToHSV ops.image.Resize ops.image.SSIM ops.image.ScaleAndTranslate ops.image.SobelEdges
            ops.in_top_k ops.inner ops.inv ops.irfft ops.is_tensor ops.isclose ops.isfinite ops.isin ops.isinf
            ops.isnan ops.isneginf ops.isposinf ops.isreal ops.istft ops.jvp ops.kaiser ops.kron
            ops.layer_normalization ops.lcm ops.ldexp ops.leaky_relu ops.left_shift ops.less ops.less_equal
            ops.linalg.Cholesky ops.linalg.CholeskyInverse ops.linalg.Det ops.linalg.Eig ops.linalg.Eigh
            ops.linalg.Inv ops.linalg.JVP ops.linalg.Lstsq ops.linalg.LuFactor ops.linalg.MatrixRank ops.linalg.Norm
            ops.linalg.Pinv ops.linalg.Qr ops.linalg.SVD ops.linalg.Solve ops.linalg.SolveTriangular ops.linspace
            ops.log ops.log10 ops.log1p ops.log2 ops.log_sigmoid ops.log_softmax ops.logaddexp ops.logaddexp2
            ops.logdet ops.logical_and ops.logical_not ops.logical_or ops.logical_xor ops.logspace ops.logsumexp
            ops.lstsq ops.lu_factor ops.map ops.math.CDist ops.math.Erf ops.math.Erfc ops.math.Erfinv
            ops.math.ExtractSequences ops.math.FFT ops.math.FFT2 ops.math.IFFT2 ops.math.IRFFT ops.math.ISTFT
            ops.math.InTopK ops.math.Logdet ops.math.Logsumexp ops.math.RFFT ops.math.Rsqrt ops.math.STFT
            ops.math.SegmentMax ops.math.SegmentMin ops.math.SegmentProd ops.math.SegmentReduction
            ops.math.SegmentSum ops.math.TopK ops.math.ViewAsComplex ops.math.ViewAsReal ops.matmul ops.matrix_rank
            ops.max ops.max_pool ops.maximum ops.mean ops.median ops.meshgrid ops.min ops.minimum ops.mod
            ops.moments ops.moveaxis ops.multi_hot ops.multiply ops.nan_to_num ops.nanargmax ops.nanargmin
            ops.nancumprod ops.nancumsum ops.nanmax ops.nanmean ops.nanmedian ops.nanmin ops.nanpercentile
            ops.nanprod ops.nanquantile ops.nanstd ops.nansum ops.nanvar ops.ndim ops.negative ops.nextafter
            ops.nn.AdaptiveAveragePool ops.nn.AdaptiveMaxPool ops.nn.AveragePool ops.nn.BatchNorm
            ops.nn.BinaryCrossentropy ops.nn.CTCDecode ops.nn.CTCLoss ops.nn.CategoricalCrossentropy ops.nn.Celu
            ops.nn.Conv ops.nn.ConvTranspose ops.nn.CtcLoss ops.nn.DepthToSpace ops.nn.DepthwiseConv
            ops.nn.DotProductAttention ops.nn.Elu ops.nn.Fold ops.nn.Gelu ops.nn.Glu ops.nn.HardShrink
            ops.nn.HardSigmoid ops.nn.HardSilu ops.nn.HardTanh ops.nn.LayerNorm ops.nn.LeakyRelu ops.nn.LogSigmoid
            ops.nn.LogSoftmax ops.nn.MaxPool ops.nn.Moments ops.nn.MultiHot ops.nn.Normalize ops.nn.OneHot
            ops.nn.PSNR ops.nn.Polar ops.nn.RMSNorm ops.nn.Relu ops.nn.Relu6 ops.nn.Selu ops.nn.SeparableConv
            ops.nn.Sigmoid ops.nn.Silu ops.nn.SoftShrink ops.nn.Softmax ops.nn.Softplus ops.nn.Softsign
            ops.nn.SpaceToDepth ops.nn.SparseCategoricalCrossentropy ops.nn.SparsePlus ops.nn.SparseSigmoid
            ops.nn.Sparsemax ops.nn.Squareplus ops.nn.TanhShrink ops.nn.Threshold ops.nn.Unfold ops.nonzero ops.norm
            ops.normalize ops.not_equal ops.numpy.Abs ops.numpy.Absolute ops.numpy.Add ops.numpy.All
            ops.numpy.AllClose ops.numpy.Amax ops.numpy.Amin ops.numpy.Angle ops.numpy.Any ops.numpy.Append
            ops.numpy.Arange ops.numpy.Arccos ops.numpy.Arccosh ops.numpy.Arcsin ops.numpy.Arcsinh ops.numpy.Arctan
            ops.numpy.Arctan2 ops.numpy.Arctanh ops.numpy.Argmax ops.numpy.Argmin ops.numpy.Argpartition
            ops.numpy.Argsort ops.numpy.Array ops.numpy.ArraySplit ops.numpy.Average ops.numpy.Bincount
            ops.numpy.BitwiseAnd ops.numpy.BitwiseInvert ops.numpy.BitwiseLeftShift ops.numpy.BitwiseNot
            ops.numpy.BitwiseOr ops.numpy.BitwiseRightShift ops.numpy.BitwiseXor ops.numpy.BroadcastTo
            ops.numpy.Cbrt ops.numpy.Ceil ops.numpy.Clip ops.numpy.Concatenate ops.numpy.Conj ops.numpy.Conjugate
            ops.numpy.Copy ops.numpy.Corrcoef ops.numpy.Correlate ops.numpy.Cos ops.numpy.Cosh
            ops.numpy.CountNonzero ops.numpy.Cross ops.numpy.Cumprod ops.numpy.Cumsum ops.numpy.Deg2rad
            ops.numpy.Diag ops.numpy.Diagflat ops.numpy.Diagonal ops.numpy.Diff ops.numpy.Digitize ops.numpy.Divide
            ops.numpy.DivideNoNan ops.numpy.Dot ops.numpy.Dsplit ops.numpy.Dstack ops.numpy.Einsum ops.numpy.Empty
            ops.numpy.EmptyLike ops.numpy.Equal ops.numpy.Exp ops.numpy.Exp2 ops.numpy.ExpandDims ops.numpy.Expm1
            ops.numpy.Eye ops.numpy.Fabs ops.numpy.Flip ops.numpy.Fliplr ops.numpy.Flipud ops.numpy.Floor
            ops.numpy.FloorDivide ops.numpy.Fmax ops.numpy.Fmin ops.numpy.Fmod ops.numpy.Full ops.numpy.FullLike
            ops.numpy.Gcd ops.numpy.Geomspace ops.numpy.GetItem ops.numpy.Greater ops.numpy.GreaterEqual
            ops.numpy.Heaviside ops.numpy.Histogram ops.numpy.Hsplit ops.numpy.Hstack ops.numpy.Hypot ops.numpy.I0
            ops.numpy.Identity ops.numpy.Imag ops.numpy.Inner ops.numpy.IsIn ops.numpy.Isclose ops.numpy.Isfinite
            ops.numpy.Isinf ops.numpy.Isnan ops.numpy.Isneginf ops.numpy.Isposinf ops.numpy.Isreal ops.numpy.Kron
            ops.numpy.Lcm ops.numpy.Ldexp ops.numpy.LeftShift ops.numpy.Less ops.numpy.LessEqual ops.numpy.Linspace
            ops.numpy.Log ops.numpy.Log10 ops.numpy.Log1p ops.numpy.Log2 ops.numpy.Logaddexp ops.numpy.Logaddexp2
            ops.numpy.LogicalAnd ops.numpy.LogicalNot ops.numpy.LogicalOr ops.numpy.LogicalXor ops.numpy.Logspace
            ops.numpy.Matmul ops.numpy.Max ops.numpy.Maximum ops.numpy.Mean ops.numpy.Median ops.numpy.Meshgrid
            ops.numpy.Min ops.numpy.Minimum ops.numpy.Mod ops.numpy.Moveaxis ops.numpy.Multiply ops.numpy.NanToNum
            ops.numpy.Nanargmax ops.numpy.Nanargmin ops.numpy.Nancumprod ops.numpy.Nancumsum ops.numpy.Nanmax
            ops.numpy.Nanmean ops.numpy.Nanmedian ops.numpy.Nanmin ops.numpy.Nanpercentile ops.numpy.Nanprod
            ops.numpy.Nanquantile ops.numpy.Nanstd ops.numpy.Nansum ops.numpy.Nanvar ops.numpy.Ndim
            ops.numpy.Negative ops.numpy.Nextafter ops.numpy.Nonzero ops.numpy.NotEqual ops.numpy.Ones
            ops.numpy.OnesLike ops.numpy.Outer ops.numpy.Pad ops.numpy.Percentile ops.numpy.Power ops.numpy.Prod
            ops.numpy.Ptp ops.numpy.Quantile ops.numpy.Rad2deg ops.numpy.Ravel ops.numpy.Real ops.numpy.Reciprocal
            ops.numpy.Repeat ops.numpy.Reshape ops.numpy.RightShift ops.numpy.Roll ops.numpy.Rot90 ops.numpy.Round
            ops.numpy.SearchSorted ops.numpy.Select ops.numpy.Sign ops.numpy.Signbit ops.numpy.Sin ops.numpy.Sinc
            ops.numpy.Sinh ops.numpy.Size ops.numpy.Slogdet ops.numpy.Sort ops.numpy.Split ops.numpy.Sqrt
            ops.numpy.Square ops.numpy.Squeeze ops.numpy.Stack ops.numpy.Std ops.numpy.Subtract ops.numpy.Sum
            ops.numpy.Swapaxes ops.numpy.Take ops.numpy.TakeAlongAxis ops.numpy.Tan ops.numpy.Tanh
            ops.numpy.Tensordot ops.numpy.Tile ops.numpy.Trace ops.numpy.Transpose ops.numpy.Trapezoid ops.numpy.Tri
            ops.numpy.Tril ops.numpy.Triu ops.numpy.TrueDivide ops.numpy.Trunc ops.numpy.Unique
            ops.numpy.UnravelIndex ops.numpy.Vander ops.numpy.Var ops.numpy.Vdot ops.numpy.View ops.numpy.Vsplit
            ops.numpy.Vstack ops.numpy.Where ops.numpy.Zeros ops.numpy.ZerosLike ops.one_hot ops.ones ops.ones_like
            ops.operation.Operation ops.outer ops.pad ops.percentile ops.pinv ops.polar ops.power ops.prod ops.psnr
            ops.ptp ops.qr ops.quantile ops.rad2deg ops.ravel ops.real ops.rearrange ops.reciprocal ops.relu
            ops.relu6 ops.repeat ops.reshape ops.rfft ops.right_shift ops.rms_normalization ops.roll ops.rot90
            ops.round ops.rsqrt ops.saturate_cast ops.scan ops.scatter ops.scatter_update ops.searchsorted
            ops.segment_max ops.segment_min ops.segment_prod ops.segment_sum ops.select ops.selu ops.separable_conv
            ops.shape ops.sigmoid ops.sign ops.signbit ops.silu ops.sin ops.sinc ops.sinh ops.size ops.slice
            ops.slice_update ops.slogdet ops.soft_shrink ops.softmax ops.softplus ops.softsign ops.solve
            ops.solve_triangular ops.sort ops.space_to_depth ops.sparse_categorical_crossentropy ops.sparse_plus
            ops.sparse_sigmoid ops.sparsemax ops.split ops.sqrt ops.square ops.squareplus ops.squeeze ops.stack
            ops.std ops.stft ops.stop_gradient ops.subtract ops.sum ops.svd ops.swapaxes ops.swish ops.switch
            ops.take ops.take_along_axis ops.tan ops.tanh ops.tanh_shrink ops.tensordot ops.threshold ops.tile
            ops.top_k ops.trace ops.transpose ops.trapezoid ops.tri ops.tril ops.triu ops.true_divide ops.trunc
            ops.unfold ops.unique ops.unravel_index ops.unstack ops.vander ops.var ops.vdot ops.vectorize
            ops.vectorized_map ops.view ops.view_as_complex ops.view_as_real ops.vsplit ops.vstack ops.where
            ops.while_loop ops.zeros ops.zeros_like optimizers.Adadelta optimizers.Adafactor optimizers.Adagrad
            optimizers.Adam optimizers.AdamW optimizers.Adamax optimizers.Ftrl optimizers.Lamb optimizers.Lion
            optimizers.LossScaleOptimizer optimizers.MultiOptimizer optimizers.Muon optimizers.Nadam
            optimizers.Optimizer optimizers.OptimizerMap optimizers.RMSprop optimizers.SGD
            optimizers.ScheduleFreeAdamW optimizers.base_optimizer.BaseOptimizer optimizers.schedules.CosineDecay
            optimizers.schedules.CosineDecayRestarts optimizers.schedules.ExponentialDecay
            optimizers.schedules.InverseTimeDecay optimizers.schedules.LearningRateSchedule
            optimizers.schedules.PiecewiseConstantDecay optimizers.schedules.PolynomialDecay quantizers.AWQConfig
            quantizers.AbsMaxQuantizer quantizers.Float8QuantizationConfig quantizers.GPTQConfig
            quantizers.Int4QuantizationConfig quantizers.Int8QuantizationConfig quantizers.QuantizationConfig
            quantizers.Quantizer quantizers.quantizers.FakeQuantWithMinMaxVars quantizers.quantizers.GPTQQuantizer
            random.SeedGenerator regularizers.L1 regularizers.L1L2 regularizers.L2
            regularizers.OrthogonalRegularizer regularizers.Regularizer regularizers.l1 regularizers.l1_l2
            regularizers.l2 regularizers.orthogonal_regularizer trainers.compile_utils.CompileLoss
            trainers.compile_utils.CompileMetrics trainers.compile_utils.MetricsList utils.FeatureSpace
            """)
}
