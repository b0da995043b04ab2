import ModelBytes
import TestSupport
import Testing

@testable import ModelContainers

@Suite struct ZipDirectoryTests {
    private func directory(_ builder: ZipBuilder) throws -> ZipDirectory {
        let built = builder.build()
        let source = try ByteSource(MemoryBytes(built.bytes)).slice(at: 0, count: built.directory.upperBound)
        return try ZipDirectory(
            in: source, at: built.directory.lowerBound, promised: builder.members.count, limits: Limits())
    }

    /// Names that all have the same djb2 hash make a list of libzip's hash table: 65,000 of them cost it 9 seconds.
    @Test func libzipSeesNoNames() throws {
        var hostile = ZipBuilder()
        for name in ["EzEz", "EzFY", "FYEz", "FYFY"] { hostile.add(name, [1]) }
        let seen = try directory(hostile)
        #expect(seen.members.map(\.name) == ["EzEz", "EzFY", "FYEz", "FYFY"])
        #expect(seen.skeleton.count == 4 * 47)
        // Each record is 46 bytes and a name of one.
        let names = stride(from: 46, to: seen.skeleton.count, by: 47).map { seen.skeleton[$0] }
        #expect(names == Array("0123".utf8))
    }

    @Test func libzipSeesNoDatesFlagsCommentsOrForeignFields() throws {
        var hostile = ZipBuilder()
        hostile.add("a", [1]) {
            $0.timeAndDate = [0xFF, 0xFF, 0xFF, 0xFF]
            $0.flags = 0xFFFF
            $0.method = 99
            $0.comment = [0xC3, 0x28]
            $0.directoryExtra = [7, 0, 1, 0, 0, 1, 0, 2, 0, 8, 9, 1, 0, 0, 0, 9, 0, 0xFF]
        }
        let seen = try directory(hostile)
        #expect(seen.members.map(\.isEncrypted) == [true])
        #expect(seen.members.map(\.method) == [99])
        let fixed = Array(seen.skeleton[8..<16])
        #expect(fixed == [UInt8](repeating: 0, count: 8))
        #expect(seen.skeleton.suffix(7) == [0x30, 1, 0, 2, 0, 8, 9])
        #expect(Array(seen.skeleton[28..<34]) == [1, 0, 6, 0, 0, 0])
    }

    @Test func aRecordThatRunsOverTheDirectoryIsTruncated() throws {
        var builder = ZipBuilder()
        builder.add("name", [1]) { $0.comment = [1, 2, 3] }
        let built = builder.build()
        for cut in built.directory.lowerBound + 1..<built.directory.upperBound {
            let source = try ByteSource(MemoryBytes(built.bytes)).slice(at: 0, count: cut)
            let error = #expect(throws: InspectionError.self) {
                try ZipDirectory(in: source, at: built.directory.lowerBound, promised: 1, limits: Limits())
            }
            #expect(error?.reason == .truncated)
        }
    }
}
