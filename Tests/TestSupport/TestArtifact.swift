public import Foundation
public import ModelBytes
import ModelContainers
public import ModelJSON

/// One artifact of TestArtifacts, with what its own framework says about it.
///
/// Beside `NAME.truth.json` stands the artifact: `NAME` itself, else the shortest name that begins with `NAME.`, which is
/// `NAME.onnx` rather than the `NAME.onnx.data` that belongs to it, and of two as short not the weights, `NAME.bin`.
public struct TestArtifact: Sendable, CustomStringConvertible {
    /// The folder, which is the id of the format unless it is one of `unsorted`.
    public let folder: String
    public let name: String
    /// The name of the file or directory.
    public let fileName: String

    /// Folders whose artifacts are of any format.
    public static let unsorted: Set<String> = ["hostile", "not-a-model"]

    public static let root = URL(filePath: #filePath, directoryHint: .notDirectory)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "TestArtifacts", directoryHint: .isDirectory)

    /// Every artifact, by folder and name.
    public static let all: [TestArtifact] = folders.flatMap { folder in
        let entries = names(in: folder)
        return truths(entries).compactMap { name in
            fileName(of: name, among: entries).map { TestArtifact(folder: folder, name: name, fileName: $0) }
        }
    }

    /// One artifact of each folder: the first.
    public static let oneOfEachFolder: [TestArtifact] = all.reduce(into: []) { chosen, artifact in
        if chosen.last?.folder != artifact.folder { chosen.append(artifact) }
    }

    /// Truths without an artifact, and files that belong to no truth.
    public static var strays: [String] {
        folders.flatMap { folder in
            let entries = names(in: folder)
            let truths = truths(entries)
            let lonely = truths.filter { fileName(of: $0, among: entries) == nil }.map { "\(folder)/\($0).truth.json" }
            let unclaimed = entries.filter { entry in !truths.contains { entry.hasPrefix($0) } }.map {
                "\(folder)/\($0)"
            }
            return lonely + unclaimed
        }
    }

    private static var folders: [String] {
        names(in: "").filter { name in
            name != "make" && !name.hasPrefix(".") && !names(in: name).isEmpty
        }
    }

    private static func names(in folder: String) -> [String] {
        let place = root.appending(path: folder, directoryHint: .isDirectory).path(percentEncoded: false)
        // What is no directory has no names.
        return ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).sorted()
    }

    private static let truthEnding = ".truth.json"
    private static let expectedEnding = ".expected.json"

    private static func truths(_ entries: [String]) -> [String] {
        entries.filter { $0.hasSuffix(truthEnding) }.map { String($0.dropLast(truthEnding.count)) }
    }

    private static func fileName(of name: String, among entries: [String]) -> String? {
        if entries.contains(name) { return name }
        return entries.filter { entry in
            entry.hasPrefix(name + ".") && !entry.hasSuffix(truthEnding) && !entry.hasSuffix(expectedEnding)
        }.min { ($0.count, $0.hasSuffix(".bin") ? 1 : 0, $0) < ($1.count, $1.hasSuffix(".bin") ? 1 : 0, $1) }
    }

    public var description: String { "\(folder)/\(fileName)" }

    public var url: URL { place(fileName) }
    public var path: String { url.path(percentEncoded: false) }
    public var expectedURL: URL { place(name + Self.expectedEnding) }

    private func place(_ name: String) -> URL {
        Self.root.appending(path: folder).appending(path: name, directoryHint: .notDirectory)
    }

    public var truth: Truth {
        get throws { Truth(try Self.json(place(name + Self.truthEnding)), artifact: self) }
    }

    /// The same number in every run and for every set of artifacts.
    public var seed: UInt64 {
        // FNV-1a.
        description.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The artifact itself, with its bytes; of a directory every file in it.
    public var files: [File] {
        get throws {
            switch try Artifact.open(path, limits: Limits()).content {
            case .file: return [File(companion: nil, bytes: Array(try Data(contentsOf: url)))]
            case .directory(let entries):
                return try entries.map { entry in
                    File(companion: entry.path, bytes: Array(try Data(contentsOf: url.appending(path: entry.path))))
                }
            }
        }
    }

    /// A file of an artifact.
    public struct File: Sendable {
        /// As `Artifact.Intercept` is told: nil for an artifact that is this file.
        public let companion: String?
        public let bytes: [UInt8]
    }

    /// The artifact with other bytes in place of one of its files.
    public func open(_ file: File, holding storage: any ByteStorage) throws(InspectionError) -> Artifact {
        try Artifact.open(path, limits: Limits()) { original, companion in
            companion == file.companion ? storage : original
        }
    }

    public static func json(_ url: URL) throws -> JSONValue {
        try JSONValue.parse(Array(try Data(contentsOf: url)))
    }
}
