import ModelBytes
import ModelJSON

/// From a model of YDF and the columns of its data to facts.
struct YggdrasilFacts {
    private let model: YggdrasilModel
    private let columns: [YggdrasilColumns.Column]
    private let limits: Limits

    init(_ model: YggdrasilModel, _ columns: YggdrasilColumns, limits: Limits) {
        self.model = model
        self.columns = columns.columns
        self.limits = limits
    }

    func fill(_ result: inout ProbeResult) {
        if let kind = model.kind {
            result.facts.architecture = kind
            result.note("architecture", .read, "header.pb: name")
        }
        if let words = model.words {
            if !words.tasks.isEmpty { result.facts.tasks = words.tasks }
            result.facts.metadata = ["task": .string(words.task)]
            if !words.tasks.isEmpty { result.note("tasks", .read, "header.pb: task") }
            result.note("metadata", .read, "header.pb")
        }
        inputs(&result)
        outputs(&result)
        result.noteTable()
    }

    private func inputs(_ result: inout ProbeResult) {
        var table = TableColumns(limits: limits)
        for index in model.features {
            guard columns.indices.contains(index) else {
                result.report(
                    .warning, code: "ydf.feature", "feature \(index) is not one of the \(columns.count) columns",
                    at: "header.pb: input_features")
                continue
            }
            table.add(feature(columns[index]))
        }
        guard table.count > 0 else { return }
        let features = table.listed(into: &result, at: "header.pb: input_features")
        let types = Set(table.features.compactMap(\.dataType))
        let type = table.areListed && types.count == 1 ? types.first : nil
        result.facts.inputs = [Port.table("features", columns: table.count, dataType: type, features: features)]
        result.note("inputs", .read, "header.pb: input_features; data_spec.pb: columns")
    }

    private func feature(_ column: YggdrasilColumns.Column) -> Feature {
        // The first category stands for all that training has not seen often enough.
        let categories = column.categories.map { Array($0.dropFirst()) }
        return Feature(
            name: column.name, dataType: Self.type(column.type), range: column.range,
            categories: categories?.isEmpty == false ? categories : nil)
    }

    /// ColumnType of data_spec.proto.
    private static func type(_ code: Int) -> String? {
        switch code {
        case 1, 9: "float32"
        case 4, 8: "string"
        case 7: "bool"
        default: nil
        }
    }

    private func outputs(_ result: inout ProbeResult) {
        guard let index = model.label, columns.indices.contains(index) else { return }
        let label = columns[index]
        result.facts.metadata?["label"] = .string(label.name)
        switch model.task {
        case 1:
            let classes = label.categories.map { Array($0.dropFirst()) } ?? []
            // ydf gives one probability for two classes: that of the second.
            let shape = classes.isEmpty ? nil : classes.count == 2 ? [-1] : [-1, classes.count]
            result.facts.outputs = [
                Port(
                    name: label.name, shape: shape, dataType: "float32",
                    dimOrder: shape.map { $0.count == 1 ? ["batch"] : ["batch", "class"] },
                    labels: classes.isEmpty ? nil : classes)
            ]
        case 2, 3, 6:
            result.facts.outputs = [Port.answer(label.name, shape: [-1], dataType: "float32")]
        default: return
        }
        result.note("outputs", .read, "header.pb: label_col_idx; data_spec.pb: its column")
    }
}
