import Glibc

/// How many columns the terminal has that a table is shown on.
enum TerminalWidth {
    /// COLUMNS when somebody has set it, else what the terminal says.
    static func of(_ descriptor: Int32 = STDOUT_FILENO) -> Int {
        if let text = unsafe getenv("COLUMNS"), let columns = unsafe Int(String(cString: text)), columns > 0 {
            return columns
        }
        var size = winsize()
        let isKnown = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }
}
