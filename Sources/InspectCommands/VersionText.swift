import Checksums
import ModelBytes
import ModelContainers

/// What `--version -v` says: the version, and what the program is made of.
enum VersionText {
    static func isAsked(by arguments: [String]) -> Bool {
        arguments.count == 2 && arguments.contains("--version")
            && (arguments.contains("-v") || arguments.contains("--verbose"))
    }

    static var text: String {
        var parts = LinkedLibraries.all
        parts.append(("libcrypto", SHA256.libraryVersion + ", of OpenSSL"))
        parts.append(
            ("HDF5", LinkedLibraries.hdf5.map { $0 + ", in mlm-inspect-hdf5" } ?? "mlm-inspect-hdf5 is missing"))
        parts.sort { $0.name.lowercased() < $1.name.lowercased() }
        let width = parts.map(\.name.count).max() ?? 0
        let lines = parts.map { name, version in
            "  \(name)\(String(repeating: " ", count: width - name.count + 2))\(version)"
        }
        return (["mlm-inspect \(programVersion)", "libraries, by what they say of themselves:"] + lines)
            .map { $0 + "\n" }.joined()
    }
}
