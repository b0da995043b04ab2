import STAC

/// What somebody may have meant by a path where nothing is.
enum PathAdvice {
    /// `; did you mean …`, or what to do instead; empty when there is nothing to say.
    static func text(_ path: String) -> String {
        if let scheme = scheme(path) {
            return "; mlm-inspect reads files of this machine and has no network: fetch it first\(scheme)"
        }
        guard !path.contains("/"), !path.contains("."),
            let command = NearestWord.of(path, among: MLMInspectCommand.commandNames)
        else { return "" }
        return path == command ? "" : "; did you mean the command \(command)?"
    }

    /// Whether it is an address and no path.
    static func isAddress(_ path: String) -> Bool { scheme(path) != nil }

    /// How to fetch what an address names; nil for what is none.
    private static func scheme(_ path: String) -> String? {
        guard let end = path.firstRange(of: "://") else { return nil }
        let scheme = path[..<end.lowerBound].lowercased()
        guard !scheme.isEmpty, scheme.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
        else {
            return nil
        }
        switch scheme {
        case "http", "https", "ftp": return ", as with curl -LO"
        case "s3": return ", as with aws s3 cp"
        case "gs": return ", as with gcloud storage cp"
        case "hf": return ", as with hf download"
        default: return ""
        }
    }
}
