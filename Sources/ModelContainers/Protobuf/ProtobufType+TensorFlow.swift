internal import CModelProtos

extension ProtobufType {
    /// `SavedModel` of saved_model.proto.
    public static let savedModel = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_saved_model())

    /// `MetaGraphDef` of meta_graph.proto.
    public static let metaGraph = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_meta_graph())

    /// `GraphDef` of graph.proto.
    public static let graphDef = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_graph())

    /// `TrackableObjectGraph`, the entry `_CHECKPOINTABLE_OBJECT_GRAPH` of a checkpoint.
    public static let trackableObjectGraph = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_object_graph())

    /// `BundleHeaderProto`, the entry of a checkpoint's index that has an empty key.
    public static let bundleHeader = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_bundle_header())

    /// `BundleEntryProto`, every other entry of a checkpoint's index.
    public static let bundleEntry = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_bundle_entry())

    /// `SavedTensorSlices`, the entries of a checkpoint of the first format.
    public static let savedTensorSlices = unsafe ProtobufType(descriptor: cmodelprotos_tensorflow_tensor_slices())

    /// `SavedMetadata` of Keras, the file keras_metadata.pb.
    public static let kerasMetadata = unsafe ProtobufType(descriptor: cmodelprotos_keras_metadata())
}
