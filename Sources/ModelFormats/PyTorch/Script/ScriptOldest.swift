import ModelBytes
import ModelContainers
import ModelJSON

/// TorchScript of torch 1.0 to 1.3: `model.json` describes modules and tensors, `tensors/` holds their bytes.
///
/// Source: caffe2/proto/torch.proto, `ModelDef`, as JSON.
enum ScriptOldest {
    static func read(_ layout: ArchiveLayout, _ subject: InspectedArtifact, into result: inout ProbeResult)
        throws(InspectionError)
    {
        guard let entry = layout.entry("model.json") else { return }
        let document = try JSONValue.parse(try layout.archive.open(entry), limits: subject.limits)
        guard let main = document["mainModule"] else {
            throw InspectionError(.malformed, "has no mainModule", entry: entry.name)
        }
        result.variant = "model.json"
        result.report(
            .warning, code: "torchscript.oldest-layout",
            "torch 1.0 to 1.3 wrote this layout; current torch releases refuse it",
            at: entry.name)
        if let version = document["protoVersion"]?.string { result.version = version }
        let tensors = (document["tensors"]?.array ?? []).map(tensor)
        var report = PickleReport(policy: TorchScript.policy, limits: subject.limits)
        let attributes = try attributes(layout, subject, &report, &result)
        var tally = TensorTally()
        let listing = TorchListing(result.listing) { key in layout.place(layout.folder + key) }
        var waiting = [(module: main, prefix: "")]
        while let (module, prefix) = waiting.popLast() {
            for parameter in module["parameters"]?.array ?? [] {
                guard let index = number(parameter["tensorId"] ?? 0), tensors.indices.contains(index),
                    let tensor = tensors[index]
                else { continue }
                let name = prefix + (parameter["name"]?.string ?? "")
                let shared = tally.add(name, tensor, isBuffer: parameter["isBuffer"]?.bool ?? false)
                listing?.add(name, tensor, sharedWith: shared)
            }
            for attribute in module["attributes"]?.array ?? [] where attribute["type"]?.string == "Tensor" {
                guard let id = number(attribute["id"] ?? 0), let index = attributes[id],
                    tensors.indices.contains(index),
                    let tensor = tensors[index]
                else { continue }
                let name = prefix + (attribute["name"]?.string ?? "")
                let shared = tally.add(name, tensor, isBuffer: true)
                listing?.add(name, tensor, sharedWith: shared)
            }
            for inner in (module["submodules"]?.array ?? []).reversed() {
                waiting.append((inner, TorchModule.longer(prefix, by: inner["name"]?.string)))
            }
        }
        result.facts.parameters = tally.parameters(
            counting: "parameters and buffers of every module, shared storage once")
        result.note("parameters", .read, "\(entry.name): mainModule, tensors")
        try forward(main, layout, &result)
        result.loading = Loading(report.verdict, imports: report.imports.isEmpty ? nil : report.imports)
    }

    /// Tensors of `attributes.pkl` (torch 1.1 and later), a list of `build_tensor_from_id(index)`.
    private static func attributes(
        _ layout: ArchiveLayout, _ subject: InspectedArtifact, _ report: inout PickleReport, _ result: inout ProbeResult
    ) throws(InspectionError) -> [Int: Int] {
        guard let source = try layout.open("attributes.pkl"), source.count > 0 else { return [:] }
        let pickle = Pickle.run(source, streams: 1, limits: subject.limits)
        report.add(pickle, entry: layout.folder + "attributes.pkl", to: &result)
        if let failure = pickle.failure { throw failure }
        var indices: [Int: Int] = [:]
        guard let list = pickle.root else { return [:] }
        for (position, value) in list.elements.enumerated() {
            guard let object = value.object, object.callee.isGlobal("torch.jit._pickle", "build_tensor_from_id") else {
                continue
            }
            indices[position] = object.arguments.elements.first?.int ?? object.arguments.int
        }
        return indices
    }

    /// The code of the main module is a file of functions, not of classes.
    private static func forward(_ main: JSONValue, _ layout: ArchiveLayout, _ result: inout ProbeResult)
        throws(InspectionError)
    {
        guard let key = main["torchscriptArena"]?["key"]?.string, let entry = layout.entry(key) else { return }
        let source = try layout.archive.open(entry)
        let text = String(decoding: try source.bytes(at: 0, count: source.count), as: UTF8.self)
        guard let method = ScriptCode.function("forward", in: text) else { return }
        result.facts.inputs = method.arguments.map { Port(name: $0.name, type: $0.type == "Tensor" ? nil : $0.type) }
        result.note("inputs", .read, "\(entry.name), signature of forward")
    }

    private static func tensor(_ value: JSONValue) -> TorchTensor? {
        let shape = (value["dims"]?.array ?? []).compactMap(number)
        let strides = (value["strides"]?.array ?? []).compactMap(number)
        guard let type = dataType(value["dataType"]?.string ?? "FLOAT"), strides.count == shape.count else {
            return nil
        }
        return TorchTensor(
            shape: shape, strides: strides, storageOffset: number(value["offset"] ?? 0) ?? 0,
            storageKey: value["data"]?["key"]?.string, dataType: type)
    }

    /// Protobuf's JSON writes 64-bit integers as strings.
    private static func number(_ value: JSONValue) -> Int? { value.int ?? value.string.flatMap { Int($0) } }

    /// `TensorProto.DataType` of caffe2/proto/caffe2.proto.
    private static func dataType(_ name: String) -> String? {
        switch name {
        case "FLOAT": "float32"
        case "DOUBLE": "float64"
        case "FLOAT16": "float16"
        case "INT64": "int64"
        case "INT32": "int32"
        case "INT16": "int16"
        case "INT8": "int8"
        case "UINT8": "uint8"
        case "BOOL": "bool"
        default: nil
        }
    }
}
