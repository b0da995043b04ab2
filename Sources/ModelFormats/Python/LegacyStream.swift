import ModelBytes

/// How the stream begins that `torch.save` wrote before it wrote zips: five pickles and, behind them, the bytes of the
/// storages. Pickles hold such streams as bytes, so it is known wherever pickles are.
enum LegacyStream {
    /// LONG1 of 0x1950a86a20f9469cfc6c, torch's `MAGIC_NUMBER`.
    static let magic: [UInt8] = [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

    /// Whether a pickle of the magic number stands at the beginning, as protocol 2 writes it.
    static func begins(_ source: ByteSource) -> Bool {
        guard let head = try? source.bytes(at: 2, upTo: magic.count) else { return false }
        return head == magic
    }
}
