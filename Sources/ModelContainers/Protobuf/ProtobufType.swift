internal import CModelProtos
internal import CProtobufC

/// A message type that can be read: what of it is kept is said by its .proto file in `CModelProtos`.
@safe
public struct ProtobufType: @unchecked Sendable {
    /// A constant of the generated code, hence valid for ever and safe to share.
    let descriptor: UnsafePointer<ProtobufCMessageDescriptor>

    /// `ModelProto` of onnx.proto.
    public static let onnxModel = unsafe ProtobufType(descriptor: cmodelprotos_onnx_model())

    /// With its package, as in `onnx.ModelProto`.
    public var name: String { unsafe String(cString: descriptor.pointee.name) }
}
