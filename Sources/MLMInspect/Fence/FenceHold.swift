import CSandbox

/// What of a fence holds.
package struct FenceHold: Sendable, CustomStringConvertible {
    /// Bits of `mlm_hold`.
    var parts: UInt32 = 0
    /// The version of Landlock's interface, 0 where the kernel has none.
    var landlock = 0
    /// There is no fence because none was wanted.
    package var isOff = false

    init(landlock: Int = 0, isOff: Bool = false) {
        self.landlock = landlock
        self.isOff = isOff
    }

    private struct Part {
        let bit: UInt32
        /// What holds, and what does not.
        let held, missing: String
    }

    private var all: [Part] {
        [
            Part(
                bit: MLM_PRIVILEGES.rawValue, held: "no new privileges", missing: "privileges, which cannot be given up"
            ),
            Part(
                bit: MLM_FILES.rawValue, held: "files (Landlock \(landlock))",
                missing: "files, since there is no Landlock here"),
            Part(
                bit: MLM_CALLS.rawValue, held: "system calls (seccomp)",
                missing: "system calls, since no filter of them is taken here"),
            Part(bit: MLM_LIMITS.rawValue, held: "limits", missing: "limits, which cannot be set"),
        ]
    }

    /// All of it holds.
    package var isWhole: Bool { !isOff && missing == nil }

    /// What holds, for people.
    package var description: String {
        if isOff { return "off" }
        let held = all.filter { parts & $0.bit != 0 }.map { $0.held }
        return held.isEmpty ? "nothing" : held.joined(separator: ", ")
    }

    /// What does not hold though it was wanted; nil when all does.
    package var missing: String? {
        if isOff { return nil }
        let missing = all.filter { parts & $0.bit == 0 }.map { $0.missing }
        return missing.isEmpty ? nil : "does not hold for " + missing.joined(separator: "; nor for ")
    }
}
