import ModelBytes
import ModelContainers

/// `CBM1`, the size of the model's core, the core: a FlatBuffer.
///
/// Source: catboost/libs/model/flatbuffers/model.fbs and features.fbs. Slots are numbered as fields stand there.
extension CatBoostModel {
    mutating func binary(_ source: ByteSource) throws(InspectionError) {
        let head = try source.bytes(at: 0, count: 8)
        let size = head[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let core = try FlatBuffer(try source.slice(at: 8, count: size), limits: limits).root()
        formatVersion = try core.string(0)
        try core.forEachTable(2) { entry throws(InspectionError) in
            guard let key = try entry.string(0), let value = try entry.string(1) else { return }
            inform(key, value)
        }
        readInformation()
        guard let trees = try core.table(1) else {
            throw InspectionError(.malformed, "has no trees", entry: source.entry, offset: 8)
        }
        dimension = try trees.int32(0) ?? 0
        self.trees = try trees.vector(2, elementBytes: 4).count
        try columns(of: trees, 5, index: 2, name: 4, "float32")
        try columns(of: trees, 4, index: 1, name: 2, "categorical")
        try columns(of: trees, 12, index: 1, name: 2, "text")
        try columns(of: trees, 18, index: 1, name: 2, "embedding")
    }

    private mutating func columns(
        of trees: FlatBufferTable, _ slot: Int, index: Int, name: Int, _ type: String
    ) throws(InspectionError) {
        try trees.forEachTable(slot) { feature throws(InspectionError) in
            // -1 is the default, which is not written.
            let place = try feature.int32(index) ?? -1
            let name = try feature.string(name) ?? ""
            add(Feature(name: name.isEmpty ? String(place) : name, dataType: type), at: place)
        }
    }
}
