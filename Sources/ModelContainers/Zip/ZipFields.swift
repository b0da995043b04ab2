extension [UInt8] {
    /// A little-endian field of a zip record, as every record of APPNOTE has them; the caller has checked that the
    /// record is that long. What is beyond any file becomes `Int.max`, which every later check refuses.
    func zipField(at offset: Int, bytes width: Int) -> Int {
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(self[offset + index]) << UInt64(8 * index) }
        return Int(clamping: value)
    }

    /// Overwrites a little-endian field of a zip record.
    mutating func setZipField(_ value: Int, at offset: Int, bytes width: Int) {
        for index in 0..<width { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    }

    /// Appends a little-endian field of a zip record.
    mutating func appendZipField(_ value: Int, bytes width: Int) {
        for index in 0..<width { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}

/// The four bytes every zip record starts with.
enum ZipSignature {
    static let localHeader: [UInt8] = [0x50, 0x4B, 3, 4]
    static let directoryHeader: [UInt8] = [0x50, 0x4B, 1, 2]
    static let endRecord: [UInt8] = [0x50, 0x4B, 5, 6]
    static let zip64EndRecord: [UInt8] = [0x50, 0x4B, 6, 6]
    static let zip64Locator: [UInt8] = [0x50, 0x4B, 6, 7]
}
