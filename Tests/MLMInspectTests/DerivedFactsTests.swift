import ModelJSON
import Testing

@testable import ModelFormats

/// What is derived from other facts, at the edges where a rule must say nothing.
@Suite struct DerivedFactsTests {
    /// Scores of images have a height; four dimensions alone are none.
    @Test(
        arguments: [
            (["batch", "height", "width", "class"], ["semantic-segmentation"]),
            (["batch", "dim-b", "dim-c", "dim-d"], nil),
        ] as [([String], [String]?)])
    func aCategoricalLossOfFourDimensions(_ order: [String], _ tasks: [String]?) {
        var result = ProbeResult(KerasArchive.identities[0])
        result.facts.outputs = [Port(name: "y", shape: [-1, 8, 8, 4], dimOrder: order)]
        LossTask.fill(&result, loss: "categorical_crossentropy", at: "compile_config")
        #expect(result.facts.tasks == tasks)
    }

    @Test(arguments: [(65_535.0, 1.0 / 65_535), (1e7, 1e-7), (1.0 / 255, 255.0)])
    func aFactorIsADivisor(_ factor: Double, _ divisor: Double) {
        let steps = ValueScaling.linear([factor], [0])
        #expect(steps.count == 1)
        let value = steps.first?["value"]?.double ?? 0
        #expect(abs(value - divisor) <= 1e-5 * divisor)
    }
}
