import Glibc
import ModelBytes
import ModelContainers

/// The NDJSON of an earlier scan, by the path, size and time of change of each artifact. Only where its lines are is held.
final class EarlierScan {
    private struct Place {
        let offset: Int
        /// Its line, and those of its members after it.
        var count: Int
    }

    private let descriptor: Int32
    private var places: [String: Place] = [:]

    /// A record is no longer than this.
    private let most: Int

    init(_ path: String, limits: Limits) throws {
        most = limits.recordBytes.value
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw unsafe ScanError("\(path): cannot be resumed from: \(String(cString: strerror(errno)))")
        }
        var lines = Lines(descriptor, most: most)
        var last: (path: String, key: String)?
        while let (offset, line) = lines.next() {
            guard let key = Self.key(line) else {
                last = nil
                continue
            }
            if let last, key.path.hasPrefix(last.path + "!/") {
                places[last.key]?.count += line.count + 1
            } else if let value = key.value {
                places[value] = Place(offset: offset, count: line.count + 1)
                last = (key.path, value)
            } else {
                last = nil
            }
        }
    }

    deinit { close(descriptor) }

    /// The records of what stands at `path`, if nothing has changed since; nil when it has to be inspected.
    func records(of path: PathBytes, limits: Limits) -> [ScannedRecord]? {
        guard let state = Artifact.state(of: path, limits: limits),
            let place = places[Self.key(path.spelling, state.size, state.modified.text)]
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: place.count)
        var filled = 0
        while filled < bytes.count {
            let got = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress! + filled, $0.count - filled, off_t(place.offset + filled))
            }
            guard got > 0 else { return nil }
            filled += got
        }
        var records: [ScannedRecord] = []
        for line in bytes.split(separator: 0x0A) {
            // A line that is no record of ours is inspected anew, as is all that has changed.
            guard
                let record = try? JSONValueDecoder().decode(
                    Record.self, from: JSONValue.parse(Array(line), limits: limits)),
                let scanned = try? ScannedRecord(record, isMember: !records.isEmpty)
            else { return nil }
            records.append(scanned)
        }
        return records
    }

    private static func key(_ path: String, _ size: Int, _ modified: String) -> String { "\(modified) \(size) \(path)" }

    /// The path that a line is about, and the key of its artifact when it says all that is needed for that.
    private static func key(_ line: [UInt8]) -> (path: String, value: String?)? {
        // The last line of a scan that was killed may be cut short.
        guard let record = try? JSONValue.parse(line), record["schema"]?.string == Record.schema,
            let path = record["path"]?.string
        else { return nil }
        guard let size = record["size"]?.int, let modified = record["modified"]?.string else { return (path, nil) }
        return (path, key(path, size, modified))
    }

    /// The lines of a file with the offsets they begin at.
    private struct Lines {
        private let descriptor: Int32
        private let most: Int
        private var buffer: [UInt8] = []
        private var start = 0
        private var offset = 0
        private var isAtEnd = false

        init(_ descriptor: Int32, most: Int) {
            self.descriptor = descriptor
            self.most = most
        }

        mutating func next() -> (offset: Int, line: [UInt8])? {
            while true {
                if let end = buffer[start...].firstIndex(of: 0x0A) {
                    defer { start = end + 1 }
                    return (offset + start, Array(buffer[start..<end]))
                }
                // A line without an end was not written to its end.
                if isAtEnd || buffer.count - start > most { return nil }
                buffer.removeSubrange(..<start)
                offset += start
                start = 0
                var piece = [UInt8](repeating: 0, count: 256 << 10)
                let got = unsafe piece.withUnsafeMutableBytes {
                    unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset + buffer.count))
                }
                isAtEnd = got <= 0
                if got > 0 { buffer.append(contentsOf: piece[..<got]) }
            }
        }
    }
}
