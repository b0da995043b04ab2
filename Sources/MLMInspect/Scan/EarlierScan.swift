import Glibc
import ModelBytes
import ModelContainers
import ModelJSON

/// The NDJSON of an earlier scan, by the path, size and time of change of each artifact. Only where its lines are is held.
final class EarlierScan {
    private struct Place {
        let offset: Int
        /// Its line, and those of its members after it.
        var count: Int
    }

    private let descriptor: Int32
    private var places: [[UInt8]: Place] = [:]

    /// A record is no longer than this.
    private let maximum: Int

    init(_ path: String, limits: Limits) throws {
        maximum = limits.recordBytes.value
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw unsafe ScanError("\(path): cannot be resumed from: \(String(cString: strerror(errno)))")
        }
        var lines = Lines(descriptor, maximum: maximum)
        var last: (path: ArraySlice<UInt8>, key: [UInt8])?
        var hasRecords = false
        while let (offset, line) = lines.next() {
            guard let key = Self.key(line) else {
                last = nil
                continue
            }
            hasRecords = true
            if let last, key.path.starts(with: last.path + [0x21, 0x2F]) {
                places[last.key]?.count += line.count + 1
            } else if let value = key.value {
                places[value] = Place(offset: offset, count: line.count + 1)
                last = (key.path, value)
            } else {
                last = nil
            }
        }
        if hasRecords, places.isEmpty {
            throw ScanError(
                "\(path): its records have no times, so none can be reused", .noTimes)
        }
    }

    deinit { close(descriptor) }

    /// The records of what stands at `path`, if nothing has changed since; nil when it has to be inspected.
    func records(of path: PathBytes, row: RecordRow?, limits: Limits) -> [ScannedRecord]? {
        guard let state = Artifact.state(of: path, limits: limits),
            let place = places[
                Self.key(Self.written(path.spelling), "\(state.size)".utf8, state.modified.text.utf8)],
            let bytes = PositionedRead.bytes(of: descriptor, at: place.offset, count: place.count)
        else { return nil }
        var records: [ScannedRecord] = []
        for line in bytes.split(separator: 0x0A) {
            // A line that is no record of ours is inspected anew, as is all that has changed.
            guard
                var record = try? JSONValueDecoder().decode(
                    Record.self, from: JSONValue.parse(Array(line), limits: limits)),
                record.schema == Record.schema
            else { return nil }
            record.isDirectory = records.isEmpty && PathSystemCalls.isFolder(path)
            let scanned = ScannedRecord(record, line: Array(line), isMember: !records.isEmpty)
            records.append(scanned.showing(row, of: record))
        }
        return records
    }

    private static func key(
        _ path: ArraySlice<UInt8>, _ size: some Collection<UInt8>, _ modified: some Collection<UInt8>
    )
        -> [UInt8]
    {
        Array(modified) + [0x20] + Array(size) + [0x20] + Array(path)
    }

    /// How records write a path, without its quotes.
    private static func written(_ path: String) -> ArraySlice<UInt8> {
        JSONValue.string(path).bytes(pretty: false).dropFirst().dropLast()
    }

    /// The path that a line is about, as it is written there, and the key of its artifact when the line says all that is
    /// needed for that. Only its beginning is looked at, which is always the same.
    private static func key(_ line: [UInt8]) -> (path: ArraySlice<UInt8>, value: [UInt8]?)? {
        // The last line of a scan that was killed may be cut short.
        guard line.last == UInt8(ascii: "}"), line.starts(with: ScannedRecord.start) else { return nil }
        var rest = line[ScannedRecord.start.count...]
        var end = rest.startIndex
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == UInt8(ascii: "\\") ? 2 : 1 }
        guard end < rest.endIndex else { return nil }
        let path = rest[..<end]
        rest = rest[(end + 1)...]
        func take(_ text: String) -> Bool {
            guard rest.starts(with: text.utf8) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            return true
        }
        guard take(",\"size\":") else { return (path, nil) }
        let size = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(size.count)
        guard take(",\"modified\":\"") else { return (path, nil) }
        return (path, key(path, size, rest.prefix { $0 != UInt8(ascii: "\"") }))
    }

    /// The lines of a file with the offsets they begin at.
    private struct Lines {
        private let descriptor: Int32
        private let maximum: Int
        private var buffer: [UInt8] = []
        private var start = 0
        private var offset = 0
        private var isAtEnd = false

        init(_ descriptor: Int32, maximum: Int) {
            self.descriptor = descriptor
            self.maximum = maximum
        }

        mutating func next() -> (offset: Int, line: [UInt8])? {
            while true {
                if let end = buffer[start...].firstIndex(of: 0x0A) {
                    defer { start = end + 1 }
                    return (offset + start, Array(buffer[start..<end]))
                }
                // A line without an end was not written to its end.
                if isAtEnd || buffer.count - start > maximum { return nil }
                buffer.removeSubrange(..<start)
                offset += start
                start = 0
                var chunk = [UInt8](repeating: 0, count: 256 << 10)
                let got = unsafe chunk.withUnsafeMutableBytes {
                    unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset + buffer.count))
                }
                isAtEnd = got <= 0
                if got > 0 { buffer.append(contentsOf: chunk[..<got]) }
            }
        }
    }
}
