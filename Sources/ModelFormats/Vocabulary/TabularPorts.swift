/// The rule for models of tables: one input of rows and columns, and an answer for each row.
///
/// Dimensions have names where they are proven. Here the format is the proof: what it holds takes a table of samples and
/// features, whatever its framework calls that argument. The port keeps the name that the framework gives it.
extension Port {
    static func table(
        _ name: String, columns: Int, dataType: String? = nil, features: [Feature]? = nil
    ) -> Port {
        Port(
            name: name, shape: [-1, columns], dataType: dataType, dimOrder: ["batch", "feature"], features: features)
    }

    /// One value a row, or several; `element` is what they are one for each of, where that is certain: `class`, `target`.
    static func answer(_ name: String, shape: [Int], element: String? = nil, dataType: String? = nil) -> Port {
        let order = shape.count == 1 ? ["batch"] : element.map { ["batch", $0] }
        return Port(name: name, shape: shape, dataType: dataType, dimOrder: order?.count == shape.count ? order : nil)
    }
}

extension ProbeResult {
    /// Says why the dimensions of tables have names.
    mutating func noteTable() {
        if facts.inputs?.contains(where: { $0.dimOrder != nil }) == true {
            note("inputs.dim_order", .derived, "\(identity.name): the input is a table of rows and features")
        }
        if facts.outputs?.contains(where: { $0.dimOrder != nil }) == true {
            note("outputs.dim_order", .derived, "\(identity.name): an answer for each row")
        }
    }
}
