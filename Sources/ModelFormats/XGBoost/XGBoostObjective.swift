/// What the name of an objective says.
///
/// Source: doc/parameter.rst of dmlc/xgboost, "Learning Task Parameters".
struct XGBoostObjective {
    let name: String

    private static let families: Set<String> = ["reg", "binary", "multi", "rank", "count", "survival"]

    /// Whether `text` is spelt as an objective is: `binary:logistic`.
    static func isName(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), families.contains(String(text[..<colon])) else { return false }
        let rest = text[text.index(after: colon)...].utf8
        return !rest.isEmpty && rest.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    /// nil for ranking, which MLM has no task for.
    var task: String? {
        switch name.prefix(while: { $0 != ":" }) {
        case "binary", "multi": "classification"
        case "reg", "count", "survival": "regression"
        default: nil
        }
    }

    /// The shape that `Booster.predict` returns; nil for an objective that is not xgboost's own.
    func outputShape(classes: Int?, targets: Int?) -> [Int]? {
        guard Self.isName(name) else { return nil }
        if let targets, targets > 1 { return [-1, targets] }
        guard name == "multi:softprob" else { return [-1] }
        return classes.flatMap { $0 > 1 ? [-1, $0] : nil }
    }
}
