import ModelFormats

/// What is left out of a record says how much it was: nobody reads a million inputs.
extension ModelFacts {
    /// Leaves `most` elements of every list whose length the artifact decides, and tells how many there were.
    mutating func cutLists(to most: Int) -> [Finding] {
        var findings: [Finding] = []
        func cut(_ count: Int, _ what: String) { findings.append(.listCut(count, what, to: most)) }
        if let all = inputs, all.count > most {
            inputs = Array(all.prefix(most))
            cut(all.count, "inputs")
        }
        if let all = outputs, all.count > most {
            outputs = Array(all.prefix(most))
            cut(all.count, "outputs")
        }
        if let all = signatures, all.count > most {
            signatures = Array(all.prefix(most))
            cut(all.count, "signatures")
        }
        if let all = opsets, all.count > most {
            let first = all.sorted { $0.key < $1.key }.prefix(most)
            opsets = Dictionary(first.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
            cut(all.count, "operator sets")
        }
        return findings
    }
}

extension Loading {
    /// The same of the classes and packages that loading takes.
    mutating func cutLists(to most: Int) -> [Finding] {
        var findings: [Finding] = []
        if let all = classes, all.count > most {
            classes = Array(all.prefix(most))
            findings.append(.listCut(all.count, "classes", to: most))
        }
        if let all = requires, all.count > most {
            requires = Array(all.prefix(most))
            findings.append(.listCut(all.count, "packages", to: most))
        }
        return findings
    }
}

extension ProbeResult {
    /// One finding for those of each severity that are not listed one by one.
    var moreFindings: [Finding] {
        unlistedFindings.sorted { $0.key.rawValue < $1.key.rawValue }.map { severity, count in
            Finding(
                severity: severity, code: "record.findings-cut",
                message: "\(count) more findings of this severity, which are not listed one by one")
        }
    }
}
