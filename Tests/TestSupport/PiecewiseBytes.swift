public import ModelBytes

/// A file of any size made of a few bytes and of runs of zeros that take no memory.
public final class PiecewiseBytes: ByteStorage {
    public enum Piece {
        case bytes([UInt8])
        case zeros(Int)

        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .zeros(let count): count
            }
        }
    }

    private let pieces: [(start: Int, piece: Piece)]
    public let count: Int

    public init(_ pieces: [Piece]) {
        var end = 0
        self.pieces = pieces.map { piece in
            defer { end += piece.count }
            return (end, piece)
        }
        self.count = end
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        let wanted = offset..<min(count, offset + buffer.count)
        unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
        for (start, piece) in pieces {
            guard case .bytes(let bytes) = piece else { continue }
            let part = wanted.clamped(to: start..<start + bytes.count)
            for position in part { unsafe buffer[position - offset] = bytes[position - start] }
        }
        return wanted.count
    }
}
