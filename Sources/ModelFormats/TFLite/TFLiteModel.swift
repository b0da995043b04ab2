import ModelBytes
import ModelContainers

/// The tables of the file, as far as all others build on them; what buffers hold is never fetched here.
///
/// Slots are those of tensorflow/compiler/mlir/lite/schema/schema.fbs.
struct TFLiteModel {
    /// Content of a tensor, or of a piece of metadata.
    enum Buffer {
        case none
        /// In the file, inside the FlatBuffer or behind it.
        case bytes(Range<Int>)
    }

    let source: ByteSource
    let limits: Limits
    let table: FlatBufferTable
    let version: Int
    let operators: [TFLiteOperator]
    let subgraphs: [TFLiteSubgraph]
    let buffers: [Buffer]
    /// Index of a buffer by the name of what it holds.
    let metadata: [(name: String, buffer: Int)]

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.source = source
        self.limits = limits
        let table = try FlatBuffer(source, limits: limits).root()
        self.table = table
        version = try table.int32(0) ?? 0
        var operators: [TFLiteOperator] = []
        try table.forEachTable(1) { code throws(InspectionError) in operators.append(try TFLiteOperator(code)) }
        self.operators = operators
        var subgraphs: [TFLiteSubgraph] = []
        try table.forEachTable(2) { graph throws(InspectionError) in
            subgraphs.append(try TFLiteSubgraph(graph, source))
        }
        self.subgraphs = subgraphs
        var buffers: [Buffer] = []
        try table.forEachTable(4) { buffer throws(InspectionError) in
            buffers.append(try Self.buffer(buffer, source))
        }
        self.buffers = buffers
        var metadata: [(name: String, buffer: Int)] = []
        try table.forEachTable(6) { entry throws(InspectionError) in
            guard let name = try entry.string(0) else { return }
            metadata.append((name, Int(try entry.unsigned(1, width: 4) ?? 0)))
        }
        self.metadata = metadata
    }

    /// A Buffer has its bytes in itself, or says where they stand in the file when that is larger than 2 GiB; offsets of
    /// 0 and 1 mean that it does not (schema.fbs, Buffer).
    private static func buffer(_ table: FlatBufferTable, _ source: ByteSource) throws(InspectionError) -> Buffer {
        if let data = try table.bytes(0), data.count > 0 {
            let start = data.range.lowerBound - source.range.lowerBound
            return .bytes(start..<start + data.count)
        }
        let offset = try table.unsigned(1, width: 8) ?? 0
        let size = try table.unsigned(2, width: 8) ?? 0
        guard offset > 1, size > 0 else { return .none }
        guard let end = Int(exactly: offset.addingReportingOverflow(size).partialValue), offset <= Int.max,
            end >= Int(offset), end <= source.count
        else {
            throw InspectionError(
                .truncated, "a buffer of \(size) bytes at \(offset) lies beyond the end of the file, \(source.count)",
                entry: source.entry, offset: table.position)
        }
        return .bytes(Int(offset)..<end)
    }

    /// The buffer with this index; one that there is not is a fault of the file.
    func buffer(_ index: Int) throws(InspectionError) -> Buffer {
        guard buffers.indices.contains(index) else {
            throw InspectionError(
                .malformed, "buffer \(index) is named, but there are \(buffers.count)", entry: source.entry,
                offset: table.position)
        }
        return buffers[index]
    }

    /// What is stored under a name for those who read the file.
    func metadata(_ name: String) throws(InspectionError) -> ByteSource? {
        guard let index = metadata.first(where: { $0.name == name })?.buffer,
            case .bytes(let range) = try buffer(index)
        else { return nil }
        return try source.slice(at: range.lowerBound, count: range.count, entry: name)
    }
}

/// One graph.
struct TFLiteSubgraph {
    let table: FlatBufferTable
    let tensors: [FlatBufferTable]
    /// Indices of tensors.
    let inputs: [Int]
    let outputs: [Int]

    init(_ table: FlatBufferTable, _ source: ByteSource) throws(InspectionError) {
        self.table = table
        var tensors: [FlatBufferTable] = []
        try table.forEachTable(0) { tensor in tensors.append(tensor) }
        self.tensors = tensors
        func indices(_ slot: Int) throws(InspectionError) -> [Int] {
            var indices: [Int] = []
            try table.forEachInt32(slot) { index throws(InspectionError) in
                guard tensors.indices.contains(index) else {
                    throw InspectionError(
                        .malformed, "tensor \(index) is named, but the graph has \(tensors.count)",
                        entry: source.entry, offset: table.position)
                }
                indices.append(index)
            }
            return indices
        }
        inputs = try indices(1)
        outputs = try indices(2)
    }
}
