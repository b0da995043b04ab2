/// What an artifact may hold of the machine it was made on, and what is never copied out of it.
package enum PrivateText {
    /// An absolute path, one below a home directory, or a file URL, of any system.
    package static func isPath(_ text: String) -> Bool {
        if text.hasPrefix("/") || text.hasPrefix("~/") || text.hasPrefix("\\\\") || text.hasPrefix("file:") {
            return true
        }
        let start = Array(text.utf8.prefix(3))
        return start.count == 3 && start[1] == UInt8(ascii: ":")
            && (start[2] == UInt8(ascii: "\\") || start[2] == UInt8(ascii: "/"))
            && (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(start[0])
    }

    /// Whether such a path stands anywhere in `text`: in a command line, a log, JSON. `/a/b` counts, a lone `/a` does not.
    package static func holdsPath(_ text: String) -> Bool {
        if isPath(text) { return true }
        let bytes = Array(text.utf8)
        func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : UInt8(ascii: " ") }
        for index in bytes.indices where bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "\\") {
            let before = byte(index - 1)
            let isDrive = before == UInt8(ascii: ":") && isLetter(byte(index - 2)) && !isNameByte(byte(index - 3))
            if isDrive { return true }
            guard bytes[index] == UInt8(ascii: "/"), isNameByte(byte(index + 1)) else { continue }
            let isFileURL = bytes[..<index].suffix(7).elementsEqual("file://".utf8)
            let isFirst = !isNameByte(before) && !"/\\".utf8.contains(before)
            guard isFirst || isFileURL else { continue }
            if bytes[(index + 1)...].drop(while: isNameByte).first == UInt8(ascii: "/") { return true }
        }
        return false
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// What the names of files are made of, as far as the text around a path is not.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || (48...57).contains(byte) || byte >= 0x80 || "._-~+@%".utf8.contains(byte)
    }
}
