import ModelBytes
import ModelContainers

/// What is odd about a zip archive, whatever model is in it.
enum ZipFindings {
    static func report(_ layout: ArchiveLayout, into reading: inout Reading, loader: String) throws(InspectionError) {
        let archive = layout.archive
        if archive.prefixBytes > 0 {
            reading.find(
                .warning, "zip.prefix", "\(archive.prefixBytes) bytes stand before the archive; \(loader) refuses such a file")
        }
        for name in archive.duplicates.prefix(8) {
            reading.find(
                .warning, "zip.duplicate-entry", "this name stands in the archive more than once; readers differ in which they take",
                where: name)
        }
        for entry in archive.entries where Self.climbs(entry.name) {
            reading.find(
                .warning, "zip.unsafe-name", "this name would leave the folder it is extracted to; nothing is extracted here",
                where: entry.name)
        }
    }

    private static func climbs(_ name: String) -> Bool {
        name.hasPrefix("/") || name.contains("..") && name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }
}
