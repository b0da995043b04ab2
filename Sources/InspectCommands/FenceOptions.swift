import ArgumentParser
import MLMInspect

/// `--sandbox`.
struct SandboxOption: ParsableArguments {
    @Option(
        help: """
            Privileges to drop before a file is read: auto drops all that this kernel can enforce, require reads nothing \
            unless all of them can be dropped, off drops none.
            """)
    var sandbox = Fence.Mode.auto
}

/// `--sandbox`, and what is said of it by a command that says nothing else.
struct PlainFenceOptions: ParsableArguments, FenceSettings {
    @OptionGroup var fence: SandboxOption

    @Flag(name: .shortAndLong, help: "Say on standard error which privileges were dropped.")
    var verbose = false

    var sandbox: Fence.Mode { fence.sandbox }
}

/// `--sandbox`, and what is said of it.
struct FenceOptions: ParsableArguments, FenceSettings {
    @OptionGroup var fence: SandboxOption

    @Flag(
        name: .shortAndLong,
        help: "Say on standard error which privileges were dropped. With inspect, also print every detail.")
    var verbose = false

    var sandbox: Fence.Mode { fence.sandbox }
}

/// How much of a fence there is, whether flags or defaults decided it.
protocol FenceSettings {
    var sandbox: Fence.Mode { get }
    var verbose: Bool { get }
}

struct DefaultFence: FenceSettings {
    let sandbox = Fence.Mode.auto
    let verbose = false
}

extension FenceSettings {
    /// Builds the fence and tells what a person should know of it. Throws a `UsageError` when not all of it holds, and all
    /// is required.
    func enter(_ fence: Fence) throws {
        let hold: FenceHold
        do throws(FenceError) {
            hold = try fence.enter()
        } catch {
            throw UsageError("--sandbox require: the fence \(error)")
        }
        tell(hold)
    }

    /// Tells what a person should know of it.
    func tell(_ hold: FenceHold) {
        if let missing = hold.missing { StandardError.write("mlm-inspect: the fence \(missing)\n") }
        if verbose { StandardError.write("mlm-inspect: fenced: \(hold)\n") }
    }
}

extension Fence.Mode: ExpressibleByArgument {}
