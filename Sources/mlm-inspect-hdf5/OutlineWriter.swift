import CHDF5Driver

/// Sends an outline to the parent, in pieces. `HDF5OutlineDecoder`, which reads them, says what the pieces are.
struct OutlineWriter: ~Copyable {
    private var piece: [UInt8] = []

    init() { piece.reserveCapacity(Int(MLM_PIECE)) }

    mutating func byte(_ value: UInt8) {
        if piece.count == Int(MLM_PIECE) { flush() }
        piece.append(value)
    }

    mutating func integer(_ value: some FixedWidthInteger) {
        if piece.count + 8 > Int(MLM_PIECE) { flush() }
        unsafe withUnsafeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian) {
            unsafe piece.append(contentsOf: $0)
        }
    }

    /// A length and as many bytes.
    mutating func text(_ bytes: UnsafeRawBufferPointer) {
        integer(bytes.count)
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            if piece.count == Int(MLM_PIECE) { flush() }
            let part = unsafe rest.prefix(Int(MLM_PIECE) - piece.count)
            unsafe piece.append(contentsOf: part)
            unsafe rest = rest.dropFirst(part.count)
        }
    }

    mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { bytes in unsafe self.text(UnsafeRawBufferPointer(bytes)) }
    }

    /// A list, or 0xFF for none.
    mutating func shape(_ shape: [Int]?) {
        guard let shape else { return byte(0xFF) }
        byte(UInt8(clamping: shape.count))
        for dimension in shape { integer(dimension) }
    }

    /// Sends what has not been sent.
    mutating func flush() {
        unsafe piece.withUnsafeBytes { bytes in
            unsafe mlm_send(CChar(UInt8(ascii: "D")), bytes.baseAddress, bytes.count)
        }
        piece.removeAll(keepingCapacity: true)
    }
}
