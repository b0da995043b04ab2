internal import ChildProcesses
import ModelBytes

extension HDF5Program {
    /// The version of the libhdf5 that reads HDF5 here, such as `1.10.8`, as its program says; nil when there is none, or it
    /// says nothing within two seconds.
    static var libraryVersion: String? {
        guard let path = try? path(given: nil) else { return nil }
        var launch = ChildLaunch(path, arguments: [path, "--version"])
        launch.handOn(["LD_LIBRARY_PATH"])
        guard let child = try? ChildProcess(launch) else { return nil }
        var said: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64)
        while said.count < piece.count,
            case .bytes(let count) = unsafe piece.withUnsafeMutableBytes({
                unsafe child.read(into: $0, milliseconds: 2_000)
            })
        {
            said += piece.prefix(count)
        }
        let words = String(decoding: said, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0] == "HDF5" else { return nil }
        return String(words[1])
    }
}
