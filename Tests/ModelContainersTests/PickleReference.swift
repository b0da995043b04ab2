import FoundationEssentials
import ModelJSON

/// Fixtures/pickles.json: pickles, and what CPython's unpickler makes of them. See Fixtures/pickles.py.
struct PickleReference: Decodable {
    struct Value: Decodable {
        let name: String
        let protocols: [Int]
        let hex: String
        let rendering: String
        let imports: [String]
    }

    struct Program: Decodable {
        let hex: String
        /// Nil when CPython refuses it.
        let rendering: String?
        let imports: [String]
    }

    /// A value with one byte changed.
    struct Flip: Decodable {
        let of: Int
        let at: Int
        let byte: UInt8
        /// FNV-1a of the rendering; nil when CPython refuses it.
        let fingerprint: String?
        /// Nil when they are those of the value.
        let imports: [String]?
    }

    let opcodes: [String: UInt8]
    let values: [Value]
    let programs: [Program]
    let flips: [Flip]

    static func load() throws -> PickleReference {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Fixtures/pickles.json"))
        return try JSONDecoder().decode(PickleReference.self, from: data)
    }

    static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    static func fingerprint(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
