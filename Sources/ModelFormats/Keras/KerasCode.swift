import ModelContainers
import ModelJSON

/// What of a configuration is code that Keras itself does not bring: Lambda layers, and classes and functions of others.
struct KerasCode {
    /// Names of the Lambda layers whose function is marshalled bytecode.
    private(set) var lambdas: [String] = []
    /// `module.Class`, or the name it was registered under.
    private(set) var classes: Set<String> = []
    private(set) var packages: Set<String> = []
    /// Layers that load something of their own: `TFSMLayer`, `TorchModuleWrapper`.
    private(set) var loaders: [String] = []

    var isEmpty: Bool { lambdas.isEmpty && classes.isEmpty && loaders.isEmpty }

    /// Walks no deeper than the document is, which its reader has limited.
    mutating func collect(_ value: JSONValue, isLayer: Bool = false) {
        if let elements = value.array {
            for element in elements { collect(element, isLayer: isLayer) }
            return
        }
        guard let members = value.object else { return }
        if let className = members["class_name"]?.string { judge(className, members, isLayer: isLayer) }
        for (key, value) in members {
            let holdsLayers = ["layers", "layer", "cell", "cells", "forward_layer", "backward_layer"].contains(key)
            let isBareSequence = key == "config" && value.array != nil
            collect(value, isLayer: holdsLayers || isBareSequence || isLayer && value.array != nil && key == "items")
        }
    }

    private mutating func judge(_ className: String, _ members: JSONObject, isLayer: Bool) {
        let module = members["module"]?.string
        if className == "Lambda", isLayer || module.map(Self.isOwn) ?? false {
            let config = members["config"]
            let name = config?["name"]?.string ?? members["name"]?.string ?? className
            if config?["function_type"]?.string == "function", let function = config?["function"]?.string {
                classes.insert(function)
            } else {
                lambdas.append(name)
            }
            return
        }
        if className == "TFSMLayer" || className == "TorchModuleWrapper" || className == "FlaxLayer"
            || className == "JaxLayer"
        {
            loaders.append(className)
        }
        if className == "function", module == "builtins" {
            if let function = members["config"]?.string { classes.insert(function) }
            return
        }
        guard !className.hasPrefix("__"), let foreign = Self.foreignName(className, members, isLayer: isLayer) else {
            return
        }
        classes.insert(foreign)
        let registered = (members["registered_name"]?.string ?? className).split(separator: ">").first.map(String.init)
        for origin in [module?.split(separator: ".").first.map(String.init), registered] {
            if let package = origin.flatMap({ Self.pip[$0] }) { packages.insert(package) }
        }
    }

    /// Whether the class of a layer or model is none of Keras' own.
    static func isForeign(_ layer: KerasObject) -> Bool {
        foreignName(layer.className, layer.members, isLayer: true) != nil
    }

    /// How to name a class that is none of Keras' own; nil for its own.
    ///
    /// Source: keras/src/saving/serialization_lib.py, `_get_class_or_fn_config` and `_retrieve_class_or_fn`: its own have
    /// a module of keras, or, in files without modules, a name that Keras knows by itself.
    private static func foreignName(_ className: String, _ members: JSONObject, isLayer: Bool) -> String? {
        let plain = className.split(separator: ">").last.map(String.init) ?? className
        if let module = members["module"]?.string {
            return isOwn(module) ? nil : "\(module).\(plain)"
        }
        let registered = members["registered_name"]?.string ?? className
        if let package = registered.split(separator: ">").first, registered.contains(">"), package != "Keras" {
            // Releases around 2.11 wrote their own optimizers and losses as Custom>Adam.
            return package == "Custom" && !isLayer ? nil : registered
        }
        guard isLayer, members["module"] == nil else { return nil }
        return layers.contains(plain) || KerasModel.plainClasses.contains(plain) ? nil : plain
    }

    private static func isOwn(_ module: String) -> Bool {
        ["keras", "tf_keras", "tensorflow", "tensorflow_core", "builtins"].contains {
            module == $0 || module.hasPrefix($0 + ".")
        }
    }

    /// Packages, as pip spells them, by their module or the name that they register their classes under.
    private static let pip = [
        "keras_hub": "keras-hub", "keras_cv": "keras-cv", "keras_nlp": "keras-nlp", "keras_rs": "keras-rs",
        "keras_tuner": "keras-tuner", "Addons": "tensorflow-addons", "tensorflow_addons": "tensorflow-addons",
        "tensorflow_hub": "tensorflow-hub", "autokeras": "autokeras", "segmentation_models": "segmentation-models",
    ]

    /// What `keras.layers` has had from 1.2 to 3.15.
    private static let layers: Set<String> = Set(
        """
        Activation ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D \
        AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add AddLoss AddMetric AdditiveAttention AlphaDropout \
        AtrousConvolution1D AtrousConvolution2D Attention AugMix AutoContrast Average AveragePooling1D AveragePooling2D \
        AveragePooling3D BatchNormalization BatchNormalizationV1 BatchNormalizationV2 Bidirectional CategoryEncoding \
        CenterCrop Concatenate ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D Conv2DTranspose \
        Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D ConvRecurrent2D Convolution1D \
        Convolution2D Convolution2DTranspose Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CuDNNGRU \
        CuDNNLSTM CutMix Deconvolution2D Deconvolution3D Dense DenseFeatures DepthwiseConv1D DepthwiseConv2D DeviceWrapper \
        Discretization Dot Dropout DropoutWrapper ELU EinsumDense Embedding Equalization Flatten FlaxLayer GRU GRUCell GRUV1 \
        GRUV2 GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D \
        GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization GroupQueryAttention HashedCrossing \
        Hashing Highway Identity InputLayer InstanceMethod InstanceProperty ClassMethod IntegerLookup JaxLayer LSTM LSTMCell \
        LSTMV1 LSTMV2 Lambda Layer LayerNormalization LeakyReLU LocallyConnected1D LocallyConnected2D Masking \
        MaxNumBoundingBoxes MaxPooling1D MaxPooling2D MaxPooling3D Maximum MaxoutDense MelSpectrogram Merge Minimum MixUp \
        MultiHeadAttention Multiply Normalization PReLU ParametricSoftplus Permute Pipeline PreprocessingLayer \
        RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast \
        RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomFourierFeatures RandomGaussianBlur RandomGrayscale \
        RandomHeight RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation \
        RandomSharpness RandomShear RandomTranslation RandomWidth RandomZoom ReLU RepeatVector Rescaling ResidualWrapper \
        Reshape Resizing ReversibleEmbedding SReLU STFTSpectrogram SeparableConv1D SeparableConv2D SeparableConvolution1D \
        SeparableConvolution2D SimpleRNN SimpleRNNCell SlicingOpLambda Softmax Solarization SpatialDropout1D \
        SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells StringLookup Subtract SyncBatchNormalization \
        TFOpLambda TFSMLayer TensorFlowOpLayer TextVectorization ThresholdedReLU TimeDistributed TimeDistributedDense \
        TorchModuleWrapper UnitNormalization UpSampling1D UpSampling2D UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D \
        ZeroPadding3D
        """.split(separator: " ").map(String.init))
}
