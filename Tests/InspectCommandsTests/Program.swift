import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// The built `mlm-inspect`, run as a person or a script runs it.
enum Program {
    /// Where the products are: beside the program that runs the tests.
    private static let products: FilePath = {
        let executable = FilePath((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        let beside = executable.removingLastComponent()
        if (try? beside.appending("mlm-inspect").stat()) != nil { return beside }
        // Or SwiftPM's own helper runs the bundle, which is an argument then.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
        return FilePath(bundle).removingLastComponent()
    }()

    static let path = products.appending("mlm-inspect")
    static let hdf5Reader = products.appending("mlm-inspect-hdf5")
    static let fenceProbe = products.appending("fence-probe")
    static let peakMemory = products.appending("peak-memory")

    struct Run: Sendable {
        /// Negative for a signal.
        let code: Int
        let output: String
        /// Without what is told of a fence that does not hold: that depends on the kernel.
        let errors: String
        /// That line; nil where all of it holds, or none was wanted.
        let missingFence: String?
    }

    /// Runs `mlm-inspect` with these arguments.
    static func run(
        _ arguments: String..., environment: [String: String] = [:], in folder: String? = nil
    ) async throws -> Run {
        try await run(path, arguments, environment: environment, in: folder)
    }

    static func run(
        _ executable: FilePath, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
    ) async throws -> Run {
        try await run(executable, arguments, environment: environment, in: folder, input: .none)
    }

    /// Runs `mlm-inspect` with bytes on standard input, which is a pipe then.
    static func run(_ arguments: [String], piping input: [UInt8]) async throws -> Run {
        try await run(path, arguments, input: .array(input))
    }

    /// Runs `mlm-inspect` with a file as standard input.
    static func run(_ arguments: [String], reading file: String) async throws -> Run {
        let descriptor = try FileDescriptor.open(FilePath(file), .readOnly)
        return try await run(path, arguments, input: .fileDescriptor(descriptor, closeAfterSpawningProcess: true))
    }

    /// Runs a copy of `mlm-inspect` with no more rights than anybody has.
    static func runAsNobody(_ copy: FilePath, _ arguments: [String]) async throws -> Run {
        var options = PlatformOptions()
        options.userID = 65_534
        options.groupID = 65_534
        return try await run(copy, arguments, options: options, input: .none)
    }

    private static func run(
        _ executable: FilePath, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil,
        options: PlatformOptions = PlatformOptions(), input: some InputProtocol
    ) async throws -> Run {
        let result = try await Subprocess.run(
            .path(executable), arguments: Arguments(arguments), environment: Self.environment(environment),
            workingDirectory: folder.map { FilePath($0) }, platformOptions: options, input: input,
            output: .bytes(limit: 256 << 20),
            error: .bytes(limit: 16 << 20))
        let errors = String(decoding: result.standardError, as: UTF8.self)
        return Run(
            code: code(result.terminationStatus), output: String(decoding: result.standardOutput, as: UTF8.self),
            errors: withoutFence(errors),
            missingFence: errors.split(separator: "\n").map(String.init).first(where: isOfFence))
    }

    private static func isOfFence(_ line: some StringProtocol) -> Bool {
        line.hasPrefix("mlm-inspect: the fence does not hold for ")
    }

    /// What was printed, but for what is told of a fence that does not hold.
    static func withoutFence(_ text: String) -> String {
        guard text.contains("mlm-inspect: the fence ") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { !isOfFence($0) }
            .joined(separator: "\n")
    }

    /// Nothing of the tester's own environment but what the system needs: no colour setting, no width of a terminal.
    private static func environment(_ extra: [String: String]) -> Subprocess.Environment {
        var values: [Subprocess.Environment.Key: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "COLUMNS": "100"]
        for (key, value) in extra { values[Subprocess.Environment.Key(stringLiteral: key)] = value }
        return .custom(values)
    }

    private static func code(_ status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }
}
