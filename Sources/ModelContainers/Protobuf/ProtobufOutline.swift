public import ModelBytes

/// The top-level fields of something that may be a protobuf message, for telling formats without a magic number apart.
public struct ProtobufOutline: Sendable {
    /// Where the walk stopped.
    public enum End: Hashable, Sendable {
        /// At the end of the message, exactly.
        case complete
        /// After as many fields as were asked for.
        case fieldLimit
        /// At something that is no field.
        case broken(InspectionError)
    }

    /// In the order of the bytes.
    public let fields: [ProtobufField]
    public let end: End

    /// Walks the message in `range` of `source`, all of it when nil; values that have a length are not looked into.
    ///
    /// Nothing is thrown: that it cannot be walked is an answer. Each field costs a read of 256 bytes at most.
    public init(_ source: ByteSource, in range: Range<Int>? = nil, fieldLimit: Int = 4_096) {
        var fields: [ProtobufField] = []
        do throws(InspectionError) {
            let range = range ?? 0..<source.count
            // Cut off at the end, so that nothing behind it is fetched; positions stay those of `source`.
            var cursor = ByteCursor(
                try source.slice(at: 0, count: range.upperBound), at: range.lowerBound, window: .wary)
            while cursor.offset < range.upperBound, fields.count < fieldLimit {
                let field = try cursor.protobufField(end: range.upperBound)
                if field.wireType == .len { try cursor.skip(field.payload.count) }
                fields.append(field)
            }
            end = cursor.offset == range.upperBound ? .complete : .fieldLimit
        } catch {
            end = .broken(error)
        }
        self.fields = fields
    }

    public var isComplete: Bool { end == .complete }

    /// The field that the message in `source` breaks off in, as far as it is there before `end`, the message's own; nil when
    /// something else is wrong.
    public func cutField(_ source: ByteSource, end: Int) -> (number: Int, payload: Range<Int>)? {
        guard case .broken(let error) = self.end, error.reason == .truncated || end < source.count,
            let start = error.offset, start < end, let bytes = try? source.bytes(at: start, upTo: min(20, end - start)),
            let tagEnd = bytes.firstIndex(where: { $0 < 0x80 }), tagEnd < 5,
            let lengthEnd = bytes[(tagEnd + 1)...].firstIndex(where: { $0 < 0x80 })
        else { return nil }
        let tag = bytes[...tagEnd].reversed().reduce(0) { $0 << 7 | Int($1 & 0x7F) }
        guard tag & 7 == 2 else { return nil }
        return (tag >> 3, start + lengthEnd + 1..<end)
    }

    /// The first field of this number.
    public func first(_ number: Int) -> ProtobufField? {
        fields.first { $0.number == number }
    }
}
