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

    /// x · scale + offset: a division, a subtraction, or both in one step. Empty for what changes nothing, and for what
    /// MLM has no word for. A list of one counts for all channels.
    static func linear(_ scale: [Double], _ offset: [Double]) -> [JSONObject] {
        let count = max(scale.count, offset.count)
        guard (1...64).contains(count), [1, count].contains(scale.count), [1, count].contains(offset.count),
            scale.allSatisfy({ $0.isFinite && $0 >= 1e-12 }), offset.allSatisfy(\.isFinite)
        else { return [] }
        let steps = (0..<count).map { index in
            let factor = scale[scale.count == 1 ? 0 : index]
            let shift = offset[offset.count == 1 ? 0 : index]
            return step(divisor: 1 / factor, subtracted: -shift / factor)
        }
        // What is the same for every channel is said once.
        let isPlain = steps.allSatisfy { $0 == ["type": "scale", "value": 1] }
        return isPlain ? [] : Set(steps).count == 1 ? [steps[0]] : steps
    }

    /// (x - subtracted) / divisor.
    private static func step(divisor: Double, subtracted: Double) -> JSONObject {
        if abs(subtracted) < noise { return ["type": "scale", "value": number(divisor)] }
        if abs(divisor - 1) < noise { return ["type": "offset", "value": number(subtracted)] }
        return ["type": "z-score", "mean": number(subtracted), "stddev": number(divisor)]
    }

    /// What arithmetic in binary fractions leaves behind.
    private static let noise = 5e-7

    /// Without what binary fractions add: six places, and of small numbers as many as show six digits.
    static func number(_ value: Double) -> JSONValue {
        guard value.isFinite, abs(value) < 1e9 else { return JSONValue(value) }
        var unit = 1e6
        while abs(value) * unit < 1e5, unit < 1e18 { unit *= 10 }
        let rounded = (value * unit).rounded() / unit
        return rounded == rounded.rounded() ? JSONValue(Int(rounded)) : JSONValue(rounded)
    }
}

extension ProbeResult {
    /// Values that the model scales must not be scaled before it.
    mutating func reportScaling(of input: String, at place: String) {
        report(
            .note, code: "model.scales-input",
            "the model scales the values of \"\(input)\" itself; they go in unscaled",
            at: place)
    }
}
