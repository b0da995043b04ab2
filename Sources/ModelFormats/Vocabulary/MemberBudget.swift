import ModelBytes

/// What the files of one folder that have formats of their own have taken so far, so that all of them together stay within
/// the limits.
final class MemberBudget {
    private var members = 0
    /// Opcodes of their pickles.
    private var operations = 0

    /// The limit that was reached; nil while there is something left.
    func spent(_ limits: Limits) -> InspectionError? {
        if members >= limits.folderMembers.value { return limits.folderMembers.reached() }
        return operations >= limits.folderOperations.value ? limits.folderOperations.reached() : nil
    }

    /// Counts one more, or throws the limit that was reached.
    func begin(_ limits: Limits) throws(InspectionError) {
        if let error = spent(limits) { throw error }
        members += 1
    }

    func spend(_ operations: Int) { self.operations += operations }
}
