import Checksums
import ModelBytes
import ModelContainers

/// The Content Security Policy of the report: nothing is loaded from anywhere, and no style or script runs but the
/// page's own, named by its hash. Should a text from an artifact ever become markup, the browser still refuses to run it.
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
            return "'sha256-\(Base64.text(digest(of: multihash)))'"
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
}
