import CBzip2
import CExpat
import CLibzip
import CLz4
import CLzma
import CProtobufC
import CYaml
import CZlib
import CZstd

/// The C libraries that containers are read with, as they are now: those of the system, or what was linked in.
package enum LinkedLibraries {
    /// Name and version of each, as the library itself says, in the order of their names.
    package static var all: [(name: String, version: String)] {
        [
            ("bzip2", unsafe text(BZ2_bzlibVersion())),
            ("expat", unsafe text(XML_ExpatVersion())),
            ("libyaml", unsafe text(yaml_get_version_string())),
            ("libzip", unsafe text(zip_libzip_version())),
            ("lz4", unsafe text(LZ4_versionString())),
            ("protobuf-c", unsafe text(protobuf_c_version())),
            ("xz", unsafe text(lzma_version_string())),
            ("zlib", unsafe text(zlibVersion())),
            ("zstd", unsafe text(ZSTD_versionString())),
        ]
    }

    /// The version of libhdf5, which a program of its own is linked to; nil when that is missing.
    package static var hdf5: String? { HDF5Program.libraryVersion }

    /// Without the date of bzip2 and the name that expat puts before its version.
    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        guard let pointer = unsafe pointer else { return "unknown" }
        let words = unsafe String(cString: pointer)
        return String(words.drop { !$0.isNumber }.prefix { $0 != "," })
    }
}
