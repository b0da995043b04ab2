import ModelBytes
import ModelContainers

extension ProtobufOutline {
    /// The varint of this number, when it fits.
    func int(_ number: Int) -> Int? {
        guard let field = first(number), field.wireType == .varint else { return nil }
        // Negative numbers of 32 bits are written with 64.
        return Int(exactly: Int64(bitPattern: field.value))
    }

    func float(_ number: Int) -> Double? {
        guard let field = first(number), field.wireType == .i32 else { return nil }
        return Double(Float(bitPattern: UInt32(truncatingIfNeeded: field.value)))
    }

    /// The text of this number; nil when there is none or it is longer than any name.
    func text(_ number: Int, in source: ByteSource) throws(InspectionError) -> String? {
        guard let field = first(number), field.wireType == .len, field.payload.count <= 64 << 10 else { return nil }
        return String(
            decoding: try source.bytes(at: field.payload.lowerBound, count: field.payload.count), as: UTF8.self)
    }
}

extension ByteSource {
    /// A packed list of varints.
    func varints(_ range: Range<Int>) throws(InspectionError) -> [Int] {
        guard range.count <= 4 << 20 else { return [] }
        var values: [Int] = []
        var (value, shift): (UInt64, UInt64) = (0, 0)
        for byte in try bytes(at: range.lowerBound, count: range.count) {
            value |= UInt64(byte & 0x7F) &<< shift
            shift += 7
            if byte < 0x80 {
                if let int = Int(exactly: Int64(bitPattern: value)) { values.append(int) }
                (value, shift) = (0, 0)
            }
            guard shift < 70 else { return values }
        }
        return values
    }
}
