/// Releases of numpy that have what a pickle or the call names.
enum NumPyReleases {
    static func require(_ names: [String], _ requirements: inout Requirements) {
        // numpy 1.26.1 has numpy._core so that it can read what numpy 2 has pickled.
        // A name that is safe by another one is spelt as a pair.
        let names = names.lazy.map { $0.drop { $0 == "(" }.prefix { $0 != "," } }
        if let name = names.first(where: { $0.hasPrefix("numpy._core.") }) {
            requirements.need(
                "numpy", .atLeast("1.26.1"), .derived, because: "\(name): numpy._core is there since 1.26.1")
        }
    }
}
