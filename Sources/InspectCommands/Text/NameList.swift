/// Names in a row of text.
enum NameList {
    /// The first `most` of them; all, if the others take no more than a line of `room` columns. Each is cut in its middle
    /// to `each` columns, and what is left out is counted, with `hint` at what shows it.
    static func text(
        _ names: [String], most: Int, each: Int = .max, room: Int, hint: String = hint
    ) -> String {
        func joined(_ names: some Sequence<String>) -> String {
            names.map { FittedText.middle($0, each) }.joined(separator: ", ")
        }
        let rest = names.dropFirst(most)
        // A name takes a column and what parts it from the next one two.
        if rest.isEmpty || rest.count <= room / 3 && DisplayWidth.of(joined(rest)) <= room { return joined(names) }
        return "\(joined(names.prefix(most))), \(more(rest.count, hint: hint))"
    }

    /// What stands for so many that are left out.
    static func more(_ count: Int, hint: String = hint) -> String { "… \(NumberText.grouped(count)) more\(hint)" }

    /// The flag that leaves nothing out.
    static let hint = " (-v)"
}
