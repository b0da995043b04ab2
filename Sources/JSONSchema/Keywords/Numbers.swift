import ModelJSON

extension JSONNumber {
    /// The nearest `Double`, which for what is beyond its range is an infinity.
    package var approximate: Double { Double(text) ?? .nan }

    /// Whether the number has no fraction, whichever way it is written, once it is a `Double` if it is written as one.
    package var isWhole: Bool {
        if text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }) { return true }
        return approximate.isFinite && approximate == approximate.rounded(.towardZero)
    }

    /// By value: exactly for integers, else as `Double`.
    func isLess(than other: JSONNumber) -> Bool {
        if let one = integer(as: Int128.self), let two = other.integer(as: Int128.self) { return one < two }
        return approximate < other.approximate
    }

    /// In decimal, so that 0.3 is a multiple of 0.1; as `Double` where there are too many digits for that.
    func isMultiple(of divisor: JSONNumber) -> Bool {
        for power in 0...18 {
            if let one = shifted(power), let two = divisor.shifted(power), two != 0 { return one % two == 0 }
        }
        return approximate.remainder(dividingBy: divisor.approximate) == 0
    }

    /// The number times this power of ten, when that is an integer that fits.
    private func shifted(_ power: Int) -> Int128? {
        guard power > 0 else { return integer() }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        let (sum, overflow) = exponent.addingReportingOverflow(power)
        return overflow ? nil : JSONNumber(checked: "\(parts[0])e\(sum)").integer()
    }
}

extension NumberBound {
    func holds(_ value: JSONNumber) -> Bool {
        switch side {
        case .atLeast: !value.isLess(than: number)
        case .atMost: !number.isLess(than: value)
        case .above: number.isLess(than: value)
        case .below: value.isLess(than: number)
        }
    }

    /// As it follows "must be".
    var expectation: String {
        switch side {
        case .atLeast: "at least \(number.text)"
        case .atMost: "at most \(number.text)"
        case .above: "above \(number.text)"
        case .below: "below \(number.text)"
        }
    }
}
