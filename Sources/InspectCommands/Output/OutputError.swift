import SystemPackage

/// Output that could not be written completely: the disk is full, or the reader of a pipe is gone.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let errno: Errno

    var description: String { "\(TextStyle.inert(path)): cannot be written: \(reason)" }

    /// 2, as for anything that was not completed. If the reader of a pipe is gone, the code of SIGPIPE.
    var code: Int32 { isQuiet ? 128 + 13 : 2 }

    /// Whether nobody is left to read a message.
    var isQuiet: Bool { errno == .brokenPipe }

    private var reason: String {
        switch errno {
        case .noSpace: "no space left on the device"
        case .diskQuotaExceeded: "the disk quota is exceeded"
        case .fileTooLarge: "it is larger than a file may be here"
        case .permissionDenied, .notPermitted: "permission denied"
        case .noSuchFileOrDirectory, .notDirectory: "no such folder"
        case .readOnlyFileSystem: "the file system is read-only"
        default: "\(errno)"
        }
    }
}
