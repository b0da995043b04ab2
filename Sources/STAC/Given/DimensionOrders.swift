import ModelContainers
import ModelJSON

/// What a person calls the dimensions of an input or output.
package struct DimensionOrders {
    /// The names of the dimensions of one input or output, such as `batch` and `channel`.
    package struct Given: Sendable {
        /// The name of the input or output.
        package var port: String
        /// As many as it has dimensions.
        package var names: [String]
        /// Nil for inputs and outputs alike.
        var kind: GivenPort.Kind?
        /// What it came by, where that is not what `GivenNames` has for it.
        var source: String?

        init(_ kind: GivenPort.Kind, _ port: String, _ names: [String], by source: String) {
            (self.kind, self.port, self.names, self.source) = (kind, port, names, source)
        }

        /// Reads `NAME=batch,channel,…`; nil for a text that has no such form.
        package init?(_ text: String) {
            guard let equals = text.lastIndex(of: "=") else { return nil }
            port = String(text[..<equals])
            names = text[text.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false).map(
                String.init)
        }
    }

    private let names: GivenNames

    init(_ names: GivenNames) { self.names = names }

    /// Sets the order of every input and output of that name. Throws where there is none, or where its rank is another.
    func set(_ given: Given, in item: inout Item) throws(GivenError) {
        let source = given.source ?? "\(names.dimOrder) \(given.port)"
        guard DimensionNames.isValid(given.names, rank: given.names.count) else {
            throw GivenError(
                "\(source): names of dimensions are of small letters, - and _, no two alike, and not bands or variables"
            )
        }
        var ports: [String] = []
        var isSet = false
        for kind in [GivenPort.Kind.input, .output] where given.kind ?? kind == kind {
            let (key, member) = (kind.key, kind.tensor)
            var list = item.properties[key]?.array ?? []
            for (index, port) in list.enumerated() {
                ports.append(port["name"]?.string ?? "")
                guard ports.last == given.port, var object = port.object, var tensor = object[member]?.object else {
                    continue
                }
                let rank = tensor["shape"]?.array?.count ?? 0
                guard rank == given.names.count else {
                    throw GivenError("\(source): \(given.names.count) names for \(rank) dimensions")
                }
                tensor["dim_order"] = .array(given.names.map(JSONValue.string))
                object[member] = .object(tensor)
                list[index] = .object(object)
                item.settle(JSONPointer(["properties", key, String(index), member, "dim_order"]), by: source)
                isSet = true
            }
            if item.properties[key] != nil { item.properties[key] = .array(list) }
        }
        guard isSet else {
            throw GivenError("\(source): there is no such input or output; there are \(ports.joined(separator: ", "))")
        }
    }
}
