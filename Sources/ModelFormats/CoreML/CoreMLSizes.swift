import ModelBytes
import ModelContainers

/// The sizes that an array or an image may have where more than one is allowed.
///
/// Source: coremltools, mlmodel/format/FeatureTypes.proto: `SizeRange`, `ShapeRange`, `EnumeratedShapes`,
/// `ImageSizeRange`, `EnumeratedImageSizes`.
struct CoreMLSizes {
    /// The sizes of one dimension: a range, or a list of them.
    private enum Size {
        case range(Int, Int?)
        case listed([Int])
    }

    private static let mostDimensions = 64
    private static let mostShapes = 1_024

    let shape: [Int]
    let dynamic: [DynamicDimension]

    /// Of a message `ArrayFeatureType`; nil when it allows one shape only, or none that can be said.
    init?(ofArray body: ProtobufOutline, in source: ByteSource) throws(InspectionError) {
        if let field = body.first(31), field.wireType == .len {
            let ranges = ProtobufOutline(source, in: field.payload, fieldLimit: Self.mostDimensions)
            self.init(ranges.fields.filter { $0.number == 1 && $0.wireType == .len }.map { Self.range($0, source) })
        } else if let field = body.first(21), field.wireType == .len {
            let list = ProtobufOutline(source, in: field.payload, fieldLimit: Self.mostShapes)
            var shapes: [[Int]] = []
            for shape in list.fields where shape.number == 1 && shape.wireType == .len {
                let sizes = try Self.varints(1, ProtobufOutline(source, in: shape.payload), source)
                if sizes.count <= Self.mostDimensions { shapes.append(sizes) }
            }
            self.init(listed: shapes, isComplete: list.isComplete)
        } else {
            return nil
        }
    }

    /// Of a message `ImageFeatureType`: height, width, and channels that do not vary.
    init?(ofImage body: ProtobufOutline, channels: Int, in source: ByteSource) throws(InspectionError) {
        if let field = body.first(31), field.wireType == .len {
            let ranges = ProtobufOutline(source, in: field.payload)
            guard let width = ranges.first(1), let height = ranges.first(2), width.wireType == .len,
                height.wireType == .len
            else { return nil }
            self.init([Self.range(height, source), Self.range(width, source), .listed([channels])])
        } else if let field = body.first(21), field.wireType == .len {
            let list = ProtobufOutline(source, in: field.payload, fieldLimit: Self.mostShapes)
            let shapes = list.fields.filter { $0.number == 1 && $0.wireType == .len }.map { size in
                let size = ProtobufOutline(source, in: size.payload)
                return [size.int(2) ?? 0, size.int(1) ?? 0, channels]
            }
            self.init(listed: shapes, isComplete: list.isComplete)
        } else {
            return nil
        }
    }

    private init?(listed shapes: [[Int]], isComplete: Bool) {
        guard isComplete, let first = shapes.first, shapes.allSatisfy({ $0.count == first.count }) else { return nil }
        self.init(first.indices.map { index in .listed(Set(shapes.map { $0[index] }).sorted()) })
    }

    private init?(_ sizes: [Size]) {
        guard !sizes.isEmpty else { return nil }
        var shape: [Int] = []
        var dynamic: [DynamicDimension] = []
        for (index, size) in sizes.enumerated() {
            switch size {
            case .range(let least, let most?) where least == most: shape.append(least)
            case .range(let least, let most):
                shape.append(-1)
                let symbol = "\(least)..\(most.map { String($0) } ?? "")"
                dynamic.append(DynamicDimension(dimension: index, symbol: symbol, min: least, max: most))
            case .listed(let sizes) where sizes.count == 1: shape.append(sizes[0])
            case .listed(let sizes):
                shape.append(-1)
                let symbol = sizes.prefix(16).map { String($0) }.joined(separator: "|") + (sizes.count > 16 ? "|…" : "")
                dynamic.append(
                    DynamicDimension(dimension: index, symbol: symbol, min: sizes.first, max: sizes.last))
            }
        }
        self.shape = shape.map { $0 > 0 ? $0 : -1 }
        self.dynamic = dynamic
    }

    /// An upper bound below zero is none.
    private static func range(_ field: ProtobufField, _ source: ByteSource) -> Size {
        let range = ProtobufOutline(source, in: field.payload)
        let most = range.int(2) ?? 0
        return .range(range.int(1) ?? 0, most < 0 ? nil : most)
    }

    /// A list of numbers, packed or not.
    static func varints(
        _ number: Int, _ body: ProtobufOutline, _ source: ByteSource
    ) throws(InspectionError) -> [Int] {
        var numbers: [Int] = []
        for field in body.fields where field.number == number {
            if field.wireType == .varint, let size = Int(exactly: Int64(bitPattern: field.value)) {
                numbers.append(size)
            }
            if field.wireType == .len, field.payload.count <= 640 { numbers += try source.varints(field.payload) }
        }
        return numbers
    }
}
