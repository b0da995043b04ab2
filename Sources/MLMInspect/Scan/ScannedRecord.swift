import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON

/// One record of a scan: what a list needs of it at hand, the whole of it as the line that NDJSON writes.
public struct ScannedRecord: Sendable {
    /// What the artifact is, as far as it was read.
    public let verdict: Record.Verdict
    /// The most serious of what was found in it.
    public let concern: Attention
    /// The id of its format; nil when it is of none.
    public let format: String?
    /// Bytes fetched for it. What was fetched of an archive is said of the archive, not of its members.
    public let bytesRead: Int
    /// Whether it is a member of the archive before it.
    public let isMember: Bool
    /// Whether it is of a directory.
    public let isDirectory: Bool
    /// Where it goes in the account of the scan.
    public let fileClass: FileClass
    /// Whether its name is that of a model.
    public let isExpected: Bool
    /// The structure of a model of some tensors, which another may have too.
    let structure: UInt128?
    /// Paths of files that belong to it, relative to its folder.
    let files: [String]
    /// The record as compact JSON, without a line break; or the row that the scan gives in place of it.
    public private(set) var line: [UInt8]

    /// The record itself, decoded from its line.
    public func record() throws -> Record {
        var record = try JSONValueDecoder().decode(Record.self, from: JSONValue.parse(line))
        record.isDirectory = isDirectory
        return record
    }
}

extension ScannedRecord {
    /// What is left when the line waits elsewhere.
    var withoutLine: ScannedRecord { with([]) }

    func with(_ line: [UInt8]) -> ScannedRecord {
        var copy = self
        copy.line = line
        return copy
    }

    /// One that cannot be written is a failure that says so, since nothing waits for a record that never comes.
    init(_ record: Record, isMember: Bool = false) {
        do {
            self.init(record, line: try JSONValueEncoder().line(record), isMember: isMember)
        } catch {
            self.init(
                failed: record.path, InspectionError(.unsupported, "its record cannot be written"), isMember: isMember)
        }
    }

    /// The record of a failure, which is a few texts and so can always be written.
    init(failed path: String, _ error: InspectionError, isMember: Bool = false) {
        var record = Record(path: path, verdict: .failed)
        record.error = Failure(error)
        var failure: JSONObject = ["reason": .string(error.reason.rawValue), "message": .string(error.message)]
        if let place = error.place { failure["where"] = .string(place) }
        let json: JSONObject = [
            "schema": .string(record.schema), "path": .string(path),
            "verdict": .string(record.verdict.rawValue), "error": .object(failure),
        ]
        self.init(record, line: JSONValue.object(json).bytes(pretty: false), isMember: isMember)
    }

    /// A record whose line is at hand.
    init(_ record: Record, line: [UInt8], isMember: Bool) {
        verdict = record.verdict
        concern = record.concern
        format = record.format?.id
        bytesRead = record.bytesRead ?? 0
        self.isMember = isMember
        isDirectory = record.isDirectory
        fileClass = FileClass(record)
        isExpected = ModelExtensions.expectsModel(at: record.path)
        structure = record.fingerprint?.comparable
        files = record.verdict == .model ? (record.files ?? []).filter { $0.present != false }.map(\.path) : []
        self.line = line
    }

    /// The line that a worker writes before that of the record: what a list needs, parted by spaces, and the files.
    var heading: [UInt8] {
        let kind = isMember ? "member" : isDirectory ? "directory" : "file"
        let name = isExpected ? "expected" : "-"
        let structure = structure.map { String($0, radix: 16) } ?? "-"
        var words =
            "\(verdict.rawValue) \(concern.rawValue) \(format ?? "-") \(bytesRead) \(kind) \(fileClass.rawValue) \(name) "
            + structure
        if !files.isEmpty { words += " " + JSONValue.array(files.map { JSONValue($0) }).write(pretty: false) }
        return Array(words.utf8)
    }

    /// What a worker has written, taken for no more than it is: nil when these are no two such lines.
    init?(heading: ArraySlice<UInt8>, line: ArraySlice<UInt8>, isRow: Bool = false, limits: Limits) {
        let words = heading.split(separator: 0x20, maxSplits: 8, omittingEmptySubsequences: false)
        guard words.count >= 8, isRow ? !line.isEmpty : line.starts(with: Self.start) && line.last == UInt8(ascii: "}"),
            let verdict = Record.Verdict(rawValue: String(decoding: words[0], as: UTF8.self)),
            let concern = Attention(rawValue: String(decoding: words[1], as: UTF8.self)),
            let bytesRead = Int(String(decoding: words[3], as: UTF8.self)), bytesRead >= 0,
            let fileClass = FileClass(rawValue: String(decoding: words[5], as: UTF8.self))
        else { return nil }
        self.verdict = verdict
        self.concern = concern
        format = words[2].elementsEqual([0x2D]) ? nil : String(decoding: words[2], as: UTF8.self)
        self.bytesRead = bytesRead
        isMember = words[4].elementsEqual("member".utf8)
        isDirectory = words[4].elementsEqual("directory".utf8)
        self.fileClass = fileClass
        isExpected = words[6].elementsEqual("expected".utf8)
        structure = UInt128(String(decoding: words[7], as: UTF8.self), radix: 16)
        if words.count == 9 {
            guard let list = try? JSONValue.parse(Array(words[8]), limits: limits).array else { return nil }
            files = list.compactMap(\.string)
        } else {
            files = []
        }
        self.line = Array(line)
    }

    /// Every record begins so.
    static let start = Array("{\"schema\":\"\(Record.schema)\",\"path\":\"".utf8)
}
