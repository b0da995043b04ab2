package import ModelBytes

package enum MLflowLimits {
    /// Flavours of one model; mlflow itself has some thirty.
    package static let flavors = Limits.Limit("mlflow flavors", 1_024)

    package static let all = [flavors]
}
