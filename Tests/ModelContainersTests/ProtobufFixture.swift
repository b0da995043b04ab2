import ModelBytes
import ModelContainers
import TestSupport

/// Models written by Fixtures/protobuf.py, and what python's onnx says of them.
enum ProtobufFixture: String, CaseIterable {
    case everything, trees

    private static let folder =
        String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? "".endIndex)) + "/Fixtures/"

    var source: ByteSource {
        get throws { ByteSource(MemoryBytes(try bytes)) }
    }

    var bytes: [UInt8] {
        get throws { try Self.content(of: "protobuf-\(rawValue).onnx") }
    }

    var lines: [String] {
        get throws {
            String(decoding: try Self.content(of: "protobuf-\(rawValue).txt"), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }

    private static func content(of name: String) throws -> [UInt8] {
        let artifact = try Artifact.open(folder + name, limits: Limits())
        guard case .file(let source) = artifact.content else { return [] }
        return try source.bytes(at: 0, count: source.count)
    }
}

extension ProtobufMessage {
    /// The ONNX model in `bytes`.
    static func onnx(_ bytes: [UInt8], limits: Limits = Limits()) throws(InspectionError) -> ProtobufMessage {
        try read(ByteSource(MemoryBytes(bytes)), as: .onnxModel, limits: limits)
    }

    /// The ONNX model written by `body`.
    static func onnx(
        limits: Limits = Limits(), _ body: (inout ProtobufBytes) -> Void
    ) throws(InspectionError) -> ProtobufMessage {
        try onnx(ProtobufBytes(body).bytes, limits: limits)
    }
}
