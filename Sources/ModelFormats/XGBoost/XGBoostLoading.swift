import ModelContainers

/// How a Booster is loaded, and by which releases.
///
/// Tried with 1.7.6, 2.1.4, 3.0.5, 3.1.1 and 3.2.0.
struct XGBoostLoading {
    /// How the model is encoded.
    enum Encoding {
        case json, ubjson, binary, base64
    }

    let model: XGBoostModel
    let encoding: Encoding
    let name: String

    func fill(_ result: inout ProbeResult) {
        var needs = Requirements(["xgboost"])
        switch encoding {
        case .json: needs.need("xgboost", .atLeast("1.0"), .derived, because: "releases before read no JSON")
        case .ubjson: needs.need("xgboost", .atLeast("1.6"), .derived, because: "releases before read no UBJSON")
        case .binary:
            needs.need("xgboost", .below("3.1"), .derived, because: "later releases do not read the binary form")
        case .base64:
            needs.need("xgboost", .below("0.90"), .derived, because: "0.90 and later do not read base64 (bs64)")
        }
        if model.listsBaseScore {
            needs.need(
                "xgboost", .atLeast("3.1"), .derived,
                because: "base_score is a list, which releases before pass over, and predict other values")
        }
        if let objective = model.objective, let release = Self.objectives[objective] {
            needs.need("xgboost", .atLeast(release), .derived, because: "the objective \(objective)")
        }
        if model.ranksByPairs {
            needs.need("xgboost", .atLeast("2.0"), .derived, because: "lambdarank_param, which releases before miss")
        }
        needs.note(into: &result)
        let quoted = PythonText.quoted(name)
        let source = isMisnamed ? "bytearray(open(\(quoted), \"rb\").read())" : quoted
        result.loading = Loading(.dataOnly, call: "xgboost.Booster(model_file=\(source))", requires: needs.list)
        guard encoding == .base64 else { return }
        result.loading?.call = nil
        result.report(
            .warning, code: "xgboost.base64",
            "xgboost 0.90 and all later releases refuse base64; decoded, what follows bs64 is the binary form",
            at: "byte 0")
    }

    /// xgboost takes the ending of a name for what is in the file (`XGBoosterLoadModel`, src/c_api/c_api.cc); of bytes it
    /// looks at the first two.
    private var isMisnamed: Bool {
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last?.lowercased()
        switch ending {
        case "json": return encoding != .json
        case "ubj": return encoding != .ubjson
        default: return false
        }
    }

    /// The releases that brought objectives after 1.0 (NEWS.md of dmlc/xgboost).
    private static let objectives = [
        "reg:absoluteerror": "1.7", "reg:quantileerror": "2.0",
    ]
}
