import ModelJSON

/// `value_scaling` of MLM: what is done to the values of an input, one object for all channels or one for each.
enum ValueScaling {
    /// (x · factor − mean) / deviation, in one step.
    static func zScore(_ mean: [Double], _ deviation: [Double], factor: Double?) -> [JSONObject] {
        let divisor = factor ?? 1
        guard divisor > 0, mean.count == deviation.count, mean.count <= 64, deviation.allSatisfy({ $0 > 0 }) else {
            return []
        }
        return zip(mean, deviation).map { mean, deviation in
            ["type": "z-score", "mean": number(mean / divisor), "stddev": number(deviation / divisor)]
        }
    }

    /// Without what binary fractions add behind the sixth digit.
    static func number(_ value: Double) -> JSONValue {
        guard value.isFinite, abs(value) < 1e9 else { return JSONValue(value) }
        let rounded = (value * 1e6).rounded() / 1e6
        return rounded == rounded.rounded() ? JSONValue(Int(rounded)) : JSONValue(rounded)
    }
}
