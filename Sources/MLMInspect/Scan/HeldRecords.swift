import CSandbox
import Glibc
import ModelBytes

/// The records of one folder, held until all of them are there: which files belong to a model is known only then.
///
/// What has to wait in greater number lies in a file without a name, so that a folder of any size takes little memory.
struct HeldRecords {
    private struct Item {
        let path: PathBytes
        let record: ScannedRecord
        /// Where its line is, when it is not in `record`.
        let place: (start: Int, count: Int)?
    }

    private var items: [Item] = []
    private var heldBytes = 0
    private var spill: Spill?
    private var hasNoSpill = false
    /// Files below a folder that models in it have named, wherever they lie.
    private var claimed: Set<PathBytes> = []

    /// Lines of more than this wait in a file.
    private static let maximumBytes = 4 << 20

    var isEmpty: Bool { items.isEmpty }

    /// Makes the file beforehand, for a process that will open none later.
    mutating func prepare() {
        spill = Spill()
        hasNoSpill = spill == nil
    }

    /// `keepsLine` false holds what is only counted.
    mutating func add(_ record: ScannedRecord, of path: PathBytes, keepsLine: Bool) {
        guard keepsLine else {
            items.append(Item(path: path, record: record.withoutLine, place: nil))
            return
        }
        heldBytes += record.line.count
        if heldBytes > Self.maximumBytes, !hasNoSpill {
            if spill == nil { spill = Spill() }
            if let place = spill?.append(record.line) {
                items.append(Item(path: path, record: record.withoutLine, place: place))
                return
            }
            // A disk that takes no more: memory has to.
            hasNoSpill = true
        }
        items.append(Item(path: path, record: record, place: nil))
    }

    /// Gives them in their order, without those that belong to a model: what a model's record lists among its files. One
    /// that is dangerous to load is passed on, whatever claims it.
    /// Returns how many belong to one.
    @discardableResult
    mutating func release(_ body: (ScannedRecord) throws -> Void) throws -> Int {
        let folder = items
        items = []
        heldBytes = 0
        // A model that itself belongs to one before it claims nothing, so that two cannot hide each other.
        for item in folder where !item.record.files.isEmpty && !claimed.contains(item.path) {
            for file in item.record.files where Self.resolve(file, beside: item.path) != item.path {
                if let path = Self.resolve(file, beside: item.path) { claimed.insert(path) }
            }
        }
        var parts = 0
        for item in folder {
            if item.record.concern < .danger, claimed.contains(item.path) {
                parts += 1
                continue
            }
            if let place = item.place, let line = spill?.read(place.start, place.count) {
                try body(item.record.with(line))
            } else {
                try body(item.record)
            }
        }
        spill?.clear()
        return parts
    }

    private static func resolve(_ file: String, beside path: PathBytes) -> PathBytes? {
        let parts = file.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([0x2E]) }
        let end = path.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        return PathBytes(path.bytes[..<end] + Array(parts.joined(separator: [UInt8(ascii: "/")])))
    }
}

/// A file without a name.
private final class Spill {
    private let descriptor: Int32
    private var end = 0

    init?() {
        var descriptor: Int32 = -1
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        guard unsafe mlm_nameless_file(folder, &descriptor) == 0 else { return nil }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// What is in it is needed no more.
    func clear() {
        guard end > 0 else { return }
        // One that cannot be cut is written over.
        _ = ftruncate(descriptor, 0)
        end = 0
    }

    /// Nil when not all of it could be written.
    func append(_ bytes: [UInt8]) -> (start: Int, count: Int)? {
        let start = end
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress! + written, $0.count - written, off_t(start + written))
            }
            guard count > 0 else { return nil }
            written += count
        }
        end += written
        return (start, written)
    }

    func read(_ start: Int, _ count: Int) -> [UInt8]? {
        PositionedRead.bytes(of: descriptor, at: start, count: count)
    }
}
