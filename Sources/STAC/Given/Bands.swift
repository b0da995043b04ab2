import ModelContainers
import ModelJSON

/// The names of an input's channels, or of an output's, when they are bands.
///
/// STAC 1.1 takes `bands` in the Item's properties only when an asset has them too, and MLM takes the names in an input
/// only when the Item has them; so they are written to all three.
struct Bands {
    /// Bands of one input or output.
    struct Group: Sendable {
        var kind = GivenPort.Kind.input
        /// Its name; nil for the one input whose channels they can be.
        var port: String?
        /// All bands of the sensor when empty.
        var names: [String]
        var sensor: Sensor?
        /// What they came by.
        var source: String
        /// Of bands that are computed: what MLM has in place of the name.
        var computed: [String: JSONValue] = [:]
        /// What STAC's `bands` say of them beside the name.
        var described: [String: JSONObject] = [:]
    }

    private let names: GivenNames

    init(_ names: GivenNames) { self.names = names }

    /// Names the channels of inputs and outputs. Of two groups for the same one the first holds.
    func name(_ groups: [Group], in item: inout Item) throws(GivenError) {
        var named: Set<JSONPointer> = []
        var bands: [JSONValue] = []
        for group in groups {
            let list = JSONPointer(["properties", group.kind.key])
            var ports = item.properties[group.kind.key]?.array ?? []
            var group = group
            if group.names.isEmpty { group.names = try sensorNames(group, among: ports) }
            let names = group.names
            if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
                throw GivenError("\(group.source) \(twice.element) was given twice")
            }
            if !ports.isEmpty {
                let index = try port(for: group, among: ports) { named.contains(list.appending($0)) }
                guard named.insert(list.appending(index)).inserted else { continue }
                ports[index] = try self.named(ports[index], group, at: list.appending(index), in: &item)
                item.properties[group.kind.key] = .array(ports)
            }
            for name in names where !bands.contains(where: { $0["name"]?.string == name }) {
                bands.append(try described(name, group))
            }
        }
        item.properties["bands"] = .array(bands)
        item.settle(JSONPointer(["properties", "bands"]), by: groups.map(\.source).first ?? names.bands)
    }

    /// `INPUT:NAME` begins the bands of the input that is called so, and other names are of the one input whose channels
    /// they can be. Without names the bands are those of the sensor.
    func groups(_ given: [String], of sensor: Sensor?, by source: String, among inputs: [JSONValue]) -> [Group] {
        let ports = inputs.compactMap { $0["name"]?.string }
        var groups: [Group] = []
        func begin(_ port: String?, _ names: [String]) {
            groups.append(Group(port: port, names: names, sensor: sensor, source: source))
        }
        for text in given {
            if let port = ports.first(where: { text.hasPrefix($0 + ":") }) {
                begin(port, [String(text.dropFirst(port.count + 1))])
            } else if groups.isEmpty {
                begin(nil, [text])
            } else {
                groups[groups.count - 1].names.append(text)
            }
        }
        if groups.isEmpty { begin(nil, []) }
        return groups
    }

    /// All bands of the sensor, or the features of a table where every one of them is a band.
    private func sensorNames(_ group: Group, among inputs: [JSONValue]) throws(GivenError) -> [String] {
        guard let sensor = group.sensor else { return [] }
        return inputs.lazy.compactMap { features(of: $0, sensor) }.first ?? sensor.bandNames
    }

    private func described(_ name: String, _ group: Group) throws(GivenError) -> JSONValue {
        var band: JSONObject = ["name": .string(name)]
        if let sensor = group.sensor, group.computed[name] == nil {
            guard let known = sensor.described(name)?.object else {
                throw GivenError(
                    "\(group.source == names.sensor + " " + sensor.id ? names.bands : group.source) \(name) is not a band "
                        + "of \(sensor.id), which has \(sensor.bandNames.joined(separator: ", "))")
            }
            band = known
        }
        for (key, value) in group.described[name] ?? [:] { band[key] = value }
        return .object(band)
    }

    /// Makes what a person said of bands in one place agree with the others: bands of an input are bands of the Item, and
    /// those of the Item are of its model assets.
    func complete(_ item: inout Item) {
        let ports = (item.properties["mlm:input"]?.array ?? []) + (item.properties["mlm:output"]?.array ?? [])
        let names = ports.flatMap { $0["bands"]?.array ?? [] }.compactMap { $0.string ?? $0["name"]?.string }
        if item.properties["bands"] == nil, !names.isEmpty {
            var seen: Set<String> = []
            let bands = names.filter { seen.insert($0).inserted }
            item.properties["bands"] = .array(bands.map { ["name": .string($0)] })
            item.settle(JSONPointer(["properties", "bands"]), by: "\(self.names.property) mlm:input")
        }
        guard let bands = item.properties["bands"] else { return }
        let source = item.evidence.first { $0.place.tokens == ["properties", "bands"] }?.where ?? self.names.bands
        for (key, value) in item.assets {
            guard var asset = value.object, asset["roles"]?.array?.contains("mlm:model") == true else { continue }
            asset["bands"] = bands
            item.assets[key] = .object(asset)
            item.settle(JSONPointer(["assets", key, "bands"]), by: source)
        }
    }

    /// The one input whose channels these can be, or the input or output that was named.
    private func port(
        for group: Group, among ports: [JSONValue], isTaken: (Int) -> Bool
    ) throws(GivenError) -> Int {
        let (names, source, sensor) = (group.names, group.source, group.sensor)
        let channels = ports.enumerated().compactMap { index, port in
            group.port == nil || group.port == port["name"]?.string
                ? channel(of: port, group).map { (index, $0.size) } : nil
        }
        if let sensor, channels.isEmpty, let stranger = stranger(to: sensor, among: ports) {
            throw GivenError("\(source): the features of the input are not its bands: \(stranger) is none of them")
        }
        guard !channels.isEmpty else {
            throw GivenError(
                "\(source): no \(group.kind.rawValue) has a dimension that is known to be its channels; name its "
                    + "dimensions too, with \(self.names.dimOrder) NAME=batch,channel,… or dim_order in a side file")
        }
        let fitting = channels.filter { $0.1 == names.count || $0.1 == -1 }
        guard let (index, _) = fitting.first else {
            let sizes = channels.map { "\"\(ports[$0.0]["name"]?.string ?? "")\" has \($0.1) channels" }
            throw GivenError(
                "\(source): \(names.count) \(sensor == nil ? "names" : "bands"), but \(sizes.joined(separator: ", "))")
        }
        let free = fitting.filter { !isTaken($0.0) }
        if free.count == 1 { return free[0].0 }
        guard fitting.count == 1 else {
            throw GivenError(
                "\(source): \(fitting.count) inputs have as many channels; put the name of one before its first band, "
                    + "as in \(ports[index]["name"]?.string ?? "input"):\(names.first ?? "red")")
        }
        return index
    }

    /// A feature of a table that is not a band of the sensor: an index, say.
    private func stranger(to sensor: Sensor, among inputs: [JSONValue]) -> String? {
        inputs.lazy.flatMap { $0["mlm_inspect:features"]?.array ?? [] }.compactMap { $0["name"]?.string }.first {
            sensor.described($0) == nil
        }
    }

    /// The dimension that has a place for each band.
    private func channel(of port: JSONValue, _ group: Group) -> (position: Int, size: Int)? {
        let tensor = port[group.kind.tensor]
        let order = tensor?["dim_order"]?.array
        let position =
            order?.firstIndex(of: "channel") ?? order?.firstIndex(of: "bands")
            ?? (features(of: port, group.sensor) == nil ? nil : order?.firstIndex(of: "feature"))
        guard let position, let size = tensor?["shape"]?[position]?.int else { return nil }
        return (position, size)
    }

    /// The features of a table, when all of them are bands of the sensor.
    private func features(of input: JSONValue, _ sensor: Sensor?) -> [String]? {
        guard let sensor, let list = input["mlm_inspect:features"]?.array, !list.isEmpty else { return nil }
        let names = list.compactMap { $0["name"]?.string }
        return names.count == list.count && names.allSatisfy { sensor.described($0) != nil } ? names : nil
    }

    private func named(
        _ port: JSONValue, _ group: Group, at place: JSONPointer, in item: inout Item
    ) throws(GivenError) -> JSONValue {
        let tensor = group.kind.tensor
        guard let (position, _) = channel(of: port, group), let members = port.object else { return port }
        item.settle(place.appending("bands"), by: group.source)
        item.settle(place.appending(tensor).appending("dim_order").appending(position), by: group.source)
        return .object(
            members.listing("bands", group.names.map { group.computed[$0] ?? .string($0) })
                .naming("bands", at: position, of: tensor))
    }
}

/// Inputs and outputs that list what is along one of their dimensions: MLM calls both by the same word.
extension JSONObject {
    /// With a list where MLM's README has it, after the name.
    func listing(_ key: String, _ values: [JSONValue]) -> JSONObject {
        var result: JSONObject = ["name": self["name"] ?? "", key: .array(values)]
        for (member, value) in self where member != "name" && member != key { result[member] = value }
        return result
    }

    /// With another name for a dimension of its tensor.
    func naming(_ dimension: String, at position: Int, of tensor: String) -> JSONObject {
        guard var members = self[tensor]?.object, var order = members["dim_order"]?.array,
            order.indices.contains(position)
        else { return self }
        order[position] = .string(dimension)
        members["dim_order"] = .array(order)
        var result = self
        result[tensor] = .object(members)
        return result
    }
}
