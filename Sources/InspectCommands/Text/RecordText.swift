import MLMInspect
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// A record as text for people: format, loading, inputs and outputs, what is missing, and the draft.
struct RecordText {
    private let record: Record
    private let style: TextStyle
    private var sheet: Sheet

    init(_ record: Record, style: TextStyle) {
        self.record = record
        self.style = style
        self.sheet = Sheet(style: style)
        heading()
        identity()
        if let loading = record.loading { self.loading(loading) }
        if let facts = record.facts {
            ports("Inputs", facts.inputs)
            ports("Outputs", facts.outputs)
            for signature in facts.signatures ?? [] { self.signature(signature) }
            parameters(facts.parameters)
            details(facts)
        }
        files()
        findings()
        sources()
        draft()
    }

    var text: String { sheet.text }

    private mutating func heading() {
        let title: String
        switch record.verdict {
        case .failed: title = "could not be read to the end"
        case .unrecognised: title = "not recognised as a model"
        case .model, .notAModel: title = record.format?.name ?? ""
        }
        sheet.title("\(TextStyle.inert(record.path)): \(title)")
    }

    private mutating func identity() {
        if let error = record.error {
            sheet.row("Error", TextStyle.inert(error.placed), paint: style.red)
        }
        if let cause = record.cause { sheet.row("Verdict", "not a model: \(cause)") }
        if let format = record.format {
            let parts = [format.id, format.variant, format.version.map { "version \($0)" }].compactMap { $0 }
            sheet.row("Format", TextStyle.inert(parts.joined(separator: " · ")))
        }
        for other in record.alternatives ?? [] { sheet.row("Or", TextStyle.inert("\(other.id): \(other.reason)")) }
        if let facts = record.facts {
            let framework = [facts.framework, facts.frameworkVersion].compactMap { $0 }.joined(separator: " ")
            if !framework.isEmpty { sheet.row("Framework", TextStyle.inert(framework)) }
            if let type = facts.artifactType { sheet.row("Written by", TextStyle.inert(type)) }
            if let producer = facts.producer {
                let text = [producer.name, producer.version].compactMap { $0 }.joined(separator: " ")
                sheet.row("Producer", TextStyle.inert(text))
            }
            if let architecture = facts.architecture { sheet.row("Architecture", TextStyle.inert(architecture)) }
        }
        if let size = record.size {
            let read = record.bytesRead.map { ", read \(NumberText.grouped($0))" } ?? ""
            sheet.row("Size", "\(NumberText.grouped(size)) bytes\(read)")
        }
    }

    private mutating func loading(_ loading: Loading) {
        if let first = loading.first, !first.isEmpty {
            sheet.row("Import first", TextStyle.inert(first.joined(separator: ", ")))
        }
        if let classes = loading.define, !classes.isEmpty {
            sheet.row("Define first", TextStyle.inert(Self.shortened(classes, to: 12).joined(separator: ", ")))
        }
        if let call = loading.call { sheet.row("Load with", TextStyle.inert(call)) }
        let sentence = LoadingText.sentence(loading.verdict)
        switch loading.verdict {
        case .dataOnly: sheet.row("Loading", "data only: \(sentence)")
        case .needsCode: sheet.row("Loading", "needs code: \(sentence)", paint: style.yellow)
        case .dangerous: sheet.row("Loading", "dangerous: \(sentence)", paint: style.red)
        case .incomplete: sheet.row("Loading", "incomplete: \(sentence)", paint: style.yellow)
        }
        if let weightsOnly = loading.weightsOnly {
            sheet.row("Loading", "weights_only=True is \(weightsOnly ? "accepted" : "refused")", continues: true)
        }
        if let requires = loading.requires, !requires.isEmpty {
            sheet.row("Requires", TextStyle.inert(requires.joined(separator: ", ")))
        }
        if let classes = loading.classes, !classes.isEmpty {
            sheet.row("Classes", TextStyle.inert(Self.shortened(classes, to: 12).joined(separator: ", ")))
        }
        for item in (loading.imports ?? []) where item.tier == .dangerous {
            sheet.row("Imports", TextStyle.inert("\(item.name) (\(item.where))"), paint: style.red)
        }
    }

    private mutating func ports(_ title: String, _ ports: [Port]?) {
        for port in ports ?? [] { sheet.row(title, PortText.line(port), continues: true) }
    }

    private mutating func signature(_ signature: Signature) {
        sheet.row("Program", TextStyle.inert(signature.name))
        ports("  inputs", signature.inputs)
        ports("  outputs", signature.outputs)
    }

    private mutating func parameters(_ parameters: Parameters?) {
        guard let parameters else { return }
        var parts = ["\(NumberText.grouped(parameters.total))"]
        if let tensors = parameters.tensors {
            parts.append("\(NumberText.grouped(tensors)) \(tensors == 1 ? "tensor" : "tensors")")
        }
        if let buffers = parameters.buffers { parts.append("\(NumberText.grouped(buffers)) in buffers") }
        if let bytes = parameters.bytes { parts.append("\(NumberText.grouped(bytes)) bytes") }
        let packing = [parameters.bits.map { "\($0) bits" }, parameters.scheme].compactMap(\.self)
        if !packing.isEmpty { parts.append(TextStyle.inert("packed, " + packing.joined(separator: " "))) }
        sheet.row("Parameters", parts.joined(separator: " · "))
        if let types = parameters.dataTypes, !types.isEmpty {
            let text = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \(NumberText.grouped($0.value))" }
            sheet.row("Data types", TextStyle.inert(text.joined(separator: ", ")))
        }
        sheet.row("Counted", TextStyle.inert(parameters.counting))
    }

    private mutating func details(_ facts: ModelFacts) {
        if let opsets = facts.opsets, !opsets.isEmpty {
            let text = opsets.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            sheet.row("Opsets", TextStyle.inert(text.joined(separator: ", ")))
        }
        for (title, object) in [("Settings", facts.hyperparameters), ("Metadata", facts.metadata)] {
            guard let object else { continue }
            for (key, value) in object.prefix(12) {
                let text = value.write(pretty: false)
                sheet.row(title, TextStyle.inert("\(key) = \(Self.shortened(text, to: 80))"), continues: true)
            }
            if object.count > 12 { sheet.row(title, "… and \(object.count - 12) more, see -f json", continues: true) }
        }
    }

    private mutating func files() {
        let files = record.files ?? []
        for file in files.prefix(12) {
            let role = file.role.map { " (\($0))" } ?? ""
            let isMissing = file.present == false
            sheet.row(
                "Files", TextStyle.inert(file.path + role) + (isMissing ? " is missing" : ""), continues: true,
                paint: { isMissing ? style.yellow($0) : $0 })
        }
        if files.count > 12 { sheet.row("Files", "… and \(files.count - 12) more, see -f json", continues: true) }
    }

    private mutating func findings() {
        for finding in record.findings ?? [] {
            let text = TextStyle.inert("\(finding.placed) [\(finding.code)]")
            switch finding.severity {
            case .note: sheet.row("Note", text)
            case .warning: sheet.row("Warning", text, paint: style.yellow)
            case .danger: sheet.row("Danger", text, paint: style.red)
            }
        }
    }

    private mutating func sources() {
        for item in record.evidence ?? [] {
            sheet.row(
                "From", TextStyle.inert("\(item.field): \(item.origin.rawValue), \(item.where)"), continues: true,
                paint: style.dim)
        }
    }

    private mutating func draft() {
        guard let draft = record.draft else { return }
        for gap in draft.gaps {
            sheet.row("Missing", TextStyle.inert("\(Self.place(gap.pointer))  \(gap.hint)"), continues: true)
        }
        sheet.block(
            "Draft: the model asset, for \"assets\" of a STAC Item", JSONValue.object(draft.asset).write(pretty: true))
        sheet.block(
            "Draft: its metadata, for \"properties\" of the same Item",
            JSONValue.object(draft.properties).write(pretty: true))
    }

    /// A JSON pointer into the Item, without what all of them begin with.
    private static func place(_ pointer: String) -> Substring {
        pointer.dropFirst(pointer.hasPrefix("/properties/") ? "/properties/".count : 1)
    }

    private static func shortened(_ list: [String], to count: Int) -> [String] {
        list.count <= count ? list : list.prefix(count) + ["… \(list.count - count) more"]
    }

    private static func shortened(_ text: String, to count: Int) -> String {
        text.count <= count ? text : text.prefix(count - 1) + "…"
    }
}

/// An input or output on one line.
enum PortText {
    static func line(_ port: Port) -> String {
        var parts = [port.name.isEmpty ? "(no name)" : port.name]
        if let type = port.dataType { parts.append(type) }
        if let type = port.type { parts.append(type) }
        if let shape = shape(port) {
            parts.append(shape)
        } else if port.type == nil {
            parts.append("shape unknown")
        }
        parts += details(port)
        return TextStyle.inert(parts.joined(separator: "  "))
    }

    /// `[batch 1–64, 13, 64, 64]`: dimensions that vary have a name and their range; nil if the rank is unknown.
    static func shape(_ port: Port) -> String? {
        guard let shape = port.shape else { return nil }
        let dynamic = Dictionary((port.dynamic ?? []).map { ($0.dimension, $0) }, uniquingKeysWith: { $1 })
        let sizes = shape.enumerated().map { index, size in
            size == -1 ? variable(dynamic[index], named: name(port, index)) : String(size)
        }
        return "[\(sizes.joined(separator: ", "))]"
    }

    /// Names of dimensions, columns and classes.
    static func details(_ port: Port) -> [String] {
        var details: [String] = []
        if let order = port.dimOrder { details.append(order.joined(separator: ", ")) }
        if let features = port.features { details.append("features: " + names(features.map(\.name))) }
        if let labels = port.labels { details.append("labels: " + names(labels)) }
        return details
    }

    /// The name of a dimension if the artifact proves one.
    private static func name(_ port: Port, _ index: Int) -> String? {
        guard let order = port.dimOrder, order.indices.contains(index) else { return nil }
        return order[index]
    }

    private static func variable(_ dimension: DynamicDimension?, named name: String?) -> String {
        guard let dimension else { return name ?? "any" }
        // What stands for the bounds is no name beside them.
        let isRange = dimension.symbol.contains("..") && (dimension.min != nil || dimension.max != nil)
        let name = name ?? (isRange ? "any" : dimension.symbol)
        return switch (dimension.min, dimension.max) {
        case (let min?, let max?): "\(name) \(min)–\(max)"
        case (let min?, nil): "\(name) ≥ \(min)"
        case (nil, let max?): "\(name) ≤ \(max)"
        case (nil, nil): name
        }
    }

    private static func names(_ names: [String]) -> String {
        names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … \(names.count - 8) more" : "")
    }
}
