import ModelBytes
import ModelJSON

/// The header of a GGUF file: keys with values, then names, shapes, types and places of the tensors.
///
/// Source: ggml/docs/gguf.md. Version 1 has lengths of 32 bits; a file of a big-endian machine has all of its numbers
/// that way round, its version among them.
struct GGUFFile {
    struct Tensor {
        let name: String
        /// The fastest dimension last, as other frameworks have it.
        let shape: [Int]
        let elements: Int
        let type: GGUFTensorType
        let offset: Int
        /// Nil for a type whose blocks are unknown.
        let bytes: Int?
    }

    let version: Int
    let isBigEndian: Bool
    /// Scalars and texts by key; of arrays only those that are short.
    private(set) var values = JSONObject()
    /// Lengths of all arrays by key.
    private(set) var lengths: [String: Int] = [:]
    private(set) var tensors: [Tensor] = []
    /// Keys and names of tensors that occur more than once, of which the first counts.
    private(set) var repeated: (keys: [String], tensors: [String]) = ([], [])
    /// Where the tensors begin.
    private(set) var dataOffset = 0

    static let magic = Array("GGUF".utf8)
    /// GGML_MAX_DIMS.
    private static let mostDimensions = 4
    /// Arrays of up to as many values are kept: tags, languages, splits of positions.
    private static let keptValues = 64
    private static let deepestArray = 4
    private static let longestText = 4 << 20

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        var reader = GGUFReader(source, limits: limits)
        (version, isBigEndian) = try reader.begin()
        let tensorCount = try reader.count()
        let keyCount = try reader.count()
        try limits[GGUFLimits.keys].check(keyCount, entry: source.entry, offset: reader.offset)
        try limits[GGUFLimits.tensors].check(tensorCount, entry: source.entry, offset: reader.offset)
        var seen: Set<String> = []
        for _ in 0..<keyCount { try addKey(&reader, &seen) }
        seen = []
        for _ in 0..<tensorCount { try addTensor(&reader, &seen) }
        let alignment = values["general.alignment"]?.int ?? 32
        guard (1...65_536).contains(alignment) else {
            throw InspectionError(.malformed, "an alignment of \(alignment)", entry: source.entry)
        }
        dataOffset = (reader.offset + alignment - 1) / alignment * alignment
    }

    /// Whether the tensors lie in the file: the position that the last of them ends at.
    func end() throws(InspectionError) -> Int {
        var end = dataOffset
        for tensor in tensors {
            let (start, overflow) = dataOffset.addingReportingOverflow(tensor.offset)
            let (own, further) = start.addingReportingOverflow(tensor.bytes ?? 0)
            guard !overflow, !further else {
                throw InspectionError(.malformed, "tensor \"\(tensor.name)\" lies beyond any file")
            }
            end = max(end, own)
        }
        return end
    }

    /// Lists the tensors, as they lie behind the header.
    func list(in source: ByteSource, for listing: Listing?) {
        guard let listing, listing.wantsTensors else { return }
        for tensor in tensors {
            let (start, overflow) = dataOffset.addingReportingOverflow(tensor.offset)
            listing.add(
                StoredTensor(
                    name: tensor.name, shape: tensor.shape, dataType: tensor.type.name, bytes: tensor.bytes,
                    place: overflow ? StoredTensor.Place() : StoredTensor.Place(in: source, at: start)))
        }
    }

    private mutating func addKey(_ reader: inout GGUFReader, _ seen: inout Set<String>) throws(InspectionError) {
        let key = try reader.text(upTo: Self.longestText)
        let type = Int(try reader.number(4))
        let isFirst = seen.insert(key).inserted
        if !isFirst { repeated.keys.append(key) }
        if type == 9 {
            var kept: [JSONValue]? = []
            let length = try array(&reader, &kept, depth: 0)
            guard isFirst else { return }
            lengths[key] = length
            if let kept { values[key] = .array(kept) }
        } else {
            let value = try reader.value(type)
            if isFirst { values[key] = value }
        }
    }

    /// Goes through an array; `kept` becomes nil when it has too many values to be kept.
    private func array(
        _ reader: inout GGUFReader, _ kept: inout [JSONValue]?, depth: Int
    ) throws(InspectionError) -> Int {
        guard depth < Self.deepestArray else { throw reader.malformed("arrays in arrays in arrays") }
        let type = Int(try reader.number(4))
        let count = try reader.count()
        if count > Self.keptValues { kept = nil }
        if let size = GGUFReader.size(of: type) {
            if kept == nil {
                try reader.skip(count, of: size)
            } else {
                for _ in 0..<count { kept?.append(try reader.value(type)) }
            }
            return count
        }
        // Texts and arrays have to be walked: each takes 4 bytes at least, so that the file bounds them.
        try reader.checkRoom(count, of: 4)
        for _ in 0..<count {
            switch type {
            case 8 where kept == nil: try reader.skipText()
            case 8: kept?.append(.string(try reader.text(upTo: Self.longestText)))
            case 9:
                var inner: [JSONValue]?
                _ = try array(&reader, &inner, depth: depth + 1)
                kept = nil
            default: throw reader.malformed("an array of type \(type)")
            }
        }
        return count
    }

    private mutating func addTensor(_ reader: inout GGUFReader, _ seen: inout Set<String>) throws(InspectionError) {
        let name = try reader.text(upTo: 65_536)
        if !seen.insert(name).inserted { repeated.tensors.append(name) }
        let rank = Int(try reader.number(4))
        guard rank <= Self.mostDimensions else {
            throw reader.malformed("tensor \"\(name)\" has \(rank) dimensions")
        }
        var shape: [Int] = []
        for _ in 0..<rank { shape.append(try reader.count()) }
        let code = Int(try reader.number(4))
        let type = GGUFTensorType(code)
        let offset = try reader.length(8)
        guard let elements = TensorSize.elements(shape), elements % (type.block?.elements ?? 1) == 0 else {
            throw reader.malformed(
                "tensor \"\(name)\": shape \(shape) does not fill blocks of \(type.name ?? "\(code)")")
        }
        let bytes = type.bytes(of: elements)
        guard bytes != nil || type.block == nil else {
            throw reader.malformed("tensor \"\(name)\": shape \(shape) is beyond any memory")
        }
        tensors.append(
            Tensor(
                name: name, shape: shape.reversed(), elements: elements, type: type, offset: offset, bytes: bytes))
    }
}
