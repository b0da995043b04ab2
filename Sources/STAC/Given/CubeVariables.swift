import ModelContainers
import ModelJSON

/// Variables of a data cube that an input or output takes: MLM lists them along a dimension `variables`, and
/// `cube:variables` describes each of them.
enum CubeVariables {
    static let word = "variables"

    /// Lists them in an input or output, and says which dimension they are.
    static func list(
        _ member: GivenPort.Member, of kind: GivenPort.Kind, in port: JSONObject, describedBy cube: JSONValue?
    ) throws(GivenError) -> (port: JSONObject, position: Int) {
        let variables = member.value.array ?? []
        let names = variables.compactMap { $0.string ?? $0["name"]?.string }
        if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
            throw GivenError("\(member.source): \(twice.element) was given twice")
        }
        if let known = cube?.object, let stranger = names.first(where: { known[$0] == nil }) {
            throw GivenError(
                "\(member.source): \(stranger) is not described in cube:variables"
                    + NearestWord.advice(stranger, among: known.keys))
        }
        let tensor = port[kind.tensor]
        guard let position = position(in: tensor?["dim_order"]?.array ?? [], hasBands: port["bands"] != nil) else {
            throw GivenError(
                "\(member.source): no dimension is known to be the variables; name the dimensions too, as in "
                    + "dim_order: [time, variables, lat, lon]")
        }
        if let size = tensor?["shape"]?[position]?.int, size != -1, size != names.count {
            throw GivenError("\(member.source): \(names.count) variables, but the dimension has \(size) places")
        }
        return (port.listing(word, variables).naming(word, at: position, of: kind.tensor), position)
    }

    /// One called so, or the channels, where these are no bands.
    private static func position(in order: [JSONValue], hasBands: Bool) -> Int? {
        order.firstIndex(of: "variable") ?? order.firstIndex(of: .string(word))
            ?? (hasBands ? nil : order.firstIndex(of: "channel"))
    }
}
