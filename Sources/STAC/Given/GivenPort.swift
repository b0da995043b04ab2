import ModelContainers
import ModelJSON

/// What a person says of an input or output, by its name.
package struct GivenPort: Sendable {
    package enum Kind: String, Sendable {
        case input, output

        /// Where MLM lists them.
        var key: String { "mlm:" + rawValue }
        /// Where the tensor of one is.
        var tensor: String { self == .input ? "input" : "result" }
    }

    /// A member, and what it came by.
    struct Member: Sendable {
        var key: String
        var value: JSONValue
        var source: String
    }

    package let kind: Kind
    /// Nil when it is the only one, or the one that fits.
    package let name: String?
    /// What it came by.
    let source: String
    /// Members of the tensor: shape and data_type.
    var tensor: [Member] = []
    var dimOrder: [String]?
    var members: [Member] = []
    var bands: Bands.Group?

    package init(_ kind: Kind, _ name: String?, by source: String) {
        self.kind = kind
        self.name = name
        self.source = source
    }

    /// Classes of an output, from the first value on.
    package static func classes(_ labels: [String], of output: String?, by source: String) -> GivenPort {
        var port = GivenPort(.output, output, by: source)
        let classes = Classes.draft(labels, values: nil)
        port.members = [Member(key: "classification:classes", value: .array(classes), source: source)]
        return port
    }

    /// Adds the input or output where the artifact does not have it, and what is known of its tensor.
    func addTo(_ item: inout Item) throws(GivenError) {
        var ports = item.properties[kind.key]?.array ?? []
        let index = try position(in: ports)
        guard let index else {
            ports.append(try newPort(item))
            item.properties[kind.key] = .array(ports)
            let list = JSONPointer(["properties", kind.key])
            item.gaps.removeAll { $0.pointer == list.description && tellsOfIt($0.hint) }
            item.evidence.removeAll { $0.place == list && $0.origin == .assumed }
            item.settle(list.appending(ports.count - 1), by: source)
            return
        }
        guard var port = ports[index].object, var members = port[kind.tensor]?.object else { return }
        let place = JSONPointer(["properties", kind.key, String(index), kind.tensor])
        for member in tensor where members[member.key] != member.value {
            try agree(member, members[member.key])
            members[member.key] = member.value
            item.settle(place.appending(member.key), by: member.source)
        }
        port[kind.tensor] = .object(members)
        ports[index] = .object(port)
        item.properties[kind.key] = .array(ports)
    }

    /// Adds what is said of the whole of it, once dimensions and bands have their names.
    func complete(_ item: inout Item) throws(GivenError) {
        guard !members.isEmpty else { return }
        var ports = item.properties[kind.key]?.array ?? []
        guard let index = try position(in: ports), var port = ports[index].object else { return }
        let place = JSONPointer(["properties", kind.key, String(index)])
        for member in members {
            if member.key == CubeVariables.word {
                let cube = item.properties["cube:variables"]
                let (listed, position) = try CubeVariables.list(member, of: kind, in: port, describedBy: cube)
                port = listed
                let dimension = place.appending(kind.tensor).appending("dim_order").appending(position)
                item.settle(dimension, by: member.source)
            } else {
                try fit(member, port)
                port[member.key] = member.value
            }
            item.settle(place.appending(member.key), by: member.source)
        }
        ports[index] = .object(port)
        item.properties[kind.key] = .array(ports)
    }

    // MARK: - Which one

    /// Nil for one that is not there and can be added.
    private func position(in ports: [JSONValue]) throws(GivenError) -> Int? {
        let names = ports.map { $0["name"]?.string ?? "" }
        if let name {
            if let index = names.firstIndex(of: name) { return index }
            if tensor.count == 2, dimOrder != nil { return nil }
            let there =
                names.isEmpty
                ? "the model has none that can be drafted; say shape, dim_order and data_type too"
                : "there are \(names.joined(separator: ", "))"
            throw GivenError(
                "\(source): there is no such \(kind.rawValue)"
                    + (NearestWord.of(name, among: names).map { "; did you mean \($0)?" } ?? "; \(there)"))
        }
        if ports.count == 1 { return 0 }
        guard !ports.isEmpty else {
            throw GivenError("\(source): the model has no \(kind.rawValue) that is known")
        }
        throw GivenError(
            "\(source): there are \(ports.count) \(kind.rawValue)s; say of which one: \(names.joined(separator: ", "))")
    }

    private func newPort(_ item: Item) throws(GivenError) -> JSONValue {
        var port: JSONObject = ["name": .string(name ?? "")]
        if kind == .output { port["tasks"] = item.properties["mlm:tasks"] ?? [] }
        var members = JSONObject()
        members["shape"] = tensor.first { $0.key == "shape" }?.value
        guard let dimOrder, members["shape"]?.array?.count == dimOrder.count,
            DimensionNames.isValid(dimOrder, rank: dimOrder.count)
        else { throw GivenError("\(source): shape and dim_order need as many elements, and names no two alike") }
        members["dim_order"] = .array(dimOrder.map(JSONValue.string))
        members["data_type"] = tensor.first { $0.key == "data_type" }?.value
        port[kind.tensor] = .object(members)
        return .object(port)
    }

    /// Whether a hint is of this one, or of all of them.
    private func tellsOfIt(_ hint: String) -> Bool {
        !hint.hasPrefix("\(kind.rawValue) \"") || hint.hasPrefix("\(kind.rawValue) \"\(name ?? "")\"")
    }

    // MARK: - What fits

    /// A person may say what the artifact leaves open, and nothing else.
    private func agree(_ member: Member, _ known: JSONValue?) throws(GivenError) {
        guard let known else { return }
        if member.key == "data_type", known == "other" { return }
        if let given = member.value.array, let known = known.array, given.count == known.count,
            zip(given, known).allSatisfy({ $1 == -1 || $0 == $1 })
        {
            return
        }
        throw GivenError(
            "\(member.source): the model has \(known.write(pretty: false)), not \(member.value.write(pretty: false))")
    }

    /// Scaling is of all channels alike, or of each one; and no output has more classes than places for them.
    private func fit(_ member: Member, _ port: JSONObject) throws(GivenError) {
        guard let count = member.value.array?.count else { return }
        switch member.key {
        case "value_scaling":
            let size = size(of: ["bands", "channel", "feature"], port)
            guard count > 1, let size, size > 0, size != count else { return }
            throw GivenError(
                "\(member.source): \(count) scalings for \(size) channels; give one for all of them, or one for each")
        case "classification:classes":
            guard let size = size(of: ["class", "classes", "channel"], port), size > 2, count > size else { return }
            throw GivenError("\(member.source): \(count) classes, but the output has places for \(size)")
        default: break
        }
    }

    private func size(of dimensions: [String], _ port: JSONObject) -> Int? {
        let order = port[kind.tensor]?["dim_order"]?.array ?? []
        guard let position = dimensions.lazy.compactMap({ order.firstIndex(of: .string($0)) }).first else { return nil }
        return port[kind.tensor]?["shape"]?[position]?.int
    }
}
