internal import Glibc
public import ModelBytes
internal import Synchronization

/// Asks `mlm-inspect-hdf5` what is in HDF5 files. One such program, started when it is first needed, serves one file
/// after another; one that has ended in the middle of a file is replaced before the next.
public final class HDF5Reader: Sendable {
    private struct Worker {
        let process: HDF5Process
        var files = 0
    }

    private let program: String?
    private let worker = Mutex<Worker?>(nil)

    /// `program` is the path of `mlm-inspect-hdf5`; nil: it is looked for where it may be installed.
    public init(program: String? = nil) { self.program = program }

    deinit {
        worker.withLock { worker in
            if let process = worker?.process { _ = process.end() }
        }
    }

    /// What is in the HDF5 file that `source` holds. One file is read at a time; who asks for another meanwhile waits.
    ///
    /// Throws `unsupported` when there is no `mlm-inspect-hdf5`; `limit`, by the hdf5 fields of `limits`; `truncated`; and
    /// `malformed` for what libhdf5 refuses, and for what makes it crash.
    public func outline(of source: ByteSource, limits: Limits) throws(InspectionError) -> HDF5Outline {
        try worker.withLock { worker throws(InspectionError) -> HDF5Outline in
            // A process that has read other files before may have been harmed by one of them. So what it fails at is
            // given to a new one before this file is blamed.
            if let harmed = worker, harmed.files > 0 {
                do throws(Incident) {
                    return try Self.ask(&worker, harmed, source, limits)
                } catch {
                    guard case .ended(.killed(let signal)) = error, signal != Int(SIGPROF) else {
                        throw Self.error(error, source, limits)
                    }
                }
            }
            let fresh = if let worker { worker } else { try start() }
            do throws(Incident) {
                return try Self.ask(&worker, fresh, source, limits)
            } catch {
                throw Self.error(error, source, limits)
            }
        }
    }

    private func start() throws(InspectionError) -> Worker {
        Worker(process: try HDF5Process(try HDF5Program.find(given: program)))
    }

    private enum Incident: Error {
        case file(InspectionError)
        case ended(HDF5Process.Ending)
        case hung
        case protocolViolation(String)
    }

    /// Lets `current` read the file, and leaves in `worker` who reads the next one.
    private static func ask(
        _ worker: inout Worker?, _ current: Worker, _ source: ByteSource, _ limits: Limits
    ) throws(Incident) -> HDF5Outline {
        var conversation = HDF5Conversation(current.process, source, limits)
        do throws(HDF5Conversation.Failure) {
            let outline = try Self.decode(try conversation.run(), source, limits)
            keep(&worker, current, unless: conversation.isLast)
            return outline
        } catch {
            switch error {
            case .file(let error):
                keep(&worker, current, unless: conversation.isLast)
                throw .file(error)
            case .ended:
                worker = nil
                throw .ended(current.process.ended())
            case .hung:
                worker = nil
                _ = current.process.end()
                throw .hung
            case .protocolViolation(let what):
                worker = nil
                _ = current.process.end()
                throw .protocolViolation(what)
            }
        }
    }

    private static func decode(
        _ bytes: [UInt8], _ source: ByteSource, _ limits: Limits
    ) throws(HDF5Conversation.Failure) -> HDF5Outline {
        var decoder = HDF5OutlineDecoder(bytes, limits: limits)
        do throws(InspectionError) {
            return try decoder.decode()
        } catch {
            throw .protocolViolation(error.message)
        }
    }

    private static func keep(_ worker: inout Worker?, _ current: Worker, unless isLast: Bool) {
        if isLast {
            worker = nil
            _ = current.process.end()
        } else {
            worker = Worker(process: current.process, files: current.files + 1)
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
