import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON

/// What an artifact is, as terms and their values.
enum ReportFacts {
    static func html(_ record: Record) -> HTML {
        let facts = record.facts
        var html = HTML()
        func add(_ term: String, _ value: String?) {
            if let value, !value.isEmpty { html += "<dt>\(term)</dt><dd>\(shortened(value))</dd>" }
        }
        add("No model", record.cause)
        add("Format", record.format.map(format))
        for other in record.alternatives ?? [] { add("Or", "\(other.id): \(other.reason)") }
        add("Framework", joined([facts?.framework, facts?.frameworkVersion]))
        add("Written by", facts?.artifactType)
        add("Producer", joined([facts?.producer?.name, facts?.producer?.version]))
        add("Architecture", facts?.architecture)
        add("Tasks", facts?.tasks?.joined(separator: ", "))
        if let parameters = facts?.parameters {
            add("Parameters", NumberText.grouped(parameters.total))
            add("Buffers", parameters.buffers.map(NumberText.grouped))
            add("Data types", parameters.dataTypes.map(dataTypes))
            add("Counted", parameters.counting)
        }
        add("Opsets", facts?.opsets?.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        for (term, object) in [("Settings", facts?.hyperparameters), ("Metadata", facts?.metadata)] {
            add(
                term,
                object?.prefix(ReportCard.most).map { "\($0.key) = \($0.value.write(pretty: false))" }
                    .joined(separator: "; "))
        }
        add("License", facts?.license)
        add("Size", record.size.map { "\(NumberText.grouped($0)) bytes" })
        return html
    }

    private static func format(_ format: FormatGuess) -> String {
        [format.id, format.variant, format.version.map { "version \($0)" }, words(format.confidence)]
            .compactMap { $0 }.joined(separator: " · ")
    }

    /// How surely a format was recognised, where it was not read to its end.
    private static func words(_ confidence: ProbeResult.Confidence) -> String? {
        switch confidence {
        case .parsed: nil
        case .structure: "recognised by its structure"
        case .signature: "recognised by its first bytes"
        case .plausible: "probably"
        case .nameOnly: "by its name alone"
        }
    }

    private static func dataTypes(_ types: [String: Int]) -> String {
        types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \(NumberText.grouped($0.value))" }
            .joined(separator: ", ")
    }

    private static func joined(_ parts: [String?]) -> String { parts.compactMap { $0 }.joined(separator: " ") }

    private static func shortened(_ text: String) -> String { text.count > 1000 ? text.prefix(999) + "…" : text }
}
