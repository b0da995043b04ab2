import ModelContainers

/// What is odd about a zip archive, whatever model is in it. Told when a probe is done, since some of it shows only
/// when a member is opened.
enum ZipFindings {
    /// `findsEnd` says that the loader looks for the end of the archive, as Python's zipfile does, and not at the first bytes.
    static func report(
        _ layout: ArchiveLayout, into result: inout ProbeResult, loader: String, findsEnd: Bool = false
    ) {
        let archive = layout.archive
        if archive.prefixBytes > 0 {
            let reading =
                findsEnd
                ? "\(loader) skips them, and other readers may take the file for something else"
                : "\(loader) refuses such a file"
            result.report(
                .warning, code: "zip.prefix", "\(archive.prefixBytes) bytes come before the archive; \(reading)")
        }
        for name in archive.duplicates.prefix(8) {
            result.report(
                .warning, code: "zip.duplicate-entry",
                "this name occurs more than once in the archive; readers disagree on which entry to use",
                at: name)
        }
        for contradiction in archive.contradictions.prefix(8) {
            switch contradiction.kind {
            case .localName(let name):
                result.report(
                    .warning, code: "zip.local-name",
                    "its local header names it \"\(name)\"; readers disagree on which name to use",
                    at: contradiction.entry.name)
            case .checksum:
                result.report(
                    .warning, code: "zip.checksum", "its checksum does not match its content",
                    at: contradiction.entry.name
                )
            }
        }
        for entry in archive.entries where Self.climbs(entry.name) {
            result.report(
                .warning, code: "zip.unsafe-name",
                "this name would leave the folder it is extracted to; nothing is extracted here",
                at: entry.name)
        }
    }

    private static func climbs(_ name: String) -> Bool {
        if name.utf8.first == UInt8(ascii: "/") { return true }
        var dots = 0
        for byte in name.utf8 where dots < 2 {
            dots = byte == UInt8(ascii: ".") ? dots + 1 : 0
        }
        return dots >= 2 && name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }
}
