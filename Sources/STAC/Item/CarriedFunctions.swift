import ModelFormats
import ModelJSON

/// Functions before and after a model that its artifact carries. They are offered in hints and never written: whether an
/// input was prepared by them, no artifact says.
enum CarriedFunctions {
    static func gaps(_ source: ItemSource, _ properties: JSONObject) -> [Gap] {
        program(source, properties) + handler(source, properties)
    }

    /// stac-model packs the transforms of a model as a second program, `transforms`, beside it (stac_model/torch/export.py),
    /// and MLM's examples refer to it so (examples/torch/mlm-metadata.yaml).
    private static func program(_ source: ItemSource, _ properties: JSONObject) -> [Gap] {
        guard source.facts.framework == "PyTorch",
            let transforms = source.facts.signatures?.first(where: { $0.name == "transforms" })
        else { return [] }
        let takes = (transforms.inputs ?? []).map(described).joined(separator: ", ")
        let gives = (transforms.outputs ?? []).map(described).joined(separator: ", ")
        let href = source.href ?? "./model"
        return gap(
            "pre_processing_function", of: .input, properties, fitting: transforms.outputs?.first,
            "the archive has a program \"transforms\" beside the model, from \(takes) to \(gives); if it "
                + "prepares this input, write {format: torch.export.load, expression: {name: transforms, href: \(href)}}"
        )
    }

    /// TorchServe calls the handler before and after the model (pytorch/serve, ts/torch_handler/base_handler.py: preprocess,
    /// inference, postprocess).
    private static func handler(_ source: ItemSource, _ properties: JSONObject) -> [Gap] {
        guard source.format.id == "torchserve-mar", let handler = source.facts.metadata?["handler"]?.string else {
            return []
        }
        func text(_ what: String) -> String {
            "the handler \"\(handler)\" of TorchServe \(what); if that belongs to the model, write {format: python, "
                + "expression: \"module:function\"}"
        }
        return gap("pre_processing_function", of: .input, properties, text("prepares what goes in"))
            + gap("post_processing_function", of: .output, properties, text("changes what comes out"))
    }

    /// At the only input or output, or the only one that `port` fits; else at the list of them. None where the model's own
    /// metadata says of all of them what is done, or that nothing is.
    private static func gap(
        _ word: String, of kind: GivenPort.Kind, _ properties: JSONObject, fitting port: Port? = nil, _ hint: String
    ) -> [Gap] {
        let ports = properties[kind.key]?.array ?? []
        let open = ports.indices.filter { ports[$0][word] == nil }
        guard ports.isEmpty || !open.isEmpty else { return [] }
        let fitting = open.filter { index in
            guard let port, let shape = port.shape else { return false }
            return ports[index][kind.tensor]?["shape"]?.array?.map(\.int) == shape.map(Optional.some)
        }
        let list = JSONPointer(["properties", kind.key])
        guard let index = fitting.count == 1 ? fitting[0] : open.count == 1 ? open[0] : nil else {
            return [Gap(list.description, .partlyKnown, hint)]
        }
        return [Gap(list.appending(index).appending(word).description, .partlyKnown, hint)]
    }

    private static func described(_ port: Port) -> String {
        let shape = port.shape.map { "[\($0.map(String.init).joined(separator: ","))]" } ?? ""
        return "\(port.dataType ?? "")\(shape)"
    }
}
