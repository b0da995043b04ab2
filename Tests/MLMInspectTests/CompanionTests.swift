import Foundation
import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// Files beside an artifact are reached by relative paths that stay below its folder, whichever system spelt them.
@Suite struct CompanionTests {
    private let folder: TemporaryFolder
    private let artifact: Artifact

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "m/data"), withIntermediateDirectories: true)
        try folder.write([1], to: "secret")
        try folder.write([1, 2], to: "m/model")
        try folder.write([1, 2, 3], to: "m/weights.bin")
        try folder.write([1, 2, 3, 4], to: "m/data/weights.bin")
        artifact = try Artifact.open(folder.path("m/model"), limits: Limits())
    }

    @Test func whatLiesBelow() throws {
        #expect(try artifact.companion("weights.bin")?.count == 3)
        #expect(try artifact.companion("./data/weights.bin")?.count == 4)
        #expect(try artifact.companionSize("data/weights.bin") == 4)
        #expect(try artifact.companion("absent") == nil)
        #expect(try artifact.companion("...") == nil)
    }

    @Test(arguments: [
        "../secret", "data/../../secret", "/etc/passwd", "", "a\0b", "..\\secret", "data\\..\\..\\secret", "C:\\secret",
        "c:secret", "\\\\host\\share\\secret", "..",
    ])
    func whatDoesNot(_ path: String) {
        #expect { try artifact.companion(path) } throws: { ($0 as? InspectionError)?.reason == .malformed }
        #expect { try artifact.companionSize(path) } throws: { ($0 as? InspectionError)?.reason == .malformed }
    }

    /// Several models may lie in one folder, each with a prefix; the number of trees is in none but its own header.
    @Test func aPrefixBeforeTheFilesOfATree() throws {
        let model = TestArtifact.root.appending(path: "ydf/forest_classes")
        let prefixed = folder.url.appending(path: "prefixed")
        try FileManager.default.createDirectory(at: prefixed, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: model.path) {
            try FileManager.default.copyItem(at: model.appending(path: name), to: prefixed.appending(path: "a_" + name))
        }
        let (plain, other) = (Inspector().inspect(model.path), Inspector().inspect(prefixed.path))
        #expect(plain.facts?.hyperparameters?["num_trees"] != nil)
        #expect(other.facts?.hyperparameters == plain.facts?.hyperparameters)
        #expect(other.findings == plain.findings)
    }
}
