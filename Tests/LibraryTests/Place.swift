import Foundation

/// Files of the package.
enum Place {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    static func text(_ path: String) throws -> String { try String(contentsOfFile: root + path, encoding: .utf8) }
}
