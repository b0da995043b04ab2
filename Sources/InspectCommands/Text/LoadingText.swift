import ModelFormats

/// Explains a loading verdict in a sentence.
enum LoadingText {
    static func sentence(_ verdict: Loading.Verdict) -> String {
        switch verdict {
        case .dataOnly: "nothing beyond its own framework is imported"
        case .needsCode: "loading it imports or runs more than its framework's own data types"
        case .dangerous: "do not load it; that could run the code named below"
        case .incomplete: "something it needs is missing or could not be read"
        }
    }

    /// Whether `torch.load(…, weights_only=True)` takes it; nil where that is no question.
    static func weightsOnly(_ loading: Loading) -> String? {
        loading.weightsOnly.map { isAccepted in
            if isAccepted { return "weights_only=True is accepted" }
            return loading.safeGlobals?.isEmpty == false
                ? "weights_only=True is accepted with the safe_globals below" : "weights_only=True is refused"
        }
    }
}
