/// Licences as the hub spells them, in lower case, and as SPDX does.
enum SPDX {
    static func spelling(_ license: String) -> String { known[license] ?? license }

    private static let known = [
        "apache-2.0": "Apache-2.0", "mit": "MIT", "bsd": "BSD", "bsd-2-clause": "BSD-2-Clause",
        "bsd-3-clause": "BSD-3-Clause", "cc0-1.0": "CC0-1.0", "cc-by-4.0": "CC-BY-4.0", "cc-by-sa-4.0": "CC-BY-SA-4.0",
        "cc-by-nc-4.0": "CC-BY-NC-4.0", "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0", "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
        "gpl-3.0": "GPL-3.0-only", "lgpl-3.0": "LGPL-3.0-only", "agpl-3.0": "AGPL-3.0-only", "mpl-2.0": "MPL-2.0",
        "isc": "ISC", "unlicense": "Unlicense", "wtfpl": "WTFPL", "zlib": "Zlib",
    ]
}
