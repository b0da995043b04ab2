import ModelFormats

/// What a side file can say of an input or output. `property` is the key that MLM has for it there.
extension Field {
    static let ofInput =
        ofChannels + ofPort + [
            Field(
                word: "value_scaling", kind: .own("a mapping with a type, or a list of them"),
                hint: "how values are scaled before they go in", property: "value_scaling", mayBeNull: true),
            Field(
                word: "resize_type", kind: .text, choices: MLMTensorRules.resizings, hint: "how its size is reached",
                property: "resize_type", mayBeNull: true),
            Field(
                word: "pre_processing_function", kind: .own("a mapping with format and expression, or a list of them"),
                hint: "what is done before, as {format: python, expression: \"package.module:function\"}",
                property: "pre_processing_function", mayBeNull: true),
        ]

    static let ofOutput =
        [
            Field(
                word: "tasks", kind: .texts, choices: Tasks.all, hint: "what it is for, of the tasks of the model",
                property: "tasks", isNeverEmpty: true)
        ] + ofChannels + ofPort + [
            Field(
                word: "classes",
                kind: .own(
                    "a list of names, a mapping from values to names, or a list of mappings with value and name"),
                hint: "names of its classes, in the order of their values", property: "classification:classes",
                isNeverEmpty: true),
            Field(
                word: "post_processing_function", kind: .own("a mapping with format and expression, or a list of them"),
                hint: "what is done after, as {format: python, expression: \"package.module:function\"}",
                property: "post_processing_function", mayBeNull: true),
        ]

    /// What is along one of its dimensions.
    private static let ofChannels = [
        Field(
            word: "sensor", kind: .text, choices: Sensor.all.map(\.id),
            hint: "sensor whose bands its channels are, in the order of its product"),
        Field(
            word: "bands", kind: .own("a list of names"),
            hint: "names of its channels, in order; with sensor some of its bands, in that order",
            isNeverEmpty: true),
        Field(
            word: CubeVariables.word, kind: .own("a list of names"),
            hint: "names of its variables, in order, which cube_variables describes", property: CubeVariables.word,
            isNeverEmpty: true),
    ]

    private static let ofPort = [
        Field(word: "description", kind: .text, hint: "what it holds", property: "description"),
        Field(word: "dim_order", kind: .texts, hint: "names of its dimensions, such as batch, channel, height, width"),
        Field(word: "shape", kind: .list, hint: "its shape, -1 for a size that varies", property: "shape"),
        Field(
            word: "data_type", kind: .text, choices: CommonMetadata.dataTypes, hint: "type of its values",
            property: "data_type"),
    ]
}
