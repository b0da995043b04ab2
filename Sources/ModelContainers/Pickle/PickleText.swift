/// Text as CPython decodes it.
enum PickleText {
    /// No name longer than this can be imported from a file system; the rest of it is not kept.
    private static let longestName = 1_024

    /// Whether `bytes` are UTF-8; lone surrogates are, since protocols 1 and later write them with `surrogatepass`.
    static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        if isStrictUTF8(bytes) { return true }
        // Surrogates are three bytes that begin with ED and A0 to BF: in their place any other three.
        var patched = Array(bytes)
        var index = 0
        while index + 2 < patched.count {
            if patched[index] == 0xED, patched[index + 1] >= 0xA0, patched[index + 1] <= 0xBF,
                patched[index + 2] & 0xC0 == 0x80
            {
                patched.replaceSubrange(index..<index + 3, with: [0xE2, 0x80, 0x80])
                index += 3
            } else {
                index += 1
            }
        }
        return String(validating: patched, as: UTF8.self) != nil
    }

    /// Whether `bytes` are UTF-8 without lone surrogates, as the lines of GLOBAL have to be.
    static func isStrictUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        isASCII(bytes) || String(validating: bytes, as: UTF8.self) != nil
    }

    static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    /// `bytes` as a name, shortened when it is beyond any.
    static func name(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.count > longestName else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes.prefix(longestName), as: UTF8.self) + "…"
    }
}
