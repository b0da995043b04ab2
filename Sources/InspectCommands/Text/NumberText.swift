/// Numbers as people read them.
enum NumberText {
    /// `1.2 GB`: about three digits, in powers of 1000.
    static func bytes(_ count: Int) -> String {
        var value = Double(count)
        for unit in ["bytes", "kB", "MB", "GB"] {
            if value < 999.95 { return unit == "bytes" ? "\(count) bytes" : "\((value * 10).rounded() / 10) \(unit)" }
            value /= 1000
        }
        return "\((value * 10).rounded() / 10) TB"
    }

    /// `143382` as `143,382`.
    static func grouped(_ value: Int) -> String {
        var text = String(value.magnitude)
        var index = text.count - 3
        while index > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: index))
            index -= 3
        }
        return value < 0 ? "-" + text : text
    }
}
