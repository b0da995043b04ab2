import MLMInspect
import Testing

/// The library as another package uses it: only the product's own module is imported.
@Suite struct LibraryTests {
    private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    @Test func theExampleOfTheReadmeWorks() {
        let path = Self.root + "/TestArtifacts/torch-export/unet.pt2"
        #expect(describe(path) == "\(path): PyTorch ExportedProgram, takes x [-1, 13, 64, 64]")
    }

    @Test func whatIsNoModelIsSaidToBeNone() {
        #expect(
            describe(Self.root + "/TestArtifacts/hostile/lfs_pointer.onnx").hasSuffix(
                "lfs_pointer.onnx: git-lfs-pointer"))
        #expect(describe(Self.root + "/no-such-file.pt").hasSuffix("no-such-file.pt: no such file or directory"))
    }

    @Test func theReadmeShowsThisExample() throws {
        let example = try text("/Tests/LibraryTests/ReadmeExample.swift")
        #expect(try text("/README.md").contains("```swift\n\(example)```"))
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: Self.root + path)
    }
}

extension String {
    /// The text of a file, read by what the library itself brings.
    fileprivate init(contentsOfFile path: String) throws {
        guard case .file(let source) = try Artifact.open(path, limits: Limits()).content else {
            throw InspectionError(.unreadable, "is no file")
        }
        self.init(decoding: try source.bytes(at: 0, count: source.count), as: UTF8.self)
    }
}
