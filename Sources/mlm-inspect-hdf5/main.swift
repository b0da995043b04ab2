import CHDF5
import CHDF5Driver
import Glibc

// Reads one HDF5 file after another for mlm-inspect, which started this and is at the other end of its pipes. It opens
// no file: the parent hands over the open one, or gives every byte. See CHDF5Driver.h for what is said. With --version it says
// which libhdf5 it has.

if CommandLine.arguments.dropFirst().first == "--version" {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    guard unsafe H5get_libversion(&major, &minor, &release) >= 0 else { exit(1) }
    unsafe puts("HDF5 \(major).\(minor).\(release)")
    exit(0)
}

let access = mlm_file_access()
guard access >= 0, mlm_fence_in() else { exit(1) }

var request = mlm_limits()
while unsafe mlm_next_file(&request) {
    var walk = OutlineWalk(limits: request)
    var failure: Failure?
    do throws(Failure) {
        try walk.run(access: access)
    } catch {
        failure = error
    }
    mlm_end_file()
    answer(failure)
}

/// The last words on a file; when this process is worn out, they say that it will not take another.
func answer(_ failure: Failure?) {
    H5garbage_collect()
    let isWornOut = mlm_is_worn_out()
    var words = [isWornOut ? 1 : 0, UInt8(truncatingIfNeeded: failure?.kind.rawValue ?? 0)]
    if let failure { words += failure.words.utf8.prefix(Int(MLM_PIECE) - words.count) }
    let kind: Unicode.Scalar = failure == nil ? "F" : "E"
    unsafe words.withUnsafeBytes { unsafe mlm_send(CChar(UInt8(ascii: kind)), $0.baseAddress, $0.count) }
    if isWornOut { exit(0) }
}
