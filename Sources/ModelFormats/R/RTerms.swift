import ModelContainers
import ModelJSON

/// A formula as `terms` has it: its variables, their classes in the training, which of them is the response.
struct RTerms {
    private let variables: [RValue]
    private let classes: [String: String]
    private let responseIndex: Int

    init?(_ terms: RValue) {
        guard let variables = terms.attribute("variables"), variables.kind == .language else { return nil }
        // The first is `list`.
        self.variables = (1..<max(1, variables.count)).compactMap { variables.child($0) }
        responseIndex = (terms.attribute("response")?.int ?? 0) - 1
        var classes: [String: String] = [:]
        if let known = terms.attribute("dataClasses") {
            for (name, type) in zip(known.names, known.texts) {
                if let name, let type { classes[name] = type }
            }
        }
        self.classes = classes
    }

    /// The name of the response as the formula spells it.
    var response: String? {
        variables.indices.contains(responseIndex) ? RText.of(variables[responseIndex]) : nil
    }

    /// The columns that the other variables are made of; the type of one is known where it is a variable itself.
    func features(levels: RValue?) -> [Feature] {
        var features: [Feature] = []
        var seen: Set<String> = []
        for (index, variable) in variables.enumerated() where index != responseIndex {
            guard variable.kind == .symbol else {
                for name in RText.names(in: variable) where seen.insert(name).inserted {
                    features.append(Feature(name: name))
                }
                continue
            }
            guard let name = variable.string, seen.insert(name).inserted else { continue }
            var feature = Feature(name: name, dataType: classes[name].flatMap(Self.dataType))
            feature.categories = levels?[name]?.strings
            features.append(feature)
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
