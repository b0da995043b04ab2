import MLMInspect
import ModelFormats

/// Explains a loading verdict in a sentence.
enum LoadingText {
    /// Whose code runs, if any does.
    static func sentence(_ record: Record, _ loading: Loading) -> String {
        switch loading.verdict {
        case .dataOnly: dataOnly(record, loading)
        case .needsCode:
            CodeNeed.words(record, loading) ?? "imports or runs more than its framework's own data types"
        case .dangerous: "do not load it; that could run the code named below"
        case .incomplete: "something it needs is missing or could not be read"
        }
    }

    private static func dataOnly(_ record: Record, _ loading: Loading) -> String {
        let reader = CodeNeed.reader(loading)
        if record.findings?.contains(where: { $0.code == "model.chat-template" }) == true {
            return "loading runs nothing; chatting runs its template"
        }
        return CodeNeed.isOfR(reader)
            ? "\(reader) runs nothing of it" : "nothing beyond its own framework is imported"
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
