import ModelContainers
import ModelJSON

/// The names of an input's channels, when they are bands of a sensor.
///
/// STAC 1.1 takes `bands` in the Item's properties only when an asset has them too, and MLM takes the names in an input
/// only when the Item has them; so they are written to all three.
struct Bands {
    private let names: GivenNames
    private let sensor: Sensor?

    init(_ names: GivenNames, of sensor: Sensor? = nil) {
        self.names = names
        self.sensor = sensor
    }

    /// Names the channels of inputs: `INPUT:NAME` begins those of the input that is called so, and other names are of the
    /// one input whose channels they can be. Without names the bands are those of the sensor.
    func name(_ given: [String], in item: inout Item) throws(GivenError) {
        var inputs = item.properties["mlm:input"]?.array ?? []
        var all: [String] = []
        for (port, names) in groups(given, among: inputs) {
            let names = try names.isEmpty ? sensorNames(among: inputs) : names
            if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
                throw GivenError("\(source) \(twice.element) was given twice")
            }
            if !inputs.isEmpty {
                let index = try input(for: names, called: port, among: inputs)
                inputs[index] = try named(inputs[index], names, at: index, in: &item)
            }
            all += names.filter { !all.contains($0) }
        }
        if !inputs.isEmpty { item.properties["mlm:input"] = .array(inputs) }
        var bands: [JSONValue] = []
        for name in all { bands.append(try described(name)) }
        item.properties["bands"] = .array(bands)
        item.settle(JSONPointer(["properties", "bands"]), by: source)
    }

    /// What bands came by.
    private var source: String { sensor.map { "\(names.sensor) \($0.id)" } ?? names.bands }

    private func groups(_ given: [String], among inputs: [JSONValue]) -> [(input: String?, names: [String])] {
        let ports = inputs.compactMap { $0["name"]?.string }
        var groups: [(input: String?, names: [String])] = []
        for text in given {
            if let port = ports.first(where: { text.hasPrefix($0 + ":") }) {
                groups.append((port, [String(text.dropFirst(port.count + 1))]))
            } else if groups.isEmpty {
                groups = [(nil, [text])]
            } else {
                groups[groups.count - 1].names.append(text)
            }
        }
        return groups.isEmpty ? [(nil, [])] : groups
    }

    /// All bands of the sensor, or the features of a table where every one of them is a band.
    private func sensorNames(among inputs: [JSONValue]) throws(GivenError) -> [String] {
        guard let sensor else { return [] }
        return inputs.lazy.compactMap { features(of: $0) }.first ?? sensor.bandNames
    }

    private func described(_ name: String) throws(GivenError) -> JSONValue {
        guard let sensor else { return ["name": .string(name)] }
        if let band = sensor.described(name) { return band }
        throw GivenError(
            "\(names.bands) \(name) is not a band of \(sensor.id), which has \(sensor.bandNames.joined(separator: ", "))"
        )
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

    /// The one input whose channels these can be.
    private func input(for names: [String], called port: String?, among inputs: [JSONValue]) throws(GivenError) -> Int {
        let channels = inputs.enumerated().compactMap { index, input in
            port == nil || port == input["name"]?.string ? channel(of: input).map { (index, $0.size) } : nil
        }
        if let sensor, channels.isEmpty, let stranger = stranger(to: sensor, among: inputs) {
            throw GivenError("\(source): the features of the input are not its bands: \(stranger) is none of them")
        }
        guard !channels.isEmpty else {
            throw GivenError(
                "\(source): no input has a dimension that is known to be its channels; give the whole input "
                    + "with \(self.names.property) mlm:input=JSON")
        }
        let fitting = channels.filter { $0.1 == names.count || $0.1 == -1 }
        guard let (index, _) = fitting.first else {
            let sizes = channels.map { "\"\(inputs[$0.0]["name"]?.string ?? "")\" has \($0.1) channels" }
            throw GivenError(
                "\(source): \(names.count) \(sensor == nil ? "names" : "bands"), but \(sizes.joined(separator: ", "))")
        }
        guard fitting.count == 1 else {
            throw GivenError(
                "\(source): \(fitting.count) inputs have as many channels; put the name of one before its first band, "
                    + "as in \(inputs[index]["name"]?.string ?? "input"):\(names.first ?? "red")")
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
    private func channel(of input: JSONValue) -> (position: Int, size: Int)? {
        let order = input["input"]?["dim_order"]?.array
        let position =
            order?.firstIndex(of: "channel") ?? (features(of: input) == nil ? nil : order?.firstIndex(of: "feature"))
        guard let position, let size = input["input"]?["shape"]?[position]?.int else { return nil }
        return (position, size)
    }

    /// The features of a table, when all of them are bands of the sensor.
    private func features(of input: JSONValue) -> [String]? {
        guard let sensor, let list = input["mlm_inspect:features"]?.array, !list.isEmpty else { return nil }
        let names = list.compactMap { $0["name"]?.string }
        return names.count == list.count && names.allSatisfy { sensor.described($0) != nil } ? names : nil
    }

    private func named(
        _ input: JSONValue, _ names: [String], at index: Int, in item: inout Item
    ) throws(GivenError) -> JSONValue {
        guard let (position, _) = channel(of: input), let members = input.object,
            var tensor = input["input"]?.object, var order = tensor["dim_order"]?.array
        else { return input }
        order[position] = "bands"
        tensor["dim_order"] = .array(order)
        // Where the README of MLM has it: after the name.
        var result: JSONObject = ["name": members["name"] ?? "", "bands": .array(names.map(JSONValue.string))]
        for (key, value) in members where key != "name" { result[key] = value }
        result["input"] = .object(tensor)
        let pointer = JSONPointer(["properties", "mlm:input", String(index)])
        item.settle(pointer.appending("bands"), by: source)
        item.settle(pointer.appending("input").appending("dim_order").appending(position), by: source)
        return .object(result)
    }
}
