extension Framework {
    /// Frameworks whose Python interface is that of scikit-learn: their models stand in its pipelines, so that an artifact
    /// of one can be that of another.
    static let scikitLearn = estimators("scikit-learn", aliases: ["sklearn"])
    static let xgboost = estimators("XGBoost")
    static let lightgbm = estimators("LightGBM")
    static let catboost = estimators("CatBoost")

    private static func estimators(_ name: String, aliases: [String] = []) -> Framework {
        Framework(
            name, aliases: aliases, origins: ["scikit-learn", "XGBoost", "LightGBM", "CatBoost"], hasEstimators: true)
    }
}
