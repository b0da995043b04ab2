import Foundation
import Testing

/// The map of the sources, held against the sources themselves: which targets and folders may name each other, and which
/// may call C. An arrow that is missing here is one to think about before it is added.
@Suite struct SourceMapTests {
    private static let sources = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

    /// Which targets of ours a target may import.
    private static let targets: [String: Set<String>] = [
        "ModelBytes": [],
        "ModelJSON": ["ModelBytes"],
        "Checksums": ["ModelBytes"],
        "ChildProcesses": [],
        "ModelContainers": ["ModelBytes", "ModelJSON", "ChildProcesses"],
        "ModelFormats": ["ModelBytes", "ModelJSON", "Checksums", "ModelContainers"],
        "JSONSchema": ["ModelBytes", "ModelJSON"],
        "STAC": ["ModelBytes", "ModelJSON", "JSONSchema", "Checksums", "ModelContainers", "ModelFormats"],
        "MLMInspect": [
            "ModelBytes", "ModelJSON", "Checksums", "ChildProcesses", "ModelContainers", "ModelFormats", "STAC",
        ],
        "InspectCommands": [
            "ModelBytes", "ModelJSON", "Checksums", "ChildProcesses", "ModelContainers", "ModelFormats", "STAC",
            "MLMInspect",
        ],
        "mlm-inspect": ["InspectCommands"],
        "mlm-inspect-hdf5": [],
    ]

    /// Which targets may call C, be it a library, the system or a target of ours in C.
    private static let callC: Set<String> = [
        "ModelBytes", "Checksums", "ChildProcesses", "ModelContainers", "MLMInspect", "InspectCommands",
        "mlm-inspect-hdf5",
    ]

    /// Folders of ModelFormats that every format may name.
    private static let common: Set<String> = ["Vocabulary", "Python"]

    /// Which other folders a format may name, because what it reads is made of theirs.
    private static let folders: [String: Set<String>] = [
        // What a pickle holds is an estimator of scikit-learn or wraps a booster.
        "Pickle": ["ScikitLearn", "XGBoost", "LightGBM", "CatBoost"],
        // Tensors have the names and traces that PyTorch gives them.
        "Safetensors": ["PyTorch"],
        // Configurations name functions and operators of TensorFlow.
        "Keras": ["TensorFlow"],
        // The Flex delegate runs operators of TensorFlow.
        "TFLite": ["TensorFlow"],
        // A folder's weights are tensors of safetensors or torch's.
        "HuggingFace": ["Safetensors", "PyTorch"],
        // It holds the configuration of Keras or a graph of TensorFlow.
        "TensorFlowJS": ["Keras", "TensorFlow"],
    ]

    @Test func arrowsBetweenTargetsPointOneWay() throws {
        for (target, file, text) in try Self.files() {
            let imported = Self.imports(text).intersection(Self.targets.keys)
            let allowed = try #require(Self.targets[target], "\(target) is not on the map")
            #expect(imported.isSubset(of: allowed), "\(file) imports \(imported.subtracting(allowed).sorted())")
        }
    }

    @Test func onlyTheseTargetsCallC() throws {
        for (target, file, text) in try Self.files() where !Self.callC.contains(target) {
            let called = Self.imports(text).filter { $0 == "Glibc" || Self.isOfC($0) }
            #expect(called.isEmpty, "\(file) imports \(called.sorted())")
        }
    }

    /// By names of types: a folder that none of another's types is named in does not know it.
    @Test func foldersOfFormatsNameNoneButTheirOwn() throws {
        let files = try Self.files().filter { $0.target == "ModelFormats" }.map { file in
            (folder: Self.folder(file.file), file: file.file, words: Self.words(file.text), text: file.text)
        }
        var owners: [String: String] = [:]
        for file in files { for type in Self.declared(file.text) { owners[type] = file.folder } }
        for file in files where file.folder != "Formats.swift" {
            let named = Set(file.words.compactMap { owners[$0] }).subtracting(Self.common).subtracting([file.folder])
            let allowed = Self.folders[file.folder] ?? []
            let wrong = named.subtracting(allowed)
            #expect(
                wrong.isEmpty,
                "\(file.file) names \(file.words.filter { wrong.contains(owners[$0] ?? "") }.sorted()) of \(wrong.sorted())"
            )
        }
    }

    /// Only these may have flags in their texts: they pass them to programs of ours.
    private static let passFlags: Set<String> = [
        "MLMInspect/Scan/Scan.swift", "ModelContainers/HDF5/HDF5Program+Version.swift",
    ]

    /// A library serves other programs than the command line: its messages name no flag of that.
    @Test func messagesOfTheLibraryNameNoFlag() throws {
        let commands: Set<String> = ["InspectCommands", "mlm-inspect", "mlm-inspect-hdf5"]
        for (target, file, text) in try Self.files() where !commands.contains(target) && !Self.passFlags.contains(file)
        {
            #expect(Self.flags(text) == [], "\(file)")
        }
        #expect(Self.flags("/// `--follow`\nlet a = \"is followed with --follow\"") == ["is followed with --follow"])
        #expect(Self.flags("let a = \"-p mlm:input=JSON\"\nlet b = \"org/name--module\"") == ["-p mlm:input=JSON"])
    }

    /// Texts of the code that name a flag.
    private static func flags(_ text: String) -> [String] {
        text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.flatMap { line in
            line.matches(of: /"((?:[^"\\]|\\.)*)"/).map { String($0.output.1) }
                .filter { $0.firstMatch(of: /(?:^|[\s(])(?:--[a-z]|-[a-zA-Z] )/) != nil }
        }
    }

    private static func files() throws -> [(target: String, file: String, text: String)] {
        let root = sources.path(percentEncoded: false)
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }.sorted().map
        {
            (String($0.prefix { $0 != "/" }), $0, try String(contentsOfFile: root + "/" + $0, encoding: .utf8))
        }
    }

    private static func folder(_ file: String) -> String {
        String(file.split(separator: "/").dropFirst().first ?? "")
    }

    private static func isOfC(_ module: String) -> Bool {
        FileManager.default.fileExists(atPath: sources.appending(path: module).path(percentEncoded: false))
            && targets[module] == nil
    }

    private static func imports(_ text: String) -> Set<String> {
        Set(text.matches(of: /(?m)^(?:\w+ )?import (\w+)$/).map { String($0.output.1) })
    }

    /// Types declared at the outermost level of a file that its own folder does not hide.
    private static func declared(_ text: String) -> [String] {
        text.matches(of: /(?m)^(?:public |package |@safe |final |indirect )*(?:struct|enum|class|protocol|actor) (\w+)/)
            .map { String($0.output.1) }
    }

    /// The words of the code, comments and texts left out.
    private static func words(_ text: String) -> Set<String> {
        let code = text.split(separator: "\n").map { line -> Substring in
            line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: "\n").replacing(/"[^"\n]*"/, with: "")
        return Set(code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    }
}
