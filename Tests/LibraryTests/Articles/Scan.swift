import MLMInspect

/// The format of every model in `folders`, by path.
func formats(in folders: [String], program: String?) throws -> [String: String] {
    var scan = Scan(folders)
    scan.selection = .models
    scan.program = program
    scan.limits.zipEntries.value = 10_000

    var formats: [String: String] = [:]
    _ = try scan.run { event in
        switch event {
        case .record(let scanned):
            let record = try scanned.record()
            formats[record.path] = record.format?.id
        case .problem(let path, let message):
            formats[path] = message
        case .progress:
            break
        }
    }
    return formats
}
