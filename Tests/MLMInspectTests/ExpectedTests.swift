import MLMInspect
import ModelContainers
import ModelJSON
import TestSupport
import Testing

/// The whole record of every artifact is the committed one: a change of any word shows. That it is true is for
/// `TruthTests` to say.
@Suite struct ExpectedTests {
    @Test(arguments: TestArtifact.all)
    func theRecordIsAsBefore(_ artifact: TestArtifact) throws {
        var record = Records.of(artifact)
        record.path = artifact.fileName
        let text = try JSONValueEncoder().encode(record).write(pretty: true) + "\n"
        if let difference = try ExpectedText.difference(text, artifact.expectedURL) {
            Issue.record("\(artifact): \(difference)")
        }
    }
}
