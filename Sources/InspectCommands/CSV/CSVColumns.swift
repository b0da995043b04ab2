import MLMInspect
import ModelBytes
import ModelFormats
import STAC

/// A column of `-f csv`: its name in the first row, and its cell in the row of a record. Unknown values are empty.
struct CSVColumn: Sendable {
    let name: String
    let value: @Sendable (Record) -> String?

    init(_ name: String, _ value: @escaping @Sendable (Record) -> String?) {
        self.name = name
        self.value = value
    }

    /// The columns of `-f csv`, from left to right. Names are those of the record where it has one. New columns are
    /// added at the end.
    static let all: [CSVColumn] = [
        CSVColumn("path") { $0.path },
        // model, not-a-model, unrecognised or failed.
        CSVColumn("verdict") { $0.verdict.rawValue },
        // Why it is not a model, or why it failed and where.
        CSVColumn("reason") { record in record.error.map(reason) ?? record.cause },
        CSVColumn("format") { $0.format?.id },
        CSVColumn("format_version") { $0.format?.version },
        CSVColumn("confidence") { $0.format?.confidence.rawValue },
        CSVColumn("framework") { $0.facts?.framework },
        CSVColumn("framework_version") { $0.facts?.frameworkVersion },
        // The call that wrote it, as MLM spells it.
        CSVColumn("artifact_type") { $0.facts?.artifactType },
        CSVColumn("name") { $0.facts?.name },
        CSVColumn("architecture") { $0.facts?.architecture },
        CSVColumn("tasks") { $0.facts?.tasks?.joined(separator: "; ") },
        // name type[shape], separated by semicolons.
        CSVColumn("inputs") { $0.facts?.inputs.map(ports) },
        CSVColumn("outputs") { $0.facts?.outputs.map(ports) },
        CSVColumn("parameters") { $0.facts?.parameters.map { String($0.total) } },
        CSVColumn("parameter_bytes") { $0.facts?.parameters?.bytes.map(String.init) },
        // Most of the elements first.
        CSVColumn("data_types") { $0.facts?.parameters?.dataTypes.map(dataTypes) },
        // data-only, needs-code, dangerous or incomplete.
        CSVColumn("loading") { $0.loading?.verdict.rawValue },
        CSVColumn("load_with") { $0.loading?.call },
        CSVColumn("requires") { $0.loading?.requires?.joined(separator: "; ") },
        CSVColumn("dangers") { count(.danger, $0) },
        CSVColumn("warnings") { count(.warning, $0) },
        CSVColumn("notes") { count(.note, $0) },
        // How many values the draft is missing; empty if there is no draft.
        CSVColumn("gaps") { $0.draft.map { String($0.gaps.count) } },
        CSVColumn("size") { $0.size.map(String.init) },
        CSVColumn("bytes_read") { $0.bytesRead.map(String.init) },
        // Models with the same have the same structure.
        CSVColumn("fingerprint") { $0.fingerprint?.structure },
    ]

    /// A cell of a spreadsheet holds 32,767 characters, and a person reads far fewer.
    private static let mostPorts = 16

    private static func ports(_ ports: [Port]) -> String { PortBrief.names(ports, most: mostPorts) }

    private static func reason(_ error: Failure) -> String {
        "\(error.reason.rawValue): \(error.placed)"
    }

    private static func dataTypes(_ types: [String: Int]) -> String {
        types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")
    }

    private static func count(_ severity: Finding.Severity, _ record: Record) -> String {
        String((record.findings ?? []).count { $0.severity == severity })
    }
}
