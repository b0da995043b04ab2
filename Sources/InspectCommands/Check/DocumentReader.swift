import ModelBytes
import ModelContainers
import ModelJSON

/// A document to be checked, or why there is none.
struct Document {
    /// The path as given, and the line or feature where a file has several.
    let path: String
    let content: Result<JSONValue, InspectionError>

    var value: JSONValue? { try? content.get() }
}

/// Reads STAC documents from files: one, those of a FeatureCollection, or one a line.
struct DocumentReader {
    private let limits: Limits
    private let hasLines: Bool

    init(limits: Limits, hasLines: Bool) {
        self.limits = limits
        self.hasLines = hasLines
    }

    /// Calls `body` for each document at `path`, `-` being standard input; for one that cannot be read, too.
    func read(_ path: String, _ body: (Document) throws -> Void) throws {
        let source: ByteSource
        do throws(InspectionError) {
            source = try open(path)
        } catch {
            return try body(Document(path: path, content: .failure(error)))
        }
        if hasLines || path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") {
            try readLines(source, path, body)
        } else {
            try readWhole(source, path, body)
        }
    }

    private func open(_ path: String) throws(InspectionError) -> ByteSource {
        let artifact =
            path == "-" ? try Artifact.standardInput(limits: limits) : try Artifact.open(path, limits: limits)
        guard case .file(let source) = artifact.content else {
            throw InspectionError(.unsupported, "is a directory; name the documents in it, such as \(path)/*.json")
        }
        return source
    }

    private func readWhole(_ source: ByteSource, _ path: String, _ body: (Document) throws -> Void) throws {
        let content = parsed { () throws(InspectionError) in
            try limits.stacBytes.check(source.count)
            return try JSONValue.parse(source, limits: limits)
        }
        guard case .success(let value) = content, value["type"] == "FeatureCollection",
            let features = value["features"]?.array
        else { return try body(Document(path: path, content: content)) }
        for (index, feature) in features.enumerated() {
            try body(Document(path: "\(path)#/features/\(index)", content: .success(feature)))
        }
    }

    private func readLines(_ source: ByteSource, _ path: String, _ body: (Document) throws -> Void) throws {
        var lines = TextLines(source, limits: limits)
        var number = 0
        while true {
            number += 1
            let place = "\(path):\(number)"
            let line: [UInt8]
            do throws(InspectionError) {
                guard let next = try lines.next() else { return }
                line = next
            } catch {
                // What comes after it cannot be told from the rest of it.
                return try body(Document(path: place, content: .failure(error)))
            }
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            try body(
                Document(
                    path: place,
                    content: parsed { () throws(InspectionError) in
                        try JSONValue.parse(line, limits: limits)
                    }))
        }
    }

    private func parsed(_ parse: () throws(InspectionError) -> JSONValue) -> Result<JSONValue, InspectionError> {
        do throws(InspectionError) {
            return .success(try parse())
        } catch {
            return .failure(error)
        }
    }
}
