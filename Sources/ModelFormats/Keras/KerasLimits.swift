package import ModelBytes

package enum KerasLimits {
    /// Calls of layers followed through a model, those of nested models at each of their calls.
    package static let calls = Limits.Limit("keras calls", 100_000)

    package static let all = [calls]
}
