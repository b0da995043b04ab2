/// Releases of numpy that have what a pickle names.
enum NumPyReleases {
    static func require(_ names: [String], _ requirements: inout Requirements) {
        // numpy 1.26.1 has numpy._core so that it can read what numpy 2 has pickled.
        if let name = names.first(where: { $0.hasPrefix("numpy._core.") }) {
            requirements.need(
                "numpy", .atLeast("1.26.1"), .derived, because: "\(name): numpy._core is there since 1.26.1")
        }
    }
}
