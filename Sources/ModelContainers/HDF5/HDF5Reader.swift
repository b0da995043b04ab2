internal import ChildProcesses
internal import Glibc
package import ModelBytes
internal import Synchronization

/// Reads HDF5 files with the program `mlm-inspect-hdf5`, which is linked to libhdf5.
///
/// A client must install that program, which is a product of this package: beside its own executable, in
/// `../libexec/mlm-inspect` as seen from there, or anywhere if the environment variable `MLM_INSPECT_HDF5` or `program` has
/// its path. `make install` does so. Without it, an HDF5 file fails with an `unsupported` error that says so; files of other
/// formats need nothing.
///
/// The program starts when it is first needed, and reads one file after another. If a file makes it crash, another one is
/// started for the next file.
public final class HDF5Reader: Sendable {
    private struct Worker: ~Copyable {
        let process: ChildProcess
        var files = 0
    }

    private let program: String?
    private let worker = Mutex<Worker?>(nil)

    /// `program` is the path of `mlm-inspect-hdf5`; nil searches for it where it may be installed.
    public init(program: String? = nil) { self.program = program }

    /// What is in the HDF5 file that `source` holds. One file is read at a time; who asks for another meanwhile waits.
    /// `time` is what reading other files of the same artifact has taken before.
    ///
    /// Throws `unsupported` when there is no `mlm-inspect-hdf5`; `limit`, by the hdf5 fields of `limits`; `truncated`; and
    /// `malformed` for what libhdf5 refuses, and for what makes it crash.
    package func outline(
        of source: ByteSource, limits: Limits, after time: HDF5Time = HDF5Time()
    ) throws(InspectionError) -> HDF5Outline {
        try worker.withLock { worker throws(InspectionError) -> HDF5Outline in
            // Before a process is taken or started in vain.
            guard time.left(of: limits.hdf5Seconds.value) != nil else {
                throw limits.hdf5Seconds.reached(entry: source.entry)
            }
            // A process that has read other files before may have been harmed by one of them. So what it fails at is
            // given to a new one before this file is blamed.
            if let harmed = worker.take() {
                let isFresh = harmed.files == 0
                do throws(Incident) {
                    return try Self.ask(&worker, harmed, source, limits, time)
                } catch {
                    guard !isFresh, case .ended(.killed(let signal)) = error, signal != Int(SIGPROF) else {
                        throw Self.error(error, source, limits)
                    }
                }
            }
            let fresh = Worker(process: try HDF5Program.start(try HDF5Program.find(given: program)))
            do throws(Incident) {
                return try Self.ask(&worker, fresh, source, limits, time)
            } catch {
                throw Self.error(error, source, limits)
            }
        }
    }

    private enum Incident: Error {
        case file(InspectionError)
        case ended(ChildProcess.Ending)
        case hung
        case protocolViolation(String)
    }

    /// Lets `current` read the file, and leaves in `worker` who reads the next one, if that can be the same.
    private static func ask(
        _ worker: inout Worker?, _ current: consuming Worker, _ source: ByteSource, _ limits: Limits, _ time: HDF5Time
    ) throws(Incident) -> HDF5Outline {
        guard let allowed = time.left(of: limits.hdf5Seconds.value) else {
            throw .file(limits.hdf5Seconds.reached(entry: source.entry))
        }
        let files = current.files + 1
        let before = current.process.processorMicroseconds
        var conversation = HDF5Conversation(current.process, source, limits, microseconds: allowed)
        let answer: Result<HDF5Outline, HDF5Conversation.Failure>
        do throws(HDF5Conversation.Failure) {
            answer = .success(try Self.decode(try conversation.run(), source, limits))
        } catch {
            answer = .failure(error)
        }
        let isLast = conversation.isLast
        let process = conversation.takeProcess()
        time.count(from: before, to: process.processorMicroseconds, of: allowed)
        switch answer {
        case .success(let outline):
            if !isLast { worker = Worker(process: process, files: files) }
            return outline
        case .failure(.file(let error)):
            if !isLast { worker = Worker(process: process, files: files) }
            throw .file(error)
        case .failure(.ended): throw .ended(process.ended())
        case .failure(.hung): throw .hung
        case .failure(.protocolViolation(let what)): throw .protocolViolation(what)
        }
    }

    private static func decode(
        _ bytes: [UInt8], _ source: ByteSource, _ limits: Limits
    ) throws(HDF5Conversation.Failure) -> HDF5Outline {
        do throws(InspectionError) {
            return try HDF5Outline(told: bytes, limits: limits)
        } catch {
            throw .protocolViolation(error.message)
        }
    }

    private static func error(_ incident: Incident, _ source: ByteSource, _ limits: Limits) -> InspectionError {
        let hint = "the file is damaged or hostile"
        switch incident {
        case .file(let error): return error
        case .ended(.killed(let signal)) where signal == Int(SIGPROF):
            return limits.hdf5Seconds.reached(entry: source.entry)
        case .ended(.killed(let signal)):
            return InspectionError(
                .malformed, "libhdf5 ended by signal \(signal) while it read this; \(hint)", entry: source.entry)
        case .ended(.exited(let code)):
            return InspectionError(
                .unsupported, "\(HDF5Program.name) ended with \(code); is libhdf5 installed?", entry: source.entry)
        case .hung:
            return InspectionError(.limit, "libhdf5 did nothing for too long; \(hint)", entry: source.entry)
        case .protocolViolation(let what):
            return InspectionError(.malformed, "\(HDF5Program.name) sent \(what); \(hint)", entry: source.entry)
        }
    }
}
