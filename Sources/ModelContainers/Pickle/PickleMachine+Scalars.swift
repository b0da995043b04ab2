import ModelBytes

/// Numbers, text, bytes, and the lines that protocol 0 writes them on.
extension PickleMachine {
    /// A BINSTRING longer than this is taken for the payload of an array, which Python 2 wrote that way: it stays in
    /// the source as `bytes` do.
    static var longestByteString: Int { 1_024 }

    /// A text longer than this is no name and no setting but a document, such as the text of a LightGBM model: it stays
    /// in the source as `bytes` do.
    static var longestText: Int { 1 << 20 }

    // MARK: - Arguments

    mutating func int32() throws(InspectionError) -> Int32 {
        Int32(truncatingIfNeeded: try cursor.littleEndian(4))
    }

    /// The signed 32-bit length of LONG4 and BINSTRING.
    mutating func signedLength() throws(InspectionError) -> Int {
        let length = Int(try int32())
        guard length >= 0 else { throw malformed("the length \(length) is negative") }
        return length
    }

    /// The rest of the line, without its end; `least` bytes at least.
    mutating func readLine(least: Int = 0) throws(InspectionError) -> ArraySlice<UInt8> {
        line.removeAll(keepingCapacity: true)
        while true {
            let byte = try cursor.byte()
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
            if line.count > limits.pickleTextBytes.value { throw limits.pickleTextBytes.exceeded(by: line.count) }
        }
        guard line.count >= least else { throw malformed("the line is empty") }
        return line[...]
    }

    /// The memo index of GET and PUT.
    mutating func readIndex() throws(InspectionError) -> Int {
        guard case .small(let index) = try PythonLiteral.integer(try readLine(least: 1), decimal: true), index >= 0
        else { throw malformed("not a memo index") }
        return index
    }

    // MARK: - Numbers

    mutating func push(integer value: Int) throws(InspectionError) {
        if let id = PickleArena.smallInteger(value) {
            try push(id)
        } else {
            try push(.int(value))
        }
    }

    mutating func push(_ integer: PythonLiteral.Integer) throws(InspectionError) {
        switch integer {
        case .small(let value): try push(integer: value)
        case .big(let bytes):
            try reserveText(bytes.count)
            try push(PickleNode(.bigInt, arena.texts.append(bytes)))
        }
    }

    /// INT, which is also how protocols 0 and 1 write booleans: `I00` and `I01`.
    mutating func readInt() throws(InspectionError) {
        let text = try readLine(least: 1)
        switch (text.count, text.first, text.last) {
        case (2, UInt8(ascii: "0"), UInt8(ascii: "0")): try push(PickleArena.false)
        case (2, UInt8(ascii: "0"), UInt8(ascii: "1")): try push(PickleArena.true)
        // What C's strtol makes of an empty string.
        case (_, 0, _): try push(integer: 0)
        default: try push(try PythonLiteral.integer(text))
        }
    }

    mutating func readLong() throws(InspectionError) {
        var text = try readLine(least: 1)
        if text.last == UInt8(ascii: "L") { text.removeLast() }
        // C's octal numbers are for INT alone.
        let digits = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: " ") }
        if digits.count > 1, digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second) || second == UInt8(ascii: "_"),
            digits.contains(where: { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: "_") })
        {
            throw malformed("not an integer")
        }
        try push(try PythonLiteral.integer(text))
    }

    mutating func readLong(count: Int) throws(InspectionError) {
        if count < 8 {
            let unused = 64 - 8 * count
            let bits = try cursor.littleEndian(count) << UInt64(unused)
            try push(integer: Int(Int64(bitPattern: bits) >> Int64(unused)))
        } else {
            try limits.pickleTextBytes.check(count)
            try push(PythonLiteral.integer(try cursor.bytes(count)))
        }
    }

    // MARK: - Text and bytes

    mutating func push(text: [UInt8]) throws(InspectionError) {
        try reserveText(text.count)
        try push(PickleNode(.string, arena.texts.append(text)))
    }

    /// A text in UTF-8; every unpickler refuses one that is not.
    mutating func readUnicode(count: Int) throws(InspectionError) {
        try readText(count: count)
        guard let top = stack.last, arena.tag(top) == .string else { return }
        guard PickleText.isUTF8(arena.texts[arena.nodes[Int(top)].text]) else { throw malformed("no UTF-8") }
    }

    mutating func readText(count: Int) throws(InspectionError) {
        guard count <= cursor.remaining else { throw cursor.truncated(count) }
        if count > Self.longestText { return try skipBytes(.bytes, count: count) }
        try reserveText(count)
        try push(PickleNode(.string, try arena.texts.append(count, from: &cursor)))
    }

    mutating func readByteString(count: Int) throws(InspectionError) {
        if count > Self.longestByteString {
            try skipBytes(.bytes, count: count)
        } else {
            try readText(count: count)
        }
    }

    mutating func skipBytes(_ tag: PickleNode.Tag, count: Int) throws(InspectionError) {
        let offset = cursor.offset
        let id = try add(PickleNode(tag, offset: offset, count: count))
        if !cursor.source.storage.isCountKnown, count <= JoblibArrays.shortBytes,
            keptBytes <= JoblibArrays.mostShortBytes
        {
            keptBytes += count
            try reserveText(count)
            arena.keptBytes[id] = try arena.texts.append(count, from: &cursor)
        } else {
            try cursor.skip(count)
        }
        try push(id)
    }

    mutating func nextBuffer() throws(InspectionError) {
        try push(PickleNode(.buffer, index: buffers))
        buffers += 1
    }
}
