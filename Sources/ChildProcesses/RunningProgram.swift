import CSpawn
import Glibc

/// Where this program stands, for what is installed beside it.
package enum RunningProgram {
    /// The folder of the program, and that of the library or the test bundle that this code is in, when it is another.
    package static var folders: [String] { [executable, image].compactMap { $0 }.map(folder) }

    package static func canRun(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    /// How it can be started once more; holds where /proc is not mounted, too.
    package static var path: String { unsafe String(cString: mlm_own_path()) }

    /// Its file, with every link on the way to it followed.
    private static var executable: String? {
        guard let path = unsafe realpath(mlm_own_path(), nil) else { return nil }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    private static var image: String? {
        guard let path = unsafe mlm_image(#dsohandle) else { return nil }
        return unsafe String(cString: path)
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
