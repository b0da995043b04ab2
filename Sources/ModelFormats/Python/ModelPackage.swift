/// A Python package whose objects are models.
struct ModelPackage: Hashable {
    /// The top-level module.
    let module: String
    /// As MLM spells it, else as the project does.
    let framework: String
    /// As pip spells it.
    let distribution: String

    private init(_ module: String, _ framework: String, _ distribution: String) {
        self.module = module
        self.framework = framework
        self.distribution = distribution
    }

    static let scikitLearn = ModelPackage("sklearn", "scikit-learn", "scikit-learn")

    private static let all: [ModelPackage] = [
        scikitLearn,
        ModelPackage("xgboost", "XGBoost", "xgboost"),
        ModelPackage("lightgbm", "LightGBM", "lightgbm"),
        ModelPackage("catboost", "CatBoost", "catboost"),
        ModelPackage("statsmodels", "statsmodels", "statsmodels"),
        ModelPackage("imblearn", "imbalanced-learn", "imbalanced-learn"),
        ModelPackage("prophet", "Prophet", "prophet"),
        ModelPackage("fbprophet", "Prophet", "fbprophet"),
        ModelPackage("mlxtend", "mlxtend", "mlxtend"),
        ModelPackage("sktime", "sktime", "sktime"),
        ModelPackage("skopt", "scikit-optimize", "scikit-optimize"),
        ModelPackage("tpot", "TPOT", "tpot"),
        ModelPackage("autogluon", "AutoGluon", "autogluon"),
        ModelPackage("pycaret", "PyCaret", "pycaret"),
        ModelPackage("interpret", "InterpretML", "interpret"),
        ModelPackage("econml", "EconML", "econml"),
        ModelPackage("cuml", "cuML", "cuml"),
        ModelPackage("ngboost", "NGBoost", "ngboost"),
        ModelPackage("pygam", "pyGAM", "pygam"),
        ModelPackage("lifelines", "lifelines", "lifelines"),
        ModelPackage("sksurv", "scikit-survival", "scikit-survival"),
        ModelPackage("pmdarima", "pmdarima", "pmdarima"),
        ModelPackage("hmmlearn", "hmmlearn", "hmmlearn"),
        ModelPackage("hdbscan", "hdbscan", "hdbscan"),
        ModelPackage("umap", "umap-learn", "umap-learn"),
        ModelPackage("skorch", "skorch", "skorch"),
        ModelPackage("river", "River", "river"),
        ModelPackage("keras", "Keras", "keras"),
        ModelPackage("tf_keras", "Keras", "tf-keras"),
    ]
    private static let byModule = Dictionary(uniqueKeysWithValues: all.map { ($0.module, $0) })

    /// The package that a class of this module belongs to.
    init?(defining module: String) {
        guard let top = module.split(separator: ".").first, let found = Self.byModule[String(top)] else { return nil }
        self = found
    }

    /// The distribution that has this top-level module.
    static func distribution(of module: String) -> String? { byModule[module]?.distribution }

    /// The id of a pickle whose top object is of this package.
    func id(isJoblib: Bool) -> String {
        let family =
            switch module {
            case "sklearn": "sklearn-"
            case "xgboost": "xgboost-"
            case "lightgbm": "lightgbm-"
            default: ""
            }
        let container = isJoblib ? "joblib" : "pickle"
        return family.isEmpty ? container + "-other" : family + container
    }
}
