import ModelBytes
import ModelContainers

/// The index of a SavedModel's variables, `variables/variables.index`: their names, types and shapes, and where they lie
/// in the shards, which are never opened.
///
/// Source: tensor_bundle.proto, tensor_bundle.cc.
struct SavedModelVariables {
    struct Variable {
        let name: String
        let type: Int
        let shape: [Int]?
        let shard: Int
        let offset: Int
        let size: Int
    }

    static let path = "variables/variables.index"

    private(set) var shards = 1
    /// In the order of their names; what is not a variable of the graph (the object graph itself) is among them.
    private(set) var variables: [Variable] = []
    /// How long each shard has to be, by its number.
    private var ends: [Int: Int] = [:]

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        let table = try SSTable(source, limits: limits)
        var shards = 1
        var variables: [Variable] = []
        var ends: [Int: Int] = [:]
        try table.forEachEntry { key, value throws(InspectionError) in
            let bytes = ByteSource(MemoryBytes(Array(value)), entry: source.entry)
            if key.isEmpty {
                let header = try ProtobufMessage.read(bytes, as: .bundleHeader, limits: limits)
                shards = header.int("num_shards") ?? 1
                return
            }
            let entry = try ProtobufMessage.read(bytes, as: .bundleEntry, limits: limits)
            let start = entry.int("offset") ?? 0
            let size = entry.int("size") ?? 0
            let (end, overflow) = start.addingReportingOverflow(size)
            guard start >= 0, size >= 0, !overflow else {
                throw InspectionError(
                    .malformed, "the offset of a variable is too large for any file", entry: source.entry)
            }
            let shard = entry.int("shard_id") ?? 0
            ends[shard] = max(ends[shard] ?? 0, end)
            variables.append(
                Variable(
                    name: String(decoding: key, as: UTF8.self), type: entry.int("dtype") ?? 0,
                    shape: entry.message("shape")?.tensorFlowShape ?? [], shard: shard, offset: start, size: size))
        }
        self.shards = shards
        self.variables = variables
        self.ends = ends
    }

    /// The variables that are the model's, for a model that has no object graph.
    var tally: ElementTally {
        var tally = ElementTally()
        let names = Set(variables.map(\.name))
        for variable in variables {
            guard TensorFlowDataType(variable.type)?.isNumeric ?? true else { continue }
            if TensorFlowTraining.isState(variable.name, among: names) { continue }
            tally.add(name: variable.name, type: variable.type, shape: variable.shape)
        }
        return tally
    }

    /// Lists all of them; those of an archive lie in it.
    func list(for listing: Listing?, isArchive: Bool) {
        guard let listing, listing.wantsTensors else { return }
        for variable in variables {
            let shard = Self.shard(variable.shard, of: shards)
            listing.add(
                StoredTensor(
                    name: variable.name, shape: variable.shape, dataType: TensorFlowDataType(variable.type)?.name,
                    bytes: variable.size,
                    place: isArchive
                        ? StoredTensor.Place(entry: shard) : StoredTensor.Place(file: shard, offset: variable.offset)))
        }
    }

    private static func shard(_ shard: Int, of count: Int) -> String {
        "variables/variables.data-\(shard.fiveDigits)-of-\(count.fiveDigits)"
    }

    /// The names of the shards, as `DataFilename` of tensor_bundle's naming.cc makes them, with the size each has to have.
    func expectedShards(limit: Int) -> [(path: String, bytes: Int)] {
        guard shards > 0 else { return [] }
        return (0..<min(shards, limit)).map { shard in
            (Self.shard(shard, of: shards), ends[shard] ?? 0)
        }
    }
}
