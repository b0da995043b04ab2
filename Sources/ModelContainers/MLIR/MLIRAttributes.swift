package import ModelBytes

/// An entry of the table of attributes.
package struct MLIRAttribute: Sendable {
    /// The dialect whose group it stands in.
    package let dialect: String
    /// Written as the dialect's own code and numbers; otherwise as text, which any dialect's attribute can be.
    package let isEncoded: Bool
    /// Where it stands in the file.
    package let range: Range<Int>
}

/// Attributes, and the properties of operations; read when somebody asks for them.
///
/// Source: mlir/docs/BytecodeFormat.md; mlir/lib/Bytecode/Reader/BytecodeReader.cpp.
extension MLIRBytecode {
    /// In the order of their numbers.
    package func attributes(limits: Limits) throws(InspectionError) -> [MLIRAttribute] {
        guard let table = sections[.attributeOffsets], let data = sections[.attributes] else { return [] }
        let dialects = try dialects(limits: limits)
        var cursor = try cursor(table)
        let count = try Self.integer(&cursor)
        _ = try Self.integer(&cursor)
        try limits.mlirItems.check(count, offset: cursor.offset)
        var attributes: [MLIRAttribute] = []
        attributes.reserveCapacity(min(count, table.count))
        var offset = data.lowerBound
        while attributes.count < count, cursor.offset < table.upperBound {
            let dialect = try Self.integer(&cursor)
            let members = try Self.integer(&cursor)
            guard dialects.indices.contains(dialect), members > 0 else {
                throw cursor.malformed("a group of \(members) attributes of dialect \(dialect)")
            }
            for _ in 0..<min(members, count - attributes.count) {
                let (size, isEncoded) = try Self.flagged(&cursor)
                guard size <= data.upperBound - offset else { throw cursor.malformed("an attribute of \(size) bytes") }
                attributes.append(
                    MLIRAttribute(
                        dialect: dialects[dialect], isEncoded: isEncoded, range: offset..<offset + size))
                offset += size
            }
        }
        return attributes
    }

    /// Gives the first numbers that the properties of operations are written as; equal ones stand once.
    package func forEachProperties(
        upTo most: Int, limits: Limits, _ body: ([Int]) throws(InspectionError) -> Void
    ) throws(InspectionError) {
        guard let section = sections[.properties] else { return }
        var cursor = try cursor(section)
        let count = try Self.integer(&cursor)
        try limits.mlirItems.check(count, offset: cursor.offset)
        for _ in 0..<count {
            let size = try Self.integer(&cursor)
            let start = cursor.offset
            guard size <= section.upperBound - start else { throw cursor.malformed("properties of \(size) bytes") }
            try body(try integers(in: start..<start + size, upTo: most))
            try cursor.seek(to: start + size)
        }
    }

    /// The first numbers in a part of the file, as far as it holds whole ones: properties can be of other kinds too.
    package func integers(in range: Range<Int>, upTo most: Int) throws(InspectionError) -> [Int] {
        var cursor = try cursor(range)
        var numbers: [Int] = []
        while cursor.offset < range.upperBound, numbers.count < most {
            // The zeros at the end of the first byte say how many follow it.
            guard let first = try cursor.peek(), first.trailingZeroBitCount < range.upperBound - cursor.offset else {
                break
            }
            numbers.append(try Self.integer(&cursor))
        }
        return numbers
    }

    /// The text of an attribute that is written as one, up to `limit` bytes of it.
    package func text(in range: Range<Int>, upTo limit: Int) throws(InspectionError) -> String {
        String(decoding: try source.bytes(at: range.lowerBound, count: min(range.count, limit)), as: UTF8.self)
    }

    private func dialects(limits: Limits) throws(InspectionError) -> [String] {
        guard let section = sections[.dialects] else { return [] }
        var cursor = try cursor(section)
        let count = try Self.integer(&cursor)
        guard count <= section.count else { throw cursor.malformed("\(count) dialects do not fit their section") }
        var names: [String] = []
        for _ in 0..<count {
            var (name, hasVersion) = (0, false)
            if version > 0 { (name, hasVersion) = try Self.flagged(&cursor) } else { name = try Self.integer(&cursor) }
            guard strings.indices.contains(name) else { throw cursor.malformed("a dialect without a name") }
            names.append(strings[name])
            if hasVersion {
                let section = try Self.section(&cursor, end: section.upperBound)
                try cursor.seek(to: section.range.upperBound)
            }
        }
        return names
    }

    private func cursor(_ range: Range<Int>) throws(InspectionError) -> ByteCursor {
        ByteCursor(try source.slice(at: 0, count: range.upperBound), at: range.lowerBound, window: .wary)
    }

    /// The lowest bit is a flag of its own.
    private static func flagged(_ cursor: inout ByteCursor) throws(InspectionError) -> (Int, Bool) {
        let number = try integer(&cursor)
        return (number >> 1, number & 1 == 1)
    }
}
