import MLMInspect

/// Files of the package, read by what the library itself brings.
enum Place {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    static func text(_ path: String) throws -> String {
        guard case .file(let source) = try Artifact.open(root + path, limits: Limits()).content else {
            throw InspectionError(.unreadable, "is not a file")
        }
        return String(decoding: try source.bytes(at: 0, count: source.count), as: UTF8.self)
    }
}
