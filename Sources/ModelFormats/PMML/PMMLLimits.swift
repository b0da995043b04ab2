package import ModelBytes

package enum PMMLLimits {
    /// Fields of one data dictionary, schema or output.
    package static let fields = Limits.Limit("pmml fields", 262_144)

    package static let all = [fields]
}
