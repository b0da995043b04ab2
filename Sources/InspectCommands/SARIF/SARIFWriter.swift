import MLMInspect
import ModelBytes
import ModelFormats
import ModelJSON

/// Findings as a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0), written as records come: the rules
/// that the results name are known last, and stand after them.
///
///     var log = SARIFWriter()
///     try sink.write(SARIFWriter.head)
///     for record in records { try sink.write(log.results(of: record)) }
///     try sink.write(log.end())
///
/// Beside the findings there is a result where loading runs code or may, and where an artifact could not be read to its
/// end, so that whatever makes a run fail is in its log.
struct SARIFWriter {
    /// In the order in which they occur, which is what `ruleIndex` counts.
    private var rules: [Rule] = []
    private var indices: [String: Int] = [:]
    private var count = 0
    /// The archive whose members come.
    private var archive: String?
    private let folder: String

    private struct Rule {
        let id: String
        /// The worst that was found by it.
        var severity: Finding.Severity
    }

    /// `folder` is what absolute paths are made relative to.
    init(folder: String = WorkingFolder.path) { self.folder = folder }

    static let head = """
        {"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\
        "columnKind":"unicodeCodePoints","results":[
        """

    /// The results of a record, each on a line.
    mutating func results(of record: Record, isMember: Bool = false) -> String {
        if !isMember { archive = record.path }
        var text = ""
        for finding in Self.findings(record) {
            text += (count == 0 ? "\n" : ",\n") + result(finding, record, isMember: isMember).write(pretty: false)
            count += 1
        }
        return text
    }

    /// What stands behind the last result.
    func end() -> String {
        let driver: JSONObject = [
            "name": "mlm-inspect", "version": .string(MLMInspectCommand.version),
            "rules": .array(rules.map { .object(Self.descriptor($0)) }),
        ]
        return "\n],\"tool\":" + JSONValue.object(["driver": .object(driver)]).write(pretty: false) + "}]}\n"
    }

    /// Those of the record, and what else a reader of the log has to know of it.
    private static func findings(_ record: Record) -> [Finding] {
        var findings = record.findings ?? []
        if let error = record.error {
            findings.append(
                Finding(
                    severity: .warning, code: "unread.\(error.reason.rawValue)", message: error.message,
                    where: error.where))
        }
        switch record.loading?.verdict {
        case .dangerous where !findings.contains { $0.severity == .danger }:
            findings.append(loading(.danger, record, "loading it reaches the system"))
        case .needsCode: findings.append(loading(.warning, record, "loading it imports or runs code of others"))
        case .incomplete: findings.append(loading(.warning, record, "not all that loading it would run was seen"))
        case .dangerous, .dataOnly, nil: break
        }
        return findings
    }

    private static func loading(_ severity: Finding.Severity, _ record: Record, _ message: String) -> Finding {
        let unknown = (record.loading?.imports ?? []).filter { $0.tier != .allowed }.map(\.name)
        let names = unknown.isEmpty ? record.loading?.classes ?? [] : unknown
        let list = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
        return Finding(
            severity: severity, code: "loading.\(record.loading?.verdict.rawValue ?? "")",
            message: message + (list.isEmpty ? "" : ": " + list))
    }

    private mutating func result(_ finding: Finding, _ record: Record, isMember: Bool) -> JSONValue {
        var location: JSONObject = [
            "physicalLocation": ["artifactLocation": .object(place(isMember ? archive ?? record.path : record.path))]
        ]
        var inside: [String] = []
        if isMember, let archive, record.path.hasPrefix(archive + "!/") {
            inside.append(String(record.path.dropFirst(archive.count + 2)))
        }
        if let place = finding.where { inside.append(place) }
        if !inside.isEmpty {
            location["logicalLocations"] = [
                ["fullyQualifiedName": .string(Self.short(inside.joined(separator: ": ")))]
            ]
        }
        var properties: JSONObject = ["verdict": .string(record.verdict.rawValue)]
        if let format = record.format { properties["format"] = .string(format.id) }
        if let loading = record.loading { properties["loading"] = .string(loading.verdict.rawValue) }
        return [
            "ruleId": .string(finding.code), "ruleIndex": JSONValue(index(of: finding)),
            "level": .string(Self.level(finding.severity)),
            "message": ["text": .string(Self.message(finding.message))], "locations": [.object(location)],
            "properties": .object(properties),
        ]
    }

    private mutating func index(of finding: Finding) -> Int {
        if let index = indices[finding.code] {
            rules[index].severity = max(rules[index].severity, finding.severity)
            return index
        }
        indices[finding.code] = rules.count
        rules.append(Rule(id: finding.code, severity: finding.severity))
        return rules.count - 1
    }

    private func place(_ path: String) -> JSONObject {
        let (uri, isRelative) = SARIFPath.uri(path, from: folder)
        return isRelative ? ["uri": .string(uri), "uriBaseId": "%SRCROOT%"] : ["uri": .string(uri)]
    }

    private static func descriptor(_ rule: Rule) -> JSONObject {
        var descriptor: JSONObject = ["id": .string(rule.id)]
        if let help = FindingHelp.text(rule.id) {
            descriptor["shortDescription"] = ["text": .string(help)]
            descriptor["help"] = ["text": .string(help)]
        }
        descriptor["defaultConfiguration"] = ["level": .string(level(rule.severity))]
        return descriptor
    }

    /// Section 3.27.10.
    private static func level(_ severity: Finding.Severity) -> String {
        switch severity {
        case .note: "note"
        case .warning: "warning"
        case .danger: "error"
        }
    }

    /// A text that is shown as it is: braces would be placeholders (section 3.11.5), brackets before a parenthesis a
    /// link (section 3.11.6).
    private static func message(_ text: String) -> String {
        short(text).replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "\\](")
    }

    /// A name of an artifact may have any length.
    private static func short(_ text: String) -> String { TextStyle.inert(FittedText.middle(text, 1000)) }
}
