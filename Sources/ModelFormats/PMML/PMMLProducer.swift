import ModelBytes

/// The framework that a model was trained with, as the name of the application that wrote the document says it.
enum PMMLProducer {
    /// As MLM spells it; nil when the application's name says nothing of it.
    static func framework(_ application: String) -> String? {
        let name = application.lowercased()
        return known.first { name.holds($0.part) }?.framework
    }

    /// `SkLearn2PMML package` and `JPMML-SkLearn` are the converters of scikit-learn; CatBoost writes PMML itself; the R
    /// package pmml calls itself Rattle/PMML, and of late SoftwareAG PMML Generator, which Nyoka does not.
    private static let known: [(part: String, framework: String)] = [
        ("sklearn", "scikit-learn"), ("jpmml-xgboost", "XGBoost"), ("jpmml-lightgbm", "LightGBM"),
        ("catboost", "CatBoost"),
        ("jpmml-sparkml", "Apache Spark"), ("jpmml-r", "R"), ("r2pmml", "R"), ("rattle", "R"),
        ("softwareag pmml generator", "R"),
        ("jpmml-h2o", "H2O"), ("jpmml-tensorflow", "TensorFlow"), ("jpmml-statsmodels", "statsmodels"),
    ]

    /// The version as far as it is one: CatBoost writes a description of its build of many lines.
    static func version(_ text: String) -> String? {
        if let tag = text.firstRange(of: "tags/v") {
            let number = text[tag.upperBound...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            return number.isEmpty ? nil : String(number)
        }
        return text.count <= 64 && !text.contains(where: \.isNewline) && !text.isEmpty ? text : nil
    }
}
