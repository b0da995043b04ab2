import ModelBytes
import ModelContainers
import ModelJSON

/// The header of a safetensors file, every rule of the format checked.
///
/// Source: safetensors/src/tensor.rs, `Metadata::validate`: offsets begin at 0, leave no hole, overlap nowhere and end at
/// the end of the file; a tensor's range has the size that its shape and type need.
struct SafetensorsHeader {
    struct Tensor {
        let name: String
        let dataType: String
        let shape: [Int]
        let elements: Int
        let begin: Int
        let end: Int
        /// Where the header describes it.
        let offset: Int
    }

    private(set) var tensors: [Tensor] = []
    private(set) var metadata: [(key: String, value: String)] = []
    /// Bytes of the JSON, without the 8 that say so.
    let length: Int

    /// `budget` counts the headers of all files of a folder.
    init(_ source: ByteSource, limits: Limits, budget: MemberBudget) throws(InspectionError) {
        length = try Self.length(of: source, limits, budget)
        do throws(InspectionError) {
            try read(source, limits)
        } catch {
            throw Self.written(error)
        }
        try checkRanges(source, payload: source.count - 8 - length)
    }

    private static func length(
        of source: ByteSource, _ limits: Limits, _ budget: MemberBudget
    ) throws(InspectionError) -> Int {
        var cursor = ByteCursor(source, window: .sparse)
        let written = try cursor.littleEndian(8)
        guard written <= UInt64(Int.max) - 8 else {
            throw InspectionError(
                .malformed, "the header would be \(written) bytes long", entry: source.entry, offset: 0)
        }
        let length = Int(written)
        guard length <= source.count - 8 else {
            throw InspectionError(
                .truncated, "the header has \(length) bytes, but \(source.count - 8) are left",
                entry: source.entry, offset: 8)
        }
        try limits[SafetensorsLimits.headerBytes].check(length, entry: source.entry, offset: 0)
        try budget.take(header: length, upTo: limits[SafetensorsLimits.shardHeaderBytes], in: source.entry)
        return length
    }

    /// The file is long enough, so a header that breaks off was written that way.
    private static func written(_ error: InspectionError) -> InspectionError {
        guard error.reason == .truncated else { return error }
        return InspectionError(.malformed, error.message, entry: error.entry, offset: error.offset)
    }

    private mutating func read(_ source: ByteSource, _ limits: Limits) throws(InspectionError) {
        var scanner = JSONScanner(source, in: 8..<8 + length, limits: limits)
        var tensors: [Tensor] = []
        var metadata: [(key: String, value: String)] = []
        var names: Set<JSONKey> = []
        // A set that grows hashes every name once more each time: room is made at once, by what a tensor takes at least
        // in practice. It is less than the header itself takes.
        names.reserveCapacity(length / Self.usualTensorBytes)
        tensors.reserveCapacity(length / Self.usualTensorBytes)
        try scanner.object { key, scanner in
            guard names.insert(key).inserted else {
                throw InspectionError(
                    .malformed, "the name \"\(key.text)\" occurs twice", entry: source.entry,
                    offset: scanner.offset)
            }
            if key == "__metadata__" {
                try scanner.object { key, scanner in metadata.append((key.text, try scanner.string())) }
            } else {
                tensors.append(try Self.tensor(key.text, &scanner, source))
            }
        }
        try scanner.end()
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Lists the tensors while the header is read, so that none is kept; returns how many there are. A rule that is broken
    /// is found behind the last of them.
    static func list(
        _ source: ByteSource, limits: Limits, budget: MemberBudget, for listing: Listing
    ) throws(InspectionError) -> Int {
        let length = try length(of: source, limits, budget)
        let payload = StoredTensor.Place(in: source, at: 8 + length)
        var scanner = JSONScanner(source, in: 8..<8 + length, limits: limits)
        // Names that differ may have one hash; then all of them are compared.
        var hashes: Set<Int> = []
        hashes.reserveCapacity(length / usualTensorBytes)
        var (count, reached) = (0, 0)
        var isInOrder = true
        do throws(InspectionError) {
            try scanner.object { key, scanner in
                if !hashes.insert(key.hashValue).inserted { isInOrder = false }
                if key == "__metadata__" {
                    return try scanner.object { _, scanner in _ = try scanner.string() }
                }
                let tensor = try tensor(key.text, &scanner, source)
                if tensor.begin != reached { isInOrder = false }
                reached = tensor.end
                count += 1
                var place = payload
                place.offset = payload.offset.flatMap { start in
                    let (offset, overflow) = start.addingReportingOverflow(tensor.begin)
                    return overflow ? nil : offset
                }
                listing.add(
                    StoredTensor(
                        name: tensor.name, shape: tensor.shape, dataType: tensor.dataType,
                        bytes: tensor.end - tensor.begin, place: place))
            }
            try scanner.end()
        } catch {
            throw written(error)
        }
        if !isInOrder || reached != source.count - 8 - length {
            _ = try SafetensorsHeader(source, limits: limits, budget: MemberBudget())
        }
        return count
    }

    private static let usualTensorBytes = 96

    private static func tensor(
        _ name: String, _ scanner: inout JSONScanner, _ source: ByteSource
    ) throws(InspectionError) -> Tensor {
        let offset = scanner.offset
        func malformed(_ message: String) -> InspectionError {
            InspectionError(.malformed, "tensor \"\(name)\": \(message)", entry: source.entry, offset: offset)
        }
        var type: SafetensorsType?
        var shape: [Int] = []
        var (begin, end) = (0, 0)
        var bounds = 0
        var keys = 0
        try scanner.object { key, scanner in
            switch key {
            case "dtype":
                let spelt = try scanner.string()
                guard let known = SafetensorsType(spelt) else {
                    throw InspectionError(
                        .unsupported, "tensor \"\(name)\": data type \"\(spelt)\" is unknown", entry: source.entry,
                        offset: offset)
                }
                type = known
                keys |= 1
            case "shape":
                try scanner.array { scanner in shape.append(try scanner.int()) }
                keys |= 2
            case "data_offsets":
                try scanner.array { scanner in
                    (begin, end) = (end, try scanner.int())
                    bounds += 1
                }
                keys |= 4
            default: break
            }
        }
        guard keys == 7, let type, bounds == 2 else { throw malformed("needs dtype, shape and two data_offsets") }
        guard begin >= 0, begin <= end else { throw malformed("data_offsets [\(begin), \(end)] run backwards") }
        guard let elements = TensorSize.elements(shape) else {
            throw malformed("shape \(shape) is too large for any memory")
        }
        let (bits, overflow) = elements.multipliedReportingOverflow(by: type.bits)
        guard !overflow, bits % 8 == 0, bits / 8 == end - begin else {
            throw malformed("\(elements) elements of \(type.name) do not fill its \(end - begin) bytes")
        }
        return Tensor(
            name: name, dataType: type.name, shape: shape, elements: elements, begin: begin, end: end,
            offset: offset)
    }

    private func checkRanges(_ source: ByteSource, payload: Int) throws(InspectionError) {
        // Nearly always they stand in the order of their data.
        let isSorted = tensors.indices.dropFirst().allSatisfy { tensors[$0 - 1].end <= tensors[$0].begin }
        let ordered = isSorted ? tensors : tensors.sorted { ($0.begin, $0.end) < ($1.begin, $1.end) }
        var reached = 0
        for tensor in ordered {
            guard tensor.begin == reached else {
                let what =
                    tensor.begin < reached
                    ? "overlaps another one" : "leaves a hole of \(tensor.begin - reached) bytes before it"
                throw InspectionError(
                    .malformed, "tensor \"\(tensor.name)\" \(what)", entry: source.entry, offset: tensor.offset)
            }
            reached = tensor.end
        }
        guard reached <= payload else {
            throw InspectionError(
                .truncated, "the tensors need \(reached) bytes, but \(payload) are left", entry: source.entry,
                offset: 8 + length)
        }
        guard reached == payload else {
            throw InspectionError(
                .malformed, "\(payload - reached) bytes follow the last tensor", entry: source.entry,
                offset: 8 + length + reached)
        }
    }
}

/// `Dtype` of safetensors/src/tensor.rs.
struct SafetensorsType {
    /// As torch and numpy spell it.
    let name: String
    let bits: Int

    init?(_ spelt: String) {
        guard let known = Self.known[spelt] else { return nil }
        (name, bits) = known
    }

    private static let known: [String: (String, Int)] = [
        "BOOL": ("bool", 8), "U8": ("uint8", 8), "I8": ("int8", 8), "F8_E5M2": ("float8_e5m2", 8),
        "F8_E4M3": ("float8_e4m3fn", 8),
        "F8_E8M0": ("float8_e8m0fnu", 8), "F8_E5M2FNUZ": ("float8_e5m2fnuz", 8), "F8_E4M3FNUZ": ("float8_e4m3fnuz", 8),
        "I16": ("int16", 16), "U16": ("uint16", 16), "F16": ("float16", 16), "BF16": ("bfloat16", 16),
        "I32": ("int32", 32),
        "U32": ("uint32", 32), "F32": ("float32", 32), "C64": ("complex64", 64), "F64": ("float64", 64),
        "I64": ("int64", 64),
        "U64": ("uint64", 64), "F4": ("float4_e2m1fn", 4), "F6_E2M3": ("float6_e2m3fn", 6),
        "F6_E3M2": ("float6_e3m2fn", 6),
    ]
}
