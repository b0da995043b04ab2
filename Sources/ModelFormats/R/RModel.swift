import ModelContainers

/// A value of R that is a model, known by its class.
struct RModel {
    let value: RValue
    /// The class that is known, without `.formula` and the like.
    let name: String
    /// The package that defines it; nil when nobody here knows.
    let package: String?

    /// Packages of R itself, which have R's version.
    static let base: Set = [
        "base", "stats", "utils", "methods", "graphics", "grDevices", "datasets", "tools", "stats4", "splines", "grid",
        "parallel", "compiler", "tcltk",
    ]

    init?(_ value: RValue) {
        let classes = value.classes
        // A class of S4 says where it was defined.
        let defined = value.attribute("class")?.attribute("package")?.string
        for (place, name) in classes.prefix(16).enumerated() {
            guard let package = Self.packages[name] else { continue }
            if let defined, defined != package, value.kind == .s4 { continue }
            // What is made from a model of R's own is of another package, and `predict` is that package's.
            if let first = classes.first, place > 0, Self.inherited.contains(package), !Self.isVariant(first, of: name)
            {
                self.init(value, first, nil)
                return
            }
            // Before 1.20 the package gam called its own models so, too.
            self.init(value, name, name == "gam" && value["var.summary"] == nil ? "gam" : package)
            return
        }
        if classes.contains(where: { Self.prefixes.contains(where: $0.hasPrefix) }), value.kind == .environment {
            self.init(value, classes[0], "mlr3")
            return
        }
        guard let first = classes.first, Self.looksLikeModel(value), !first.hasPrefix("summary.") else { return nil }
        self.init(value, first, defined)
    }

    private init(_ value: RValue, _ name: String, _ package: String?) {
        self.value = value
        self.name = name
        self.package = package
    }

    /// Packages whose classes others build on.
    private static let inherited: Set = ["stats", "MASS", "mgcv", "survival"]

    /// Classes that stand before another of the same package: by how it was called, and what butcher left of it.
    private static func isVariant(_ name: String, of known: String) -> Bool {
        name.hasPrefix(known + ".") || name == "butchered_" + known
    }

    /// What R's own functions for models ask of one: its call, and what was fitted.
    private static func looksLikeModel(_ value: RValue) -> Bool {
        guard value.kind == .list || value.kind == .s4, value["call"]?.kind == .language else { return false }
        return ["coefficients", "fitted.values", "residuals", "terms", "predictions", "fit", "forest", "model"]
            .contains { value[$0] != nil }
    }

    /// R6 classes of mlr3 are named by what they wrap.
    private static let prefixes = ["LearnerClassif", "LearnerRegr"]

    /// Where a class comes from: the documentation of each package.
    private static let packages: [String: String] = {
        let words = """
            stats lm glm mlm maov nls loess aov kmeans prcomp princomp factanal Arima ar HoltWinters StructTS smooth.spline ppr isoreg
            MASS lda qda rlm polr negbin
            nnet nnet multinom
            rpart rpart
            randomForest randomForest
            ranger ranger
            e1071 svm naiveBayes
            glmnet glmnet cv.glmnet relaxed
            gbm gbm
            mgcv gam bam gamm
            lme4 lmerMod glmerMod nlmerMod
            nlme nlme lme gls
            survival coxph survreg
            caret train knn3 knnreg nullModel pcaNNet avNNet bag bagEarth bagFDA icr plsda splsda rfe sbf gafs safs
            xgboost xgb.Booster xgboost
            lightgbm lgb.Booster
            catboost catboost.Model
            kernlab ksvm gausspr lssvm rvm kqr kpca kha
            earth earth
            C50 C5.0
            Cubist cubist
            party RandomForest BinaryTree
            partykit cforest constparty lmtree glmtree
            parsnip model_fit
            workflows workflow
            mlr WrappedModel
            h2o H2OBinomialModel H2ORegressionModel H2OMultinomialModel
            keras keras.engine.training.Model keras.engine.sequential.Sequential keras.engine.functional.Functional
            torch nn_module
            luz luz_module_fitted
            spatialRF rf
            ipred classbagg regbagg
            adabag boosting bagging
            neuralnet nn
            maxnet maxnet
            dismo MaxEnt
            gstat gstat
            quantregForest quantregForest
            bartMachine bartMachine
            brms brmsfit
            rstanarm stanreg
            gam Gam
            rms ols lrm cph psm Glm Gls orm bj Rq
            mclust Mclust MclustDA MclustDR densityMclust
            VGAM vglm vgam
            flexmix flexmix
            ordinal clm clm2 clmm
            pls mvr
            quantreg rq rqs nlrq
            robustbase lmrob glmrob
            pscl zeroinfl hurdle
            glmmTMB glmmTMB
            plm plm
            forecast forecast_ARIMA ets nnetar tbats bats
            fields Krig Tps
            mda fda mda
            randomForestSRC rfsrc
            betareg betareg
            kknn train.kknn
            naivebayes naive_bayes
            gamlss gamlss
            mboost mboost glmboost gamboost blackboost
            dbarts bart
            SuperLearner SuperLearner
            lars lars
            grf regression_forest probability_forest causal_forest quantile_forest
            LiblineaR LiblineaR
            survey svyglm
            geepack geeglm
            """
        var packages: [String: String] = [:]
        for line in words.split(separator: "\n") {
            let names = line.split(separator: " ").map(String.init)
            for name in names.dropFirst() { packages[name] = names[0] }
        }
        return packages
    }()

    /// As MLM spells it: the package, where it is no part of R.
    var framework: String {
        guard let package, !Self.base.contains(package) else { return "R" }
        switch package {
        case "xgboost": return "XGBoost"
        case "lightgbm": return "LightGBM"
        case "catboost": return "CatBoost"
        case "keras": return "Keras"
        case "h2o": return "H2O"
        case "torch", "luz": return "torch for R"
        default: return package
        }
    }
}
