import CSandbox
import Glibc
package import ModelBytes
import ModelContainers

/// What a process gives up before it looks at any artifact, so that an artifact that took it over could do nothing with it:
/// new privileges, files but those named here, system calls but those it needs, and more memory and time than it should use.
///
/// It is built around the process that asks for it, is inherited by all that this starts, and cannot be taken down.
package struct Fence: Sendable {
    /// How much of a fence to build; the values of `--sandbox`.
    package enum Mode: String, CaseIterable, Sendable {
        /// As much of it as the kernel offers.
        case auto
        /// All of it, or nothing is looked at.
        case require
        /// No fence around this process. `mlm-inspect-hdf5` still builds its own.
        case off
    }

    /// Whose fence it is.
    package enum Place: Sendable {
        /// Looks at artifacts, and may start the reader of HDF5.
        case inspecting
        /// Starts workers, and looks at no artifact.
        case scanning
    }

    /// Whether the fence is built, and whether all of it must hold.
    package var mode: Mode
    /// The folders that stay readable or writable under Landlock; none by default.
    package var folders = FenceFolders()
    /// The ceilings of the kernel, in bytes and in seconds of a processor; nil for none.
    package var memory: Int?
    /// CPU seconds after which the kernel ends the process (RLIMIT_CPU); nil for no limit.
    package var seconds: Int?

    /// A fence without folders and without limits on memory and CPU time. Nothing is enforced before `enter()`.
    package init(_ mode: Mode = .auto) { self.mode = mode }

    /// The fence of a process that looks at these paths and writes these files.
    package init(_ mode: Mode, paths: [String], outputs: [String] = [], followsLinks: Bool = false, limits: Limits) {
        self.init(mode)
        // A link may lead anywhere.
        if followsLinks { folders.readFolder("/") }
        for path in paths { folders.read(path) }
        for path in outputs { folders.write(beside: path) }
        memory = limits.workerMemoryBytes.value
        // What has to be read through takes as long as there is of it.
        seconds = Self.mostSeconds.multipliedReportingOverflow(by: max(1, paths.count)).partialValue
    }

    /// No process of ours uses more time of a processor, whatever it looks at.
    static let mostSeconds = 3_600

    /// Builds it around this process, which looks at artifacts from here on. Throws when not all of it holds, and all is
    /// required.
    @discardableResult
    package func enter() throws(FenceError) -> FenceHold { try enter(.inspecting) }

    /// As `enter()`. The program of workers, in a process that starts some, was opened before.
    @discardableResult
    package func enter(_ place: Place, program: Int32 = -1) throws(FenceError) -> FenceHold {
        guard mode != .off else { return FenceHold(isOff: true) }
        var rules = mlm_rules()
        unsafe mlm_rules_begin(&rules)
        if rules.version == 1, folders.movesFiles {
            close(rules.descriptor)
            rules.descriptor = -1
        }
        var hold = FenceHold(landlock: Int(rules.version))
        folders.allow(in: rules)
        for program in [HDF5Preparation.open() ?? -1, program] where program >= 0 {
            _ = unsafe mlm_rules_allow_program(&rules, program)
        }
        let limits = mlm_limit(Self.limit(memory), Self.limit(seconds))
        hold.parts = unsafe mlm_fence(place.value, !folders.written.isEmpty, &rules)
        if limits == 0 { hold.parts |= MLM_LIMITS.rawValue }
        if mode == .require, let missing = hold.missing { throw FenceError(description: missing) }
        return hold
    }

    private static func limit(_ value: Int?) -> UInt64 { value.map { UInt64(clamping: $0) } ?? .max }
}

extension Fence.Place {
    fileprivate var value: mlm_place {
        switch self {
        case .inspecting: MLM_INSPECTING
        case .scanning: MLM_SCANNING
        }
    }
}

/// All of a fence was required, and the system has less.
package struct FenceError: Error, CustomStringConvertible, Sendable {
    /// What the fence does not cover, worded by `FenceHold.missing`, such as `does not hold for files, …`.
    package let description: String
}
