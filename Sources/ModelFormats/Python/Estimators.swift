extension Framework {
    /// A framework whose Python interface is that of scikit-learn: its models stand in pipelines of scikit-learn, so an
    /// artifact of one of these can be that of another.
    static func estimators(_ name: String, aliases: [String] = []) -> Framework {
        Framework(
            name, aliases: aliases, origins: ["scikit-learn", "XGBoost", "LightGBM", "CatBoost"], hasEstimators: true)
    }
}
