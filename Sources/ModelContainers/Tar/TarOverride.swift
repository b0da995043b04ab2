/// What headers before a member say instead of its own header, because its fields are too short for it.
struct TarOverride {
    var name: [UInt8]?
    var size: Int?
    /// Its content is a map and the pieces that are no holes, not what its name promises.
    var isSparse = false

    /// Takes the records of a pax extended header, each `LENGTH KEY=VALUE` and a newline, the length in decimal and
    /// counted whole. False when the bytes are no such list.
    mutating func read(pax bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            guard let space = bytes[start...].firstIndex(of: 0x20),
                let length = Self.decimal(bytes[start..<space]), length <= bytes.count - start,
                length > space - start + 1, bytes[start + length - 1] == 0x0A,
                let equals = bytes[space..<start + length].firstIndex(of: 0x3D)
            else { return false }
            let value = bytes[equals + 1..<start + length - 1]
            let key = String(decoding: bytes[space + 1..<equals], as: UTF8.self)
            switch key {
            case "path": name = Array(value)
            case "size":
                guard let number = Self.decimal(value) else { return false }
                size = number
            default: isSparse = isSparse || key.hasPrefix("GNU.sparse.")
            }
            start += length
        }
        return true
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }
}
