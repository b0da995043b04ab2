/// A column of a list: its key in NDJSON and CSV, its title in a table, and its value in a row. Unknown values are nil.
struct ListColumn<Row> {
    let name: String
    /// The least width in a table.
    let width: Int
    let isRight: Bool
    let value: (Row) -> ListCell?
    /// As it stands before the value in a line of NDJSON.
    let key: [UInt8]

    init(_ name: String, width: Int, isRight: Bool = false, value: @escaping (Row) -> ListCell?) {
        self.name = name
        self.width = width
        self.isRight = isRight
        self.value = value
        key = Array("\"\(name)\":".utf8)
    }

    var title: String { name.replacing("_", with: " ").uppercased() }
}
