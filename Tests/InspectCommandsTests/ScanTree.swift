import Foundation
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport
import Testing

/// A tree to scan, in a temporary folder.
struct ScanTree {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.path("tree") }

    /// Copies an artifact of TestArtifacts, with what belongs to it, under its own name.
    func add(_ artifact: String, to place: String = "") throws {
        let artifact = try Self.artifact(artifact)
        try copy(artifact.path, to: place + artifact.fileName)
    }

    static func artifact(_ name: String) throws -> TestArtifact {
        try #require(TestArtifact.all.first { $0.description == name }, "no \(name)")
    }

    func copy(_ source: String, to name: String) throws {
        try makeParent(of: name)
        try FileManager.default.copyItem(atPath: source, toPath: path + "/" + name)
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try makeParent(of: name)
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
    }

    func link(_ name: String, to target: String) throws {
        try makeParent(of: name)
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    private func makeParent(of name: String) throws {
        try FileManager.default.createDirectory(
            atPath: ((path + "/" + name) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    }

    /// The records of a run of `scan -f ndjson`.
    func scan(_ arguments: String...) async throws -> ScanRunResult {
        try await Self.run(["scan", path, "-f", "ndjson"] + arguments)
    }

    static func run(_ arguments: [String]) async throws -> ScanRunResult {
        try ScanRunResult(await Program.run(Program.path, arguments))
    }
}

struct ScanRunResult {
    let code: Int
    let output: String
    let errors: String
    let records: [JSONValue]

    init(_ run: Program.Run) throws { try self.init(code: run.code, output: run.output, errors: run.errors) }

    init(code: Int, output: String, errors: String) throws {
        (self.code, self.output, self.errors) = (code, output, errors)
        records = try output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
    }

    func paths(below folder: String) -> [String] {
        records.map { String(($0["path"]?.string ?? "").dropFirst(folder.count + 1)) }
    }
}

/// A scan that a test looks at while it runs.
final class RunningScan: Sendable {
    private let process: Process
    private let output: FileHandle
    private let outputURL: URL
    private let errorsURL: URL

    init(_ arguments: [String], in folder: TemporaryFolder) throws {
        outputURL = folder.url.appending(path: "output")
        errorsURL = folder.url.appending(path: "errors")
        for url in [outputURL, errorsURL] { try Data().write(to: url) }
        let process = Process()
        process.executableURL = URL(filePath: Program.path.string)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"]
        output = try FileHandle(forWritingTo: outputURL)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errorsURL)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    /// A worker, stopped as soon as there is one.
    func stopWorker() throws -> pid_t {
        let id = process.processIdentifier
        let place = "/proc/\(id)/task/\(id)/children"
        while process.isRunning {
            let children = (try? String(contentsOfFile: place, encoding: .utf8)) ?? ""
            // Before it is what it is to be it is a copy of its parent.
            if let worker = children.split(separator: " ").compactMap({ pid_t($0) }).first,
                let words = try? String(contentsOfFile: "/proc/\(worker)/cmdline", encoding: .utf8),
                words.split(separator: "\0").dropFirst().first == "worker"
            {
                kill(worker, SIGSTOP)
                return worker
            }
        }
        throw POSIXError(.ESRCH)
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    func end() throws -> (code: Int, output: String, errors: String) {
        process.waitUntilExit()
        let code = Int(process.terminationStatus)
        return (
            process.terminationReason == .exit ? code : -code, try String(contentsOf: outputURL, encoding: .utf8),
            Program.withoutFence(try String(contentsOf: errorsURL, encoding: .utf8))
        )
    }
}
