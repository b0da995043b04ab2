/// What Keras finds without being given it when it reads a configuration: classes that have from_config, and functions of the
/// modules that it looks functions up in. Names are those below the package, `layers.Dense` for keras.layers.Dense,
/// without the `src` of internal modules.
///
/// Written by TestArtifacts/make/registry_keras.py; the releases are those of `LoaderVersions`.
enum KerasRegistry {
    /// Keras 2, by module and name.
    static let keras2 = Set(
        words: """
            Model Sequential __internal__.layers.BaseDenseAttention __internal__.layers.BaseImageAugmentationLayer
            __internal__.layers.BaseRandomLayer __internal__.losses.LossFunctionWrapper activations.elu
            activations.exponential activations.gelu activations.hard_sigmoid activations.linear activations.mish
            activations.relu activations.selu activations.sigmoid activations.softmax activations.softplus
            activations.softsign activations.swish activations.tanh applications.convnext.LayerScale
            applications.convnext.StochasticDepth applications.inception_resnet_v2.CustomScaleLayer
            constraints.Constraint constraints.MaxNorm constraints.MinMaxNorm constraints.NonNeg
            constraints.RadialConstraint constraints.UnitNorm constraints.max_norm constraints.maxnorm
            constraints.min_max_norm constraints.non_neg constraints.nonneg constraints.radial_constraint
            constraints.unit_norm constraints.unitnorm dtensor.experimental.optimizers.Adadelta
            dtensor.experimental.optimizers.Adagrad dtensor.experimental.optimizers.Adam
            dtensor.experimental.optimizers.AdamW dtensor.experimental.optimizers.RMSprop
            dtensor.experimental.optimizers.SGD dtensor.optimizers.Adadelta dtensor.optimizers.Adagrad
            dtensor.optimizers.Adam dtensor.optimizers.AdamW dtensor.optimizers.Optimizer dtensor.optimizers.RMSprop
            dtensor.optimizers.SGD engine.base_layer.AddLoss engine.base_layer.AddMetric
            engine.base_layer.TensorFlowOpLayer engine.compile_utils.LossesContainer engine.functional.Functional
            engine.functional.ModuleWrapper engine.sequential.Sequential engine.training.Model
            engine.training_v1.DistributedCallbackModel engine.training_v1.Model experimental.CosineDecay
            experimental.CosineDecayRestarts experimental.LinearModel experimental.SequenceFeatures
            experimental.WideDeepModel initializers.Constant initializers.GlorotNormal initializers.GlorotUniform
            initializers.HeNormal initializers.HeUniform initializers.Identity initializers.Initializer
            initializers.LecunNormal initializers.LecunUniform initializers.Ones initializers.Orthogonal
            initializers.RandomNormal initializers.RandomUniform initializers.TruncatedNormal
            initializers.VarianceScaling initializers.Zeros initializers.constant initializers.glorot_normal
            initializers.glorot_uniform initializers.he_normal initializers.he_uniform initializers.identity
            initializers.lecun_normal initializers.lecun_uniform initializers.ones initializers.orthogonal
            initializers.random_normal initializers.random_uniform initializers.truncated_normal
            initializers.variance_scaling initializers.zeros layers.AbstractRNNCell layers.Activation
            layers.ActivityRegularization layers.Add layers.AdditiveAttention layers.AlphaDropout layers.Attention
            layers.Average layers.AveragePooling1D layers.AveragePooling2D layers.AveragePooling3D layers.AvgPool1D
            layers.AvgPool2D layers.AvgPool3D layers.BatchNormalization layers.Bidirectional layers.CategoryEncoding
            layers.CenterCrop layers.Concatenate layers.Conv1D layers.Conv1DTranspose layers.Conv2D
            layers.Conv2DTranspose layers.Conv3D layers.Conv3DTranspose layers.ConvLSTM1D layers.ConvLSTM2D
            layers.ConvLSTM3D layers.Convolution1D layers.Convolution1DTranspose layers.Convolution2D
            layers.Convolution2DTranspose layers.Convolution3D layers.Convolution3DTranspose layers.Cropping1D
            layers.Cropping2D layers.Cropping3D layers.Dense layers.DenseFeatures layers.DepthwiseConv1D
            layers.DepthwiseConv2D layers.Discretization layers.Dot layers.Dropout layers.ELU layers.EinsumDense
            layers.Embedding layers.Flatten layers.GRU layers.GRUCell layers.GaussianDropout layers.GaussianNoise
            layers.GlobalAveragePooling1D layers.GlobalAveragePooling2D layers.GlobalAveragePooling3D
            layers.GlobalAvgPool1D layers.GlobalAvgPool2D layers.GlobalAvgPool3D layers.GlobalMaxPool1D
            layers.GlobalMaxPool2D layers.GlobalMaxPool3D layers.GlobalMaxPooling1D layers.GlobalMaxPooling2D
            layers.GlobalMaxPooling3D layers.GroupNormalization layers.HashedCrossing layers.Hashing layers.Identity
            layers.InputLayer layers.InputSpec layers.IntegerLookup layers.LSTM layers.LSTMCell layers.Lambda
            layers.Layer layers.LayerNormalization layers.LeakyReLU layers.LocallyConnected1D
            layers.LocallyConnected2D layers.Masking layers.MaxPool1D layers.MaxPool2D layers.MaxPool3D
            layers.MaxPooling1D layers.MaxPooling2D layers.MaxPooling3D layers.Maximum layers.Minimum
            layers.MultiHeadAttention layers.Multiply layers.Normalization layers.PReLU layers.Permute layers.RNN
            layers.RandomBrightness layers.RandomContrast layers.RandomCrop layers.RandomFlip layers.RandomHeight
            layers.RandomRotation layers.RandomTranslation layers.RandomWidth layers.RandomZoom layers.ReLU
            layers.RepeatVector layers.Rescaling layers.Reshape layers.Resizing layers.SeparableConv1D
            layers.SeparableConv2D layers.SeparableConvolution1D layers.SeparableConvolution2D layers.SimpleRNN
            layers.SimpleRNNCell layers.Softmax layers.SpatialDropout1D layers.SpatialDropout2D
            layers.SpatialDropout3D layers.SpectralNormalization layers.StackedRNNCells layers.StringLookup
            layers.Subtract layers.TextVectorization layers.ThresholdedReLU layers.TimeDistributed
            layers.UnitNormalization layers.UpSampling1D layers.UpSampling2D layers.UpSampling3D layers.Wrapper
            layers.ZeroPadding1D layers.ZeroPadding2D layers.ZeroPadding3D
            layers.attention.base_dense_attention.BaseDenseAttention layers.convolutional.base_conv.Conv
            layers.convolutional.base_depthwise_conv.DepthwiseConv
            layers.convolutional.base_separable_conv.SeparableConv layers.core.tf_op_layer.ClassMethod
            layers.core.tf_op_layer.InstanceMethod layers.core.tf_op_layer.InstanceProperty
            layers.core.tf_op_layer.SlicingOpLambda layers.core.tf_op_layer.TFOpLambda
            layers.experimental.DynamicEmbedding layers.experimental.DynamicLookup layers.experimental.EinsumDense
            layers.experimental.RandomFourierFeatures layers.experimental.SyncBatchNormalization
            layers.experimental.preprocessing.CategoryEncoding layers.experimental.preprocessing.CenterCrop
            layers.experimental.preprocessing.Discretization layers.experimental.preprocessing.HashedCrossing
            layers.experimental.preprocessing.Hashing layers.experimental.preprocessing.IntegerLookup
            layers.experimental.preprocessing.Normalization layers.experimental.preprocessing.PreprocessingLayer
            layers.experimental.preprocessing.RandomContrast layers.experimental.preprocessing.RandomCrop
            layers.experimental.preprocessing.RandomFlip layers.experimental.preprocessing.RandomHeight
            layers.experimental.preprocessing.RandomRotation layers.experimental.preprocessing.RandomTranslation
            layers.experimental.preprocessing.RandomWidth layers.experimental.preprocessing.RandomZoom
            layers.experimental.preprocessing.Rescaling layers.experimental.preprocessing.Resizing
            layers.experimental.preprocessing.StringLookup layers.experimental.preprocessing.TextVectorization
            layers.normalization.batch_normalization.BatchNormalizationBase
            layers.pooling.base_global_pooling1d.GlobalPooling1D
            layers.pooling.base_global_pooling2d.GlobalPooling2D
            layers.pooling.base_global_pooling3d.GlobalPooling3D layers.pooling.base_pooling1d.Pooling1D
            layers.pooling.base_pooling2d.Pooling2D layers.pooling.base_pooling3d.Pooling3D
            layers.preprocessing.index_lookup.IndexLookup
            layers.preprocessing.preprocessing_stage.FunctionalPreprocessingStage
            layers.preprocessing.preprocessing_stage.PreprocessingStage layers.rnn.base_conv_lstm.ConvLSTM
            layers.rnn.base_conv_lstm.ConvLSTMCell layers.rnn.base_conv_rnn.ConvRNN
            layers.rnn.cell_wrappers.DeviceWrapper layers.rnn.cell_wrappers.DropoutWrapper
            layers.rnn.cell_wrappers.ResidualWrapper layers.rnn.cudnn_gru.CuDNNGRU layers.rnn.cudnn_lstm.CuDNNLSTM
            layers.rnn.legacy_cell_wrappers.DeviceWrapper layers.rnn.legacy_cell_wrappers.DropoutWrapper
            layers.rnn.legacy_cell_wrappers.ResidualWrapper layers.rnn.legacy_cells.BasicLSTMCell
            layers.rnn.legacy_cells.BasicRNNCell layers.rnn.legacy_cells.LayerRNNCell
            layers.rnn.legacy_cells.MultiRNNCell layers.rnn.legacy_cells.RNNCell
            legacy_tf_layers.convolutional.Deconv2D legacy_tf_layers.convolutional.Deconv3D
            legacy_tf_layers.convolutional.Deconvolution2D legacy_tf_layers.convolutional.Deconvolution3D
            legacy_tf_layers.core.FullyConnected legacy_tf_layers.normalization.BatchNorm
            legacy_tf_layers.variable_scope_shim.VariableScopeLayer losses.BinaryCrossentropy
            losses.BinaryFocalCrossentropy losses.CategoricalCrossentropy losses.CategoricalFocalCrossentropy
            losses.CategoricalHinge losses.CosineSimilarity losses.Hinge losses.Huber losses.KLD losses.KLDivergence
            losses.LogCosh losses.Loss losses.LossFunctionWrapper losses.MAE losses.MAPE losses.MSE losses.MSLE
            losses.MeanAbsoluteError losses.MeanAbsolutePercentageError losses.MeanSquaredError
            losses.MeanSquaredLogarithmicError losses.Poisson losses.SparseCategoricalCrossentropy
            losses.SquaredHinge losses.binary_crossentropy losses.binary_focal_crossentropy
            losses.categorical_crossentropy losses.categorical_focal_crossentropy losses.categorical_hinge
            losses.cosine_similarity losses.hinge losses.huber losses.kl_divergence losses.kld
            losses.kullback_leibler_divergence losses.log_cosh losses.logcosh losses.mae losses.mape
            losses.mean_absolute_error losses.mean_absolute_percentage_error losses.mean_squared_error
            losses.mean_squared_logarithmic_error losses.mse losses.msle losses.poisson
            losses.sparse_categorical_crossentropy losses.squared_hinge metrics.AUC metrics.Accuracy
            metrics.BinaryAccuracy metrics.BinaryCrossentropy metrics.BinaryIoU metrics.CategoricalAccuracy
            metrics.CategoricalCrossentropy metrics.CategoricalHinge metrics.CosineSimilarity metrics.F1Score
            metrics.FBetaScore metrics.FalseNegatives metrics.FalsePositives metrics.Hinge metrics.IoU metrics.KLD
            metrics.KLDivergence metrics.LogCoshError metrics.MAE metrics.MAPE metrics.MSE metrics.MSLE metrics.Mean
            metrics.MeanAbsoluteError metrics.MeanAbsolutePercentageError metrics.MeanIoU metrics.MeanMetricWrapper
            metrics.MeanRelativeError metrics.MeanSquaredError metrics.MeanSquaredLogarithmicError
            metrics.MeanTensor metrics.Metric metrics.OneHotIoU metrics.OneHotMeanIoU metrics.Poisson
            metrics.Precision metrics.PrecisionAtRecall metrics.R2Score metrics.Recall metrics.RecallAtPrecision
            metrics.RootMeanSquaredError metrics.SensitivityAtSpecificity metrics.SparseCategoricalAccuracy
            metrics.SparseCategoricalCrossentropy metrics.SparseTopKCategoricalAccuracy
            metrics.SpecificityAtSensitivity metrics.SquaredHinge metrics.Sum metrics.TopKCategoricalAccuracy
            metrics.TrueNegatives metrics.TruePositives metrics.base_metric.Reduce
            metrics.base_metric.SumOverBatchSize metrics.base_metric.SumOverBatchSizeMetricWrapper
            metrics.binary_accuracy metrics.binary_crossentropy metrics.binary_focal_crossentropy
            metrics.categorical_accuracy metrics.categorical_crossentropy metrics.categorical_focal_crossentropy
            metrics.confusion_metrics.SensitivitySpecificityBase metrics.experimental.PyMetric metrics.hinge
            metrics.kl_divergence metrics.kld metrics.kullback_leibler_divergence metrics.log_cosh metrics.logcosh
            metrics.mae metrics.mape metrics.mean_absolute_error metrics.mean_absolute_percentage_error
            metrics.mean_squared_error metrics.mean_squared_logarithmic_error
            metrics.metrics.SensitivitySpecificityBase metrics.mse metrics.msle metrics.poisson
            metrics.sparse_categorical_accuracy metrics.sparse_categorical_crossentropy
            metrics.sparse_top_k_categorical_accuracy metrics.squared_hinge metrics.top_k_categorical_accuracy
            mixed_precision.Policy mixed_precision.loss_scale_optimizer.LossScaleOptimizer
            mixed_precision.loss_scale_optimizer.LossScaleOptimizerV3 models.Model models.Sequential
            models.experimental.SharpnessAwareMinimization optimizers.Adadelta optimizers.Adafactor
            optimizers.Adagrad optimizers.Adam optimizers.AdamW optimizers.Adamax optimizers.Ftrl optimizers.Lion
            optimizers.Nadam optimizers.Optimizer optimizers.RMSprop optimizers.SGD optimizers.experimental.Adadelta
            optimizers.experimental.Adafactor optimizers.experimental.Adagrad optimizers.experimental.Adam
            optimizers.experimental.AdamW optimizers.experimental.Adamax optimizers.experimental.Ftrl
            optimizers.experimental.Nadam optimizers.experimental.Optimizer optimizers.experimental.RMSprop
            optimizers.experimental.SGD optimizers.legacy.Adadelta optimizers.legacy.Adagrad optimizers.legacy.Adam
            optimizers.legacy.Adamax optimizers.legacy.Ftrl optimizers.legacy.Nadam optimizers.legacy.Optimizer
            optimizers.legacy.RMSprop optimizers.legacy.SGD optimizers.legacy.adam.NonFusedAdam
            optimizers.legacy.optimizer_v2.OptimizerV2 optimizers.legacy.optimizer_v2.RestoredOptimizer
            optimizers.legacy.rmsprop.RMSProp optimizers.optimizer.RestoredOptimizer
            optimizers.optimizer_experimental.optimizer.RestoredOptimizer optimizers.optimizer_v1.TFOptimizer
            optimizers.optimizer_v1.adadelta optimizers.optimizer_v1.adagrad optimizers.optimizer_v1.adam
            optimizers.optimizer_v1.adamax optimizers.optimizer_v1.nadam optimizers.optimizer_v1.rmsprop
            optimizers.optimizer_v1.sgd optimizers.optimizer_v2.adam.NonFusedAdam
            optimizers.optimizer_v2.optimizer_v2.OptimizerV2 optimizers.optimizer_v2.optimizer_v2.RestoredOptimizer
            optimizers.optimizer_v2.rmsprop.RMSProp optimizers.schedules.CosineDecay
            optimizers.schedules.CosineDecayRestarts optimizers.schedules.ExponentialDecay
            optimizers.schedules.InverseTimeDecay optimizers.schedules.LearningRateSchedule
            optimizers.schedules.PiecewiseConstantDecay optimizers.schedules.PolynomialDecay
            optimizers.schedules.learning_rate_schedule.LinearCosineDecay
            optimizers.schedules.learning_rate_schedule.NoisyLinearCosineDecay regularizers.L1 regularizers.L1L2
            regularizers.L2 regularizers.OrthogonalRegularizer regularizers.Regularizer regularizers.l1
            regularizers.l1_l2 regularizers.l2 regularizers.orthogonal_regularizer utils.FeatureSpace
            utils.feature_space.Cross utils.feature_space.Feature
            """)

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
            backend.torch.optimizers.torch_adadelta.Adadelta backend.torch.optimizers.torch_adagrad.Adagrad
            backend.torch.optimizers.torch_adam.Adam backend.torch.optimizers.torch_adamax.Adamax
            backend.torch.optimizers.torch_adamw.AdamW backend.torch.optimizers.torch_lion.Lion
            backend.torch.optimizers.torch_nadam.Nadam backend.torch.optimizers.torch_optimizer.TorchOptimizer
            backend.torch.optimizers.torch_parallel_optimizer.TorchParallelOptimizer
            backend.torch.optimizers.torch_rmsprop.RMSprop backend.torch.optimizers.torch_sgd.SGD
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
            ops.image.ElasticTransform ops.image.ExtractPatches ops.image.ExtractPatches3D ops.image.GaussianBlur
            ops.image.HSVToRGB ops.image.MapCoordinates ops.image.PadImages ops.image.PerspectiveTransform
            ops.image.RGBToGrayscale ops.image.RGBToHSV ops.image.Resize ops.image.SSIM ops.image.ScaleAndTranslate
            ops.image.SobelEdges ops.in_top_k ops.inner ops.inv ops.irfft ops.is_tensor ops.isclose ops.isfinite
            ops.isin ops.isinf ops.isnan ops.isneginf ops.isposinf ops.isreal ops.istft ops.jvp ops.kaiser ops.kron
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
            ops.numpy.Argsort ops.numpy.Array ops.numpy.ArraySplit ops.numpy.Average ops.numpy.Bartlett
            ops.numpy.Bincount ops.numpy.BitwiseAnd ops.numpy.BitwiseInvert ops.numpy.BitwiseLeftShift
            ops.numpy.BitwiseNot ops.numpy.BitwiseOr ops.numpy.BitwiseRightShift ops.numpy.BitwiseXor
            ops.numpy.Blackman ops.numpy.BroadcastTo ops.numpy.Cbrt ops.numpy.Ceil ops.numpy.Clip
            ops.numpy.Concatenate ops.numpy.Conj ops.numpy.Conjugate ops.numpy.Copy ops.numpy.Corrcoef
            ops.numpy.Correlate ops.numpy.Cos ops.numpy.Cosh ops.numpy.CountNonzero ops.numpy.Cross
            ops.numpy.Cumprod ops.numpy.Cumsum ops.numpy.Deg2rad ops.numpy.Diag ops.numpy.Diagflat
            ops.numpy.Diagonal ops.numpy.Diff ops.numpy.Digitize ops.numpy.Divide ops.numpy.DivideNoNan
            ops.numpy.Dot ops.numpy.Dsplit ops.numpy.Dstack ops.numpy.Einsum ops.numpy.Empty ops.numpy.EmptyLike
            ops.numpy.Equal ops.numpy.Exp ops.numpy.Exp2 ops.numpy.ExpandDims ops.numpy.Expm1 ops.numpy.Eye
            ops.numpy.Fabs ops.numpy.Flip ops.numpy.Fliplr ops.numpy.Flipud ops.numpy.Floor ops.numpy.FloorDivide
            ops.numpy.Fmax ops.numpy.Fmin ops.numpy.Fmod ops.numpy.Full ops.numpy.FullLike ops.numpy.Gcd
            ops.numpy.Geomspace ops.numpy.GetItem ops.numpy.Greater ops.numpy.GreaterEqual ops.numpy.Hamming
            ops.numpy.Hanning ops.numpy.Heaviside ops.numpy.Histogram ops.numpy.Hsplit ops.numpy.Hstack
            ops.numpy.Hypot ops.numpy.I0 ops.numpy.Identity ops.numpy.Imag ops.numpy.Inner ops.numpy.IsIn
            ops.numpy.Isclose ops.numpy.Isfinite ops.numpy.Isinf ops.numpy.Isnan ops.numpy.Isneginf
            ops.numpy.Isposinf ops.numpy.Isreal ops.numpy.Kaiser ops.numpy.Kron ops.numpy.Lcm ops.numpy.Ldexp
            ops.numpy.LeftShift ops.numpy.Less ops.numpy.LessEqual ops.numpy.Linspace ops.numpy.Log ops.numpy.Log10
            ops.numpy.Log1p ops.numpy.Log2 ops.numpy.Logaddexp ops.numpy.Logaddexp2 ops.numpy.LogicalAnd
            ops.numpy.LogicalNot ops.numpy.LogicalOr ops.numpy.LogicalXor ops.numpy.Logspace ops.numpy.Matmul
            ops.numpy.Max ops.numpy.Maximum ops.numpy.Mean ops.numpy.Median ops.numpy.Meshgrid ops.numpy.Min
            ops.numpy.Minimum ops.numpy.Mod ops.numpy.Moveaxis ops.numpy.Multiply ops.numpy.NanToNum
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

    /// Layers and models of Keras 1 and 2, by their names alone.
    static let layers = Set(
        words: """
            AbstractRNNCell Activation ActivityRegularization Add AdditiveAttention AlphaDropout AtrousConv1D
            AtrousConv2D AtrousConvolution1D AtrousConvolution2D Attention Average AveragePooling1D AveragePooling2D
            AveragePooling3D AvgPool1D AvgPool2D AvgPool3D BatchNormalization Bidirectional CategoryEncoding
            CenterCrop Concatenate Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D
            ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D ConvRecurrent2D Convolution1D Convolution1DTranspose
            Convolution2D Convolution2DTranspose Convolution3D Convolution3DTranspose Cropping1D Cropping2D
            Cropping3D CuDNNGRU CuDNNLSTM Deconv2D Deconv3D Deconvolution2D Deconvolution3D Dense DenseFeatures
            DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding Flatten GRU GRUCell
            GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
            GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D
            GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization HashedCrossing Hashing
            Highway Identity InputLayer InputSpec IntegerLookup LSTM LSTMCell Lambda Layer LayerNormalization
            LeakyReLU LocallyConnected1D LocallyConnected2D Masking MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
            MaxPooling2D MaxPooling3D Maximum MaxoutDense Merge Minimum Model MultiHeadAttention Multiply
            Normalization PReLU ParametricSoftplus Permute RNN RandomBrightness RandomContrast RandomCrop RandomFlip
            RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom ReLU Recurrent RepeatVector
            Rescaling Reshape Resizing SReLU SeparableConv1D SeparableConv2D SeparableConvolution1D
            SeparableConvolution2D Sequential SimpleRNN SimpleRNNCell Softmax SpatialDropout1D SpatialDropout2D
            SpatialDropout3D SpectralNormalization StackedRNNCells StringLookup Subtract TextVectorization
            ThresholdedReLU TimeDistributed TimeDistributedDense UnitNormalization UpSampling1D UpSampling2D
            UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D
            """)

    /// Functions of TensorFlow that a TFOpLambda can name.
    static let operations = Set(
        words: """
            Assert __operators__.add __operators__.eq __operators__.getitem __operators__.ne
            __operators__.ragged_getitem abs acos acosh add add_n approx_top_k argmax argmin argsort as_string asin
            asinh assert_equal assert_greater assert_less assert_rank atan atan2 atanh audio.decode_wav
            audio.encode_wav batch_to_space bitcast bitwise.bitwise_and bitwise.bitwise_or bitwise.bitwise_xor
            bitwise.invert bitwise.left_shift bitwise.right_shift boolean_mask broadcast_dynamic_shape
            broadcast_static_shape broadcast_to case cast clip_by_global_norm clip_by_norm clip_by_value complex
            concat cond conv conv2d_backprop_filter_v2 conv2d_backprop_input_v2 convert_to_tensor cos cosh cumsum
            debugging.Assert debugging.assert_all_finite debugging.assert_equal debugging.assert_greater
            debugging.assert_greater_equal debugging.assert_integer debugging.assert_less
            debugging.assert_less_equal debugging.assert_near debugging.assert_negative
            debugging.assert_non_negative debugging.assert_non_positive debugging.assert_none_equal
            debugging.assert_positive debugging.assert_proper_iterable debugging.assert_rank
            debugging.assert_rank_at_least debugging.assert_rank_in debugging.assert_same_float_dtype
            debugging.assert_scalar debugging.assert_shapes debugging.assert_type debugging.check_numerics divide
            dtypes.cast dtypes.complex dtypes.saturate_cast dynamic_partition dynamic_stitch edit_distance eig
            eigvals einsum ensure_shape equal exp expand_dims extract_volume_patches eye fftnd fill fingerprint
            floor foldl foldr gather gather_nd greater greater_equal guarantee_const histogram_fixed_width
            histogram_fixed_width_bins identity identity_n ifftnd image.adjust_brightness image.adjust_contrast
            image.adjust_gamma image.adjust_hue image.adjust_jpeg_quality image.adjust_saturation image.central_crop
            image.combined_non_max_suppression image.convert_image_dtype image.crop_and_resize
            image.crop_to_bounding_box image.decode_and_crop_jpeg image.decode_bmp image.decode_gif
            image.decode_image image.decode_jpeg image.decode_png image.draw_bounding_boxes image.encode_jpeg
            image.encode_png image.extract_glimpse image.extract_jpeg_shape image.extract_patches
            image.flip_left_right image.flip_up_down image.generate_bounding_box_proposals image.grayscale_to_rgb
            image.hsv_to_rgb image.image_gradients image.non_max_suppression image.non_max_suppression_overlaps
            image.non_max_suppression_padded image.non_max_suppression_with_scores image.pad_to_bounding_box
            image.per_image_standardization image.psnr image.random_brightness image.random_contrast
            image.random_crop image.random_flip_left_right image.random_flip_up_down image.random_hue
            image.random_jpeg_quality image.random_saturation image.resize image.resize_with_crop_or_pad
            image.resize_with_pad image.rgb_to_grayscale image.rgb_to_hsv image.rgb_to_yiq image.rgb_to_yuv
            image.rot90 image.sample_distorted_bounding_box image.sobel_edges image.ssim image.ssim_multiscale
            image.stateless_random_brightness image.stateless_random_contrast image.stateless_random_crop
            image.stateless_random_flip_left_right image.stateless_random_flip_up_down image.stateless_random_hue
            image.stateless_random_jpeg_quality image.stateless_random_saturation
            image.stateless_sample_distorted_bounding_box image.total_variation image.transpose image.yiq_to_rgb
            image.yuv_to_rgb io.decode_and_crop_jpeg io.decode_base64 io.decode_bmp io.decode_compressed
            io.decode_csv io.decode_gif io.decode_image io.decode_jpeg io.decode_json_example io.decode_png
            io.decode_proto io.decode_raw io.deserialize_many_sparse io.encode_base64 io.encode_jpeg io.encode_png
            io.encode_proto io.extract_jpeg_shape io.matching_files io.parse_example io.parse_sequence_example
            io.parse_single_example io.parse_single_sequence_example io.parse_tensor io.read_file
            io.serialize_many_sparse io.serialize_sparse io.serialize_tensor io.write_file irfftnd
            keras.activations.deserialize keras.activations.elu keras.activations.exponential keras.activations.gelu
            keras.activations.get keras.activations.hard_sigmoid keras.activations.linear keras.activations.mish
            keras.activations.relu keras.activations.selu keras.activations.serialize keras.activations.sigmoid
            keras.activations.softmax keras.activations.softplus keras.activations.softsign keras.activations.swish
            keras.activations.tanh keras.backend.abs keras.backend.all keras.backend.any keras.backend.arange
            keras.backend.argmax keras.backend.argmin keras.backend.batch_dot keras.backend.batch_flatten
            keras.backend.batch_get_value keras.backend.batch_normalization keras.backend.batch_set_value
            keras.backend.bias_add keras.backend.binary_crossentropy keras.backend.binary_focal_crossentropy
            keras.backend.cast keras.backend.cast_to_floatx keras.backend.categorical_crossentropy
            keras.backend.categorical_focal_crossentropy keras.backend.clip keras.backend.concatenate
            keras.backend.constant keras.backend.conv1d keras.backend.conv2d keras.backend.conv2d_transpose
            keras.backend.conv3d keras.backend.cos keras.backend.ctc_batch_cost keras.backend.ctc_decode
            keras.backend.ctc_label_dense_to_sparse keras.backend.cumprod keras.backend.cumsum
            keras.backend.depthwise_conv2d keras.backend.dot keras.backend.dropout keras.backend.dtype
            keras.backend.elu keras.backend.epsilon keras.backend.equal keras.backend.exp keras.backend.expand_dims
            keras.backend.eye keras.backend.flatten keras.backend.gather keras.backend.greater
            keras.backend.greater_equal keras.backend.hard_sigmoid keras.backend.image_data_format
            keras.backend.in_top_k keras.backend.l2_normalize keras.backend.less keras.backend.less_equal
            keras.backend.local_conv1d keras.backend.local_conv2d keras.backend.log keras.backend.max
            keras.backend.maximum keras.backend.mean keras.backend.min keras.backend.minimum keras.backend.not_equal
            keras.backend.one_hot keras.backend.ones keras.backend.ones_like keras.backend.permute_dimensions
            keras.backend.pool2d keras.backend.pool3d keras.backend.pow keras.backend.print_tensor
            keras.backend.prod keras.backend.random_bernoulli keras.backend.random_binomial
            keras.backend.random_normal keras.backend.random_uniform keras.backend.relu keras.backend.repeat
            keras.backend.repeat_elements keras.backend.reshape keras.backend.resize_images
            keras.backend.resize_volumes keras.backend.reverse keras.backend.rnn keras.backend.round
            keras.backend.separable_conv2d keras.backend.shape keras.backend.sigmoid keras.backend.sign
            keras.backend.sin keras.backend.softmax keras.backend.softplus keras.backend.softsign
            keras.backend.sparse_categorical_crossentropy keras.backend.spatial_2d_padding
            keras.backend.spatial_3d_padding keras.backend.sqrt keras.backend.square keras.backend.squeeze
            keras.backend.stack keras.backend.std keras.backend.stop_gradient keras.backend.sum keras.backend.switch
            keras.backend.tanh keras.backend.temporal_padding keras.backend.tile keras.backend.to_dense
            keras.backend.transpose keras.backend.truncated_normal keras.losses.KLD keras.losses.MAE
            keras.losses.MAPE keras.losses.MSE keras.losses.MSLE keras.losses.binary_crossentropy
            keras.losses.binary_focal_crossentropy keras.losses.categorical_crossentropy
            keras.losses.categorical_focal_crossentropy keras.losses.categorical_hinge
            keras.losses.cosine_similarity keras.losses.hinge keras.losses.huber keras.losses.kl_divergence
            keras.losses.kld keras.losses.kullback_leibler_divergence keras.losses.log_cosh keras.losses.logcosh
            keras.losses.mae keras.losses.mape keras.losses.mean_absolute_error
            keras.losses.mean_absolute_percentage_error keras.losses.mean_squared_error
            keras.losses.mean_squared_logarithmic_error keras.losses.mse keras.losses.msle keras.losses.poisson
            keras.losses.sparse_categorical_crossentropy keras.losses.squared_hinge keras.metrics.KLD
            keras.metrics.MAE keras.metrics.MAPE keras.metrics.MSE keras.metrics.MSLE keras.metrics.binary_accuracy
            keras.metrics.binary_crossentropy keras.metrics.binary_focal_crossentropy
            keras.metrics.categorical_accuracy keras.metrics.categorical_crossentropy
            keras.metrics.categorical_focal_crossentropy keras.metrics.hinge keras.metrics.kl_divergence
            keras.metrics.kld keras.metrics.kullback_leibler_divergence keras.metrics.log_cosh keras.metrics.logcosh
            keras.metrics.mae keras.metrics.mape keras.metrics.mean_absolute_error
            keras.metrics.mean_absolute_percentage_error keras.metrics.mean_squared_error
            keras.metrics.mean_squared_logarithmic_error keras.metrics.mse keras.metrics.msle keras.metrics.poisson
            keras.metrics.sparse_categorical_accuracy keras.metrics.sparse_categorical_crossentropy
            keras.metrics.sparse_top_k_categorical_accuracy keras.metrics.squared_hinge
            keras.metrics.top_k_categorical_accuracy less less_equal linalg.adjoint linalg.band_part linalg.cholesky
            linalg.cholesky_solve linalg.cross linalg.det linalg.diag linalg.diag_part linalg.eig linalg.eigh
            linalg.eigh_tridiagonal linalg.eigvals linalg.eigvalsh linalg.einsum
            linalg.experimental.conjugate_gradient linalg.expm linalg.eye linalg.global_norm linalg.inv
            linalg.l2_normalize linalg.logdet linalg.lstsq linalg.lu linalg.lu_matrix_inverse linalg.lu_reconstruct
            linalg.lu_solve linalg.matmul linalg.matrix_rank linalg.matrix_transpose linalg.matvec linalg.norm
            linalg.normalize linalg.pinv linalg.qr linalg.set_diag linalg.solve linalg.sqrtm linalg.svd
            linalg.tensor_diag linalg.tensor_diag_part linalg.tensordot linalg.trace linalg.triangular_solve
            linalg.tridiagonal_matmul linalg.tridiagonal_solve linspace logical_and logical_not logical_or math.abs
            math.accumulate_n math.acos math.acosh math.add math.add_n math.angle math.approx_max_k
            math.approx_min_k math.argmax math.argmin math.asin math.asinh math.atan math.atan2 math.atanh
            math.bessel_i0 math.bessel_i0e math.bessel_i1 math.bessel_i1e math.betainc math.bincount math.ceil
            math.confusion_matrix math.conj math.cos math.cosh math.count_nonzero math.cumprod math.cumsum
            math.cumulative_logsumexp math.digamma math.divide math.divide_no_nan math.equal math.erf math.erfc
            math.erfcinv math.erfinv math.exp math.expm1 math.floor math.floordiv math.floormod math.greater
            math.greater_equal math.igamma math.igammac math.imag math.in_top_k math.invert_permutation
            math.is_finite math.is_inf math.is_nan math.is_non_decreasing math.is_strictly_increasing
            math.l2_normalize math.lbeta math.less math.less_equal math.lgamma math.log math.log1p math.log_sigmoid
            math.log_softmax math.logical_and math.logical_not math.logical_or math.logical_xor math.maximum
            math.minimum math.mod math.multiply math.multiply_no_nan math.ndtri math.negative math.nextafter
            math.not_equal math.polygamma math.polyval math.pow math.real math.reciprocal math.reciprocal_no_nan
            math.reduce_all math.reduce_any math.reduce_euclidean_norm math.reduce_logsumexp math.reduce_max
            math.reduce_mean math.reduce_min math.reduce_prod math.reduce_std math.reduce_sum math.reduce_variance
            math.rint math.round math.rsqrt math.scalar_mul math.segment_max math.segment_mean math.segment_min
            math.segment_prod math.segment_sum math.sigmoid math.sign math.sin math.sinh math.sobol_sample
            math.softmax math.softplus math.softsign math.special.bessel_i0 math.special.bessel_i0e
            math.special.bessel_i1 math.special.bessel_i1e math.special.bessel_j0 math.special.bessel_j1
            math.special.bessel_k0 math.special.bessel_k0e math.special.bessel_k1 math.special.bessel_k1e
            math.special.bessel_y0 math.special.bessel_y1 math.special.dawsn math.special.expint
            math.special.fresnel_cos math.special.fresnel_sin math.special.spence math.sqrt math.square
            math.squared_difference math.subtract math.tan math.tanh math.top_k math.truediv
            math.unsorted_segment_max math.unsorted_segment_mean math.unsorted_segment_min
            math.unsorted_segment_prod math.unsorted_segment_sqrt_n math.unsorted_segment_sum math.xdivy
            math.xlog1py math.xlogy math.zero_fraction math.zeta matmul matrix_square_root maximum meshgrid minimum
            multiply negative nn.approx_max_k nn.approx_min_k nn.atrous_conv2d nn.atrous_conv2d_transpose
            nn.avg_pool nn.avg_pool1d nn.avg_pool2d nn.avg_pool3d nn.batch_norm_with_global_normalization
            nn.batch_normalization nn.bias_add nn.collapse_repeated nn.compute_accidental_hits
            nn.compute_average_loss nn.conv1d nn.conv1d_transpose nn.conv2d nn.conv2d_transpose nn.conv3d
            nn.conv3d_transpose nn.conv_transpose nn.convolution nn.crelu nn.ctc_beam_search_decoder
            nn.ctc_greedy_decoder nn.ctc_loss nn.ctc_unique_labels nn.depth_to_space nn.depthwise_conv2d
            nn.depthwise_conv2d_backprop_filter nn.depthwise_conv2d_backprop_input nn.dilation2d nn.dropout nn.elu
            nn.embedding_lookup nn.embedding_lookup_sparse nn.erosion2d nn.experimental.general_dropout
            nn.experimental.stateless_dropout nn.fixed_unigram_candidate_sampler nn.fractional_avg_pool
            nn.fractional_max_pool nn.gelu nn.in_top_k nn.isotonic_regression nn.l2_loss nn.l2_normalize
            nn.leaky_relu nn.learned_unigram_candidate_sampler nn.local_response_normalization nn.log_poisson_loss
            nn.log_softmax nn.lrn nn.max_pool nn.max_pool1d nn.max_pool2d nn.max_pool3d nn.max_pool_with_argmax
            nn.moments nn.nce_loss nn.normalize_moments nn.pool nn.relu nn.relu6 nn.safe_embedding_lookup_sparse
            nn.sampled_softmax_loss nn.scale_regularization_loss nn.selu nn.separable_conv2d nn.sigmoid
            nn.sigmoid_cross_entropy_with_logits nn.silu nn.softmax nn.softmax_cross_entropy_with_logits nn.softplus
            nn.softsign nn.space_to_batch nn.space_to_depth nn.sparse_softmax_cross_entropy_with_logits
            nn.sufficient_statistics nn.swish nn.tanh nn.top_k nn.weighted_cross_entropy_with_logits
            nn.weighted_moments nn.with_space_to_batch nn.zero_fraction no_op norm not_equal numpy_function one_hot
            ones ones_like pad parallel_stack pow print py_function quantization.dequantize
            quantization.fake_quant_with_min_max_args quantization.fake_quant_with_min_max_args_gradient
            quantization.fake_quant_with_min_max_vars quantization.fake_quant_with_min_max_vars_gradient
            quantization.fake_quant_with_min_max_vars_per_channel
            quantization.fake_quant_with_min_max_vars_per_channel_gradient quantization.quantize
            quantization.quantize_and_dequantize quantization.quantize_and_dequantize_v2
            quantization.quantized_concat quantize_and_dequantize_v4 ragged.boolean_mask ragged.constant
            ragged.cross ragged.cross_hashed ragged.map_flat_values ragged.range ragged.row_splits_to_segment_ids
            ragged.segment_ids_to_row_splits ragged.stack ragged.stack_dynamic_partitions ragged_fill_empty_rows
            ragged_fill_empty_rows_grad random.categorical random.experimental.index_shuffle
            random.experimental.stateless_fold_in random.experimental.stateless_shuffle
            random.experimental.stateless_split random.fixed_unigram_candidate_sampler random.fold_in random.gamma
            random.learned_unigram_candidate_sampler random.log_uniform_candidate_sampler random.normal
            random.poisson random.shuffle random.split random.stateless_binomial random.stateless_categorical
            random.stateless_gamma random.stateless_normal random.stateless_parameterized_truncated_normal
            random.stateless_poisson random.stateless_truncated_normal random.stateless_uniform
            random.truncated_normal random.uniform random.uniform_candidate_sampler random_index_shuffle range rank
            realdiv reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum
            repeat reshape reverse reverse_sequence rfftnd roll round saturate_cast scalar_mul scan scatter_nd
            searchsorted sequence_mask sets.difference sets.intersection sets.size sets.union shape shape_n sigmoid
            sign signal.dct signal.fft signal.fft2d signal.fft3d signal.fftshift signal.frame signal.hamming_window
            signal.hann_window signal.idct signal.ifft signal.ifft2d signal.ifft3d signal.ifftshift
            signal.inverse_mdct signal.inverse_stft signal.inverse_stft_window_fn
            signal.kaiser_bessel_derived_window signal.kaiser_window signal.linear_to_mel_weight_matrix signal.mdct
            signal.mfccs_from_log_mel_spectrograms signal.overlap_and_add signal.stft signal.vorbis_window sin sinh
            size slice sort space_to_batch space_to_batch_nd sparse.bincount sparse.map_values sparse.reshape split
            sqrt square squeeze stack stop_gradient strided_slice strings.as_string strings.bytes_split
            strings.format strings.join strings.length strings.lower strings.ngrams strings.reduce_join
            strings.regex_full_match strings.regex_replace strings.split strings.strip strings.substr
            strings.to_hash_bucket strings.to_hash_bucket_fast strings.to_hash_bucket_strong strings.to_number
            strings.unicode_decode strings.unicode_decode_with_offsets strings.unicode_encode strings.unicode_script
            strings.unicode_split strings.unicode_split_with_offsets strings.unicode_transcode
            strings.unsorted_segment_join strings.upper subtract tan tanh tensor_scatter_nd_add
            tensor_scatter_nd_max tensor_scatter_nd_min tensor_scatter_nd_sub tensor_scatter_nd_update tensordot
            tile timestamp transpose truediv truncatediv truncatemod tuple unique unique_with_counts unravel_index
            unstack where zeros zeros_like
            """)

    /// Initializers, optimizers, losses and the like of Keras 1 and 2, by their names alone.
    static let others = Set(
        words: """
            AUC Accuracy ActivityRegularizer Adadelta Adafactor Adagrad Adam AdamW Adamax BinaryAccuracy
            BinaryCrossentropy BinaryFocalCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy
            CategoricalFocalCrossentropy CategoricalHinge Constant Constraint CosineDecay CosineDecayRestarts
            CosineSimilarity EigenvalueRegularizer ExponentialDecay F1Score FBetaScore FalseNegatives FalsePositives
            Ftrl GlorotNormal GlorotUniform HeNormal HeUniform Hinge Huber Identity Initializer InverseTimeDecay IoU
            KLD KLDivergence L1 L1L2 L1L2Regularizer L2 Layer LearningRateSchedule LecunNormal LecunUniform Lion
            LogCosh LogCoshError Loss MAE MAPE MSE MSLE MaxNorm Mean MeanAbsoluteError MeanAbsolutePercentageError
            MeanIoU MeanMetricWrapper MeanRelativeError MeanSquaredError MeanSquaredLogarithmicError MeanTensor
            Metric MinMaxNorm Nadam NonNeg OneHotIoU OneHotMeanIoU Ones Optimizer Orthogonal OrthogonalRegularizer
            PiecewiseConstantDecay Poisson PolynomialDecay Precision PrecisionAtRecall R2Score RMSprop
            RadialConstraint RandomNormal RandomUniform Recall RecallAtPrecision Reduction Regularizer
            RootMeanSquaredError SGD SensitivityAtSpecificity SparseCategoricalAccuracy
            SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy SpecificityAtSensitivity SquaredHinge Sum
            TFOptimizer TopKCategoricalAccuracy TrueNegatives TruePositives TruncatedNormal UnitNorm VarianceScaling
            WeightRegularizer Zeros activity_l1 activity_l1l2 activity_l2 adadelta adagrad adam adamax
            binary_accuracy binary_crossentropy binary_focal_crossentropy categorical_accuracy
            categorical_crossentropy categorical_focal_crossentropy categorical_hinge clip_norm constant cosine
            cosine_proximity cosine_similarity elu exponential f1score fbeta_score fmeasure fscore gelu
            glorot_normal glorot_uniform hard_sigmoid he_normal he_uniform hinge huber identity kl_divergence kld
            kullback_leibler_divergence l1 l1_l2 l1l2 l2 lecun_normal lecun_uniform linear log_cosh logcosh mae mape
            matthews_correlation max_norm maxnorm mean_absolute_error mean_absolute_percentage_error
            mean_squared_error mean_squared_logarithmic_error min_max_norm mish mse msle nadam non_neg nonneg normal
            one ones orthogonal orthogonal_regularizer poisson precision radial_constraint random_normal
            random_uniform recall relu rmsprop selu sgd sigmoid softmax softplus softsign
            sparse_categorical_accuracy sparse_categorical_crossentropy sparse_top_k_categorical_accuracy
            squared_hinge swish tanh top_k_categorical_accuracy truncated_normal uniform unit_norm unitnorm
            variance_scaling zero zeros
            """)
}
