import Glibc

/// How many columns there are for a table or a text.
enum TerminalWidth {
    /// COLUMNS when somebody has set it, else what the terminal says.
    static func of(_ descriptor: Int32 = STDOUT_FILENO) -> Int {
        if let columns = chosen { return columns }
        var size = winsize()
        let isKnown = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : usual
    }

    /// How wide a text for people is wrapped. In a pipe or a file that is as wide as COLUMNS says, else 80: what programs
    /// read has flags of its own. No text is wider than a person can read.
    static func ofText(isTerminal: Bool) -> Int {
        min(max(least, isTerminal ? of() : chosen ?? usual), most)
    }

    private static let usual = 80
    private static let least = 20
    private static let most = 120

    private static var chosen: Int? {
        guard let text = unsafe getenv("COLUMNS"), let columns = unsafe Int(String(cString: text)), columns > 0 else {
            return nil
        }
        return columns
    }
}
