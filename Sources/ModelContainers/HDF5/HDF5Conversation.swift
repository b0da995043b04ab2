internal import ChildProcesses
import ModelBytes

/// What is said about one file: `mlm-inspect-hdf5` is handed the open file, or asks for bytes and gets them where there is
/// none, until it has told the outline or why there is none. Messages are as in CHDF5Driver.h, and nothing in them is
/// believed.
struct HDF5Conversation: ~Copyable {
    enum Failure: Error {
        /// About the file; the process can go on with the next.
        case file(InspectionError)
        /// The process has closed its pipe: it has ended.
        case ended
        /// It has said nothing for too long.
        case hung
        /// It has said what makes no sense.
        case protocolViolation(String)
    }

    /// As the process says it, in CHDF5Driver.h.
    private enum Cause: UInt8 {
        case malformed = 1
        case truncated, limit, unreadable
    }

    private static let headBytes = 4_096
    /// The largest chunk that is asked for or answered.
    private static let chunkBytes = 32 << 10

    private let process: ChildProcess
    private let source: ByteSource
    /// What the source is a part of, unless it lies in memory or somebody stands between.
    private let file: FileBytes?
    private let limits: Limits
    private let milliseconds: Int32
    /// Of a processor, for this file.
    private let microseconds: Int
    private var input: [UInt8] = []
    private var next = 0
    private var outline: [UInt8] = []
    private var readFailure: InspectionError?
    /// True when the process says that it takes no further file.
    private(set) var isLast = false

    init(_ process: consuming ChildProcess, _ source: ByteSource, _ limits: Limits, microseconds: Int) {
        self.process = process
        self.microseconds = microseconds
        self.source = source
        file = source.storage as? FileBytes
        self.limits = limits
        // The process ends itself by the time it uses; this ends one that does not even do that.
        milliseconds = Int32(clamping: limits.hdf5Seconds.value.multipliedReportingOverflow(by: 10_000).partialValue)
    }

    consuming func takeProcess() -> ChildProcess { process }

    mutating func run() throws(Failure) -> [UInt8] {
        try begin()
        while true {
            let kind = Unicode.Scalar(try byte())
            let count = try integer(4)
            guard count <= Self.chunkBytes else { throw .protocolViolation("a message of \(count) bytes") }
            switch kind {
            case "R": try answer(offset: try integer(8), count: try integer(4))
            case "C": file?.count(bytes: try integer(8), reads: try integer(8))
            case "D": try take(count)
            case "F":
                _ = try end(count)
                return outline
            case "E": throw .file(try cause(count))
            default: throw .protocolViolation("a message of kind \(kind.value)")
            }
        }
    }

    /// The size of the file, what it may cost, and its first bytes.
    private mutating func begin() throws(Failure) {
        let head: [UInt8]
        do throws(InspectionError) {
            head = try source.bytes(at: 0, upTo: Self.headBytes)
        } catch {
            throw .file(error)
        }
        var message = [UInt8(ascii: "I")]
        let numbers = [
            source.count, limits.hdf5Objects.value, limits.hdf5Attributes.value, limits.hdf5AttributeBytes.value,
            limits.hdf5NameBytes.value, limits.hdf5Depth.value, limits.hdf5MemoryBytes.value,
            microseconds,
        ]
        for number in numbers { Self.append(number, 8, to: &message) }
        if let file, file.lend({ process.hand($0) }) {
            Self.append(source.range.lowerBound, 8, to: &message)
        } else {
            Self.append(-1, 8, to: &message)
        }
        Self.append(head.count, 4, to: &message)
        message += head
        unsafe message.withUnsafeBytes { bytes in unsafe send(bytes) }
    }

    /// Gives the process what it wants to read.
    private mutating func answer(offset: Int, count: Int) throws(Failure) {
        guard count <= Self.chunkBytes else { throw .protocolViolation("a read of \(count) bytes") }
        let bytes: [UInt8]
        var message: [UInt8] = []
        message.reserveCapacity(4 + count)
        do throws(InspectionError) {
            bytes = try source.bytes(at: offset, upTo: count)
            Self.append(bytes.count, 4, to: &message)
            message += bytes
        } catch {
            readFailure = error
            Self.append(Int(UInt32.max), 4, to: &message)
        }
        unsafe message.withUnsafeBytes { bytes in unsafe send(bytes) }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) {
        // One that has ended says so when it is read from.
        _ = unsafe process.write(bytes, milliseconds: milliseconds)
    }

    private mutating func take(_ count: Int) throws(Failure) {
        let parts = [
            limits.hdf5AttributeBytes.value, limits.hdf5AttributeBytes.value, limits.hdf5NameBytes.value,
            limits.hdf5Objects.value.multipliedReportingOverflow(by: 512).partialValue,
            limits.hdf5Attributes.value.multipliedReportingOverflow(by: 512).partialValue,
        ]
        let maximum = parts.reduce(64 << 10) { sum, part in
            let (total, overflow) = sum.addingReportingOverflow(max(0, part))
            return overflow ? Int.max : total
        }
        guard outline.count + count <= maximum else { throw .protocolViolation("more than \(maximum) bytes") }
        var missing = count
        while missing > 0 {
            if next >= input.count { try refill() }
            let part = min(missing, input.count - next)
            outline.append(contentsOf: input[next..<next + part])
            next += part
            missing -= part
        }
    }

    /// The last message on a file: whether there will be another, a cause, a message.
    private mutating func end(_ count: Int) throws(Failure) -> (cause: UInt8, message: String) {
        guard count >= 2 else { throw .protocolViolation("an end of \(count) bytes") }
        isLast = try byte() != 0
        let cause = try byte()
        var message: [UInt8] = []
        for _ in 2..<count { message.append(try byte()) }
        return (cause, String(decoding: message, as: UTF8.self))
    }

    private mutating func cause(_ count: Int) throws(Failure) -> InspectionError {
        let (cause, message) = try end(count)
        let entry = source.entry
        switch Cause(rawValue: cause) {
        case .malformed: return InspectionError(.malformed, "libhdf5: \(message)", entry: entry)
        case .truncated where message.isEmpty:
            return InspectionError(.truncated, "ends before its HDF5 structure does", entry: entry)
        case .truncated: return InspectionError(.truncated, "libhdf5: \(message)", entry: entry)
        case .unreadable:
            guard let readFailure else { throw .protocolViolation("a failed read that did not fail") }
            return readFailure
        case .limit:
            let all = [
                limits.hdf5Objects, limits.hdf5Attributes, limits.hdf5AttributeBytes, limits.hdf5NameBytes,
                limits.hdf5Depth, limits.hdf5MemoryBytes,
            ]
            guard let index = Int(message), all.indices.contains(index) else {
                throw .protocolViolation("a limit \(message)")
            }
            return all[index].reached(entry: entry)
        case nil: throw .protocolViolation("a cause \(cause)")
        }
    }

    private mutating func byte() throws(Failure) -> UInt8 {
        if next >= input.count { try refill() }
        next += 1
        return input[next - 1]
    }

    private mutating func integer(_ width: Int) throws(Failure) -> Int {
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(try byte()) << UInt64(8 * index) }
        guard let value = Int(exactly: value) else { throw .protocolViolation("a number \(value)") }
        return value
    }

    private mutating func refill() throws(Failure) {
        var chunk = [UInt8](repeating: 0, count: 2 * Self.chunkBytes)
        let answer = unsafe chunk.withUnsafeMutableBytes { buffer in
            unsafe process.read(into: buffer, milliseconds: milliseconds)
        }
        switch answer {
        case .bytes(let count): chunk.removeSubrange(count...)
        case .nothing: throw .hung
        case .ended: throw .ended
        }
        input = chunk
        next = 0
    }

    private static func append(_ number: Int, _ width: Int, to message: inout [UInt8]) {
        for index in 0..<width { message.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
}
