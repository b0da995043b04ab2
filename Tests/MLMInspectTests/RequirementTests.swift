import Testing

@testable import ModelFormats

@Suite struct RequirementTests {
    @Test(arguments: [
        ("numpy>=1.26.1", "numpy"), ("tensorflow>=2.15,<2.16: keras_version", "tensorflow"), ("keras", "keras"),
        ("scikit-learn==1.5.0", "scikit-learn"),
    ])
    func theNameStandsBeforeTheBounds(_ requirement: String, _ name: String) {
        #expect(Requirements.package(of: requirement) == name)
    }

    /// The call spells a name of numpy 1 as numpy 2 has it, beside the name in the file.
    @Test func aNameThatTheCallSpellsAnewNeedsItsRelease() {
        var requirements = Requirements(["torch"])
        NumPyReleases.require(
            ["(numpy._core.multiarray._reconstruct, \"numpy.core.multiarray._reconstruct\")"], &requirements)
        #expect(requirements.list == ["torch", "numpy>=1.26.1"])
        var others = Requirements(["torch"])
        NumPyReleases.require(["numpy.core.multiarray._reconstruct"], &others)
        #expect(others.list == ["torch"])
    }
}
