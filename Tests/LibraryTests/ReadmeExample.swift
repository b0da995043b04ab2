import MLMInspect

func describe(_ path: String) -> String {
    let record = Inspector().inspect(path)
    guard record.verdict == .model, let facts = record.facts else {
        return "\(path): \(record.error?.message ?? record.cause ?? "not recognised")"
    }
    let inputs = (facts.inputs ?? []).map { "\($0.name) \($0.shape ?? [])" }
    return "\(path): \(record.format?.name ?? "model"), takes \(inputs.joined(separator: ", "))"
}
