import ModelBytes

/// What the files of one folder that have formats of their own have taken so far, so that all of them together stay within
/// the limits.
final class MemberBudget {
    private var members = 0
    /// Opcodes of their pickles.
    private var operations = 0
    /// Headers of their safetensors files, in bytes.
    private var headerBytes = 0
    private var readings: Set<Reading> = []

    /// What a file of the folder is looked at for; each may tell something else of the same bytes.
    enum Purpose: Hashable { case weights, beside, besideUnread }

    private struct Reading: Hashable {
        let file: FileIdentity
        let purpose: Purpose
        /// Where a loader goes by it, whatever the first bytes are.
        let ending: String?
    }

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

    /// Counts a header of so many bytes, or throws when that is too much for all of them; one alone has a limit of its own.
    func take(header bytes: Int, upTo limit: Limits.Limit, in file: String?) throws(InspectionError) {
        if headerBytes > 0 { try limit.check(headerBytes + bytes, entry: file) }
        headerBytes += bytes
    }

    /// Whether this file was looked at before under another name, for the same purpose. If not, it now counts as looked at.
    func isRepeated(_ source: ByteSource, _ purpose: Purpose, ending: String?) -> Bool {
        guard let file = source.identity else { return false }
        return !readings.insert(Reading(file: file, purpose: purpose, ending: ending)).inserted
    }
}
