/// What each code of a finding means, for the rules of a SARIF log. The texts are in `findings.txt`, a code on a line.
enum FindingHelp {
    /// The meaning of a code; of its family, for what stands in a list of its own, such as `not-a-model.geotiff`.
    static func text(_ code: String) -> String? {
        texts[code] ?? code.split(separator: ".").first.flatMap { texts[String($0)] }
    }

    /// By code.
    static let texts: [String: String] = {
        var texts: [String: String] = [:]
        for line in String(decoding: PackageResources.findings_txt, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            texts[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
        }
        return texts
    }()
}
