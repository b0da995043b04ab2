import ModelContainers
import ModelJSON

/// `--band`: the names of an input's channels, when they are bands of a sensor.
///
/// STAC 1.1 takes `bands` in the Item's properties only when an asset has them too, and MLM takes the names in an input
/// only when the Item has them; so they are written to all three.
enum Bands {
    static func name(_ names: [String], in item: inout Item) throws(GivenError) {
        if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
            throw GivenError("--band \(twice.element) was given twice")
        }
        var inputs = item.properties["mlm:input"]?.array ?? []
        if !inputs.isEmpty {
            let index = try input(for: names, among: inputs)
            inputs[index] = try named(inputs[index], names, at: index, in: &item)
            item.properties["mlm:input"] = .array(inputs)
        }
        item.properties["bands"] = .array(names.map { ["name": .string($0)] })
        item.settle(JSONPointer(["properties", "bands"]), by: "--band")
    }

    /// Makes what a person said of bands in one place agree with the others: bands of an input are bands of the Item, and
    /// those of the Item are of its model assets.
    static func complete(_ item: inout Item) {
        let ports = (item.properties["mlm:input"]?.array ?? []) + (item.properties["mlm:output"]?.array ?? [])
        let names = ports.flatMap { $0["bands"]?.array ?? [] }.compactMap { $0.string ?? $0["name"]?.string }
        if item.properties["bands"] == nil, !names.isEmpty {
            var seen: Set<String> = []
            let bands = names.filter { seen.insert($0).inserted }
            item.properties["bands"] = .array(bands.map { ["name": .string($0)] })
            item.settle(JSONPointer(["properties", "bands"]), by: "-p mlm:input")
        }
        guard let bands = item.properties["bands"] else { return }
        let flag = item.evidence.first { $0.place.tokens == ["properties", "bands"] }?.where ?? "--band"
        for (key, value) in item.assets {
            guard var asset = value.object, asset["roles"]?.array?.contains("mlm:model") == true else { continue }
            asset["bands"] = bands
            item.assets[key] = .object(asset)
            item.settle(JSONPointer(["assets", key, "bands"]), by: flag)
        }
    }

    /// The one input whose channels these can be.
    private static func input(for names: [String], among inputs: [JSONValue]) throws(GivenError) -> Int {
        let channels = inputs.enumerated().compactMap { index, input in channel(of: input).map { (index, $0.size) } }
        guard !channels.isEmpty else {
            throw GivenError(
                "--band: no input has a dimension that is known to be its channels; give the whole input with "
                    + "-p mlm:input=JSON")
        }
        let fitting = channels.filter { $0.1 == names.count || $0.1 == -1 }
        guard let (index, _) = fitting.first else {
            let sizes = channels.map { "\"\(inputs[$0.0]["name"]?.string ?? "")\" has \($0.1) channels" }
            throw GivenError("--band: \(names.count) names, but \(sizes.joined(separator: ", "))")
        }
        guard fitting.count == 1 else {
            throw GivenError("--band: \(fitting.count) inputs have as many channels; give them with -p mlm:input=JSON")
        }
        return index
    }

    private static func channel(of input: JSONValue) -> (position: Int, size: Int)? {
        guard let position = input["input"]?["dim_order"]?.array?.firstIndex(of: "channel"),
            let size = input["input"]?["shape"]?[position]?.int
        else { return nil }
        return (position, size)
    }

    private static func named(
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
        item.settle(pointer.appending("bands"), by: "--band")
        item.settle(pointer.appending("input").appending("dim_order").appending(position), by: "--band")
        return .object(result)
    }
}
