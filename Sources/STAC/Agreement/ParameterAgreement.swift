import ModelFormats

/// Whether a declared number of parameters can be that of an artifact.
struct ParameterAgreement {
    private let facts: ModelFacts
    private let formats: FormatList

    init(_ facts: ModelFacts, _ formats: FormatList) {
        self.facts = facts
        self.formats = formats
    }

    /// Whole models tell parameters from buffers, so the number is exact there, with buffers or without. In other artifacts
    /// it can differ from that of the model by what conversion folds or adds, and by buffers that look like parameters.
    func accepts(_ count: Int) -> Bool {
        guard let parameters = facts.parameters, !isPacked else { return true }
        if count == parameters.total { return true }
        let (sum, overflow) = parameters.total.addingReportingOverflow(parameters.buffers ?? 0)
        if overflow || count == sum { return true }
        guard !isExact, parameters.total > 0 else { return false }
        return (0.8...1.25).contains(Double(count) / Double(parameters.total))
    }

    private var isExact: Bool {
        formats.identities.contains {
            $0.countsExactly && $0.artifactType == facts.artifactType && $0.framework?.name == facts.framework
                && facts.roles == ["mlm:model"] + $0.roles
        }
    }

    /// Quantised weights put several parameters into one element.
    private var isPacked: Bool {
        guard let types = facts.parameters?.dataTypes else { return false }
        let isFloat = { (type: String) in type.contains("float") || type.contains("complex") }
        let floats = types.lazy.filter { isFloat($0.key) }.map { Double($0.value) }.reduce(0, +)
        let all = types.values.lazy.map { Double($0) }.reduce(0, +)
        return floats < 0.9 * all
    }
}
