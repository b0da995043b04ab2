import ModelBytes
import ModelContainers

/// Layers and models whose class the loading program has to bring, at whatever depth: in the models of a pipeline, in the
/// branches and loops of a network.
///
/// Source: coremltools, mlmodel/format/Model.proto, NeuralNetwork.proto, CustomModel.proto.
struct CoreMLCustomCode {
    private enum Message { case model, pipeline, network, layer }

    /// In no order; one of their own names for those that have none.
    private(set) var classes: Set<String> = []
    /// A part could not be looked at.
    private(set) var isCutShort = false

    private let source: ByteSource
    private var waiting: [(message: Message, range: Range<Int>, depth: Int)]
    private var fieldsLeft = 1_000_000
    private static let deepest = 64

    init(in source: ByteSource) throws(InspectionError) {
        self.source = source
        waiting = [(.model, 0..<source.count, 0)]
        while let next = waiting.popLast() {
            guard next.depth < Self.deepest, fieldsLeft > 0 else {
                isCutShort = true
                return
            }
            let outline = ProtobufOutline(source, in: next.range, fieldLimit: fieldsLeft)
            if !outline.isComplete { isCutShort = true }
            fieldsLeft -= outline.fields.count
            // A message that stands twice is merged by its readers, and of a choice the last counts: each is looked at.
            for field in outline.fields where field.wireType == .len {
                try look(at: field, of: next.message, depth: next.depth + 1)
            }
        }
    }

    private mutating func look(
        at field: ProtobufField, of message: Message, depth: Int
    ) throws(InspectionError) {
        func inner(_ numbers: Int..., of field: ProtobufField) -> [Range<Int>] {
            let outline = ProtobufOutline(source, in: field.payload, fieldLimit: 4_096)
            if !outline.isComplete { isCutShort = true }
            return outline.fields.filter { numbers.contains($0.number) && $0.wireType == .len }.map(\.payload)
        }
        switch (message, field.number) {
        // Classifier and regressor have the pipeline as their only field.
        case (.model, 200), (.model, 201): waiting += inner(1, of: field).map { (.pipeline, $0, depth + 1) }
        case (.model, 202): waiting.append((.pipeline, field.payload, depth))
        case (.model, 303), (.model, 403), (.model, 500): waiting.append((.network, field.payload, depth))
        case (.model, 555): try note("custom model", field)
        // A file elsewhere, and a message of another kind.
        case (.model, 556), (.model, 3000): isCutShort = true
        case (.pipeline, 1): waiting.append((.model, field.payload, depth))
        case (.network, 1): waiting.append((.layer, field.payload, depth))
        case (.layer, 500): try note("custom layer", field)
        // Branch: `ifBranch`, `elseBranch`. Loop: `conditionNetwork`, `bodyNetwork`.
        case (.layer, 605): waiting += inner(1, 2, of: field).map { (.network, $0, depth + 1) }
        case (.layer, 615): waiting += inner(3, 4, of: field).map { (.network, $0, depth + 1) }
        default: break
        }
    }

    private mutating func note(_ word: String, _ field: ProtobufField) throws(InspectionError) {
        guard classes.count < 64 else { return }
        let name = try ProtobufOutline(source, in: field.payload).text(10, in: source)
        classes.insert(name.flatMap { $0.isEmpty ? nil : $0 } ?? word)
    }
}
