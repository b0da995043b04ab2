import ModelFormats

/// Explains a loading verdict in a sentence.
enum LoadingText {
    static func sentence(_ verdict: Loading.Verdict) -> String {
        switch verdict {
        case .dataOnly: "nothing beyond its own framework is imported"
        case .needsCode: "loading it imports or runs more than its framework's own data types"
        case .dangerous: "loading it could run the code named below"
        case .incomplete: "something it needs is missing or could not be read"
        }
    }
}
