package import ModelBytes

/// MLIR's bytecode: who wrote it, the texts, attributes and properties in it. Operations are not looked at.
///
/// Source: mlir/docs/BytecodeFormat.md.
package struct MLIRBytecode {
    package static let magic: [UInt8] = [0x4D, 0x4C, 0xEF, 0x52]

    package private(set) var version = 0
    package private(set) var producer = ""
    /// Attributes' texts, names of operations, places in sources.
    package private(set) var strings: [String] = []

    /// Sections by the number they bear.
    enum Section: UInt8 {
        case strings = 0
        case dialects = 1
        case attributes = 2
        case attributeOffsets = 3
        case properties = 8
    }
    private(set) var sections: [Section: Range<Int>] = [:]
    let source: ByteSource

    package init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.source = source
        var cursor = ByteCursor(source, window: .wary)
        guard try cursor.bytes(4) == Self.magic else { throw cursor.malformed("does not begin like MLIR bytecode") }
        version = try Self.integer(&cursor)
        var producer: [UInt8] = []
        while true {
            let byte = try cursor.byte()
            if byte == 0 { break }
            producer.append(byte)
            guard producer.count <= 1_024 else { throw cursor.malformed("the name of its writer does not end") }
        }
        self.producer = String(decoding: producer, as: UTF8.self)
        while !cursor.isAtEnd {
            let (id, range) = try Self.section(&cursor, end: source.count)
            if let id = Section(rawValue: id) {
                // MLIR's own reader refuses them too (BytecodeReader.cpp, "duplicate top-level section").
                guard sections.updateValue(range, forKey: id) == nil else {
                    throw cursor.malformed("section \(id.rawValue) stands there twice")
                }
                if id == .strings { try readStrings(&cursor, range.upperBound, limits) }
            }
            try cursor.seek(to: range.upperBound)
        }
    }

    /// The head of a section: which one it is, its length, and how it is aligned.
    static func section(_ cursor: inout ByteCursor, end: Int) throws(InspectionError) -> (id: UInt8, range: Range<Int>)
    {
        let id = try cursor.byte()
        let length = try integer(&cursor)
        if id & 0x80 != 0 {
            let alignment = try integer(&cursor)
            guard (1...4_096).contains(alignment) else { throw cursor.malformed("aligned to \(alignment) bytes") }
            let surplus = cursor.offset % alignment
            if surplus > 0 { try cursor.skip(alignment - surplus) }
        }
        guard length <= end - cursor.offset else {
            throw cursor.malformed("a section of \(length) bytes does not fit the file")
        }
        return (id & 0x7F, cursor.offset..<cursor.offset + length)
    }

    private mutating func readStrings(
        _ cursor: inout ByteCursor, _ end: Int, _ limits: Limits
    ) throws(InspectionError) {
        let count = try Self.integer(&cursor)
        guard count <= end - cursor.offset else { throw cursor.malformed("\(count) texts do not fit their section") }
        try limits.mlirItems.check(count, offset: cursor.offset)
        var lengths: [Int] = []
        var total = 0
        for _ in 0..<count {
            let length = try Self.integer(&cursor)
            total += min(length, end)
            guard length <= end, total <= end else { throw cursor.malformed("texts that do not fit their section") }
            lengths.append(length)
        }
        strings.reserveCapacity(strings.count + count)
        // The lengths stand in reverse, a zero counted with each text.
        for length in lengths.reversed() {
            guard length > 0, length <= limits.protobufTextBytes.value else {
                try cursor.skip(length)
                strings.append("")
                continue
            }
            strings.append(String(decoding: try cursor.bytes(length).dropLast(), as: UTF8.self))
        }
    }

    /// The zeros at the end of the first byte say how many bytes follow.
    static func integer(_ cursor: inout ByteCursor) throws(InspectionError) -> Int {
        let first = try cursor.byte()
        if first & 1 == 1 { return Int(first >> 1) }
        if first == 0 { return try cursor.length(8) }
        let more = first.trailingZeroBitCount
        let rest = try cursor.littleEndian(more)
        return Int((UInt64(first) | rest << 8) >> UInt64(more + 1))
    }
}
