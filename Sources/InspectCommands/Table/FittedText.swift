/// A text made as wide as its column.
enum FittedText {
    static func padded(_ text: String, to width: Int, isRight: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
        return isRight ? space + text : text + space
    }

    /// The beginning of a text that is too wide.
    static func start(_ text: String, _ width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        return width < 1 ? "" : prefix(text, width - 1) + ellipsis
    }

    /// Beginning and end of a text that is too wide, and more of its end: the name of a file tells more than its folders.
    static func middle(_ text: String, _ width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        guard width > 4 else { return start(text, width) }
        let head = prefix(text, (width - 1) / 3)
        return head + ellipsis + suffix(text, width - 1 - DisplayWidth.of(head))
    }

    private static let ellipsis = "…"

    private static func prefix(_ text: String, _ width: Int) -> String { String(whole(text, within: width)) }

    private static func suffix(_ text: String, _ width: Int) -> String {
        String(whole(text.reversed(), within: width).reversed())
    }

    /// As many whole characters as fit.
    private static func whole(_ text: some Sequence<Character>, within width: Int) -> [Character] {
        var left = width
        return text.prefix { character in
            left -= DisplayWidth.of(character)
            return left >= 0
        }
    }
}
