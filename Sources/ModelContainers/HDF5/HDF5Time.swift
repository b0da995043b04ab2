/// Time of a processor that reading the HDF5 files of one artifact has taken so far, so that all of them together stay
/// within the limit.
package final class HDF5Time {
    private var spent = 0

    package init() {}

    /// What is left of so many seconds, in microseconds; nil when nothing is.
    ///
    /// A tenth is kept for who asks, so that both together stay within the limit.
    func left(of seconds: Int) -> Int? {
        let all = max(0, min(seconds, 1 << 32)) * 900_000
        // A timer that is set to nothing never ends.
        return all > spent || spent == 0 ? max(1, all - spent) : nil
    }

    /// Counts what a process has used between two looks at its clock; all that it was allowed when that is not known.
    func count(from before: Int?, to after: Int?, of allowed: Int) {
        let used = before.flatMap { before in after.map { $0 - before } } ?? allowed
        spent += max(1, used)
    }
}
