/// Releases of numpy that have what a pickle or the call names.
enum NumPyReleases {
    /// scikit-learn is built for numpy 1 before 1.4.2, and does not say so itself before 1.3: 1.0.2 cannot be imported with
    /// numpy 2.2, and 1.4.2 can.
    static func require(scikitLearn version: String, _ requirements: inout Requirements) {
        let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
        guard let major = numbers.first, major < 1 || major == 1 && numbers.count == 2 && numbers[1] < 4 else { return }
        requirements.need(
            "numpy", .below("2"), .derived, because: "scikit-learn \(version) is built for numpy 1")
    }

    static func require(_ names: [String], _ requirements: inout Requirements) {
        // numpy 1.26.1 has numpy._core so that it can read what numpy 2 has pickled.
        // A name that is safe by another one is spelt as a pair.
        let names = names.lazy.map { $0.drop { $0 == "(" }.prefix { $0 != "," } }
        // Its numpy._core has six modules, and its generators of random numbers are pickled by a name and not by their class.
        let later = names.first { name in
            generators.contains(where: name.hasPrefix)
                || name.hasPrefix("numpy._core.") && !early.contains(where: name.hasPrefix)
        }
        if let later {
            requirements.need("numpy", .atLeast("2.0"), .derived, because: "\(later), which 1.26.1 does not know")
        } else if let name = names.first(where: { $0.hasPrefix("numpy._core.") }) {
            requirements.need(
                "numpy", .atLeast("1.26.1"), .derived, because: "\(name): numpy._core is there since 1.26.1")
        }
    }

    private static let early = ["multiarray", "_multiarray_umath", "_internal", "_dtype", "_dtype_ctypes", "umath"]
        .map { "numpy._core.\($0)." }
    private static let generators = ["_mt19937", "_pcg64", "_philox", "_sfc64"].map { "numpy.random.\($0)." }
}
