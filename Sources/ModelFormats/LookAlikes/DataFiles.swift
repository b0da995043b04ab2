import ModelBytes

/// Files of data and images, by their first bytes.
enum DataFiles {
    private static let images: [(name: String, magic: [UInt8])] = [
        ("PNG", [0x89] + Array("PNG\r\n".utf8)), ("JPEG", [0xFF, 0xD8, 0xFF]), ("GIF", Array("GIF87a".utf8)),
        ("GIF", Array("GIF89a".utf8)), ("JPEG 2000", [0, 0, 0, 12] + Array("jP  ".utf8)),
    ]
    private static let data: [(word: String, name: String, magic: [UInt8])] = [
        ("netcdf", "a NetCDF file", Array("CDF\u{1}".utf8)), ("netcdf", "a NetCDF file", Array("CDF\u{2}".utf8)),
        ("netcdf", "a NetCDF file", Array("CDF\u{5}".utf8)), ("parquet", "a Parquet table", Array("PAR1".utf8)),
        ("data", "an Arrow table", Array("ARROW1".utf8)),
        ("data", "a SQLite database", Array("SQLite format 3\0".utf8)),
    ]

    /// All of them have bytes at their beginning that are no text, or are looked at before it is read as one.
    static func look(at subject: InspectedArtifact) -> LookAlike? {
        for (name, magic) in images where subject.begins(with: magic) { return image(name) }
        if subject.begins(with: Array("RIFF".utf8)), subject.begins(with: Array("WEBP".utf8), at: 8) {
            return image("WebP")
        }
        for (word, name, magic) in data where subject.begins(with: magic) {
            return LookAlike(word, seen: "magic number of \(name)", "it is \(name)")
        }
        return tiff(subject)
    }

    private static func image(_ name: String) -> LookAlike {
        LookAlike("image", seen: "magic number of \(name)", "it is an image (\(name))")
    }

    /// TIFF 6.0 section 2; OGC 19-008r4, GeoTIFF: the tag of its keys is 34735.
    private static func tiff(_ subject: InspectedArtifact) -> LookAlike? {
        guard let source = subject.source, subject.head.count >= 16 else { return nil }
        let isBig = subject.begins(with: Array("MM".utf8))
        guard isBig || subject.begins(with: Array("II".utf8)) else { return nil }
        func number(_ bytes: some Collection<UInt8>) -> UInt64 {
            let ordered = isBig ? Array(bytes) : Array(bytes.reversed())
            return ordered.reduce(0) { $0 << 8 | UInt64($1) }
        }
        let head = subject.head
        let offset: UInt64
        let (countBytes, entryBytes): (Int, Int)
        switch number(head[2..<4]) {
        case 42: (offset, countBytes, entryBytes) = (number(head[4..<8]), 2, 12)
        case 43: (offset, countBytes, entryBytes) = (number(head[8..<16]), 8, 20)
        default: return nil
        }
        let plain = LookAlike("image", seen: "header of TIFF", "it is an image (TIFF)")
        guard let start = Int(exactly: offset), start < source.count,
            let counted = try? source.bytes(at: start, upTo: countBytes), counted.count == countBytes
        else { return plain }
        // Baseline readers know some 40 tags, and nobody writes hundreds.
        let count = Int(min(number(counted), 512))
        guard let directory = try? source.bytes(at: start + countBytes, upTo: count * entryBytes) else { return plain }
        let hasKeys = stride(from: 0, to: directory.count - 1, by: entryBytes).contains { position in
            number(directory[position..<position + 2]) == 34_735
        }
        return hasKeys ? LookAlike("geotiff", seen: "TIFF with keys of GeoTIFF", "it is a GeoTIFF image") : plain
    }
}
