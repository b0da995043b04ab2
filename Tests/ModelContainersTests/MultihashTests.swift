import Checksums
import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// SHA-256 by the vectors of FIPS 180-4, as a multihash.
@Suite struct MultihashTests {
    private func hash(_ bytes: [UInt8]) throws -> String { try Multihash.sha256(of: ByteSource(MemoryBytes(bytes))) }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func vectors(_ text: String, _ digest: String) throws {
        #expect(try hash(Array(text.utf8)) == "1220" + digest)
    }

    /// Longer than a piece that is read at once, and then a million letters.
    @Test func manyPieces() throws {
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(try hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)) == "1220" + million)
        let bytes = (0..<(1 << 20) * 2 + 17).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var told = 0
        let whole = try Multihash.sha256(of: ByteSource(MemoryBytes(bytes))) { told += $0 }
        #expect(told == bytes.count)
        // The window on a file that has more before and after it.
        let source = try ByteSource(MemoryBytes([1, 2] + bytes + [3])).slice(at: 2, count: bytes.count)
        #expect(try Multihash.sha256(of: source) == whole)
    }

    /// A file that shrinks while it is read has no checksum.
    @Test func aFileThatEndsEarly() {
        let error = #expect(throws: InspectionError.self) {
            try Multihash.sha256(of: ByteSource(CutBytes([1, 2, 3], at: 3, promising: 10)))
        }
        #expect(error?.reason == .truncated)
    }

    @Test func shortHashes() {
        #expect(Multihash.shortHash(of: "abc") == "ba7816bf")
    }
}
