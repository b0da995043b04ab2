internal import CLibzip
import ModelBytes

/// What libzip reads when it reads an archive: the members where they are, then the skeleton of their directory, then
/// an end record of our own, alone in the 64 KiB that libzip searches for one.
///
/// libzip tells no offsets; what it asks for is how they setIdentity known. Nothing here throws or traps, since libzip is
/// the caller: an error is kept in `failure` for whoever called libzip.
final class ZipView {
    /// What libzip has been asked to do, and so where it may read.
    enum Stage {
        /// Read the directory: nothing before it is needed.
        case directory
        /// Find where a member's content begins, from its local header.
        case localHeader
        /// Read a stored member: its place is noted, and it gets nothing.
        case stored
        /// Read a compressed member of this many bytes, and none beyond it.
        case compressed(Int)
    }

    var stage = Stage.directory
    var failure: InspectionError?
    /// Where the local header (APPNOTE 4.3.7) of the member lies that is being opened, and its first bytes.
    private var headerOffset: Int?
    private(set) var header: [UInt8] = []
    /// Where the content of that member begins.
    private(set) var content: Int?

    /// The archive up to its directory.
    let members: ByteSource
    private var tail: [UInt8]
    private let count: Int
    private var position = 0
    private var cursor: ByteCursor
    /// What libzip is told when it asks why an answer was negative.
    private var code = ZIP_ER_OK

    /// Enough of a local header for most names; what it reaches into the content stays below 256 bytes.
    private static let headerWindow = 256
    private static let headerByteCount = 30
    /// CDBUFSIZE of libzip's zipint.h: an end record, its locator and a comment of 64 KiB.
    private static let searchedBytes = 65_578

    init(members: ByteSource, directory: ZipDirectory) {
        self.members = members
        cursor = ByteCursor(members)
        tail = directory.skeleton
        tail += Self.end(of: directory, at: members.count)
        count = members.count + tail.count
    }

    /// Forgets what only opening the archive needs, and prepares for a member.
    func prepareForMember() {
        tail = []
        stage = .localHeader
        headerOffset = nil
        header = []
        content = nil
    }

    /// The name in the local header of the member that was opened.
    func localName() throws(InspectionError) -> [UInt8] {
        guard let headerOffset, header.count >= Self.headerByteCount else { return [] }
        let length = header.zipField(at: 26, bytes: 2)
        let end = Self.headerByteCount + length
        if end <= header.count { return Array(header[Self.headerByteCount..<end]) }
        return try members.bytes(at: headerOffset + Self.headerByteCount, count: length)
    }

    /// Zeros up to where libzip begins to search, then the zip64 end record, its locator and the end record.
    private static func end(of directory: ZipDirectory, at offset: Int) -> [UInt8] {
        let recordBytes = ZipEndRecord.zip64ByteCount + ZipEndRecord.zip64LocatorByteCount + ZipEndRecord.byteCount
        var end = [UInt8](repeating: 0, count: searchedBytes - recordBytes)
        let recordOffset = offset + directory.skeleton.count + end.count
        end += ZipSignature.zip64EndRecord
        end.appendZipField(ZipEndRecord.zip64ByteCount - 12, bytes: 8)
        end.appendZipField(45, bytes: 2)
        end.appendZipField(45, bytes: 2)
        end.appendZipField(0, bytes: 8)
        end.appendZipField(directory.members.count, bytes: 8)
        end.appendZipField(directory.members.count, bytes: 8)
        end.appendZipField(directory.skeleton.count, bytes: 8)
        end.appendZipField(offset, bytes: 8)
        end += ZipSignature.zip64Locator
        end.appendZipField(0, bytes: 4)
        end.appendZipField(recordOffset, bytes: 8)
        end.appendZipField(1, bytes: 4)
        end += ZipSignature.endRecord
        end.appendZipField(0, bytes: 4)
        end.appendZipField(-1, bytes: 12)
        end.appendZipField(0, bytes: 2)
        return end
    }
}

extension ZipView {
    /// The `zip_source_callback`; `state` is the unretained view.
    static let callback: zip_source_callback = { state, data, length, command in
        guard let state = unsafe state else { return -1 }
        let view = unsafe Unmanaged<ZipView>.fromOpaque(state).takeUnretainedValue()
        let buffer = unsafe UnsafeMutableRawBufferPointer(start: data, count: data == nil ? 0 : Int(clamping: length))
        return unsafe view.answer(command, buffer)
    }

    /// The answer to a command of zip_source_function(3): negative for an error.
    private func answer(_ command: zip_source_cmd, _ buffer: UnsafeMutableRawBufferPointer) -> Int64 {
        switch command {
        case ZIP_SOURCE_OPEN, ZIP_SOURCE_CLOSE, ZIP_SOURCE_FREE:
            return 0
        case ZIP_SOURCE_SUPPORTS:
            return [
                ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
            ].reduce(0) { $0 | 1 << Int64($1.rawValue) }
        case ZIP_SOURCE_STAT:
            guard unsafe buffer.count >= MemoryLayout<zip_stat_t>.size else { return refuse(ZIP_ER_INVAL) }
            unsafe buffer.withMemoryRebound(to: zip_stat_t.self) { status in
                unsafe status[0].size = UInt64(count)
                unsafe status[0].valid |= UInt64(ZIP_STAT_SIZE)
            }
            return 0
        case ZIP_SOURCE_SEEK:
            guard let arguments = buffer.baseAddress else { return refuse(ZIP_ER_INVAL) }
            let target = unsafe zip_source_seek_compute_offset(
                UInt64(position), UInt64(count), arguments, UInt64(buffer.count), nil)
            guard target >= 0 else { return refuse(ZIP_ER_INVAL) }
            seek(to: Int(target))
            return 0
        case ZIP_SOURCE_TELL:
            return Int64(position)
        case ZIP_SOURCE_READ:
            do {
                let read = try unsafe read(into: buffer)
                position += read
                return Int64(read)
            } catch {
                failure = error
                return refuse(ZIP_ER_READ)
            }
        case ZIP_SOURCE_ERROR:
            guard buffer.count >= 2 * MemoryLayout<Int32>.size else { return -1 }
            unsafe buffer.storeBytes(of: code, as: Int32.self)
            unsafe buffer.storeBytes(of: 0, toByteOffset: MemoryLayout<Int32>.size, as: Int32.self)
            return Int64(2 * MemoryLayout<Int32>.size)
        default:
            return refuse(ZIP_ER_OPNOTSUPP)
        }
    }

    private func refuse(_ code: Int32) -> Int64 {
        self.code = code
        return -1
    }

    private func seek(to target: Int) {
        position = target
        // The first seek is to the header; a second one goes on to the two lengths in it.
        if case .localHeader = stage { headerOffset = headerOffset ?? target }
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        guard position < members.count else { return unsafe copy(tail, from: position - members.count, into: buffer) }
        switch stage {
        case .directory:
            return 0
        case .localHeader:
            guard let headerOffset else { return 0 }
            if header.isEmpty { header = try members.bytes(at: headerOffset, upTo: Self.headerWindow) }
            return unsafe copy(header, from: position - headerOffset, into: buffer)
        case .stored:
            content = content ?? position
            return 0
        case .compressed(let length):
            let start = content ?? position
            if content == nil {
                cursor = ByteCursor(try members.slice(at: start, count: length))
                content = start
            }
            try cursor.seek(to: position - start)
            return try unsafe cursor.read(into: buffer)
        }
    }

    private func copy(_ bytes: [UInt8], from start: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard start >= 0, start < bytes.count else { return 0 }
        let length = min(buffer.count, bytes.count - start)
        unsafe buffer.copyBytes(from: bytes[start..<start + length])
        return length
    }
}
