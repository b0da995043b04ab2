import ModelContainers

/// What is odd about a zip archive, whatever model is in it. Told when a probe is done, since some of it shows only
/// when a member is opened.
enum ZipFindings {
    static func report(_ layout: ArchiveLayout, into result: inout ProbeResult, loader: String) {
        let archive = layout.archive
        if archive.prefixBytes > 0 {
            result.report(
                .warning, code: "zip.prefix",
                "\(archive.prefixBytes) bytes stand before the archive; \(loader) refuses such a file")
        }
        for name in archive.duplicates.prefix(8) {
            result.report(
                .warning, code: "zip.duplicate-entry",
                "this name stands in the archive more than once; readers differ in which they take",
                at: name)
        }
        for contradiction in archive.contradictions.prefix(8) {
            switch contradiction.kind {
            case .localName(let name):
                result.report(
                    .warning, code: "zip.local-name",
                    "its own header calls it \"\(name)\"; readers differ in which name they take",
                    at: contradiction.entry.name)
            case .checksum:
                result.report(
                    .warning, code: "zip.checksum", "its checksum is not that of its content",
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
