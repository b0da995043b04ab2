/// Licences as the hub and people spell them, and as SPDX does.
package enum SPDX {
    static func spelling(_ license: String) -> String { known[license] ?? license }

    /// The identifier of a licence that is named in words: `Apache License. Version 2.0`; nil when it is not certain.
    package static func identifier(in text: String) -> String? {
        guard text.utf8.count <= 200 else { return nil }
        // What stands in brackets is most often an address.
        let plain = text.prefix { $0 != "(" && $0 != "<" }.lowercased()
        if let identifier = known[plain.trimmed] { return identifier }
        var folded = plain.filter { $0.isLetter || $0.isNumber }
        for word in ["the", "license", "licence", "version"] { folded = folded.replacing(word, with: "") }
        return words[folded]
    }

    private static let words = [
        "apache20": "Apache-2.0", "apachev20": "Apache-2.0", "apache2": "Apache-2.0", "apachev2": "Apache-2.0",
        "apachesoftware20": "Apache-2.0", "mit": "MIT", "bsd3clause": "BSD-3-Clause", "bsd2clause": "BSD-2-Clause",
        "newbsd": "BSD-3-Clause", "gpl30": "GPL-3.0-only", "gplv3": "GPL-3.0-only", "agpl30": "AGPL-3.0-only",
        "agplv3": "AGPL-3.0-only", "lgpl30": "LGPL-3.0-only", "lgplv3": "LGPL-3.0-only", "mpl20": "MPL-2.0",
        "ccby40": "CC-BY-4.0", "ccbysa40": "CC-BY-SA-4.0", "ccbync40": "CC-BY-NC-4.0", "cc010": "CC0-1.0",
    ]

    private static let known = [
        "apache-2.0": "Apache-2.0", "mit": "MIT", "bsd": "BSD", "bsd-2-clause": "BSD-2-Clause",
        "bsd-3-clause": "BSD-3-Clause", "cc0-1.0": "CC0-1.0", "cc-by-4.0": "CC-BY-4.0", "cc-by-sa-4.0": "CC-BY-SA-4.0",
        "cc-by-nc-4.0": "CC-BY-NC-4.0", "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0", "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
        "gpl-3.0": "GPL-3.0-only", "lgpl-3.0": "LGPL-3.0-only", "agpl-3.0": "AGPL-3.0-only", "mpl-2.0": "MPL-2.0",
        "isc": "ISC", "unlicense": "Unlicense", "wtfpl": "WTFPL", "zlib": "Zlib",
    ]
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
