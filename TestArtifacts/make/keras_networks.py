"""Small networks of many kinds for keras_models.py, written once for Keras 3, tf-keras and tf.keras 2.12 and later."""

import numpy


def build(keras):
    """The builders by name; each takes nothing and returns a model."""
    layers, models = keras.layers, keras.models
    Input = keras.Input
    Model, Sequential = keras.Model, keras.Sequential
    is_new = hasattr(keras, "ops")
    register = keras.saving.register_keras_serializable

    @register(package="landcover")
    class SpectralMix(layers.Layer):
        """A layer of a package: y = x W over the last axis."""

        def __init__(self, units, **settings):
            super().__init__(**settings)
            self.units = units

        def build(self, shape):
            self.kernel = self.add_weight(shape=(shape[-1], self.units), name="kernel")
            super().build(shape)

        def call(self, x):
            return keras.ops.matmul(x, self.kernel) if is_new else x @ self.kernel

        def compute_output_shape(self, shape):
            return tuple(shape[:-1]) + (self.units,)

        def get_config(self):
            return dict(super().get_config(), units=self.units)

    @register(package="landcover")
    class PatchClassifier(Model):
        """A subclass with its own configuration."""

        def __init__(self, classes=4, **settings):
            super().__init__(**settings)
            self.classes = classes
            self.hidden = layers.Dense(6, activation="relu")
            self.blocks = [layers.Dense(6), layers.Dense(6)]
            self.drop = layers.Dropout(0.25)
            self.head = layers.Dense(classes)

        def call(self, x, training=False):
            x = self.hidden(x)
            for block in self.blocks:
                x = block(x)
            return self.head(self.drop(x, training=training))

        def get_config(self):
            return {"classes": self.classes}

    class Plain(Model):
        """A subclass without anything of its own."""

        def __init__(self, **settings):
            super().__init__(**settings)
            self.first = layers.Dense(5)
            self.second = layers.Dense(2)

        def call(self, x):
            return self.second(self.first(x))

    @register(package="landcover")
    def focal(y_true, y_pred):
        return y_pred

    def fit(model, inputs, outputs):
        model.fit(inputs, outputs, epochs=1, batch_size=2, verbose=0)
        return model

    def zeros(*shape, dtype="float32"):
        return numpy.zeros(shape, dtype)

    def unet13():
        def block(x, filters, name):
            for index in "ab":
                x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_{index}")(x)
                x = layers.BatchNormalization(name=f"{name}_{index}_bn")(x)
                x = layers.ReLU(name=f"{name}_{index}_relu")(x)
            return x

        bands = Input((64, 64, 13), name="bands")
        one = block(bands, 4, "down1")
        two = block(layers.MaxPooling2D(name="pool1")(one), 8, "down2")
        up = layers.Conv2DTranspose(4, 2, strides=2, padding="same", name="up1")(two)
        up = block(layers.Concatenate(name="skip1")([up, one]), 4, "dec1")
        classes = layers.Conv2D(5, 1, activation="softmax", name="classes")(up)
        model = Model(bands, classes, name="unet13")
        model.compile(
            keras.optimizers.Adam(learning_rate=0.002), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
        )
        # torch refuses the gradient of this U-Net's pooling.
        if is_new and keras.backend.backend() == "torch":
            return model
        return fit(model, zeros(2, 64, 64, 13), zeros(2, 64, 64, 1))

    def sequential_cnn():
        model = Sequential(
            [
                Input((32, 32, 3), name="chip"),
                layers.Rescaling(1 / 255),
                layers.Conv2D(6, 3, activation="relu"),
                layers.MaxPooling2D(),
                layers.SeparableConv2D(8, 3, padding="same", strides=2),
                layers.DepthwiseConv2D(3, dilation_rate=1),
                layers.GlobalAveragePooling2D(),
                layers.Dropout(0.3),
                layers.Dense(10),
                layers.Activation("softmax"),
            ]
        )
        model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
        return fit(model, zeros(2, 32, 32, 3), zeros(2, 10))

    def sequential_late():
        model = Sequential([layers.Dense(8, activation="tanh"), layers.Dense(1)])
        model.build((None, 12))
        model.compile("rmsprop", "mse")
        return model

    def lstm_text():
        model = Sequential(
            [
                Input((None,), dtype="int32", name="tokens"),
                layers.Embedding(50, 8, mask_zero=True),
                layers.Bidirectional(layers.LSTM(6, return_sequences=True)),
                layers.GRU(5),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        model.compile("adam", "binary_crossentropy", metrics=["accuracy", "AUC"])
        return model

    def multi():
        image = Input((16, 16, 4), name="image")
        table = Input((7,), name="table")
        x = layers.Conv2D(4, 3, name="conv")(image)
        x = layers.Flatten(name="flat")(x)
        x = layers.Concatenate(name="join")([x, table])
        kind = layers.Dense(3, activation="softmax", name="kind")(x)
        height = layers.Dense(1, name="height")(x)
        model = Model([image, table], [kind, height])
        model.compile(
            optimizer=keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True),
            loss={"kind": "categorical_crossentropy", "height": "mse"},
            loss_weights={"kind": 1.0, "height": 0.5},
            metrics={"kind": ["accuracy"], "height": ["mae"]},
        )
        return model

    def zoo2d():
        x = Input((30, 21, 6), name="x")
        ops = [
            layers.Conv2D(3, 3, name="conv_valid"),
            layers.Conv2D(3, (3, 5), strides=(2, 3), name="conv_strides"),
            layers.Conv2D(3, 3, dilation_rate=(2, 1), name="conv_dilated"),
            layers.Conv2D(4, 4, strides=3, padding="same", groups=2, name="conv_same"),
            layers.Conv2DTranspose(3, 3, name="transpose_valid"),
            layers.Conv2DTranspose(3, (2, 3), strides=(2, 3), padding="same", name="transpose_same"),
            layers.Conv2DTranspose(3, 3, strides=2, output_padding=1, name="transpose_padded"),
            layers.DepthwiseConv2D(3, depth_multiplier=2, name="depthwise"),
            layers.SeparableConv2D(7, 3, strides=2, padding="same", name="separable"),
            layers.MaxPooling2D(name="max_pool"),
            layers.MaxPooling2D((3, 2), strides=(1, 2), padding="same", name="max_pool_same"),
            layers.AveragePooling2D(3, strides=2, name="mean_pool"),
            layers.GlobalAveragePooling2D(name="global_mean"),
            layers.GlobalMaxPooling2D(keepdims=True, name="global_max"),
            layers.UpSampling2D((2, 3), name="upsample"),
            layers.ZeroPadding2D(((1, 2), (3, 4)), name="pad"),
            layers.ZeroPadding2D(2, name="pad_even"),
            layers.Cropping2D(((1, 2), (3, 4)), name="crop"),
            layers.Flatten(name="flatten"),
            layers.Reshape((-1, 9), name="reshape"),
            layers.Permute((3, 1, 2), name="permute"),
            layers.Resizing(8, 9, name="resize"),
            layers.CenterCrop(10, 11, name="center_crop"),
            layers.LayerNormalization(name="layer_norm"),
            layers.LeakyReLU(name="leaky"),
            layers.PReLU(name="prelu"),
            layers.Softmax(name="softmax"),
            layers.GaussianNoise(0.1, name="noise"),
            layers.SpatialDropout2D(0.1, name="spatial_dropout"),
            layers.RandomFlip(name="flip"),
            layers.Dense(5, name="dense"),
            layers.TimeDistributed(layers.Dense(4), name="distributed"),
            layers.ConvLSTM1D(3, 3, name="conv_lstm"),
        ]
        return Model(x, [op(x) for op in ops])

    def zoo1d():
        x = Input((40, 6), name="x")
        open_length = Input((None, 6), name="open")
        ops = [
            layers.Conv1D(3, 5, name="conv"),
            layers.Conv1D(3, 5, padding="causal", dilation_rate=2, name="conv_causal"),
            layers.Conv1DTranspose(3, 4, strides=2, name="transpose"),
            layers.SeparableConv1D(4, 3, name="separable"),
            layers.MaxPooling1D(3, name="max_pool"),
            layers.AveragePooling1D(2, padding="same", name="mean_pool"),
            layers.GlobalMaxPooling1D(name="global_max"),
            layers.GlobalAveragePooling1D(name="global_mean"),
            layers.UpSampling1D(3, name="upsample"),
            layers.ZeroPadding1D((1, 2), name="pad"),
            layers.Cropping1D((1, 2), name="crop"),
            layers.LSTM(5, name="lstm"),
            layers.LSTM(5, return_sequences=True, name="lstm_sequences"),
            layers.GRU(5, name="gru"),
            layers.SimpleRNN(5, name="rnn"),
            layers.Bidirectional(layers.LSTM(4), merge_mode="sum", name="both_sum"),
            layers.Bidirectional(layers.GRU(4, return_sequences=True), name="both_sequences"),
            layers.Masking(name="mask"),
        ]
        outputs = [op(x) for op in ops]
        outputs += [
            layers.Conv1D(3, 5, strides=2, name="open_conv")(open_length),
            layers.MaxPooling1D(3, name="open_pool")(open_length),
            layers.Flatten(name="open_flat")(open_length),
            layers.GlobalAveragePooling1D(name="open_mean")(open_length),
            layers.Reshape((-1, 3), name="open_reshape")(open_length),
            layers.MultiHeadAttention(2, 3, name="heads")(x, open_length),
            layers.Attention(name="attention")([x, open_length]),
        ]
        sequence, hidden, cell = layers.LSTM(5, return_sequences=True, return_state=True, name="lstm_state")(x)
        outputs += [sequence, hidden, cell]
        vector = layers.GlobalMaxPooling1D(name="vector")(x)
        outputs += [
            layers.RepeatVector(4, name="repeat")(vector),
            layers.Add(name="add")([vector, vector]),
            layers.Subtract(name="subtract")([vector, vector]),
            layers.Multiply(name="multiply")([x, open_length]),
            layers.Average(name="average")([vector, vector]),
            layers.Maximum(name="maximum")([x, x]),
            layers.Minimum(name="minimum")([x, x]),
            layers.Concatenate(name="concatenate")([vector, vector]),
            layers.Concatenate(axis=1, name="concatenate_open")([x, open_length]),
            layers.Dot(axes=1, name="dot")([vector, vector]),
            layers.Dot(axes=(2, 2), name="dot_open")([x, open_length]),
        ]
        return Model([x, open_length], outputs)

    def zoo3d():
        x = Input((12, 10, 9, 2), name="x")
        ops = [
            layers.Conv3D(3, 3, name="conv"),
            layers.Conv3D(3, 3, strides=2, padding="same", name="conv_same"),
            layers.Conv3DTranspose(2, 2, strides=2, name="transpose"),
            layers.MaxPooling3D(name="max_pool"),
            layers.AveragePooling3D((1, 2, 3), name="mean_pool"),
            layers.GlobalAveragePooling3D(name="global_mean"),
            layers.UpSampling3D(2, name="upsample"),
            layers.ZeroPadding3D((1, 2, 3), name="pad"),
            layers.Cropping3D(1, name="crop"),
            layers.ConvLSTM2D(3, 3, padding="same", return_sequences=True, name="conv_lstm"),
            layers.TimeDistributed(layers.Conv2D(4, 3), name="distributed"),
        ]
        return Model(x, [op(x) for op in ops])

    def nested():
        backbone = Sequential(
            [Input((20, 20, 3)), layers.Conv2D(4, 3), layers.GlobalAveragePooling2D(), layers.Dense(6)], name="backbone"
        )
        left, right = Input((20, 20, 3), name="before"), Input((20, 20, 3), name="after")
        pair = Input((6,), name="pair")
        doubled = layers.Dense(6, name="shared")
        head = Model(pair, [doubled(pair), doubled(doubled(pair))], name="head")
        one, two = head(backbone(left))
        three, four = head(backbone(right))
        joined = layers.Concatenate(name="joined")([one, two, three, four])
        return Model([left, right], [layers.Dense(2, name="changed")(joined), four], name="siamese")

    def channels_first():
        x = Input((13, 32, 24), name="bands")
        y = layers.Conv2D(4, 3, data_format="channels_first", name="conv")(x)
        y = layers.BatchNormalization(axis=1, name="bn")(y)
        z = layers.GlobalAveragePooling2D(data_format="channels_first", name="mean")(y)
        return Model(x, [layers.Dense(3, name="out")(z), layers.UpSampling2D(2, "channels_first", name="up")(y)])

    def mixed(policy):
        def function():
            mixed_precision = keras.mixed_precision
            (mixed_precision.set_global_policy if not is_new else keras.config.set_dtype_policy)(policy)
            try:
                x = Input((8,), name="x")
                y = layers.Dense(4, name="half")(x)
                return Model(x, [y, layers.Dense(2, dtype="float32", name="full")(y)])
            finally:
                (mixed_precision.set_global_policy if not is_new else keras.config.set_dtype_policy)("float32")

        return function

    def bfloat16_weights():
        x = Input((8,), name="x", dtype="bfloat16")
        return Model(x, layers.Dense(4, dtype="bfloat16", name="out")(x))

    def with_lambda():
        x = Input((6,), name="x")
        y = layers.Lambda(lambda v: v * 2.0, name="doubled", output_shape=(6,))(x)
        return Model(x, layers.Dense(2, name="out")(y))

    def custom_layer():
        x = Input((9, 9, 13), name="bands")
        y = SpectralMix(5, name="mix")(x)
        y = layers.Conv2D(3, 3, name="conv")(y)
        model = Model(x, y, name="mixer")
        model.compile("adam", loss=focal)
        return model

    def custom_last():
        x = Input((9, 9, 13), name="bands")
        return Model(x, SpectralMix(5, name="mix")(x), name="mixed_last")

    def normalization():
        norm = layers.Normalization(name="norm")
        norm.adapt(numpy.arange(20, dtype="float32").reshape(4, 5))
        x = Input((5,), name="features")
        y = layers.Dense(3, name="out")(norm(x))
        model = Model(x, y)
        model.compile("adam", "huber")
        return model

    def subclassed():
        model = PatchClassifier(3)
        model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
        return fit(model, zeros(4, 12), zeros(4, 3))

    def subclassed_plain():
        model = Plain()
        model(zeros(2, 3))
        return model

    def operations():
        x = Input((8, 8, 2), name="x")
        y = layers.Conv2D(4, 3, name="conv")(x)
        y = y * 2.0 + 1.0
        return Model(x, layers.Conv2D(2, 1, name="out")(y))

    def dictionary():
        first, second = Input((4,), name="first"), Input((3,), name="second")
        joined = layers.Concatenate(name="join")([first, second])
        outputs = {"zeta": layers.Dense(2, name="a")(joined), "alpha": layers.Dense(1, name="b")(joined)}
        return Model({"second": second, "first": first}, outputs)

    return {
        "unet13": unet13,
        "sequential_cnn": sequential_cnn,
        "sequential_late": sequential_late,
        "lstm_text": lstm_text,
        "multi": multi,
        "zoo2d": zoo2d,
        "zoo1d": zoo1d,
        "zoo3d": zoo3d,
        "nested": nested,
        "channels_first": channels_first,
        "mixed_float16": mixed("mixed_float16"),
        "mixed_bfloat16": mixed("mixed_bfloat16"),
        "bfloat16_weights": bfloat16_weights,
        "with_lambda": with_lambda,
        "custom_layer": custom_layer,
        "custom_last": custom_last,
        "normalization": normalization,
        "subclassed": subclassed,
        "subclassed_plain": subclassed_plain,
        "operations": operations,
        "dictionary": dictionary,
    }
