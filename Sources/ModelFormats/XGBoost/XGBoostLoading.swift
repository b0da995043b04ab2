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
        case .json:
            needs.need("xgboost", .atLeast("1.0"), .derived, because: "releases before read no JSON")
            trees(&needs)
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

    /// The JSON of trees changed in 1.1 and again before 1.6: 1.0.0 refuses what 1.3.3 writes, and 1.3.3 what 1.7.6 writes,
    /// which 1.6.0 reads. Linear models did not change.
    private func trees(_ needs: inout Requirements) {
        guard model.booster != "gblinear",
            let parts = model.version?.split(separator: ".").prefix(2).map({ Int($0) ?? 0 }),
            parts.count == 2, parts[0] >= 1, parts[0] > 1 || parts[1] >= 1
        else { return }
        let isOlder = parts[0] == 1 && parts[1] < 6
        needs.need(
            "xgboost", .atLeast(isOlder ? "1.\(parts[1])" : "1.6"), isOlder ? .read : .derived,
            because: "version \(model.version ?? ""), whose trees older releases refuse")
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
