import MLMInspect
import Testing

/// The library as another package uses it: only the product's own module is imported.
@Suite struct LibraryTests {
    @Test func theExampleOfTheReadmeWorks() {
        let path = Place.root + "/TestArtifacts/torch-export/unet.pt2"
        #expect(describe(path) == "\(path): PyTorch ExportedProgram, takes x [-1, 13, 64, 64]")
    }

    @Test func aFileThatIsNotAModelIsNamed() {
        #expect(
            describe(Place.root + "/TestArtifacts/hostile/lfs_pointer.onnx").hasSuffix(
                "lfs_pointer.onnx: git-lfs-pointer"))
        #expect(describe(Place.root + "/no-such-file.pt").hasSuffix("no-such-file.pt: no such file or directory"))
    }

    @Test func theReadmeShowsThisExample() throws {
        let example = try Place.text("/Tests/LibraryTests/ReadmeExample.swift")
        #expect(try Place.text("/README.md").contains("```swift\n\(example)```"))
    }
}
