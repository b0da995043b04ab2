import Foundation
import ModelBytes
import SystemPackage
import TestSupport
import Testing

@testable import MLMInspect

/// What a walk leaves out is what git leaves out: random ignore files in a real repository, and git's own answer.
@Suite struct IgnoreFileTests {
    @Test(arguments: 0..<30)
    func agreesWithGit(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let root = folder.path("repository")
        let made = try await Self.git("init", "-q", root)
        try #require(made.code == 0, "\(made.errors)")
        var files: Set<String> = []
        for _ in 0..<60 {
            let depth = Int.random(in: 1...4, using: &random)
            let path = (0..<depth).map { _ in Self.name(&random) }.joined(separator: "/")
            // A name that is a folder already, or whose folder is a file, is not made.
            let place = root + "/" + path
            try? FileManager.default.createDirectory(
                atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            if FileManager.default.fileExists(atPath: place) { continue }
            if FileManager.default.createFile(atPath: place, contents: nil) { files.insert(path) }
        }
        for place in ["", Self.folder(of: files, &random), Self.folder(of: files, &random)] {
            let lines = (0..<Int.random(in: 1...5, using: &random)).map { _ in Self.pattern(&random) }
            let ending = Bool.random(using: &random) ? "\n" : "\r\n"
            let path = place + ".gitignore"
            try (lines.joined(separator: ending) + ending).write(
                toFile: root + "/" + path, atomically: false, encoding: .utf8)
            files.insert(path)
        }
        let sorted = files.sorted()
        let answer = try await Self.git(
            ["-C", root, "-c", "core.quotePath=false", "check-ignore", "--no-index", "--"] + sorted)
        // 1 says that none is.
        try #require(answer.code <= 1, "\(answer.errors)")
        let ignored = Set(answer.output.split(separator: "\n").map(String.init))
        var options = Walker.Options()
        options.includesHidden = true
        let walked = Self.walk(root, options).filter { !$0.hasPrefix(".git/") }
        let rules = try Self.rules(root, files)
        #expect(Set(walked) == files.subtracting(ignored), "\(rules)")
    }

    /// Every rule of gitignore(5) by itself: pattern, path, whether it is a folder, whether it is ignored.
    @Test(arguments: [
        ("a.pt", "x/a.pt", true), ("/a.pt", "x/a.pt", false), ("/a.pt", "a.pt", true), ("x/a.pt", "y/x/a.pt", false),
        ("*.pt", "x/a.pt", true), ("*.pt", ".pt", true), ("x/*", "x/y/a", false), ("x/**", "x/y/a", true),
        ("x/**", "x", false),
        ("**/x", "x", true), ("**/x", "a/b/x", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
        ("a/**/b", "ab", false), ("a**b", "axxb", true), ("a/**b", "a/x/b", false), ("?.pt", "a.pt", true),
        ("?", "ab", false), ("[ab].pt", "b.pt", true), ("[!ab].pt", "b.pt", false), ("[^ab].pt", "c.pt", true),
        ("[a-c]", "b", true), ("[]]", "]", true), ("[]-a]", "_", true), ("[[:digit:]]", "7", true),
        ("[[:nope:]]", "n", false),
        ("[a", "[a", false), ("\\#a", "#a", true), ("#a", "#a", false), ("\\!a", "!a", true), ("a\\", "a\\", false),
        ("a\\*", "a*", true), ("a\\*", "ab", false), ("a ", "a", true), ("a\\ ", "a ", true), ("a/", "a", false),
        ("é", "é", true), ("[a/b]c", "a/bc", false), ("**", "x/y", true), ("/**/a", "a", true), ("/", "a", false),
        ("\\a", "a", true), ("[\\]]", "]", true), ("[b-a]", "a", false), ("[a-]", "-", true), ("a/*/", "a/b", false),
    ])
    func aPattern(_ pattern: String, _ path: String, _ isIgnored: Bool) {
        let file = IgnoreFile(Array(pattern.utf8))
        #expect((file?.match(Array(path.utf8)[...], isFolder: false) == .ignore) == isIgnored)
    }

    @Test func theLastPatternDecides() {
        let file = IgnoreFile(Array("*.pt\n!keep.pt\nkeep*\n!*.txt\n".utf8))
        #expect(file?.match(Array("keep.pt".utf8)[...], isFolder: false) == .ignore)
        #expect(file?.match(Array("keep.txt".utf8)[...], isFolder: false) == .keep)
        #expect(file?.match(Array("other".utf8)[...], isFolder: false) == nil)
    }

    /// What takes a backtracking matcher for ever.
    @Test func manyStarsTakeNoTime() throws {
        let pattern = try #require(Wildcard(Array(String(repeating: "*a", count: 200).utf8)[...]))
        #expect(!pattern.matches(Array(String(repeating: "a", count: 4_000).utf8 + [0x62])[...]))
        let folders = try #require(Wildcard(Array((String(repeating: "**/", count: 100) + "b").utf8)[...]))
        #expect(!folders.matches(Array(String(repeating: "a/", count: 1_000).utf8)[...]))
    }

    /// ripgrep's order: .mlminspectignore before .ignore before .gitignore; git's only in a repository; hidden files that a
    /// file keeps are given.
    @Test func whichFileCounts() throws {
        let folder = try TemporaryFolder()
        func make(_ name: String, _ text: String = "x") throws {
            let url = folder.url.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: false, encoding: .utf8)
        }
        for name in [
            "git.pt", "general.pt", "own.pt", "plain.pt", ".kept.pt", ".hidden.pt", "sub/deep.pt", "excluded.pt",
        ] {
            try make("tree/" + name)
        }
        try make("tree/.gitignore", "git.pt\nown.pt\n")
        try make("tree/.ignore", "general.pt\n!own.pt\n")
        try make("tree/.mlminspectignore", "own.pt\n!.kept.pt\n")
        try make("tree/sub/.ignore", "!general.pt\n")
        let root = folder.path("tree")
        #expect(Self.walk(root) == [".kept.pt", "excluded.pt", "git.pt", "plain.pt", "sub/deep.pt"])

        try make("tree/.git/info/exclude", "excluded.pt\n")
        #expect(Self.walk(root) == [".kept.pt", "plain.pt", "sub/deep.pt"])
        // A folder above that is in the repository counts, one above that is not does not.
        try make("tree/.gitignore", "deep.pt\n")
        #expect(Self.walk(root + "/sub") == [])
        try make("tree/sub/.git/HEAD")
        #expect(Self.walk(root + "/sub") == ["deep.pt"])

        var all = Walker.Options()
        all.respectsIgnoreFiles = false
        #expect(Self.walk(root, all).count == 6)
        all.includesHidden = true
        #expect(Self.walk(root, all).filter { $0.hasSuffix(".pt") }.count == 8)
        var shallow = Walker.Options()
        shallow.maxDepth = 1
        #expect(!Self.walk(root, shallow).contains("sub/deep.pt"))
    }

    @Test(arguments: [
        (["*.pt"], ["a.pt", "sub/b.pt"]), (["!*.pt"], ["c.onnx"]), (["*.{pt,onnx}", "!b*"], ["a.pt", "c.onnx"]),
        (["/a.pt"], ["a.pt"]), (["sub/**"], ["sub/b.pt"]), (["!sub"], ["a.pt", "c.onnx"]), (["["], []),
    ])
    func globs(_ globs: [String], _ expected: [String]) throws {
        let folder = try TemporaryFolder()
        let root = folder.path("tree")
        try FileManager.default.createDirectory(atPath: root + "/sub", withIntermediateDirectories: true)
        for name in ["a.pt", "c.onnx", "sub/b.pt"] {
            #expect(FileManager.default.createFile(atPath: root + "/" + name, contents: nil))
        }
        var options = Walker.Options()
        options.globs = GlobFilter(globs, origin: PathBytes(root))
        #expect(Self.walk(root, options) == expected)
    }

    // MARK: -

    private static func git(_ arguments: String...) async throws -> Program.Run { try await git(arguments) }

    private static func git(_ arguments: [String]) async throws -> Program.Run {
        // Nobody's own settings.
        let environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
        return try await Program.run("/usr/bin/git", arguments, environment: environment)
    }

    /// The files that a walk gives, relative to its root, in its order.
    static func walk(_ root: String, _ options: Walker.Options = Walker.Options()) -> [String] {
        guard let path = PathBytes(root) else { return [] }
        var walker = Walker([path], options, limits: Limits())
        var found: [String] = []
        while let item = walker.next() {
            if case .artifact(let path, _) = item { found.append(String(path.spelling.dropFirst(root.count + 1))) }
        }
        return found
    }

    private static func rules(_ root: String, _ files: Set<String>) throws -> String {
        try files.filter { $0.hasSuffix(".gitignore") }.sorted().map {
            "\($0):\n" + (try String(contentsOfFile: root + "/" + $0, encoding: .utf8))
        }.joined(separator: "\n")
    }

    private static func folder(of files: Set<String>, _ random: inout SeededGenerator) -> String {
        let deep = files.filter { $0.contains("/") }.sorted()
        guard let file = deep.randomElement(using: &random), let end = file.lastIndex(of: "/") else { return "" }
        return String(file[...end])
    }

    private static let names = ["a", "b", "ab", "abc", "a.b", "b.a", "x y", "[a]", "a*", ".h", "!a", "#b", "é", "A"]

    private static func name(_ random: inout SeededGenerator) -> String { names.randomElement(using: &random) ?? "a" }

    private static func pattern(_ random: inout SeededGenerator) -> String {
        let parts =
            names + [
                "*", "**", "?", "[ab]", "[!a]", "a?", "*b", "a*b", "**b", "\\[a\\]", "\\#b", "[[:alpha:]]", "*.*",
                "[^.]*",
            ]
        let count = Int.random(in: 1...3, using: &random)
        var text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "a" }.joined(separator: "/")
        if Int.random(in: 0..<5, using: &random) == 0 { text = "/" + text }
        if Int.random(in: 0..<5, using: &random) == 0 { text += "/" }
        if Int.random(in: 0..<4, using: &random) == 0 { text = "!" + text }
        if Int.random(in: 0..<8, using: &random) == 0 { text += "  " }
        return text
    }
}
