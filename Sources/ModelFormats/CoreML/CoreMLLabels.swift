import ModelBytes
import ModelContainers

/// The classes of a classifier, texts or whole numbers: fields of its message, or an operation `classify` of an ML program.
///
/// Source: coremltools, mlmodel/format/Model.proto, NeuralNetwork.proto, TreeEnsemble.proto, MIL.proto.
struct CoreMLLabels {
    private let source: ByteSource
    private let limit: Int
    /// Fields that may still be looked at, for all functions and operations together.
    private var fieldsLeft = 1_000_000
    private static let mostTextBytes = 4_096
    private static let deepestPipeline = 8

    init(_ source: ByteSource, limits: Limits) {
        self.source = source
        limit = limits.listedValues.value
    }

    /// Nil when the model has none, when they are beyond the limits, or when its functions have different ones.
    /// `function` is the one whose inputs and outputs are described; nil when the model names none.
    mutating func read(
        _ kind: ProtobufField, of function: String?, depth: Int = 0
    ) throws(InspectionError) -> [String]? {
        switch kind.number {
        case 400...404: return try list(fields(kind.payload), texts: 100, numbers: 101)
        case 200 where depth < Self.deepestPipeline:
            // The last model of a pipeline says what comes out.
            guard let pipeline = try fields(kind.payload).first(where: { $0.number == 1 }),
                let last = try fields(pipeline.payload).last(where: { $0.number == 1 }),
                let inner = try fields(last.payload).first(where: { $0.number == 200 || 400...404 ~= $0.number })
            else { return nil }
            return try read(inner, of: nil, depth: depth + 1)
        case 502: return try program(kind, function)
        default: return nil
        }
    }

    /// Program: `functions` 2 → `block_specializations` 3 → `operations` 3 of type `classify`.
    private mutating func program(_ kind: ProtobufField, _ name: String?) throws(InspectionError) -> [String]? {
        var found: Set<[String]> = []
        for function in try values(of: fields(kind.payload), 2, under: name) {
            for block in try values(of: fields(function), 3) {
                for operation in try fields(block) where operation.number == 3 {
                    let parts = try fields(operation.payload)
                    guard try text(parts.first { $0.number == 1 }) == "classify" else { continue }
                    if let classes = try classes(of: parts) { found.insert(classes) }
                }
            }
        }
        return found.count == 1 ? found.first : nil
    }

    /// The input `classes`: an argument with a value of a list, each element a tensor of one.
    private mutating func classes(of operation: [ProtobufField]) throws(InspectionError) -> [String]? {
        for input in operation where input.number == 2 {
            let pair = try fields(input.payload)
            guard try text(pair.first { $0.number == 1 }) == "classes",
                let argument = pair.first(where: { $0.number == 2 })
            else { continue }
            // Argument.arguments → Binding.value → Value.immediateValue → ImmediateValue.list
            guard let list = try descend(argument.payload, 1, 2, 3, 3) else { return nil }
            var labels: [String] = []
            for value in try fields(list) where value.number == 1 {
                guard labels.count < limit, let tensor = try descend(value.payload, 3, 1),
                    let one = try self.list(fields(tensor), texts: 4, numbers: 5), one.count == 1
                else { return nil }
                labels += one
            }
            return labels.isEmpty ? nil : labels
        }
        return nil
    }

    /// Of a message with a list of texts or of numbers as one of its fields, that list: its own field 1.
    private mutating func list(
        _ fields: [ProtobufField], texts: Int, numbers: Int
    ) throws(InspectionError) -> [String]? {
        var labels: [String] = []
        for field in fields where field.number == texts || field.number == numbers {
            for item in try self.fields(field.payload, anyType: true) where item.number == 1 {
                if field.number == texts, item.wireType == .len {
                    guard let text = try text(item) else { return nil }
                    labels.append(text)
                } else if item.wireType == .len {
                    guard item.payload.count <= 10 * limit else { return nil }
                    labels += try source.varints(item.payload).map { String($0) }
                } else if item.wireType == .varint {
                    labels.append(String(Int64(bitPattern: item.value)))
                }
                guard labels.count <= limit else { return nil }
            }
        }
        return labels.isEmpty ? nil : labels
    }

    /// The messages that a map holds under `key`, or under any.
    private mutating func values(
        of fields: [ProtobufField], _ number: Int, under key: String? = nil
    ) throws(InspectionError) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for entry in fields where entry.number == number {
            let pair = try self.fields(entry.payload)
            if let key, try text(pair.first { $0.number == 1 }) != key { continue }
            found += pair.filter { $0.number == 2 }.map(\.payload)
        }
        return found
    }

    /// The first field of each number, one in the other.
    private mutating func descend(_ range: Range<Int>, _ numbers: Int...) throws(InspectionError) -> Range<Int>? {
        var range = range
        for number in numbers {
            guard let field = try fields(range).first(where: { $0.number == number }) else { return nil }
            range = field.payload
        }
        return range
    }

    /// Messages, texts and lists of the message in `range`, and its numbers if `anyType`.
    private mutating func fields(
        _ range: Range<Int>, anyType: Bool = false
    ) throws(InspectionError) -> [ProtobufField] {
        let outline = ProtobufOutline(source, in: range, fieldLimit: fieldsLeft)
        if case .broken(let error) = outline.end { throw error }
        fieldsLeft -= outline.fields.count
        return anyType ? outline.fields : outline.fields.filter { $0.wireType == .len }
    }

    private func text(_ field: ProtobufField?) throws(InspectionError) -> String? {
        guard let field, field.wireType == .len, field.payload.count <= Self.mostTextBytes else { return nil }
        let bytes = try source.bytes(at: field.payload.lowerBound, count: field.payload.count)
        return String(decoding: bytes, as: UTF8.self)
    }
}
