import Checksums
import ModelBytes
import ModelContainers

/// The Content Security Policy of the report: nothing is loaded from anywhere, and no style or script runs but the
/// page's own, named by its hash. Should a text from an artifact ever setIdentity markup, the browser still refuses to run it.
enum ContentPolicy {
    static func text(styles: [String], scripts: [String]) -> String {
        let styles = styles.map(source).joined(separator: " ")
        let scripts = scripts.map(source).joined(separator: " ")
        return "default-src 'none'; style-src \(styles); script-src \(scripts); base-uri 'none'; form-action 'none'"
    }

    /// `'sha256-…'` (CSP Level 3, section 2.3.1).
    private static func source(_ text: String) -> String {
        do throws(InspectionError) {
            let multihash = try Multihash.sha256(of: ByteSource(MemoryBytes(Array(text.utf8))))
            return "'sha256-\(base64(digest(of: multihash)))'"
        } catch {
            // The page is then what it is without styles and scripts.
            return "'none'"
        }
    }

    /// The bytes behind the two of the prefix.
    private static func digest(of multihash: String) -> [UInt8] {
        let digits = multihash.dropFirst(4).compactMap(\.hexDigitValue).map(UInt8.init)
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// RFC 4648 section 4.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
            let bits = group[0] << 16 | group[1] << 8 | group[2]
            let known = min(3, bytes.count - start) + 1
            for index in 0..<4 {
                text.append(index < known ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : "=")
            }
        }
        return text
    }
}
