import ModelContainers

/// Which names of a formula are columns. R looks each up in the table first and then where the formula was written, and keeps
/// neither answer: a variable by itself is a column, for each row has a value of it; a name within an expression may be a number
/// of the session as well.
struct RFormulaColumns {
    private enum Answer { case column, outside, unknown }

    private(set) var features: [Feature] = []
    /// Names of which the file does not say what they are, each with the expression it stands in.
    private(set) var unproven: [(name: String, expression: String)] = []
    private var places: [String: Int] = [:]
    /// Names as the formula has them, one after the other.
    private var order: [String: Int] = [:]
    private var expressions: [(names: [String], text: String)] = []
    private let table: [String: Feature]?
    private let environment: RValue?
    private let rows: Int?

    init(table: [Feature]?, environment: RValue?, rows: Int?) {
        self.table = table.map { Dictionary($0.lazy.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
        self.environment = environment
        self.rows = rows
    }

    /// A variable by itself.
    mutating func add(_ feature: Feature) {
        note(feature.name)
        if let place = places[feature.name] {
            features[place] = feature
        } else {
            places[feature.name] = features.count
            features.append(feature)
        }
    }

    mutating func add(expression: RValue) {
        let names = RColumns.names(in: expression)
        guard !names.isEmpty else { return }
        for name in names {
            note(name)
            if answer(name) == .column { addColumn(name) }
        }
        expressions.append((names, RText.of(expression) ?? "…"))
    }

    private mutating func note(_ name: String) {
        if order[name] == nil { order[name] = order.count }
    }

    private mutating func addColumn(_ name: String) {
        guard places[name] == nil else { return }
        add(table?[name] ?? Feature(name: name))
    }

    /// Of an expression some name is a column; it is known where all others are none. One that this proves may tell of another
    /// expression.
    mutating func settle() {
        var open = expressions
        while true {
            var later: [(names: [String], text: String)] = []
            for expression in open {
                let names = expression.names.filter { places[$0] == nil && answer($0) == .unknown }
                let hasColumn = expression.names.contains { places[$0] != nil }
                if names.count == 1, !hasColumn {
                    addColumn(names[0])
                } else if !names.isEmpty {
                    later.append(expression)
                }
            }
            guard later.count < open.count, !later.isEmpty else {
                open = later
                break
            }
            open = later
        }
        for expression in open {
            for name in expression.names where places[name] == nil && answer(name) == .unknown {
                guard !unproven.contains(where: { $0.name == name }) else { continue }
                unproven.append((name, expression.text))
            }
        }
        for expression in expressions where !expression.names.contains(where: { places[$0] != nil }) {
            guard let name = expression.names.first, !unproven.contains(where: { $0.name == name }) else { continue }
            // Rows have to come from somewhere.
            unproven.append((name, expression.text))
        }
        features.sort { order[$0.name, default: 0] < order[$1.name, default: 0] }
    }

    /// Takes over what is known of columns that it has.
    mutating func describe(_ known: [Feature]) {
        for feature in known {
            if let place = features.firstIndex(where: { $0.name == feature.name }) { features[place] = feature }
        }
    }

    private func answer(_ name: String) -> Answer {
        if let table { return table[name] == nil ? .outside : .column }
        guard let value = environment?[name].map(Self.forced) else { return .unknown }
        switch value.kind {
        case .logical, .integer, .real, .string:
            if let rows, rows > 1, value.length == rows { return .column }
            return value.length == 1 ? .outside : .unknown
        default: return .unknown
        }
    }

    /// The value of an argument that was asked for.
    static func forced(_ value: RValue) -> RValue {
        guard value.kind == .promise, let known = value.child(1), known.kind != .unbound else { return value }
        return known
    }
}
