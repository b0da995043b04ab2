/// What classes are known to be.
enum EstimatorKinds {
    /// `sklearn.utils.all_estimators(type_filter="classifier")` of scikit-learn 1.9 and 1.0, and those of 0.20 that went
    /// since; the wrappers of xgboost, lightgbm, catboost and imbalanced-learn that derive from `ClassifierMixin`.
    private static let classifiers = names(
        """
        AdaBoostClassifier BaggingClassifier BernoulliNB CalibratedClassifierCV CategoricalNB ClassifierChain \
        ComplementNB DecisionTreeClassifier DummyClassifier ExtraTreeClassifier ExtraTreesClassifier \
        FixedThresholdClassifier GaussianNB GaussianProcessClassifier GradientBoostingClassifier \
        HistGradientBoostingClassifier KNeighborsClassifier LabelPropagation LabelSpreading \
        LinearDiscriminantAnalysis LinearSVC LogisticRegression LogisticRegressionCV MLPClassifier \
        MultiOutputClassifier MultinomialNB NearestCentroid NuSVC OneVsOneClassifier OneVsRestClassifier \
        OutputCodeClassifier PassiveAggressiveClassifier Perceptron QuadraticDiscriminantAnalysis \
        RadiusNeighborsClassifier RandomForestClassifier RidgeClassifier RidgeClassifierCV SGDClassifier SVC \
        SelfTrainingClassifier StackingClassifier TunedThresholdClassifierCV VotingClassifier LDA QDA \
        XGBClassifier XGBRFClassifier LGBMClassifier DaskLGBMClassifier CatBoostClassifier \
        BalancedRandomForestClassifier BalancedBaggingClassifier EasyEnsembleClassifier RUSBoostClassifier
        """)

    /// The same for `type_filter="regressor"`.
    private static let regressors = names(
        """
        ARDRegression AdaBoostRegressor BaggingRegressor BayesianRidge CCA DecisionTreeRegressor DummyRegressor \
        ElasticNet ElasticNetCV ExtraTreeRegressor ExtraTreesRegressor GammaRegressor GaussianProcessRegressor \
        GradientBoostingRegressor HistGradientBoostingRegressor HuberRegressor IsotonicRegression \
        KNeighborsRegressor KernelRidge Lars LarsCV Lasso LassoCV LassoLars LassoLarsCV LassoLarsIC \
        LinearRegression LinearSVR MLPRegressor MultiOutputRegressor MultiTaskElasticNet MultiTaskElasticNetCV \
        MultiTaskLasso MultiTaskLassoCV NuSVR OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV PLSCanonical \
        PLSRegression PassiveAggressiveRegressor PoissonRegressor QuantileRegressor RANSACRegressor \
        RadiusNeighborsRegressor RandomForestRegressor RegressorChain Ridge RidgeCV SGDRegressor SVR \
        StackingRegressor TheilSenRegressor TransformedTargetRegressor TweedieRegressor VotingRegressor \
        GaussianProcess XGBRegressor XGBRFRegressor LGBMRegressor DaskLGBMRegressor CatBoostRegressor
        """)

    /// The task of MLM; none for clusterers, transformers and detectors of outliers, which have no name there.
    static func task(_ name: String) -> String? {
        if classifiers.contains(name) { return "classification" }
        return regressors.contains(name) ? "regression" : nil
    }

    /// Classes whose `coef_` and `intercept_` are all that they have learned: sklearn.linear_model, and the linear
    /// machines of sklearn.svm.
    static func isLinear(module: String, name: String) -> Bool {
        module.hasPrefix("sklearn.linear_model") || name == "LinearSVC" || name == "LinearSVR"
    }

    /// Classifiers whose classes are 0 to `n_classes_` - 1, which `predict` answers.
    static func countsItsClasses(_ name: String) -> Bool { name == "XGBClassifier" || name == "XGBRFClassifier" }

    /// Arrays whose last dimension is that of the features, for releases before 0.24, which did not count them.
    static func arraysOverFeatures(module: String, name: String) -> [String] {
        if isLinear(module: module, name: name) { return ["coef_"] }
        return module.hasPrefix("sklearn.") ? overFeatures[name] ?? [] : []
    }

    /// Source: the attributes in the documentation of each class, "of shape (n_features,)" or "(…, n_features)".
    private static let overFeatures = [
        "StandardScaler": ["mean_", "scale_"], "MinMaxScaler": ["scale_"], "MaxAbsScaler": ["scale_"],
        "RobustScaler": ["center_", "scale_"], "PCA": ["components_"], "KMeans": ["cluster_centers_"],
        "MiniBatchKMeans": ["cluster_centers_"],
    ]

    /// Their `predict` gives one value a sample when `n_outputs_` is 1 (sklearn/ensemble/_forest.py, tree/_classes.py).
    static func isForest(_ name: String) -> Bool { forests.contains(name) }

    private static let forests = names(
        """
        RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor DecisionTreeClassifier \
        DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor
        """)

    /// Ensembles whose `estimators_` are decision trees.
    static func hasTrees(_ name: String) -> Bool { treeEnsembles.contains(name) }

    private static let treeEnsembles = names(
        """
        RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor IsolationForest \
        RandomTreesEmbedding GradientBoostingClassifier GradientBoostingRegressor
        """)

    /// Transformers, whose output is the input of a model: no `predict`.
    static func isPreparation(module: String, name: String) -> Bool {
        if ["ColumnTransformer", "FeatureUnion"].contains(name) { return true }
        return ["preprocessing", "feature_extraction", "impute"].contains { family in
            module == "sklearn.\(family)" || module.hasPrefix("sklearn.\(family).")
        }
    }

    /// Transformers that have nothing to learn (`requires_fit` of their tags is False).
    static func isStateless(_ name: String) -> Bool { stateless.contains(name) }

    private static let stateless = names(
        """
        FunctionTransformer HashingVectorizer FeatureHasher Normalizer Binarizer AdditiveChi2Sampler PatchExtractor \
        Pipeline ColumnTransformer FeatureUnion TfidfVectorizer
        """)

    private static func names(_ text: String) -> Set<String> {
        Set(words: text)
    }

    /// Attributes without an underscore that no `get_params` of the class has: they come from a base class.
    ///
    /// Found by comparing `vars` of every estimator of scikit-learn 1.9 and 1.0 with its `get_params`.
    static func isParameter(_ attribute: String, of name: String) -> Bool {
        if attribute == "estimator_params" { return false }
        guard let own = inherited[name] else { return true }
        return !own.contains(attribute)
    }

    private static let inherited: [String: Set<String>] = [
        "CCA": ["deflation_mode", "algorithm", "mode"],
        "DecisionTreeRegressor": ["class_weight"],
        "ExtraTreeRegressor": ["class_weight"],
        "ExtraTreesClassifier": ["base_estimator", "estimator"],
        "ExtraTreesRegressor": ["base_estimator", "class_weight", "estimator"],
        "GammaRegressor": ["link", "solver"],
        "GaussianRandomProjection": ["dense_output"],
        "GradientBoostingClassifier": ["alpha"],
        "GraphicalLasso": ["store_precision"],
        "GraphicalLassoCV": ["alpha", "store_precision"],
        "HalvingRandomSearchCV": ["pre_dispatch"],
        "IsolationForest": ["estimator", "base_estimator", "bootstrap_features", "oob_score"],
        "KNeighborsClassifier": ["radius"],
        "KNeighborsRegressor": ["radius"],
        "KNeighborsTransformer": ["radius"],
        "LabelPropagation": ["alpha"],
        "LarsCV": ["fit_path", "random_state", "n_nonzero_coefs", "jitter"],
        "Lasso": ["l1_ratio"],
        "LassoLarsIC": ["fit_path"],
        "LocalOutlierFactor": ["radius"],
        "MLPClassifier": ["loss"],
        "MLPRegressor": ["loss"],
        "MiniBatchKMeans": ["copy_x", "algorithm", "precompute_distances"],
        "MiniBatchSparsePCA": ["U_init", "max_iter", "tol", "V_init"],
        "MultiTaskLasso": ["l1_ratio"],
        "MultiTaskLassoCV": ["precompute", "positive"],
        "NuSVC": ["C", "epsilon"],
        "NuSVR": ["random_state", "probability", "epsilon", "class_weight"],
        "OneClassSVM": ["epsilon", "class_weight", "probability", "C", "random_state"],
        "PLSCanonical": ["deflation_mode", "mode"],
        "PLSRegression": ["deflation_mode", "algorithm", "mode"],
        "PassiveAggressiveClassifier": ["epsilon", "penalty", "learning_rate", "l1_ratio", "eta0", "power_t", "alpha"],
        "PassiveAggressiveRegressor": ["penalty", "learning_rate", "l1_ratio", "eta0", "power_t", "alpha"],
        "Perceptron": ["epsilon", "C", "learning_rate", "power_t", "average", "loss"],
        "PoissonRegressor": ["link", "solver"],
        "RadiusNeighborsClassifier": ["n_neighbors"],
        "RadiusNeighborsRegressor": ["n_neighbors"],
        "RadiusNeighborsTransformer": ["n_neighbors"],
        "RandomForestClassifier": ["base_estimator", "estimator"],
        "RandomForestRegressor": ["base_estimator", "class_weight", "estimator"],
        "RandomTreesEmbedding": [
            "class_weight", "estimator", "bootstrap", "base_estimator", "max_samples", "oob_score",
        ],
        "RidgeClassifierCV": ["gcv_mode", "alpha_per_target"],
        "SGDClassifier": ["C"],
        "SGDOneClassSVM": [
            "epsilon", "penalty", "C", "early_stopping", "validation_fraction", "l1_ratio", "n_iter_no_change", "alpha",
            "loss",
        ],
        "SGDRegressor": ["C"],
        "SVC": ["nu", "epsilon"],
        "SVR": ["random_state", "nu", "probability", "class_weight"],
        "StackingRegressor": ["stack_method"],
        "TweedieRegressor": ["solver"],
    ]
}
