package import ModelBytes

package enum YggdrasilLimits {
    /// Columns of one table that a model was trained with.
    package static let columns = Limits.Limit("ydf columns", 262_144)

    package static let all = [columns]
}
