import MLMInspect

/// Inspects one artifact after another for a command: says what keeps one from being a model, and keeps the exit code.
struct ArtifactReader {
    private let inspector: Inspector
    private let withChecksum: Bool
    private(set) var outcome: Outcome
    /// Whether standard error says what keeps an artifact from being a model.
    var tellsErrors = true

    init(_ inspector: Inspector, withChecksum: Bool, failOn: FailOn) {
        self.inspector = inspector
        self.withChecksum = withChecksum
        outcome = Outcome(failOn: failOn)
    }

    /// The record of an artifact, `-` being standard input; `name` is what it is called while it is read through.
    mutating func inspect(_ path: String, name: String) -> Record {
        let isStandardInput = path == "-"
        let record =
            withChecksum
            ? inspector.inspectWithChecksum(isStandardInput ? nil : path, name: name)
            : isStandardInput ? inspector.inspectStandardInput() : inspector.inspect(path)
        outcome.add(record)
        if tellsErrors, let message = ErrorText.message(record) { StandardError.write("mlm-inspect: \(message)\n") }
        return record
    }
}

extension Inspector {
    /// Inspects and reads through, with a bar for what takes long.
    func inspectWithChecksum(_ path: String?, name: String) -> Record {
        var bar = ProgressBar(name, total: nil, unit: .bytes)
        defer { bar.clear() }
        return inspect(path) { read, total in
            bar.total = total
            bar.advance(by: read)
        }
    }

    /// Adds checksums to a record that others made; the record says it when they cannot be had.
    func addChecksums(to record: inout Record, name: String) {
        var bar = ProgressBar(name, total: nil, unit: .bytes)
        defer { bar.clear() }
        addChecksums(to: &record) { read, total in
            bar.total = total
            bar.advance(by: read)
        }
    }
}
