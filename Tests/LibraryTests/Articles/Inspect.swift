import MLMInspect

/// A short report on a model, or the reason why there is none.
func report(on path: String) throws -> [String] {
    let record = Inspector().inspect(path)
    switch record.verdict {
    case .model: break
    case .notAModel: return ["not a model: \(record.cause ?? "data")"]
    case .unrecognised: return ["not recognised"]
    case .failed: return ["failed: \(record.error?.message ?? "")"]
    }
    var lines = [record.format?.name ?? ""]
    if let loading = record.loading { lines.append("\(loading.verdict.rawValue): \(loading.call ?? "no call")") }
    if let parameters = record.facts?.parameters { lines.append("\(parameters.total) parameters") }
    for port in record.facts?.inputs ?? [] { lines.append("takes \(describe(port))") }
    for port in record.facts?.outputs ?? [] { lines.append("returns \(describe(port))") }
    for finding in record.findings ?? [] where finding.severity > .note { lines.append(finding.message) }
    return lines
}

/// A dimension that can vary is -1; an unknown shape is nil.
private func describe(_ port: Port) -> String {
    let shape = port.shape.map { "\($0)" } ?? "unknown shape"
    return "\(port.name) \(port.dataType ?? "unknown type") \(shape)"
}
