import ModelBytes

/// What ended a run, and the opcode that met it.
///
/// The opcode's name is written only when somebody asks for the error: most runs that fail are sniffs of what is no pickle,
/// and the name of a case is the most expensive part of them.
struct PickleFailure {
    private let plain: InspectionError
    private let opcode: Pickle.Opcode?

    /// An error that no opcode met.
    init(_ error: InspectionError) {
        plain = error
        opcode = nil
    }

    /// `error` met by `opcode`, or where an opcode should stand; `offset` is the place of either.
    init(_ error: InspectionError, at opcode: Pickle.Opcode?, offset: Int, in entry: String?) {
        var error = error
        if error.reason != .unreadable { error.offset = offset }
        error.entry = error.entry ?? entry
        if error.reason == .truncated, opcode == nil { error.message = "the data ends without STOP" }
        self.plain = error
        self.opcode = error.reason == .truncated || error.reason == .malformed ? opcode : nil
    }

    var reason: InspectionError.Reason { plain.reason }

    var error: InspectionError {
        guard let opcode else { return plain }
        var error = plain
        error.message = "\(opcode.name): \(plain.message)"
        return error
    }
}
