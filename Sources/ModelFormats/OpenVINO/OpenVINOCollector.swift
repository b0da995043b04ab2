import ModelBytes
import ModelContainers
import ModelJSON

/// Takes from the document what is wanted, an element at a time.
final class OpenVINOCollector: XMLHandler {
    private let limits: Limits
    private let stopsAtRoot: Bool

    private(set) var version: String?
    private(set) var hasLayers = false
    /// Where the last constant ends in the file of weights.
    private(set) var lastByte = 0
    private var name: String?
    private var inputs: [Port] = []
    private var results: [(id: String, port: Port)] = []
    /// Names of output ports, `layer:port`, and of layers.
    private var names: [String: String] = [:]
    private var sources: [String: String] = [:]
    /// Names of layers, where ports are called by them.
    private var layerNames: [String: String] = [:]
    /// The ports that are outputs of such a layer.
    private var layerOutputs: [String: [String]] = [:]
    private var tally = ElementTally()
    /// The first constant of a type that is not known, so that no total can be given.
    private var uncounted: String?
    private var foreign: Set<String> = []
    /// With spaces between them.
    private var labels = ""
    /// Version, build and branch of the runtime that wrote it.
    private var runtime: String?

    private var path: [String] = []
    /// Layers of bodies of If, Loop and TensorIterator, each within the one before.
    private var inner: [(name: String, type: String)] = []
    /// Inputs of which not even the number of dimensions is said.
    private var unranked: Set<Int> = []
    /// Every size of every input is said.
    private var isStatic = true
    private var layer: (id: String, name: String, type: String)?
    private var port: (id: String, names: String?, precision: String?, dimensions: [Int])?
    private var text = ""
    private(set) var wantsText = false

    /// Receives the constants, whatever they are for.
    private let listing: Listing?

    init(limits: Limits, stopsAtRoot: Bool = false, listing: Listing? = nil) {
        self.listing = listing
        self.limits = limits
        self.stopsAtRoot = stopsAtRoot
    }

    func start(_ element: XMLElement) throws(InspectionError) -> Bool {
        let tag = element.qualifiedName
        if element.depth == 0 {
            guard tag == "net", let version = element["version"], Int(version) != nil else { return false }
            self.version = version
            name = element["name"]
        }
        path.append(tag)
        switch tag {
        case "layers" where element.depth == 1:
            hasLayers = true
            if stopsAtRoot { return false }
        case "layer" where element.depth == 2: begin(element)
        case "layer" where element.depth > 2:
            let type = element["type"] ?? ""
            inner.append((element["name"] ?? "", type))
            check(type, of: element["version"])
        case "data":
            if let last = inner.last {
                try constant(last.name, last.type, element)
            } else if element.depth == 3 {
                try data(element)
            }
        case "port" where element.depth == 4:
            port = (element["id"] ?? "", element["names"], element["precision"]?.lowercased(), [])
        case "dim": (wantsText, text) = (true, "")
        case "edge" where element.depth == 2 && sources.count < limits.listedValues.value:
            if let layer = element["from-layer"], let port = element["from-port"], let to = element["to-layer"] {
                sources[to] = "\(layer):\(port)"
            }
        case "info" where element["name"] == "OpenVINO Runtime": runtime = element["value"]
        case "Runtime_version" where path.contains("rt_info"): runtime = element["value"]
        case "labels" where path.dropFirst().elementsEqual(["rt_info", "model_info", "labels"]):
            if let value = element["value"], !PrivateText.holdsPath(value) { labels = value }
        default: break
        }
        return true
    }

    func end(depth: Int) {
        let tag = path.popLast()
        switch tag {
        case "dim":
            wantsText = false
            // A dimension that can vary is -1; older writers have a range or a question mark.
            port?.dimensions.append(Int(text) ?? -1)
        case "port" where depth == 4: finishPort()
        case "layer" where depth == 2: layer = nil
        case "layer" where depth > 2: _ = inner.popLast()
        default: break
        }
    }

    func text(_ piece: String) { if text.utf8.count < 64 { text += piece } }

    private func begin(_ element: XMLElement) {
        let type = element["type"] ?? ""
        layer = (element["id"] ?? "", element["name"] ?? "", type)
        if type == "Parameter" || type == "Input" {
            if inputs.count < limits.listedValues.value {
                inputs.append(Port(name: namesLayers ? element["name"] ?? "" : ""))
            }
        } else if type == "Result", results.count < limits.listedValues.value {
            // A Result keeps the names of what it was made for.
            results.append((element["id"] ?? "", Port(name: Self.first(element["output_names"]) ?? "")))
        } else if namesLayers, layerNames.count < limits.listedValues.value {
            layerNames[element["id"] ?? ""] = element["name"]
        }
        check(type, of: element["version"])
    }

    /// Up to version 10 inputs and outputs are called as their layers are; after that by the names of their tensors alone
    /// (openvino, src/inference/src/model_reader.cpp, `update_v10_model`).
    private var namesLayers: Bool { version.flatMap { Int($0) } ?? 11 <= 10 }

    /// Layers of versions before 10 name no set.
    private func check(_ type: String, of set: String?) {
        let mustName = version.flatMap { Int($0) } ?? 10 >= 10
        guard set != nil || mustName, !OpenVINOSets.has(type, in: set ?? ""), foreign.count < 64 else { return }
        foreign.insert(set.map { "\($0).\(type)" } ?? type)
    }

    private func data(_ element: XMLElement) throws(InspectionError) {
        guard let layer else { return }
        if layer.type == "Parameter", !inputs.isEmpty {
            inputs[inputs.count - 1].dataType = Self.dataType(element["element_type"])
            if let shape = element["shape"] { bound(inputs.count - 1, shape) }
        }
        try constant(layer.name, layer.type, element)
    }

    /// `1..8,3,16..,?`; `...` where not even their number is known.
    private func bound(_ input: Int, _ text: String) {
        let sizes = text.split(separator: ",").prefix(65).map { $0.drop { $0 == " " } }
        if text.isEmpty || sizes.allSatisfy({ Int($0) ?? -1 >= 0 }) { return }
        isStatic = false
        guard !text.contains("...") else {
            unranked.insert(input)
            return
        }
        var dynamic: [DynamicDimension] = []
        for (index, size) in sizes.enumerated() {
            guard let dots = size.firstRange(of: "..") else { continue }
            let (least, most) = (Int(size[..<dots.lowerBound]), Int(size[dots.upperBound...]))
            guard least != nil || most != nil else { continue }
            dynamic.append(DynamicDimension(dimension: index, symbol: String(size), min: least, max: most))
        }
        if !dynamic.isEmpty { inputs[input].dynamic = dynamic }
    }

    private func constant(_ name: String, _ type: String, _ element: XMLElement) throws(InspectionError) {
        guard type == "Const", let size = element["size"].flatMap({ Int($0) }),
            let offset = element["offset"].flatMap({ Int($0) })
        else { return }
        let (end, overflow) = offset.addingReportingOverflow(size)
        guard offset >= 0, size >= 0, !overflow else {
            throw InspectionError(.malformed, "constant \"\(name)\" lies beyond any file")
        }
        lastByte = max(lastByte, end)
        let shape = element["shape"]?.split(separator: ",").map { Int($0.drop { $0 == " " }) ?? -1 } ?? []
        listing?.add(
            StoredTensor(
                name: name, shape: shape, dataType: Self.dataType(element["element_type"]), bytes: size,
                place: StoredTensor.Place(offset: offset)))
        guard let type = Self.dataType(element["element_type"]) else {
            if size > 0 { uncounted = uncounted ?? name }
            return
        }
        // Integers of 64 and 32 bits are shapes, axes and indices of other operators.
        guard !["int64", "int32", "bool", "string"].contains(type) else { return }
        tally.add(name, shape: shape, dataType: type, bytes: size)
    }

    private func finishPort() {
        defer { port = nil }
        guard let layer, let port else { return }
        switch layer.type {
        case "Parameter", "Input":
            guard !inputs.isEmpty else { return }
            if !unranked.contains(inputs.count - 1) { inputs[inputs.count - 1].shape = port.dimensions }
            if let name = Self.first(port.names) { inputs[inputs.count - 1].name = name }
        case "Result":
            guard !results.isEmpty else { return }
            // No size at all is a scalar, or a shape of unknown rank.
            let isKnown = !port.dimensions.isEmpty || isStatic
            results[results.count - 1].port.shape = isKnown ? port.dimensions : nil
            results[results.count - 1].port.dataType = Self.dataType(port.precision)
        default:
            if layerNames[layer.id] != nil, path.contains("output") {
                layerOutputs[layer.id, default: []].append(port.id)
            }
            if let name = Self.first(port.names), names.count < limits.listedValues.value {
                names["\(layer.id):\(port.id)"] = name
            }
        }
    }

    /// The first of several names with commas between them; a comma within a name has a backslash before it.
    private static func first(_ names: String?) -> String? {
        guard let names else { return nil }
        var first = ""
        for character in names {
            if character != "," {
                first.append(character)
            } else if first.last == "\\" {
                first.removeLast()
                first.append(",")
            } else {
                break
            }
        }
        return first.isEmpty ? nil : first
    }

    private static func dataType(_ spelt: String?) -> String? {
        switch spelt {
        case "f32", "fp32": "float32"
        case "f16", "fp16": "float16"
        case "f64", "fp64": "float64"
        case "bf16": "bfloat16"
        case "boolean", "bool": "bool"
        case "i8", "i16", "i32", "i64": spelt.map { "int" + $0.dropFirst() }
        case "u8", "u16", "u32", "u64": spelt.map { "uint" + $0.dropFirst() }
        case "u1", "u2", "u3", "u4", "u6", "i4", "nf4": spelt
        case "f8e4m3": "float8_e4m3fn"
        case "f8e5m2": "float8_e5m2"
        case "f8e8m0": "float8_e8m0fnu"
        case "f4e2m1": "float4_e2m1fn"
        case "string": "string"
        default: nil
        }
    }

    func fill(_ result: inout ProbeResult) {
        result.version = version
        if let name, !name.isEmpty, !PrivateText.holdsPath(name) {
            result.facts.metadata = ["name": .string(name)]
            result.note("metadata", .read, "net: name")
        }
        if !inputs.isEmpty {
            result.facts.inputs = inputs
            result.note(
                "inputs", .read, "layers of type \(version.flatMap { Int($0) } ?? 10 < 10 ? "Input" : "Parameter")")
        }
        if !results.isEmpty {
            result.facts.outputs = results.map { item in
                var port = item.port
                if port.name.isEmpty, let source = sources[item.id] {
                    port.name = names[source] ?? layerName(source) ?? ""
                }
                return port
            }
            result.note("outputs", .read, "layers of type Result, and what leads to them")
        }
        if let uncounted {
            result.report(
                .warning, code: "openvino.constant-type",
                "a constant has an unknown type, so its elements cannot be counted", at: uncounted)
        } else if let parameters = tally.parameters(
            counting: "elements of constants; integers of 32 and 64 bits are no parameters")
        {
            result.facts.parameters = parameters
            result.note("parameters", .read, "layers of type Const")
        }
        tell(&result)
    }

    /// The layer of `layer:port`, with the number of the output behind a point where it has several.
    private func layerName(_ source: String) -> String? {
        let parts = source.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let name = layerNames[parts[0]], let outputs = layerOutputs[parts[0]],
            let index = outputs.firstIndex(of: parts[1])
        else { return nil }
        return outputs.count == 1 ? name : "\(name).\(index)"
    }

    private func tell(_ result: inout ProbeResult) {
        if let version = runtime?.split(separator: "-").first, version.utf8.count < 64 {
            result.facts.frameworkVersion = String(version)
            result.note("framework_version", .read, "rt_info: version of the runtime")
        }
        classes(&result)
        guard !foreign.isEmpty else { return }
        let names = foreign.sorted()
        result.loading?.verdict = .needsCode
        result.loading?.classes = names
        result.report(
            .warning, code: "openvino.custom-operator",
            "operators that their operator set does not have in OpenVINO \(LoaderVersions.openvino.last ?? ""), so that an "
                + "extension has to bring them: \(names.joined(separator: ", "))")
    }

    /// Labels of the one output: as many as one of its dimensions has, for nothing else says that each is a class.
    ///
    /// Model API writes spaces between them; others that fill in the same key write semicolons or commas.
    private func classes(_ result: inout ProbeResult) {
        guard !labels.isEmpty, let outputs = result.facts.outputs, outputs.count == 1 else { return }
        // The first dimension is the batch's.
        let sizes = outputs[0].shape.map { $0.count > 1 ? $0.dropFirst() : $0[...] } ?? []
        let lists = [" ", ";", ","].map { separator in
            labels.split(separator: separator).map { label in
                String(label.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        }
        if let fitting = lists.first(where: { sizes.contains($0.count) && $0.count <= limits.listedValues.value }) {
            result.facts.outputs?[0].labels = fitting
            result.note("outputs.labels", .read, "rt_info: model_info.labels")
        } else {
            result.report(
                .note, code: "openvino.labels", "\(lists[0].count) labels, but no output dimension has this size",
                at: "rt_info: model_info.labels")
        }
    }
}
