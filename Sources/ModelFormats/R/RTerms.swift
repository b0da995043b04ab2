import ModelContainers
import ModelJSON

/// A formula as `terms` has it: its variables, their classes in the training, which of them is the response.
struct RTerms {
    private let variables: [RValue]
    private let classes: [String: String]
    private let responseIndex: Int
    /// What the function knew in which the formula was written; nil where that was the session itself, of which nothing is kept.
    private let environment: RValue?

    init?(_ terms: RValue) {
        guard let variables = terms.attribute("variables"), variables.kind == .language else { return nil }
        // The first is `list`. `predvars` has the same with what was found in the training, as knots, in place of its names.
        let fitted = terms.attribute("predvars").flatMap { $0.count == variables.count ? $0 : nil }
        self.variables = (1..<max(1, variables.count)).compactMap { place in
            guard let own = variables.child(place) else { return nil }
            return own.kind == .symbol ? own : fitted?.child(place) ?? own
        }
        let place = terms.attribute("response")?.int ?? 0
        responseIndex = place - 1
        response = place > 0 ? variables.child(place).flatMap { RText.of($0) } : nil
        var classes: [String: String] = [:]
        if let known = terms.attribute("dataClasses") {
            for (name, type) in zip(known.names, known.texts) {
                if let name, let type { classes[name] = type }
            }
        }
        self.classes = classes
        environment = terms.attribute(".Environment").flatMap { $0.kind == .environment ? $0 : nil }
    }

    /// The name of the response as the formula spells it.
    let response: String?

    /// The columns that the other variables, and `more`, are made of; the type of one is known where it is a variable itself, or
    /// where the table of the training is kept.
    func columns(levels: RValue?, table: [Feature]? = nil, rows: Int? = nil, more: [RValue] = []) -> RFormulaColumns {
        var columns = RFormulaColumns(table: table, environment: environment, rows: rows)
        for (index, variable) in variables.enumerated() where index != responseIndex {
            guard variable.kind == .symbol, let name = variable.string else {
                columns.add(expression: variable)
                continue
            }
            var feature = Feature(name: name, dataType: classes[name].flatMap(Self.dataType))
            feature.categories = levels?[name]?.strings
            columns.add(feature)
        }
        for expression in more { columns.add(expression: expression) }
        columns.settle()
        return columns
    }

    /// The table that the name in a call stands for, where the formula was written in a function.
    func table(named name: String) -> RValue? {
        environment?[name].map(RFormulaColumns.forced)
    }

    /// By `.MFclass`, the word that `dataClasses` has (R, library/stats, models.R).
    static func dataType(_ word: String) -> String? {
        switch word {
        case "numeric", "double", "integer": "float64"
        case "logical": "bool"
        case "factor", "ordered", "character": "string"
        default: nil
        }
    }
}

/// The columns of a table that an expression of a formula is made of.
enum RColumns {
    private static let mostPieces = 4_096
    /// What stands behind these is no variable, or no column of the table that the model is asked about: `d$x` is one of `d`.
    private static let elsewhere: Set = ["$", "@", "::", ":::", "[[", "[", "function", "quote"]
    /// Constants of R itself, and the point that stands for all other columns.
    private static let constants: Set = [
        ".", "...", "pi", "T", "F", "letters", "LETTERS", "month.abb", "month.name",
    ]

    /// Arguments of R's functions that take settings, never a column.
    private static let settings: Set = [
        "degree", "df", "knots", "breaks", "levels", "labels", "base", "center", "digits", "raw", "simple", "intercept",
        "Boundary.knots", "ref", "coefs", "include.lowest", "right", "period",
    ]

    /// The names in it that are not those of functions or of settings.
    static func names(in expression: RValue) -> [String] {
        var names: [String] = []
        var waiting = [expression]
        var left = mostPieces
        while let next = waiting.popLast(), left > 0 {
            left -= 1
            switch next.kind {
            case .symbol:
                guard let name = next.string, !name.isEmpty, !constants.contains(name), !names.contains(name) else {
                    continue
                }
                names.append(name)
            case .language:
                if let function = next.child(0), function.kind == .symbol, elsewhere.contains(function.string ?? "") {
                    continue
                }
                // The function itself comes first.
                waiting += (1..<max(1, next.count)).reversed().compactMap { place in
                    if let tag = next.tag(place), settings.contains(tag) { return nil }
                    return next.child(place)
                }
            default: break
            }
        }
        return names
    }
}
