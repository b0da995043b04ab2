import ModelBytes
import ModelContainers

/// What the Flex delegate runs for a custom operator: not what the operator is called, but the NodeDef in its options.
///
/// Source: tensorflow/lite/delegates/flex/kernel.cc, `InitializeNodeDef`: a FlexBuffer with a vector of two texts, the
/// operator's name and the NodeDef (google/flatbuffers, flexbuffers.h).
enum FlexOperator {
    /// The operator of the NodeDef; nil when there is none to be read.
    static func name(_ options: ByteSource) throws(InspectionError) -> String? {
        guard let node = try nodeRange(options) else { return nil }
        let outline = ProtobufOutline(options, in: node, fieldLimit: 8)
        guard let name = outline.first(2), name.wireType == .len, (1...256).contains(name.payload.count) else {
            return nil
        }
        return String(
            decoding: try options.bytes(at: name.payload.lowerBound, count: name.payload.count), as: UTF8.self)
    }

    private static let vector = 10
    private static let string = 5
    private static let blob = 25

    /// Where the second element of the vector at the root is.
    private static func nodeRange(_ options: ByteSource) throws(InspectionError) -> Range<Int>? {
        let end = options.count
        guard end >= 3, let rootWidth = try number(options, end - 1, 1), let rootType = try number(options, end - 2, 1),
            rootType >> 2 == vector, let offset = try number(options, end - 2 - rootWidth, rootWidth)
        else { return nil }
        let start = end - 2 - rootWidth - offset
        let width = 1 << (rootType & 3)
        guard let count = try number(options, start - width, width), count == 2,
            let type = try number(options, start + count * width + 1, 1), type >> 2 == string || type >> 2 == blob,
            let inner = try number(options, start + width, width)
        else { return nil }
        let content = start + width - inner
        let sizeWidth = 1 << (type & 3)
        guard let size = try number(options, content - sizeWidth, sizeWidth), content >= 0, size <= end - content else {
            return nil
        }
        return content..<content + size
    }

    /// A little-endian number of 1, 2, 4 or 8 bytes; nil when it is not inside, or larger than the options.
    private static func number(_ options: ByteSource, _ offset: Int, _ width: Int) throws(InspectionError) -> Int? {
        guard [1, 2, 4, 8].contains(width), offset >= 0, offset <= options.count - width else { return nil }
        let bytes = try options.bytes(at: offset, count: width)
        let value = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value <= UInt64(options.count) ? Int(value) : nil
    }
}
