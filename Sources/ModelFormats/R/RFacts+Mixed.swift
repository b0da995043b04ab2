import ModelBytes
import ModelContainers
import ModelJSON

/// Models with effects of groups, and others that are fitted to a curve.
extension RFacts {
    /// lme4: an object of S4 with the frame it was fitted to.
    mutating func mixed(_ result: inout ProbeResult) {
        let response = terms(&result)
        if let effects = value["beta"]?.length, effects > 0 { settings["fixed_effects"] = JSONValue(effects) }
        groups(value["flist"])
        if model.name == "lmerMod" {
            regression(response, "class", &result)
        } else {
            answer(.answer(response ?? "predict", shape: [-1], dataType: "float64"), "class", &result)
        }
    }

    /// nlme: `predict` asks for the columns of the fixed effects, of the random ones, and for the groups (R/lme.R,
    /// `predict.lme`); the formula of `nlme` has names of parameters as well, which `plist` lists.
    mutating func grouped(_ result: inout ProbeResult) {
        let terms = value["terms"].flatMap { RTerms($0) }
        let table = terms.map { self.table(of: $0) } ?? self.table
        var response = terms?.response
        let found = terms?.columns(levels: value["xlevels"], table: table)
        if model.name != "nlme", let found, !found.unproven.isEmpty {
            columns(found, "terms", &result)
            if model.name != "gls" { groups(value["groups"]) }
            return regression(response, "class", &result)
        }
        var features = found?.features ?? []
        if model.name == "nlme", let formula = value.at("call", "model"), formula.kind == .language, formula.count == 3
        {
            let parameters = Set(value["plist"]?.names.compactMap(\.self) ?? [])
            response = formula.child(1).flatMap { RText.of($0) }
            features = column(formula.child(2), of: table).filter { !parameters.contains($0.name) }
        }
        let effects = value.at("modelStruct", "reStruct")
        for place in 0..<min(effects?.count ?? 0, 64) {
            features += column(effects?.child(place)?.attribute("formula"), of: table)
        }
        if model.name != "gls" {
            groups(value["groups"])
            for name in value["groups"]?.names.compactMap(\.self) ?? [] {
                features.append(table?.first { $0.name == name } ?? Feature(name: name))
            }
        }
        var seen: Set<String> = []
        columns(features.filter { seen.insert($0.name).inserted }, "terms, modelStruct, groups", &result)
        regression(response, "class", &result)
    }

    /// stats, R/nls.R: `dataClasses` has the columns that the formula takes.
    mutating func curve(_ result: inout ProbeResult) {
        if let known = value["dataClasses"] {
            let features = zip(known.names, known.texts).compactMap { name, type in
                name.map { Feature(name: $0, dataType: type.flatMap(RTerms.dataType)) }
            }
            columns(features, "dataClasses", &result)
        }
        let formula = value.at("call", "formula").flatMap { $0.kind == .language && $0.count == 3 ? $0 : nil }
        regression(formula?.child(1).flatMap { RText.of($0) }, "class", &result)
    }

    private mutating func groups(_ groups: RValue?) {
        guard let names = groups?.names.compactMap(\.self), !names.isEmpty else { return }
        settings["grouping_factors"] = .array(names.prefix(64).map { .string($0) })
    }

    /// Columns in a formula; of a table that is known only those that it has.
    private func column(_ formula: RValue?, of table: [Feature]?) -> [Feature] {
        guard let formula else { return [] }
        return RColumns.names(in: formula).compactMap { name in
            guard let table else { return Feature(name: name) }
            return table.first { $0.name == name }
        }
    }
}
