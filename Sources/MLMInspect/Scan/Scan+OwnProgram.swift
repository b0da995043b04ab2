internal import CSpawn

extension Scan {
    /// The running program, for one that is `mlm-inspect` itself. Holds without /proc, too.
    public static var ownProgram: String { unsafe String(cString: mlm_own_path()) }
}
