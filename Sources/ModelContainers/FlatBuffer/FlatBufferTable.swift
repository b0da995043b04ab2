package import ModelBytes

/// One table: its fields by their slot, as they follow each other in the schema, a union taking two.
///
/// A field that is absent is nil or empty. What a slot holds is said by the caller; a wrong guess is an error or a wrong
/// value, never a read outside of the file.
package struct FlatBufferTable {
    private let buffer: FlatBuffer
    /// Position in the file.
    package let position: Int
    private let vtable: Int
    private let vtableBytes: Int

    init(_ buffer: FlatBuffer, at position: Int) throws(InspectionError) {
        try buffer.countTable(at: position)
        self.buffer = buffer
        self.position = position
        // Signed, and counted backwards from the table.
        let distance = Int(Int32(truncatingIfNeeded: try buffer.integer(at: position, width: 4)))
        vtable = position - distance
        vtableBytes = Int(try buffer.integer(at: vtable, width: 2))
        guard vtableBytes >= 4, vtableBytes.isMultiple(of: 2) else {
            throw buffer.malformed("a vtable cannot have \(vtableBytes) bytes", at: vtable)
        }
    }

    package func has(_ slot: Int) throws(InspectionError) -> Bool { try field(slot) != nil }

    /// An unsigned integer of `width` bytes.
    package func unsigned(_ slot: Int, width: Int) throws(InspectionError) -> UInt64? {
        guard let field = try field(slot) else { return nil }
        return try buffer.integer(at: field, width: width)
    }

    package func int32(_ slot: Int) throws(InspectionError) -> Int? {
        try unsigned(slot, width: 4).map { Int(Int32(truncatingIfNeeded: $0)) }
    }

    package func int64(_ slot: Int) throws(InspectionError) -> Int? {
        try unsigned(slot, width: 8).map { Int(truncatingIfNeeded: $0) }
    }

    /// A text; nil as well when it is longer than `limits.protobufTextBytes`.
    package func string(_ slot: Int) throws(InspectionError) -> String? {
        guard let field = try field(slot) else { return nil }
        return try string(at: field)
    }

    package func table(_ slot: Int) throws(InspectionError) -> FlatBufferTable? {
        guard let field = try field(slot) else { return nil }
        return try FlatBufferTable(buffer, at: try buffer.target(of: field))
    }

    /// How many elements a vector has, and where they begin.
    package func vector(_ slot: Int, elementBytes: Int) throws(InspectionError) -> (count: Int, start: Int) {
        guard let field = try field(slot) else { return (0, position) }
        let start = try buffer.target(of: field)
        let count = Int(try buffer.integer(at: start, width: 4))
        guard count <= (buffer.source.count - start - 4) / elementBytes else {
            throw buffer.malformed("a vector of \(count) elements does not fit the file", at: start)
        }
        return (count, start + 4)
    }

    /// The tables of a vector, each looked at when it is its turn.
    package func forEachTable(
        _ slot: Int, _ body: (FlatBufferTable) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        let (count, start) = try vector(slot, elementBytes: 4)
        for index in 0..<count { try body(try FlatBufferTable(buffer, at: try buffer.target(of: start + 4 * index))) }
    }

    /// The texts of a vector; one beyond the limit is empty.
    package func forEachString(
        _ slot: Int, _ body: (String) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        let (count, start) = try vector(slot, elementBytes: 4)
        for index in 0..<count {
            try body(try string(at: start + 4 * index) ?? "")
        }
    }

    package func forEachInt64(_ slot: Int, _ body: (Int) throws(InspectionError) -> Void) throws(InspectionError) {
        let (count, start) = try vector(slot, elementBytes: 8)
        for index in 0..<count {
            try body(Int(truncatingIfNeeded: try buffer.integer(at: start + 8 * index, width: 8)))
        }
    }

    package func forEachInt32(_ slot: Int, _ body: (Int) throws(InspectionError) -> Void) throws(InspectionError) {
        try forEachUnsigned(slot, width: 4) { value throws(InspectionError) in
            try body(Int(Int32(truncatingIfNeeded: value)))
        }
    }

    /// The numbers of a vector, each of `width` bytes and as it stands there.
    package func forEachUnsigned(
        _ slot: Int, width: Int, _ body: (UInt64) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        let (count, start) = try vector(slot, elementBytes: width)
        try buffer.countElements(count, at: start)
        for index in 0..<count { try body(try buffer.integer(at: start + width * index, width: width)) }
    }

    /// The bytes of a vector as a source of their own; nil when the field is absent. Nothing of them is fetched.
    package func bytes(_ slot: Int, entry: String? = nil) throws(InspectionError) -> ByteSource? {
        guard try has(slot) else { return nil }
        let (count, start) = try vector(slot, elementBytes: 1)
        return try buffer.source.slice(at: start, count: count, entry: entry)
    }

    /// Where the field's value stands; nil when it is absent.
    private func field(_ slot: Int) throws(InspectionError) -> Int? {
        guard 4 + 2 * slot + 2 <= vtableBytes else { return nil }
        let offset = Int(try buffer.integer(at: vtable + 4 + 2 * slot, width: 2))
        return offset == 0 ? nil : position + offset
    }

    private func string(at field: Int) throws(InspectionError) -> String? {
        let start = try buffer.target(of: field)
        let count = Int(try buffer.integer(at: start, width: 4))
        guard count <= buffer.source.count - start - 4 else {
            throw buffer.malformed("a text of \(count) bytes does not fit the file", at: start)
        }
        return try buffer.text(at: start + 4, count: count)
    }
}
