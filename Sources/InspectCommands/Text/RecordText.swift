import MLMInspect
import ModelFormats
import ModelJSON
import STAC

/// A record as text for people, in the order of their questions: what it is, whether loading it is dangerous, how to load it,
/// what goes in and comes out, what is missing and what fills it, and the draft.
///
/// The short text is for a screen; the long one has everything.
struct RecordText {
    /// How a text is laid out.
    struct Layout {
        var style: TextStyle
        /// Columns of the terminal.
        var width: Int
        var isLong = false
    }

    let record: Record
    let layout: Layout
    var sheet: Sheet

    /// How many lines a text takes in the short text, and how many rows what is listed takes there.
    static let mostLines = 4
    static let mostRows = 6

    init(_ record: Record, _ layout: Layout) {
        self.record = record
        self.layout = layout
        sheet = Sheet(style: layout.style, width: layout.width, mostLines: layout.isLong ? nil : Self.mostLines)
        heading()
        identity()
        if let loading = record.loading?.withoutDangerousCall {
            self.loading(loading)
        } else {
            findings(of: .danger)
        }
        files()
        if let facts = record.facts {
            ports(facts)
            parameters(facts.parameters)
            if layout.isLong { details(facts) }
        }
        findings(of: .warning)
        findings(of: .note)
        if let command = ErrorText.furtherCommand(record) { sheet.row("Run", TextStyle.inert(command)) }
        if layout.isLong { sources() }
        if let draft = record.draft { missing(draft) }
        if !layout.isLong { more() }
        if let draft = record.draft { self.draft(draft) }
    }

    var text: String { sheet.text }

    private var style: TextStyle { layout.style }

    /// What never was opened has no size.
    static func failure(_ record: Record) -> String {
        record.size == nil ? "could not be read" : "could not be read to the end"
    }

    /// What the title of something that is no model says, so that nothing else needs to.
    private var told: Finding? {
        guard !layout.isLong, record.verdict == .notAModel, record.isOfNoFormat else { return nil }
        return record.findings?.first
    }

    /// What the version is one of.
    private static func versionName(_ id: String) -> String {
        FormatList.all.identity(id)?.versionName ?? FormatIdentity.usualVersionName
    }

    private mutating func heading() {
        let title =
            switch record.verdict {
            case .failed: Self.failure(record)
            case .unrecognised: "not recognised as a model"
            case .notAModel where told != nil: "no model; \(told?.message ?? "")"
            case .model, .notAModel: record.format?.name ?? ""
            }
        sheet.title(TextStyle.inert("\(record.path): \(title)"))
    }

    private mutating func identity() {
        if let error = record.error {
            sheet.row("Error", TextStyle.inert(ErrorText.detail(error, record.path)), paint: style.red)
        }
        if let cause = record.cause, told == nil {
            sheet.row("Verdict", TextStyle.inert("not a model: \(cause)"))
        }
        if let format = record.format, told == nil {
            let size = record.size.map { "\(NumberText.grouped($0)) bytes" }
            let version = format.version.map { "\(Self.versionName(format.id)) \($0)" }
            row("Format", [format.id, format.variant, version, size])
        } else if let size = record.size {
            sheet.row("Size", "\(NumberText.grouped(size)) bytes")
        }
        if layout.isLong, let read = record.bytesRead { sheet.row("Read", "\(NumberText.grouped(read)) bytes") }
        for other in listed(record.alternatives) { sheet.row("Or", TextStyle.inert("\(other.id): \(other.reason)")) }
        guard let facts = record.facts else { return }
        let producer = facts.producer.map { [$0.name, $0.version].compactMap(\.self).joined(separator: " ") }
        row(
            "Framework",
            [
                [facts.framework, facts.frameworkVersion].compactMap(\.self).joined(separator: " "),
                facts.artifactType.map { "written by \($0)" }, producer.map { "made with \($0)" },
            ])
        row("Architecture", [facts.architecture])
        row("Tasks", [facts.tasks?.joined(separator: ", ")])
        if layout.isLong { row("Licence", [facts.license]) }
    }

    /// A row of what is known; none if nothing is.
    private mutating func row(_ title: String, _ parts: [String?]) {
        let known = parts.compactMap(\.self).filter { !$0.isEmpty }
        if !known.isEmpty { sheet.row(title, TextStyle.inert(known.joined(separator: " · "))) }
    }

    private mutating func parameters(_ parameters: Parameters?) {
        guard let parameters else { return }
        var parts = ["\(NumberText.grouped(parameters.total))"]
        if let tensors = parameters.tensors {
            parts.append("\(NumberText.grouped(tensors)) \(tensors == 1 ? "tensor" : "tensors")")
        }
        if let buffers = parameters.buffers { parts.append("\(NumberText.grouped(buffers)) in buffers") }
        if let bytes = parameters.bytes { parts.append("\(NumberText.grouped(bytes)) bytes") }
        let packing = [parameters.bits.map { $0 == 1 ? "1 bit" : "\($0) bits" }, parameters.scheme].compactMap(\.self)
        if !packing.isEmpty { parts.append("packed, " + packing.joined(separator: " ")) }
        row("Parameters", parts)
        if let types = parameters.dataTypes, !types.isEmpty {
            let text = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \(NumberText.grouped($0.value))" }
            row("Data types", [text.joined(separator: ", ")])
        }
        if layout.isLong { row("Counted", [parameters.counting]) }
    }

    private mutating func details(_ facts: ModelFacts) {
        row(
            "Opsets", [facts.opsets?.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")]
        )
        for (title, object) in [("Settings", facts.hyperparameters), ("Metadata", facts.metadata)] {
            for (key, value) in object ?? [:] {
                sheet.row(title, TextStyle.inert("\(key) = \(value.write(pretty: false))"), continues: true)
            }
        }
    }

    /// Which files belong to it. The short text names those that are missing.
    private mutating func files() {
        let files = (record.files ?? []).filter { layout.isLong || $0.present == false }
        for file in listed(files) {
            let role = file.role.map { " (\($0))" } ?? ""
            let isMissing = file.present == false
            let paint = isMissing ? style.yellow : { $0 }
            sheet.row(
                "Files", TextStyle.inert(file.path + role) + (isMissing ? " is missing" : ""), continues: true,
                paint: paint)
        }
        andMore("Files", files.count)
    }

    mutating func findings(of severity: Finding.Severity) {
        let findings = (record.findings ?? []).filter { $0.severity == severity && !isTold($0) }
        let (title, paint): (String, (String) -> String) =
            switch severity {
            case .note: ("Note", { $0 })
            case .warning: ("Warning", style.yellow)
            case .danger: ("Danger", style.red)
            }
        for finding in listed(findings) {
            let text = layout.isLong ? "\(finding.placed) [\(finding.code)]" : finding.message
            sheet.row(title, TextStyle.inert(text), paint: paint)
        }
        andMore(title, findings.count)
    }

    /// Whether the title says it; what stands in a model's place is not named wrongly.
    private func isTold(_ finding: Finding) -> Bool {
        guard let told else { return false }
        return finding == told || FileClass(record).isStandIn && finding.code == "name.extension-mismatch"
    }

    private mutating func sources() {
        let paint = style.dim
        for item in record.evidence ?? [] {
            sheet.row(
                "From", TextStyle.inert("\(item.field): \(item.origin.rawValue), \(item.where)"), continues: true,
                paint: paint)
        }
    }

    /// The first of a list in the short text, all in the long one. A single row more takes no more than a line about it.
    func listed<Element>(_ list: [Element]?) -> ArraySlice<Element> {
        let list = list ?? []
        return list.prefix(layout.isLong || list.count <= Self.mostRows + 1 ? Int.max : Self.mostRows)
    }

    /// Says that a list of so many had to be cut.
    mutating func andMore(_ title: String, _ count: Int) {
        guard !layout.isLong, count > Self.mostRows + 1 else { return }
        sheet.row(title, NameList.more(count - Self.mostRows), continues: true)
    }

    /// What the long text has besides.
    private mutating func more() {
        func count(_ number: Int?, _ one: String, _ many: String) -> String? {
            guard let number, number > 0 else { return nil }
            return "\(NumberText.grouped(number)) \(number == 1 ? one : many)"
        }
        let sources = count(record.evidence?.count, "fact was found", "facts were found").map { "where \($0)" }
        let parts = [
            sources, count(record.facts?.hyperparameters?.count, "setting", "settings"),
            count(record.facts?.metadata?.count, "entry of metadata", "entries of metadata"),
            count(record.facts?.signatures?.count, "further entry point", "further entry points"),
            count(record.files?.count, "file", "files"),
        ].compactMap(\.self)
        if !parts.isEmpty { sheet.row("With -v", parts.joined(separator: ", "), paint: layout.style.dim) }
    }
}
