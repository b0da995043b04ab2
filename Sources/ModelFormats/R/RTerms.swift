import ModelContainers
import ModelJSON

/// A formula as `terms` has it: its variables, their classes in the training, which of them is the response.
struct RTerms {
    private let variables: [RValue]
    private let classes: [String: String]
    private let responseIndex: Int
    /// Names that the function knew in which the formula was written; nil where that was the session itself.
    private let local: Set<String>

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
        let environment = terms.attribute(".Environment")
        local = environment?.kind == .environment ? Set(environment?.bindings ?? []) : []
    }

    /// The name of the response as the formula spells it.
    let response: String?

    /// The columns that the other variables are made of; the type of one is known where it is a variable itself, or where the
    /// table of the training is kept.
    func features(levels: RValue?, table: [Feature]? = nil) -> [Feature] {
        var features: [Feature] = []
        var places: [String: Int] = [:]
        let known = table.map { Dictionary($0.lazy.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
        for (index, variable) in variables.enumerated() where index != responseIndex {
            guard variable.kind == .symbol else {
                for name in RColumns.names(in: variable) where places[name] == nil && !local.contains(name) {
                    // What is no column of the table was found elsewhere.
                    guard let feature = known.map({ $0[name] }) ?? Feature(name: name) else { continue }
                    places[name] = features.count
                    features.append(feature)
                }
                continue
            }
            guard let name = variable.string else { continue }
            var feature = Feature(name: name, dataType: classes[name].flatMap(Self.dataType))
            feature.categories = levels?[name]?.strings
            if let place = places[name] {
                features[place] = feature
            } else {
                places[name] = features.count
                features.append(feature)
            }
        }
        return features
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

    /// The names in it that are not those of functions.
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
                waiting += (1..<max(1, next.count)).compactMap { next.child($0) }.reversed()
            default: break
            }
        }
        return names
    }
}
