import ModelFormats

/// What is left out of a record says how much it was: nobody reads a million inputs.
extension ModelFacts {
    /// Leaves `most` elements of every list whose length the artifact decides, and tells how many there were.
    mutating func cutLists(to most: Int) -> [Finding] {
        var findings: [Finding] = []
        func cut(_ count: Int, _ what: String) {
            findings.append(
                Finding(
                    severity: .note, code: "record.list-cut",
                    message: "\(count) \(what), of which the first \(most) are listed"))
        }
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
