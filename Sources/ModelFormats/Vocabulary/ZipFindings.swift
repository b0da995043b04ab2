import ModelContainers

/// What is odd about a zip archive, whatever model is in it. Told when a probe is done, since some of it shows only
/// when a member is opened.
enum ZipFindings {
    static func report(_ layout: ArchiveLayout, into reading: inout Reading, loader: String) {
        let archive = layout.archive
        if archive.prefixBytes > 0 {
            reading.find(
                .warning, "zip.prefix",
                "\(archive.prefixBytes) bytes stand before the archive; \(loader) refuses such a file")
        }
        for name in archive.duplicates.prefix(8) {
            reading.find(
                .warning, "zip.duplicate-entry",
                "this name stands in the archive more than once; readers differ in which they take",
                where: name)
        }
        for contradiction in archive.contradictions.prefix(8) {
            switch contradiction.kind {
            case .localName(let name):
                reading.find(
                    .warning, "zip.local-name",
                    "its own header calls it \"\(name)\"; readers differ in which name they take",
                    where: contradiction.entry.name)
            case .checksum:
                reading.find(
                    .warning, "zip.checksum", "its checksum is not that of its content", where: contradiction.entry.name
                )
            }
        }
        for entry in archive.entries where Self.climbs(entry.name) {
            reading.find(
                .warning, "zip.unsafe-name",
                "this name would leave the folder it is extracted to; nothing is extracted here",
                where: entry.name)
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
