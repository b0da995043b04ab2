/// What a pickle may import and still be data.
enum PickledImports {
    static let policy = ImportPolicy(allowing: rules)

    private static let rules: [ImportRule] = [
        ImportRule(.allowed, "collections", "OrderedDict Counter deque defaultdict", "a plain container"),
        ImportRule(
            .allowed, "builtins",
            "bytearray complex set frozenset list dict tuple int float str bytes bool object range slice",
            "a plain value"),
        ImportRule(.allowed, "_codecs", "encode", "makes bytes of text, as protocol 2 writes them"),
        ImportRule(.allowed, "datetime", "datetime date time timedelta timezone", "a plain value"),
        ImportRule(
            .allowed, "copyreg", "_reconstructor __newobj__", "makes an object of a class that stands beside it"),
        ImportRule(.allowed, "numpy.core.multiarray", "_reconstruct scalar", "puts an array or a number together"),
        ImportRule(.allowed, "numpy._core.multiarray", "_reconstruct scalar", "puts an array or a number together"),
        ImportRule(.allowed, "numpy.core.numeric", "_frombuffer", "puts an array together"),
        ImportRule(.allowed, "numpy._core.numeric", "_frombuffer", "puts an array together"),
        ImportRule(
            .allowed, "numpy",
            """
            ndarray dtype float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool_ bool str_ \
            bytes_ complex64 complex128
            """, "an array or its data type"),
        ImportRule(
            .allowed, "joblib.numpy_pickle", "NumpyArrayWrapper NDArrayWrapper ZNDArrayWrapper", "stands for an array"),
        ImportRule(.allowed, "joblib.numpy_pickle_compat", "NDArrayWrapper ZNDArrayWrapper", "stands for an array"),
        ImportRule(
            .allowed, "sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper NDArrayWrapper ZNDArrayWrapper",
            "stands for an array"),
    ]
}
