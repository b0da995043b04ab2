import Glibc

/// The progress of long work, on standard error: amount, total, speed and remaining time. Only on a terminal, only after half
/// a second, and at most ten times a second.
///
///     var bar = ProgressBar("unet.pt2", total: size, unit: .bytes)
///     bar.advance(by: count)
///     bar.clear()
struct ProgressBar {
    enum Unit { case bytes, files }

    private let title: String
    private let unit: Unit
    private let width: Int
    private let start = ContinuousClock.now
    private var next: ContinuousClock.Instant
    private var isDrawn = false
    /// Nil while it is unknown.
    var total: Int?
    private(set) var done = 0

    private static let patience = Duration.milliseconds(500)
    private static let pause = Duration.milliseconds(100)

    /// `isVisible` false draws nothing at all.
    init(_ title: String, total: Int?, unit: Unit, isVisible: Bool = Self.isPossible) {
        self.title = TextStyle.inert(title)
        self.total = total
        self.unit = unit
        width = isVisible ? Self.columns : 0
        next = start + Self.patience
    }

    mutating func advance(by count: Int = 1) {
        done += count
        guard width > 0, ContinuousClock.now >= next else { return }
        next = .now + Self.pause
        isDrawn = true
        let line = ProgressLine(title, done: done, total: total, unit: unit, time: .now - start)
        StandardError.write("\r" + line.text(width) + Self.eraseToEnd)
    }

    /// Removes the bar, at the end or before a message. The next `advance` draws it again.
    mutating func clear() {
        guard isDrawn else { return }
        isDrawn = false
        StandardError.write("\r" + Self.eraseToEnd)
    }

    static var isPossible: Bool { StandardError.isTerminal && !Environment.isDumb }

    /// ECMA-48, "erase in line".
    private static let eraseToEnd = "\u{1B}[K"

    private static var columns: Int {
        var size = winsize()
        let isKnown = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        // The last column stays free: some terminals begin a new line there.
        return isKnown ? Int(size.ws_col) - 1 : 79
    }
}

/// The text of a bar at one moment.
struct ProgressLine {
    private let title: String
    private let done: Int
    private let total: Int?
    private let unit: ProgressBar.Unit
    private let seconds: Double

    init(_ title: String, done: Int, total: Int?, unit: ProgressBar.Unit, time: Duration) {
        self.title = title
        self.done = done
        self.total = total
        self.unit = unit
        seconds = time / .seconds(1)
    }

    /// No wider than `width`: the title gives way first, then the bar.
    func text(_ width: Int) -> String {
        let figures = self.figures
        // Changing figures should not move the bar each time.
        let room = width - (figures.count + 7) / 8 * 8 - 2
        guard room > 0 else { return String(figures.prefix(max(0, width))) }
        let widest = total == nil ? 0 : min(Self.barWidth, max(0, room - min(title.count, Self.shortestTitle) - 2))
        let bar = widest < Self.narrowestBar ? 0 : widest
        let name = shortened(title, to: room - (bar > 0 ? bar + 2 : 0))
        return name + "  " + (bar > 0 ? drawn(bar) + "  " : "") + figures
    }

    private static let barWidth = 30
    private static let narrowestBar = 8
    private static let shortestTitle = 16

    private var share: Double? {
        guard let total, total > 0 else { return nil }
        return min(1, Double(done) / Double(total))
    }

    private func drawn(_ width: Int) -> String {
        let full = Int((share ?? 0) * Double(width - 2))
        return "[" + String(repeating: "=", count: full) + String(repeating: " ", count: width - 2 - full) + "]"
    }

    private var figures: String {
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var parts: [String] = []
        if let share { parts.append("\(Int(share * 100)) %") }
        parts.append(total.map { "\(amount(done, isAlone: false)) of \(amount($0))" } ?? amount(done))
        if rate > 0 { parts.append("\(amount(Int(min(rate, 1e18))))/s") }
        if let total, rate > 0, total > done { parts.append("\(Self.clock(Double(total - done) / rate)) left") }
        return parts.joined(separator: "  ")
    }

    private func amount(_ value: Int, isAlone: Bool = true) -> String {
        switch unit {
        case .bytes: NumberText.bytes(value)
        case .files: NumberText.grouped(value) + (isAlone ? " files" : "")
        }
    }

    /// `0:07`, `12:30`, `1:02:03`.
    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds.rounded(.up), 360_000))
        let (minutes, hours) = (whole / 60 % 60, whole / 3_600)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(whole % 60)
    }

    private func shortened(_ text: String, to count: Int) -> String {
        text.count <= count ? text : text.prefix(max(0, count - 1)) + "…"
    }
}
