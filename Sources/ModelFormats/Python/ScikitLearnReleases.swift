/// Releases of scikit-learn by the modules that a pickle names.
enum ScikitLearnReleases {
    static func require(_ names: [String], _ requirements: inout Requirements) {
        for name in names where name.hasPrefix("sklearn.") {
            let module = name.dropFirst("sklearn.".count).split(separator: ".").dropLast().joined(separator: ".")
            guard gone.contains(module) else { continue }
            requirements.need(
                "scikit-learn", .below("0.24"), .derived, because: "sklearn.\(module), which 0.24 and later have not")
            requirements.need(
                "numpy", .below("1.24"), .derived, because: "scikit-learn below 0.24 fails with 1.24; 1.21 was tried")
            return
        }
    }

    /// Modules of sklearn that 0.23.2 has and 0.24.2 has not.
    private static let gone = Set(
        words: """
            cluster.affinity_propagation_ cluster.bicluster cluster.birch cluster.dbscan_ cluster.hierarchical
            cluster.k_means_ cluster.mean_shift_ cluster.optics_ cluster.spectral covariance.elliptic_envelope
            covariance.empirical_covariance_ covariance.graph_lasso_ covariance.robust_covariance
            covariance.shrunk_covariance_ cross_decomposition._cca cross_decomposition.cca_ cross_decomposition.pls_
            datasets.base datasets.california_housing datasets.covtype datasets.kddcup99 datasets.lfw
            datasets.olivetti_faces datasets.openml datasets.rcv1 datasets.samples_generator
            datasets.species_distributions datasets.svmlight_format datasets.twenty_newsgroups decomposition.base
            decomposition.cdnmf_fast decomposition.dict_learning decomposition.factor_analysis
            decomposition.fastica_ decomposition.incremental_pca decomposition.kernel_pca decomposition.nmf
            decomposition.online_lda decomposition.online_lda_fast decomposition.pca decomposition.sparse_pca
            decomposition.truncated_svd ensemble.bagging ensemble.base ensemble.forest ensemble.gradient_boosting
            ensemble.iforest ensemble.voting ensemble.weight_boosting feature_extraction.dict_vectorizer
            feature_extraction.hashing feature_extraction.stop_words feature_selection.base
            feature_selection.from_model feature_selection.mutual_info feature_selection.rfe
            feature_selection.univariate_selection feature_selection.variance_threshold gaussian_process.gpc
            gaussian_process.gpr inspection.partial_dependence linear_model.base linear_model.bayes
            linear_model.cd_fast linear_model.coordinate_descent linear_model.huber linear_model.least_angle
            linear_model.logistic linear_model.omp linear_model.passive_aggressive linear_model.perceptron
            linear_model.ransac linear_model.ridge linear_model.sag linear_model.sag_fast linear_model.sgd_fast
            linear_model.stochastic_gradient linear_model.theil_sen manifold.isomap manifold.locally_linear
            manifold.mds manifold.spectral_embedding_ manifold.t_sne metrics.base metrics.classification
            metrics.cluster.bicluster metrics.cluster.expected_mutual_info_fast metrics.cluster.supervised
            metrics.cluster.unsupervised metrics.pairwise_fast metrics.ranking metrics.regression metrics.scorer
            mixture.base mixture.bayesian_mixture mixture.gaussian_mixture neighbors.ball_tree neighbors.base
            neighbors.classification neighbors.dist_metrics neighbors.graph neighbors.kd_tree neighbors.kde
            neighbors.lof neighbors.nca neighbors.nearest_centroid neighbors.quad_tree neighbors.regression
            neighbors.typedefs neighbors.unsupervised neural_network.multilayer_perceptron neural_network.rbm
            preprocessing.data preprocessing.label semi_supervised.label_propagation svm.base svm.bounds svm.classes
            svm.liblinear svm.libsvm svm.libsvm_sparse tree.export tree.tree
            """)
}
