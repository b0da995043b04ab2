import Foundation
import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// The client: what it makes of programs that crash, hang or lie, and which limit it names.
@Suite struct HDF5ReaderTests {
    private let fixture = HDF5Fixture.named("many")

    private func source() throws -> ByteSource { ByteSource(MemoryBytes(try fixture.bytes)) }

    /// The error of reading the fixture, with a script in the place of `mlm-inspect-hdf5`.
    private func failure(of script: String, limits: Limits = Limits()) throws -> InspectionError? {
        let folder = try TemporaryFolder()
        let path = try folder.write("#!/bin/sh\n\(script)\n".utf8, to: "program")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        let reader = HDF5Reader(program: path)
        var first: InspectionError?
        for round in 0..<2 {
            let source = try source()
            var error: InspectionError?
            repeat {
                error = #expect(throws: InspectionError.self) { try reader.outline(of: source, limits: limits) }
                // A script that another test's child still holds open cannot be run yet.
            } while error?.message.contains("Text file busy") == true
            if round == 0 { first = error } else { #expect(error == first) }
        }
        return first
    }

    @Test func aMissingProgramIsNamed() throws {
        let source = try source()
        let error = #expect(throws: InspectionError.self) {
            try HDF5Reader(program: "/nowhere/reader").outline(of: source, limits: Limits())
        }
        #expect(error?.reason == .unsupported)
        #expect(error?.message.contains("/nowhere/reader") == true)
    }

    @Test func aCrashIsAnError() throws {
        let error = try failure(of: "kill -SEGV $$")
        #expect(error?.reason == .malformed)
        #expect(error?.message.contains("signal 11") == true)
    }

    @Test func aProgramThatDoesNotRunIsAnError() throws {
        let error = try failure(of: "exit 127")
        #expect(error?.reason == .unsupported)
        #expect(error?.message.contains("127") == true)
    }

    @Test func aHangIsEnded() throws {
        var limits = Limits()
        limits.hdf5Seconds.value = 0
        let error = try failure(of: "exec /bin/sleep 1000", limits: limits)
        #expect(error?.reason == .limit)
        #expect(error?.message.contains("too long") == true)
    }

    @Test(arguments: [
        #"X\0\0\0\0"#, #"D\377\377\377\377"#, #"F\0\0\0\0"#, #"E\2\0\0\0\0\11"#, #"E\2\0\0\0\0\3"#, #"E\2\0\0\0\0\4"#,
        #"R\14\0\0\0\0\0\0\0\0\0\0\0\377\377\377\377"#, #"R\14\0\0\0\377\377\377\377\377\377\377\377\1\0\0\0"#,
        #"D\1\0\0\0\7F\2\0\0\0\0\0"#, #"D\1\0\0\0\1F\2\0\0\0\0\0"#, #"F\2\0\0\0\0\0"#,
    ])
    func aLieIsAnError(_ text: String) throws {
        let error = try failure(of: "printf '\(text)'; exec /bin/sleep 10")
        #expect(error?.reason == .malformed || error?.reason == .truncated)
    }

    @Test func limitsAreNamed() throws {
        func named(_ change: (inout Limits) -> Void, _ fixture: HDF5Fixture? = nil) throws -> String? {
            var limits = Limits()
            change(&limits)
            let source = ByteSource(MemoryBytes(try (fixture ?? self.fixture).bytes))
            let error = #expect(throws: InspectionError.self) {
                try HDF5Reader().outline(of: source, limits: limits)
            }
            #expect(error?.reason == .limit)
            return error?.message
        }
        #expect(try named { $0.hdf5Objects.value = 61 } == "limit: hdf5 objects > 61")
        #expect(try named { $0.hdf5Attributes.value = 60 } == "limit: hdf5 attributes > 60")
        #expect(try named { $0.hdf5AttributeBytes.value = 40_000 } == "limit: hdf5 attribute bytes > 40000")
        #expect(try named { $0.hdf5NameBytes.value = 500 } == "limit: hdf5 name bytes > 500")
        #expect(try named { $0.hdf5Depth.value = 1 } == "limit: hdf5 depth > 1")
        #expect(
            try named({ $0.hdf5MemoryBytes.value = 16 << 10 }, .named("split")) == "limit: hdf5 memory bytes > 16384")

        var enough = Limits()
        enough.hdf5Objects.value = 62
        enough.hdf5Attributes.value = 61
        enough.hdf5Depth.value = 2
        #expect(try HDF5Reader().outline(of: try source(), limits: enough) == fixture.truth.outline)
    }

    @Test func aReadThatFailsIsTheError() throws {
        let bytes = RecordingBytes(try fixture.bytes)
        bytes.badPosition = bytes.count / 2
        let error = #expect(throws: InspectionError.self) {
            try HDF5Reader().outline(of: ByteSource(bytes), limits: Limits())
        }
        #expect(error?.reason == .unreadable)
        #expect(error?.message.contains("bad position") == true)
    }

    @Test func manyAtOnceAgree() async throws {
        let reader = HDF5Reader()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for fixture in HDF5Fixture.all + HDF5Fixture.all {
                group.addTask {
                    let source = ByteSource(MemoryBytes(try fixture.bytes))
                    return try reader.outline(of: source, limits: Limits()) == fixture.truth.outline
                }
            }
            for try await agrees in group { #expect(agrees) }
        }
    }

    @Test func theMemberOfAnArchiveIsNamed() throws {
        let whole = ByteSource(MemoryBytes(try fixture.bytes))
        let member = try whole.slice(at: 0, count: 3_000, entry: "model.weights.h5")
        let error = #expect(throws: InspectionError.self) {
            try HDF5Reader().outline(of: member, limits: Limits())
        }
        #expect(error?.entry == "model.weights.h5")
        #expect(error?.reason == .truncated)
    }
}
