import MLMInspect
import ModelFormats

extension RecordText {
    /// Whether loading it is dangerous, and how to load it; in place of that, what a dangerous one would run.
    mutating func loading(_ loading: Loading) {
        let (verdict, paint) = Self.verdict(loading.verdict, layout.style)
        let sentence = TextStyle.inert(LoadingText.sentence(record, loading))
        sheet.row("Loading", "\(verdict): \(sentence)", paint: paint)
        if let weightsOnly = LoadingText.weightsOnly(loading) { sheet.row("Loading", weightsOnly, continues: true) }
        findings(of: .danger)
        imports(loading)
        list("Define first", loading.define?.map(CodeNeed.ownName))
        list("Import first", loading.first)
        if let call = loading.call {
            sheet.row("Load with", TextStyle.inert(call), breaking: .call)
        } else if record.verdict == .model, loading.verdict != .dangerous {
            sheet.row("Load with", "no call that works is known")
        }
        list("Requires", loading.requires)
        // What has to be defined is among them.
        if layout.isLong || loading.define?.isEmpty != false { list("Classes", loading.classes?.map(CodeNeed.ownName)) }
        guard layout.isLong else { return }
        for read in loading.reads ?? [] {
            let place = read.where.map { " of \($0)" } ?? ""
            sheet.row("Read by", TextStyle.inert("\(read.reader)\(place): \(read.verdict.rawValue)"), continues: true)
        }
    }

    /// What is dangerous among its imports and named by no finding.
    private mutating func imports(_ loading: Loading) {
        let dangers = (record.findings ?? []).filter { $0.severity == .danger }
        let dangerous = (loading.imports ?? []).filter { item in
            item.tier == .dangerous && (layout.isLong || !dangers.contains { $0.message.contains(item.name) })
        }
        for item in listed(dangerous) {
            let text = layout.isLong ? PlacedText.text(item.name, at: item.where) : item.name
            sheet.row("Imports", TextStyle.inert(text), continues: true, paint: layout.style.red)
        }
        andMore("Imports", dangerous.count)
    }

    private mutating func list(_ title: String, _ names: [String]?) {
        guard let names, !names.isEmpty else { return }
        guard !layout.isLong else { return sheet.row(title, TextStyle.inert(names.joined(separator: ", "))) }
        // What is longer takes all lines of a row by itself.
        let first = names.prefix(Self.mostNames).map { TextStyle.inert(FittedText.start($0, Self.longestName)) }
        sheet.row(title, sheet.fitting(first, of: names.count))
    }

    private static let mostNames = 24
    private static let longestName = 512

    /// The verdict in words, and its colour.
    static func verdict(_ verdict: Loading.Verdict, _ style: TextStyle) -> (String, (String) -> String) {
        switch verdict {
        case .dataOnly: ("data only", style.green)
        case .needsCode: ("needs code", style.yellow)
        case .dangerous: ("dangerous", style.red)
        case .incomplete: ("incomplete", style.yellow)
        }
    }
}
