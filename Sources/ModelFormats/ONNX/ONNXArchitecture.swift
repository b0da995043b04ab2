import ModelContainers

/// The class of the exported module, as torch's exporter notes it on the nodes.
///
/// torch/onnx/_internal/exporter/_core.py: `pkg.torch.onnx.class_hierarchy` is a Python list, from the module that was
/// exported to the operator: `['unet.UNet', 'torch.nn.modules.conv.Conv2d', 'aten.conv2d.default']`.
enum ONNXArchitecture {
    static func name(_ nodes: ProtobufList<ProtobufMessage>) -> String? {
        for node in nodes where node.has("metadata_props") {
            for (key, value) in node.onnxEntries("metadata_props") where key == "pkg.torch.onnx.class_hierarchy" {
                return root(value)
            }
        }
        return nil
    }

    /// The last part of the first name, when more follow: a lone one is an operator.
    private static func root(_ list: String) -> String? {
        guard list.hasPrefix("['"), let end = list.dropFirst(2).firstIndex(of: "'") else { return nil }
        let first = list.dropFirst(2)[..<end]
        guard list[end...].hasPrefix("', '"), let name = first.split(separator: ".").last, name.utf8.count <= 256 else {
            return nil
        }
        return String(name)
    }
}
