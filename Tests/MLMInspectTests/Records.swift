import MLMInspect
import Synchronization
import TestSupport

/// The record of every artifact, made once for all tests that only look at it: some artifacts are bombs.
enum Records {
    private static let known = Mutex<[String: Record]>([:])

    static func of(_ artifact: TestArtifact) -> Record {
        if let record = known.withLock({ $0[artifact.description] }) { return record }
        let record = Inspector().inspect(artifact.path)
        known.withLock { $0[artifact.description] = record }
        return record
    }
}
