import MLMInspect
import ModelFormats
import STAC

/// A record in the few words of a row in a list.
struct Overview {
    let standing: ListVerdict
    /// The verdict in a word; what stands in for a file that was not fetched is named.
    let verdict: String
    /// The id of the format; empty when nothing was recognised.
    let format: String
    /// The framework with its version.
    let framework: String
    /// `float32[-1,13,64,64] → float32[-1,5,64,64]`; empty when neither side is known.
    let ports: String
    let parameters: Int?
    /// Nil when there is no draft.
    let gaps: Int?
    /// Why it is not a model, or why it failed.
    let reason: String?

    init(_ record: Record) {
        let fileClass = FileClass(record)
        standing = ListVerdict(fileClass)
        verdict = fileClass.isStandIn ? fileClass.words.one : standing.rawValue
        format = record.format?.id ?? ""
        framework = [record.facts?.framework, record.facts?.frameworkVersion].compactMap { $0 }.joined(separator: " ")
        let sides = [record.facts?.inputs, record.facts?.outputs].map { PortBrief.types($0 ?? []) }
        ports = sides == ["", ""] ? "" : sides.map { $0.isEmpty ? "?" : $0 }.joined(separator: " → ")
        parameters = record.facts?.parameters?.total
        gaps = record.draft?.gaps.count
        reason = record.error?.message ?? record.cause
    }
}

/// Inputs or outputs in few characters.
enum PortBrief {
    /// Types and shapes alone, two at most.
    static func types(_ ports: [Port]) -> String {
        ports.prefix(2).map(type).joined(separator: ", ") + (ports.count > 2 ? ", +\(ports.count - 2)" : "")
    }

    /// With their names, the first `most` of them.
    static func names(_ ports: [Port], most: Int) -> String {
        let shown = ports.prefix(most).map { port in port.name.isEmpty ? type(port) : "\(port.name) \(type(port))" }
        return shown.joined(separator: "; ") + (ports.count > most ? "; +\(ports.count - most)" : "")
    }

    /// `float32[-1,13,64,64]`; `?` stands for a type or a shape that is not known.
    private static func type(_ port: Port) -> String {
        if let type = port.type { return type }
        let shape = port.shape.map { "[" + $0.map(String.init).joined(separator: ",") + "]" } ?? "[?]"
        return (port.dataType ?? "?") + shape
    }
}
