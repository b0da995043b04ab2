import ModelContainers
import ModelFormats
import ModelJSON

/// `mlm:input` or `mlm:output`.
enum PortKind: String {
    case input, output

    var key: String { "mlm:" + rawValue }
    /// The key of the tensor in one of them.
    var tensorKey: String { self == .input ? "input" : "result" }
}

/// Compares declared inputs or outputs with those that were read, matched by name, else by position.
struct PortAgreement {
    private let kind: PortKind
    private let comparesTypes: Bool
    /// The ports of every entry point; a person may have described any of them.
    private let entryPoints: [[Port]]

    init(_ kind: PortKind, _ facts: ModelFacts, hasEstimators: Bool) {
        self.kind = kind
        comparesTypes = !hasEstimators
        let ports =
            switch kind {
            case .input: [facts.inputs] + (facts.signatures ?? []).map(\.inputs)
            // What an estimator gives depends on the method that is called.
            case .output: hasEstimators ? [] : [facts.outputs] + (facts.signatures ?? []).map(\.outputs)
            }
        entryPoints = ports.compactMap(\.self).filter { !$0.isEmpty }
    }

    func contradictions(_ declared: Declared?) -> [Contradiction] {
        guard let declared else { return [] }
        var first: [Contradiction]?
        for ports in entryPoints {
            let found = contradictions(declared.elements.map(named), ports)
            if found.isEmpty { return [] }
            first = first ?? found
        }
        return first ?? []
    }

    private func named(_ port: Declared) -> Declared {
        var port = port
        if let name = port.value["name"]?.string, !name.isEmpty { port.name = "\(kind) \(JSONValue(name))" }
        return port
    }

    private func contradictions(_ declared: [Declared], _ ports: [Port]) -> [Contradiction] {
        var found: [Contradiction] = []
        var unnamed: [Declared] = []
        var rest = ports
        for port in declared {
            if let index = rest.firstIndex(where: { $0.name == port.value["name"]?.string }) {
                found += contradictions(port, rest.remove(at: index))
            } else {
                unnamed.append(port)
            }
        }
        // By position only when none is left over, and only for what agrees with none of them: a person may have listed
        // them in another order.
        guard unnamed.count == rest.count else { return found }
        for (port, read) in zip(unnamed, rest) {
            let apart = contradictions(port, read)
            if !apart.isEmpty, !rest.contains(where: { contradictions(port, $0).isEmpty }) { found += apart }
        }
        return found
    }

    private func contradictions(_ port: Declared, _ read: Port) -> [Contradiction] {
        guard read.type == nil, let tensor = port.member(kind.tensorKey) else { return [] }
        return [shape(tensor, of: port, read), bands(tensor, of: port, read), dataType(tensor, of: port, read)]
            .compactMap(\.self)
    }

    private func shape(_ tensor: Declared, of port: Declared, _ read: Port) -> Contradiction? {
        guard
            let shape = tensor.value["shape"].map({
                Declared(value: $0, pointer: tensor.pointer.appending("shape"), name: "shape of \(port.name)")
            }),
            let sizes = shape.value.array, !sizes.isEmpty, let known = read.shape
        else { return nil }
        let observed = JSONValue.array(known.map { JSONValue($0) })
        guard sizes.count == known.count else {
            return shape.contradicted(
                by: observed, "the artifact has \(observed): \(known.count) dimensions, not \(sizes.count)")
        }
        let differing = sizes.indices.filter { index in
            guard let size = sizes[index].int, size > 0, known[index] > 0 else { return false }
            return size != known[index]
        }
        guard !differing.isEmpty else { return nil }
        let order = tensor.value["dim_order"]?.array ?? []
        let details = differing.map { index in
            let name = order.indices.contains(index) ? order[index].string : nil
            return "\(name ?? "dimension \(index)") is \(known[index]), not \(sizes[index])"
        }
        return shape.contradicted(by: observed, "the artifact has \(observed): \(details.joined(separator: ", "))")
    }

    /// The list of bands counts only where the shape does not say how many there are, and where nothing makes other bands
    /// of them on the way.
    private func bands(_ tensor: Declared, of port: Declared, _ read: Port) -> Contradiction? {
        guard let bands = port.member("bands"), let list = bands.value.array, !list.isEmpty,
            port.value["pre_processing_function"]?.isNull ?? true,
            let index = tensor.value["dim_order"]?.array?.firstIndex(where: { $0 == "bands" || $0 == "channel" }),
            let sizes = tensor.value["shape"]?.array, sizes.indices.contains(index), sizes[index] == -1,
            let known = read.shape, known.count == sizes.count, known[index] > 0, known[index] != list.count
        else { return nil }
        return Contradiction(
            pointer: bands.pointer.description, declared: bands.value, observed: JSONValue(known[index]),
            message: "\(bands.name): \(list.count) are declared, but the artifact takes \(known[index])")
    }

    private func dataType(_ tensor: Declared, of port: Declared, _ read: Port) -> Contradiction? {
        guard comparesTypes, read.features == nil, let exact = read.dataType,
            let declared = tensor.value["data_type"]?.string, !DataType.agree(declared: declared, exact: exact)
        else { return nil }
        return Declared(
            value: .string(declared), pointer: tensor.pointer.appending("data_type"), name: "data_type of \(port.name)"
        ).contradicted(by: .string(exact), "the artifact has \(exact)")
    }
}

extension DataType {
    /// Whether a declared data type can be that of `exact`. A word that is not of the raster extension says nothing, `other`
    /// fits everything, and what the extension has no word for is often declared by its size.
    static func agree(declared: String, exact: String) -> Bool {
        let word = accepted(exact)
        if declared == exact || declared == word || declared == "other" || !CommonMetadata.dataTypes.contains(declared)
        {
            return true
        }
        guard word == "other" else { return false }
        // bfloat16 and string are none of the words; of a bool or a quantised type nobody can say that.
        return exact != "bfloat16" && exact != "string"
    }
}
