/// What an artifact may hold of the machine it was made on, and what is never copied out of it.
public enum PrivateText {
    /// An absolute path, one below a home directory, or a file URL, of any system.
    public static func isPath(_ text: String) -> Bool {
        if text.hasPrefix("/") || text.hasPrefix("~/") || text.hasPrefix("\\\\") || text.hasPrefix("file:") {
            return true
        }
        let start = Array(text.utf8.prefix(3))
        return start.count == 3 && start[1] == UInt8(ascii: ":")
            && (start[2] == UInt8(ascii: "\\") || start[2] == UInt8(ascii: "/"))
            && (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(start[0])
    }
}
