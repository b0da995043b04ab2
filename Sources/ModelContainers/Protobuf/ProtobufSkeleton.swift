internal import ModelBytes

/// The bytes that libprotobuf-c gets to see, as they grow; every addition is checked against the limit first.
struct ProtobufSkeleton {
    /// Bytes kept free for the length of a message, which is known only at its end: a varint of 32 bits.
    private static let lengthBytes = 5
    /// How many skeletons of the largest size may be moved about for messages that come in pieces.
    private static let mostMoved = 4

    private(set) var bytes: [UInt8] = []
    private let limit: Limits.Limit
    private let entry: String?
    /// Bytes moved, and fields looked at to find what to move.
    private var moved = 0

    init(limit: Limits.Limit, entry: String?) {
        self.limit = limit
        self.entry = entry
    }

    private func room(for more: Int) throws(InspectionError) {
        guard more <= limit.value - bytes.count else {
            throw limit.exceeded(by: bytes.count.addingReportingOverflow(more).partialValue, entry: entry)
        }
    }

    mutating func append(_ value: UInt64) throws(InspectionError) {
        try room(for: 10)
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func append(tag number: Int, _ wireType: ProtobufField.WireType) throws(InspectionError) {
        try append(UInt64(number) << 3 | UInt64(wireType.rawValue))
    }

    mutating func append(fixed value: UInt64, count: Int) throws(InspectionError) {
        try room(for: count)
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    /// The length of the next `count` bytes of `cursor`, and the bytes; returns where they are.
    mutating func append(_ count: Int, from cursor: inout ByteCursor) throws(InspectionError) -> Range<Int> {
        try append(UInt64(count))
        try room(for: count)
        try cursor.append(count, to: &bytes)
        return bytes.count - count..<bytes.count
    }

    /// A packed list of varints.
    mutating func append(_ values: [Int], packed number: Int) throws(InspectionError) {
        try append(tag: number, .len)
        try append(UInt64(values.reduce(0) { $0 + Self.varintBytes($1) }))
        for value in values { try append(UInt64(value)) }
    }

    private static func varintBytes(_ value: Int) -> Int {
        max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }

    /// Begins a message and returns where its body is.
    mutating func begin(_ number: Int) throws(InspectionError) -> Int {
        try append(tag: number, .len)
        try room(for: Self.lengthBytes)
        for _ in 0..<Self.lengthBytes { bytes.append(0) }
        return bytes.count
    }

    /// Ends the message that has its body at `body`, after whatever was appended since.
    mutating func end(_ body: Int) {
        let length = bytes.count - body
        // A graph is a million messages of a few bytes, some of them empty: five for each length would triple these.
        if length < 0x80 {
            bytes[body - Self.lengthBytes] = UInt8(length)
            for index in body..<bytes.count { bytes[index - Self.lengthBytes + 1] = bytes[index] }
            bytes.removeLast(Self.lengthBytes - 1)
            return
        }
        for index in 0..<Self.lengthBytes {
            let more: UInt8 = index < Self.lengthBytes - 1 ? 0x80 : 0
            bytes[body - Self.lengthBytes + index] = UInt8(length >> (7 * index) & 0x7F) | more
        }
    }

    /// Where the message `number` is among the fields from `start` on, if it is there: all of it, its length, and its body.
    private mutating func message(_ number: Int, from start: Int) -> (extent: Range<Int>, length: Int, body: Int)? {
        var position = start
        while position < bytes.count {
            let field = position
            moved += 1
            let tag = varint(at: &position)
            switch ProtobufField.WireType(rawValue: UInt8(tag & 7)) {
            case .varint: _ = varint(at: &position)
            case .i64: position += 8
            case .i32: position += 4
            case .len, nil:
                let place = position
                let length = Int(varint(at: &position))
                if tag >> 3 == number { return (field..<position + length, place, position) }
                position += length
            }
        }
        return nil
    }

    private func varint(at position: inout Int) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Moves the message `number`, which is among the fields from `start` on, to the end, so that more can be appended
    /// to it; returns where its body is then, nil when there is no such message.
    mutating func reopen(_ number: Int, from start: Int) throws(InspectionError) -> Int? {
        let found = message(number, from: start)
        if let found, found.extent.upperBound < bytes.count { moved += bytes.count - found.extent.lowerBound }
        guard moved / Self.mostMoved <= limit.value else {
            throw InspectionError(.unsupported, "protobuf messages come in too many pieces", entry: entry)
        }
        guard let (extent, length, body) = found else { return nil }
        // The last one stays where it is: to move it for each of a million pieces would take hours.
        if extent.upperBound == bytes.count, body - length == Self.lengthBytes { return body }
        // Its length may be written shorter than what it grows to.
        let content = Array(bytes[body..<extent.upperBound])
        bytes.removeSubrange(extent)
        let start = try begin(number)
        bytes += content
        return start
    }
}
