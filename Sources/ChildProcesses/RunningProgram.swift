import CSpawn
import Glibc

/// Where this program stands, for what is installed beside it.
public enum RunningProgram {
    /// The folder of the program, and that of the library or the test bundle that this code is in, when it is another.
    public static var folders: [String] { [executable, image].compactMap { $0 }.map(folder) }

    public static func canRun(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    private static var executable: String? {
        let maximum = 4_096
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: maximum) { buffer, count in
            count = unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
                unsafe buffer.baseAddress.map { unsafe max(0, readlink("/proc/self/exe", $0, maximum)) } ?? 0
            }
        }
        return bytes.isEmpty || bytes.count == maximum ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static var image: String? {
        guard let path = unsafe mlm_image(#dsohandle) else { return nil }
        return unsafe String(cString: path)
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
