internal import Glibc
internal import Synchronization

/// The reader of HDF5, opened before it is needed by a process that will open no program any more.
package enum HDF5Preparation {
    private static let opened = Mutex<HDF5Program.Place?>(nil)

    /// Finds the reader and opens it; nil when there is none, and who needs it later is told why. Once for a process.
    package static func open() -> Int32? {
        opened.withLock { opened in
            if let opened { return opened.descriptor }
            guard let path = try? HDF5Program.path(given: nil) else { return nil }
            let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return nil }
            opened = HDF5Program.Place(path: path, descriptor: descriptor)
            return descriptor
        }
    }

    /// The variable of the environment that says where it is.
    package static var variable: String { HDF5Program.variable }

    /// Where it was when it was opened.
    package static var path: String? { program?.path }

    /// What was opened.
    static var program: HDF5Program.Place? { opened.withLock { $0 } }
}
