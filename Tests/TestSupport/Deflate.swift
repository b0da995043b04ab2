/// Deflate streams written by hand (RFC 1951), so that tests need no compressor.
public enum Deflate {
    /// `bytes` in blocks without compression.
    public static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = []
        var start = 0
        repeat {
            let end = min(start + 0xFFFF, bytes.count)
            stream += [end == bytes.count ? 1 : 0] + little(end - start, 2) + little(~(end - start), 2)
            stream += bytes[start..<end]
            start = end
        } while start < bytes.count
        return stream
    }

    /// 1 + 258 × `runs` zeros, in 13 bits a run: as small as deflate can make them.
    public static func zeros(runs: Int) -> [UInt8] {
        var stream: [UInt8] = []
        var pending = 0
        var width = 0
        func push(_ bits: Int, _ count: Int) {
            pending |= bits << width
            width += count
            while width >= 8 {
                stream.append(UInt8(pending & 0xFF))
                pending >>= 8
                width -= 8
            }
        }
        push(1, 1)  // the last block
        push(1, 2)  // fixed Huffman codes
        push(0b0000_1100, 8)  // the literal 0: code 00110000, its first bit lowest
        for _ in 0..<runs {
            push(0b1010_0011, 8)  // length 258: code 11000101
            push(0, 5)  // distance 1
        }
        push(0, 7)  // end of block
        push(0, 7)  // up to a whole byte
        return stream
    }
}
