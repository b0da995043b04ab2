import Foundation
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// Which formats recognise which artifacts, and how sure they are: one committed table, a line an artifact.
@Suite struct SniffMatrixTests {
    @Test func theMatrixIsAsBefore() throws {
        var lines = ["# artifact: what each format that recognises it has seen, in the order of the list"]
        for artifact in TestArtifact.all {
            let subject = InspectedArtifact(
                try Artifact.open(artifact.path, limits: Limits()), limits: Limits(), formats: .all)
            let seen = FormatList.all.formats.compactMap { format in
                format.sniff(subject).map { "\(format.identities[0].id) (\($0.strength))" }
            }
            lines.append("\(artifact): \(seen.isEmpty ? "nobody" : seen.joined(separator: ", "))")
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "SniffMatrix.txt")
        if let difference = try ExpectedText.difference(lines.joined(separator: "\n") + "\n", file) {
            Issue.record("\(difference)")
        }
    }

    /// What the table cannot say by itself: that the right format wins.
    @Test(arguments: TestArtifact.all.filter { !TestArtifact.unsorted.contains($0.folder) })
    func theFormatOfTheFolderWinsAlone(_ artifact: TestArtifact) throws {
        let guess = InspectedArtifact(
            try Artifact.open(artifact.path, limits: Limits()), limits: Limits(), formats: .all
        ).recognise()
        #expect(guess.best?.format.identities.contains { $0.id == artifact.folder } == true)
        #expect(!guess.isAmbiguous)
    }
}
