import ModelBytes

/// What the folders of adapters have in common, whichever library wrote them: they are a part of another model.
enum AdapterFolder {
    /// Says which model it is a part of.
    static func report(
        _ adapts: String?, base: String?, code: String, at place: String, into result: inout ProbeResult
    ) {
        let what = adapts.map { " of \($0)" } ?? ""
        let which = base.map { "its base model is \"\($0)\"" } ?? "its base model is not named"
        result.report(
            .warning, code: code, "an adapter\(what), which works only with its base model; \(which)", at: place)
    }

    /// What lies beside the weights, the verdict and the count, once the call is known.
    static func finish(
        _ folder: inout ModelFolder, _ weights: FolderWeights?, into result: inout ProbeResult
    ) throws(InspectionError) {
        try folder.card(into: &result)
        folder.companions(into: &result)
        FolderNames(folder.subject).reportInner(into: &result)
        try folder.otherPickles(into: &result)
        FolderWeights.complete(weights, of: folder.subject, into: &result)
        if let count = result.facts.parameters?.counting {
            result.facts.parameters?.counting = count + "; those of the adapter alone"
        }
        result.confidence = .parsed
        if let failure = weights?.failure { throw failure }
    }
}
