import MLMInspect
import TestSupport
import Testing

@Suite struct CoreMLTests {
    /// The classes of another function than the default one are none of the model's.
    @Test func labelsAreThoseOfTheDefaultFunction() throws {
        let artifact = try #require(TestArtifact.all.first { $0.description == "coreml/default_regressor.mlpackage" })
        let facts = try #require(Inspector().inspect(artifact.path).facts)
        #expect(facts.outputs?.first?.name == "r" && facts.outputs?.first?.labels == nil && facts.tasks == nil)
    }
}
