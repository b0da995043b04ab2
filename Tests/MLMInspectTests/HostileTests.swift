import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// Every artifact damaged in every way: each ends in a record that says clearly what is wrong, whatever the bytes.
@Suite struct HostileTests {
    #if DEBUG
        /// Without optimisation a fortieth of it takes as long as all of it does with.
        private static let thinning = 40
    #else
        private static let thinning = 1
    #endif

    /// Tighter than by default, so that what is a bomb is found out soon; what an artifact of the tests needs is far less.
    private static let limits: Limits = {
        var limits = Limits()
        limits.pickleOperations.value = 200_000
        limits.inflatedBytes.value = 4 << 20
        limits[KerasLimits.calls].value = 5_000
        return limits
    }()

    @Test(arguments: TestArtifact.all)
    func flippedBytes(_ artifact: TestArtifact) throws {
        var generator = SeededGenerator(seed: artifact.seed)
        for file in try artifact.files where !file.bytes.isEmpty {
            let structure = Self.outside(
                try artifact.truth.payloads.first { $0.companion == file.companion }?.ranges, file)
            for index in 0..<200 / Self.thinning {
                // Half of them where they hurt.
                let position =
                    index % 2 == 0 ? generator.below(file.bytes.count) : structure[generator.below(structure.count)]
                let mask = UInt8(1 + generator.below(255))
                try check(
                    artifact, file, FlippedBytes(file.bytes, at: position, mask: mask), "byte \(position) ^ \(mask)")
            }
        }
    }

    @Test(arguments: TestArtifact.all)
    func truncated(_ artifact: TestArtifact) throws {
        for file in try artifact.files {
            let count = file.bytes.count
            var ends = Set(stride(from: 0, through: min(count, 1_024), by: Self.thinning))
            for index in 0..<256 / Self.thinning {
                ends.insert(1_024 + max(0, count - 1_024) * index * Self.thinning / 256)
            }
            let starts = ZipBoundaries.starts(in: file.bytes)
            for start in stride(from: 0, to: starts.count, by: max(1, starts.count * Self.thinning / 512)) {
                ends.formUnion([starts[start], starts[start] + 4, starts[start] + 30, starts[start] + 46])
            }
            for end in ends.sorted() where end < count {
                try check(artifact, file, CutBytes(file.bytes, at: end), "the first \(end) bytes")
            }
        }
    }

    /// A file that was cut after it had been opened, and a disk with a bad sector.
    @Test(arguments: TestArtifact.all)
    func failingReads(_ artifact: TestArtifact) throws {
        for file in try artifact.files where !file.bytes.isEmpty {
            for index in stride(from: 0, to: 32, by: min(Self.thinning, 8)) {
                let position = file.bytes.count * index / 32
                try check(
                    artifact, file, CutBytes(file.bytes, at: position, promising: file.bytes.count),
                    "shrunk to \(position)")
                let broken = RecordingBytes(file.bytes)
                broken.badPosition = position
                try check(artifact, file, broken, "bad sector at \(position)")
            }
        }
    }

    private func check(
        _ artifact: TestArtifact, _ file: TestArtifact.File, _ storage: any ByteStorage, _ damage: String
    ) throws {
        let opened: Artifact
        do throws(InspectionError) {
            opened = try artifact.open(file, holding: storage)
        } catch {
            // What cannot even be opened is a record too, by `Inspector.inspect(path)`.
            if error.message.isEmpty { Issue.record("\(artifact), \(damage): an error without a message") }
            return
        }
        let record = Inspector(limits: Self.limits).inspect(opened)
        for problem in try Self.problems(record) {
            Issue.record("\(artifact) \(file.companion ?? ""), \(damage): \(problem)")
        }
    }

    /// What no record may be, however broken the artifact is.
    private static func problems(_ record: Record) throws -> [String] {
        var problems: [String] = []
        func demand(_ isKept: Bool, _ rule: String) { if !isKept { problems.append(rule) } }
        demand(
            (record.verdict == .failed) == (record.error != nil), "\(record.verdict) with error \(record.error as Any)")
        demand(
            (record.verdict == .notAModel) == (record.cause != nil),
            "\(record.verdict) with cause \(record.cause as Any)")
        demand(record.error?.message.isEmpty != true, "an error without a message")
        demand(record.error == nil || record.loading?.verdict != .dataOnly, "failed, and yet data-only")
        demand(record.verdict != .model && record.verdict != .notAModel || record.format != nil, "no format")
        return problems + (try DraftRules.violations(record))
    }

    /// The positions that are no payload.
    private static func outside(_ payloads: [Range<Int>]?, _ file: TestArtifact.File) -> [Int] {
        var isPayload = [Bool](repeating: false, count: file.bytes.count)
        for range in payloads ?? [] {
            for position in range.clamped(to: 0..<file.bytes.count) { isPayload[position] = true }
        }
        let positions = file.bytes.indices.filter { !isPayload[$0] }
        return positions.isEmpty ? Array(file.bytes.indices) : positions
    }
}

extension SeededGenerator {
    fileprivate mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
}

/// Where the parts of a zip archive begin: local headers, descriptors, the directory's headers, the end records.
enum ZipBoundaries {
    static func starts(in bytes: [UInt8]) -> [Int] {
        guard bytes.starts(with: [0x50, 0x4B]) else { return [] }
        let kinds: Set<[UInt8]> = [[3, 4], [7, 8], [1, 2], [6, 6], [6, 7], [5, 6]]
        return bytes.indices.dropLast(3).filter { start in
            bytes[start] == 0x50 && bytes[start + 1] == 0x4B && kinds.contains(Array(bytes[start + 2..<start + 4]))
        }
    }
}
