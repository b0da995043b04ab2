/// Compares versions by what both sides say: `2.15` and `2.15.0`, `2.13.0` and `2.13.0+cpu` agree.
enum VersionAgreement {
    static func agree(declared: String, read: String) -> Bool {
        guard let one = Version(declared), let other = Version(read) else { return true }
        guard one.release.starts(with: other.release) || other.release.starts(with: one.release) else { return false }
        return one.preRelease.isEmpty || other.preRelease.isEmpty || one.preRelease == other.preRelease
    }

    private struct Version {
        var release: [Int] = []
        var preRelease: String

        /// Nil for what is no version. What follows a `+` names a build, and one release has several.
        init?(_ text: String) {
            let bare = (text.hasPrefix("v") ? text.dropFirst() : text[...]).prefix { $0 != "+" }
            for part in Self.digits(bare).split(separator: ".") {
                guard let number = Int(part) else { return nil }
                release.append(number)
            }
            guard release.count > 1 else { return nil }
            // PEP 440's rc1 and Semantic Versioning's -rc.1 are the same.
            let spelt = SemanticVersion.lossless(String(bare)) ?? String(bare)
            preRelease = String(spelt.prefix { $0 != "+" }.dropFirst(Self.digits(spelt[...]).count))
        }

        private static func digits(_ text: Substring) -> Substring {
            text.prefix { ("0"..."9").contains($0) || $0 == "." }
        }
    }
}
