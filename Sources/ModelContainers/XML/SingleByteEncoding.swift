internal import CExpat

/// Encodings of one byte a character that libexpat does not know itself.
enum SingleByteEncoding {
    /// Tells libexpat which character each byte is; false for an encoding that is not known here either.
    static func fill(
        _ map: UnsafeMutablePointer<XML_Encoding>?, _ name: UnsafePointer<XML_Char>?
    ) -> Int32 {
        guard let map = unsafe map, let name = unsafe name else { return Int32(XML_STATUS_ERROR.rawValue) }
        guard ["windows-1252", "cp1252"].contains(unsafe String(cString: name).lowercased()) else {
            return Int32(XML_STATUS_ERROR.rawValue)
        }
        unsafe withUnsafeMutableBytes(of: &map.pointee.map) { bytes in
            let table = unsafe bytes.bindMemory(to: Int32.self)
            for byte in 0..<256 {
                unsafe table[byte] = 0x80..<0xA0 ~= byte ? windows1252[byte - 0x80] : Int32(byte)
            }
        }
        unsafe map.pointee.data = nil
        unsafe map.pointee.convert = nil
        unsafe map.pointee.release = nil
        return Int32(XML_STATUS_OK.rawValue)
    }

    /// 0x80 to 0x9F, -1 for the five that are no characters. encoding.spec.whatwg.org/index-windows-1252.txt
    private static let windows1252: [Int32] = [
        0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017D,
        -1,
        -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E,
        0x0178,
    ]
}
