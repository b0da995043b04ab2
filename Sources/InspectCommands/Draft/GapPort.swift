import ModelFormats
import ModelJSON
import STAC

/// The input or output of a draft that lacks something.
struct GapPort {
    /// What it lacks: `dim_order`, `data_type`.
    let field: String
    /// Empty where it has none.
    let name: String
    /// The names of its dimensions as far as they are known, and `AXIS` for the others.
    let axes: [String]

    /// Nil for a gap that is about something else.
    init?(_ gap: Gap, in properties: JSONObject) {
        let parts = gap.pointer.split(separator: "/").map(String.init)
        guard parts.count == 5, parts[0] == "properties", let index = Int(parts[2]),
            let ports = properties[parts[1]]?.array, ports.indices.contains(index),
            let name = ports[index]["name"]?.string
        else { return nil }
        field = parts[4]
        self.name = name
        axes = (ports[index][parts[3]]?["dim_order"]?.array ?? []).map { value in
            value.string.flatMap { DimensionOrder.isNeutral($0) ? nil : $0 } ?? "AXIS"
        }
    }
}
