package import ModelBytes

package enum EstimatorLimits {
    /// Parameters of the steps and members of an estimator that are written to the record.
    package static let nestedHyperparameters = Limits.Limit("nested hyperparameters", 256)

    package static let all = [nestedHyperparameters]
}
