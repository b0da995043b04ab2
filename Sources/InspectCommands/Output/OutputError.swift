import SystemPackage

/// Output that could not be written to its end: the disk is full, the reader of a pipe is gone.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let errno: Errno

    var description: String { "\(TextStyle.inert(path)): cannot be written: \(reason)" }

    /// 2 as for what else was not done to the end; a filter whose reader has seen enough ends as SIGPIPE would end it.
    var code: Int32 { isQuiet ? 128 + 13 : 2 }

    /// Nobody is left to be told.
    var isQuiet: Bool { errno == .brokenPipe }

    private var reason: String {
        switch errno {
        case .noSpace: "no space left on the device"
        case .diskQuotaExceeded: "the disk quota is exceeded"
        case .fileTooLarge: "it is larger than a file may be here"
        case .permissionDenied, .notPermitted: "permission denied"
        case .noSuchFileOrDirectory, .notDirectory: "there is no such folder"
        case .readOnlyFileSystem: "the file system is read-only"
        default: "\(errno)"
        }
    }
}
