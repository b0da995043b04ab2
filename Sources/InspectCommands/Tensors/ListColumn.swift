import ModelJSON

/// A column of a list: its key in NDJSON and CSV, its title in a table, and its value in a row. Unknown values are nil.
struct ListColumn<Row> {
    let name: String
    /// The least width in a table.
    let width: Int
    let isRight: Bool
    /// A list of names is written without the brackets and quotes of JSON.
    let joinsNames: Bool
    let value: (Row) -> JSONValue?

    init(
        _ name: String, width: Int, isRight: Bool = false, joinsNames: Bool = false,
        value: @escaping (Row) -> JSONValue?
    ) {
        self.name = name
        self.width = width
        self.isRight = isRight
        self.joinsNames = joinsNames
        self.value = value
    }

    var title: String { name.replacing("_", with: " ").uppercased() }

    /// As people read it: numbers in groups of three digits.
    func text(_ row: Row) -> String {
        if isRight, let number = value(row)?.int { return NumberText.grouped(number) }
        return words(row)
    }

    /// As programs read it.
    func words(_ row: Row) -> String {
        switch value(row) {
        case nil: ""
        case .string(let text)?: text
        case .array(let names)? where joinsNames: names.compactMap(\.string).joined(separator: ", ")
        case let value?: value.write(pretty: false)
        }
    }
}

extension JSONValue {
    /// Nil for nil.
    init?(known text: String?) {
        guard let text else { return nil }
        self = .string(text)
    }

    init?(known number: Int?) {
        guard let number else { return nil }
        self.init(number)
    }
}
