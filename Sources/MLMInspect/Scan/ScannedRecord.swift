import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON

/// One record of a scan: what a list needs of it at hand, the whole of it as the line that NDJSON writes.
public struct ScannedRecord: Sendable {
    public let verdict: Record.Verdict
    public let concern: Attention
    /// The id of its format; nil when it is of none.
    public let format: String?
    /// Bytes fetched for it. What was fetched of an archive is said of the archive, not of its members.
    public let bytesRead: Int
    /// Whether it is a member of the archive before it.
    public let isMember: Bool
    /// Paths of files that belong to it, relative to its folder.
    let files: [String]
    /// The record as compact JSON, without a line break.
    public private(set) var line: [UInt8]

    /// The record itself, decoded from its line.
    public func record() throws -> Record { try JSONValueDecoder().decode(Record.self, from: JSONValue.parse(line)) }
}

extension ScannedRecord {
    /// What is left when the line waits elsewhere.
    var withoutLine: ScannedRecord { with([]) }

    func with(_ line: [UInt8]) -> ScannedRecord {
        var copy = self
        copy.line = line
        return copy
    }

    init(_ record: Record, isMember: Bool = false) throws {
        self.init(record, line: try JSONValueEncoder().line(record), isMember: isMember)
    }

    /// A record whose line is at hand.
    init(_ record: Record, line: [UInt8], isMember: Bool) {
        verdict = record.verdict
        concern = record.concern
        format = record.format?.id
        bytesRead = record.bytesRead ?? 0
        self.isMember = isMember
        files = record.verdict == .model ? (record.files ?? []).filter { $0.present != false }.map(\.path) : []
        self.line = line
    }

    /// The line that a worker writes before that of the record: what a list needs, parted by spaces, and the files.
    var heading: [UInt8] {
        var words =
            "\(verdict.rawValue) \(concern.rawValue) \(format ?? "-") \(bytesRead) \(isMember ? "member" : "file")"
        if !files.isEmpty { words += " " + JSONValue.array(files.map { JSONValue($0) }).write(pretty: false) }
        return Array(words.utf8)
    }

    /// What a worker has written, taken for no more than it is: nil when these are no two such lines.
    init?(heading: ArraySlice<UInt8>, line: ArraySlice<UInt8>, limits: Limits) {
        let words = heading.split(separator: 0x20, maxSplits: 5, omittingEmptySubsequences: false)
        guard words.count >= 5, line.starts(with: Self.start), line.last == UInt8(ascii: "}"),
            let verdict = Record.Verdict(rawValue: String(decoding: words[0], as: UTF8.self)),
            let concern = Attention(rawValue: String(decoding: words[1], as: UTF8.self)),
            let bytesRead = Int(String(decoding: words[3], as: UTF8.self)), bytesRead >= 0
        else { return nil }
        self.verdict = verdict
        self.concern = concern
        format = words[2].elementsEqual([0x2D]) ? nil : String(decoding: words[2], as: UTF8.self)
        self.bytesRead = bytesRead
        isMember = words[4].elementsEqual("member".utf8)
        if words.count == 6 {
            guard let list = try? JSONValue.parse(Array(words[5]), limits: limits).array else { return nil }
            files = list.compactMap(\.string)
        } else {
            files = []
        }
        self.line = Array(line)
    }

    /// Every record begins so.
    static let start = Array("{\"schema\":\"\(Record.schema)\",\"path\":\"".utf8)
}
