public import ModelBytes

/// The int64 values of a dropped field, packed or not, one after the other and without a list of them.
public struct ProtobufVarints: ~Copyable {
    private let dropped: ProtobufDropped
    private let limits: Limits
    private var cursor: ByteCursor
    private var packedEnd = 0
    private var values = 0

    /// `source` is the one the message with `dropped` was read from.
    public init(_ dropped: ProtobufDropped, in source: ByteSource, limits: Limits) throws(InspectionError) {
        self.dropped = dropped
        self.limits = limits
        // Cut off at the end, so that nothing behind it is fetched; positions stay those of `source`.
        let upToEnd = try source.slice(at: 0, count: dropped.range.upperBound)
        self.cursor = ByteCursor(upToEnd, at: dropped.range.lowerBound, window: .sparse)
    }

    /// The next value, nil after the last one.
    ///
    /// Throws `malformed` when the field is not a list of varints, `limit` when `limits.protobufFields` values were given.
    public mutating func next() throws(InspectionError) -> Int? {
        while cursor.offset < dropped.range.upperBound {
            if cursor.offset < packedEnd {
                let value = try cursor.protobufVarint()
                guard cursor.offset <= packedEnd else { throw notVarints() }
                return try counted(value)
            }
            let field = try cursor.protobufField(end: dropped.range.upperBound)
            switch field.wireType {
            case .varint: return try counted(field.value)
            case .len: packedEnd = field.payload.upperBound
            case .i32, .i64: throw notVarints()
            }
        }
        return nil
    }

    private mutating func counted(_ value: UInt64) throws(InspectionError) -> Int {
        values += 1
        try limits.protobufFields.check(values, entry: cursor.source.entry, offset: cursor.offset)
        return Int(truncatingIfNeeded: value)
    }

    private func notVarints() -> InspectionError {
        cursor.malformed("protobuf field \(dropped.field) is not a list of varints")
    }
}
