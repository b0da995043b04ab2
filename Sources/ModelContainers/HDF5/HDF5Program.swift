internal import CSpawn
internal import Glibc
import ModelBytes

/// Where `mlm-inspect-hdf5` is.
enum HDF5Program {
    static let name = "mlm-inspect-hdf5"
    static let variable = "MLM_INSPECT_HDF5"

    /// `given`, else what the environment says, else what stands beside the running program or in its libexec folder.
    ///
    /// Throws `unsupported` when it is nowhere.
    static func find(given: String?) throws(InspectionError) -> String {
        if let path = given ?? environment() {
            if canRun(path) { return path }
            throw InspectionError(.unsupported, "HDF5 is read by \(name), but \(path) is not an executable program")
        }
        for folder in [executable, image].compactMap({ $0 }).map(folder) {
            for path in [folder + "/" + name, folder + "/../libexec/mlm-inspect/" + name] where canRun(path) {
                return path
            }
        }
        throw InspectionError(
            .unsupported,
            "HDF5 is read by \(name), which is missing; install it beside mlm-inspect or in ../libexec/mlm-inspect, "
                + "or name it in \(variable)")
    }

    private static func environment() -> String? {
        guard let value = unsafe getenv(variable) else { return nil }
        let path = unsafe String(cString: value)
        return path.isEmpty ? nil : path
    }

    /// The running program.
    private static var executable: String? {
        let most = 4_096
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            count = unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
                unsafe max(0, readlink("/proc/self/exe", buffer.baseAddress!, most))
            }
        }
        return bytes.isEmpty || bytes.count == most ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// The library or the test bundle that this code is in, when it is not the program itself.
    private static var image: String? {
        guard let path = unsafe mlm_image(#dsohandle) else { return nil }
        return unsafe String(cString: path)
    }

    private static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func canRun(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }
}
