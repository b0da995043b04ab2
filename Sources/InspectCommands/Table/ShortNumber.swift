extension NumberText {
    /// Three digits and the letter by which models are named: `7.19k`, `124M`, `1.10B`; not below 1000.
    static func short(_ value: Int) -> String {
        guard value >= 1000 else { return String(value) }
        var unit = 1000
        var letters = "kMBT".makeIterator()
        var letter = letters.next() ?? "k"
        // Rounding to three digits may make 999,950 a million.
        while value >= unit * 1000 - unit / 2, let next = letters.next() {
            unit *= 1000
            letter = next
        }
        let decimals = value >= unit * 100 - unit / 20 ? 0 : value >= unit * 10 - unit / 200 ? 1 : 2
        let step = unit / [1, 10, 100][decimals]
        let digits = String(value / step + (value % step >= step / 2 ? 1 : 0))
        guard decimals > 0 else { return digits + String(letter) }
        let point = digits.index(digits.endIndex, offsetBy: -decimals)
        return digits[..<point] + "." + digits[point...] + String(letter)
    }
}
