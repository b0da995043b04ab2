public import ModelBytes
public import ModelFormats
public import STAC

/// Everything mlm-inspect says about one artifact. Its JSON is the contract of `-f json`; keys appear only when known.
public struct Record: Codable, Hashable, Sendable {
    /// Changes when a key changes its meaning.
    public static let schema = "mlm-inspect/record/1"

    public enum Verdict: String, Codable, CaseIterable, Sendable {
        case model
        case notAModel = "not-a-model"
        case unrecognised
        case failed
    }

    public var schema = Record.schema
    /// As given. What is not UTF-8 in it is percent-encoded; a member of an archive is `ARCHIVE!/MEMBER`.
    public var path: String
    /// Bytes of the file, or of all files of the directory.
    public var size: Int?
    /// When it was last changed on this disk (RFC 3339, UTC). Only a scan that is to be resumed asks for it: it is no
    /// property of the bytes.
    public var modified: String?
    /// Bytes fetched from the artifact and the files beside it.
    public var bytesRead: Int?
    public var verdict: Verdict
    /// Why it is no model.
    public var cause: String?
    public var error: Failure?
    public var format: FormatGuess?
    /// Other formats it could be.
    public var alternatives: [Alternative]?
    public var facts: ModelFacts?
    /// What the model's own MLM metadata says.
    public var declared: EmbeddedMetadata?
    public var loading: Loading?
    public var evidence: [FieldProvenance]?
    public var findings: [Finding]?
    /// Members of an artifact of several files.
    public var files: [FileMember]?
    public var draft: Draft?

    public init(path: String, verdict: Verdict) {
        self.path = path
        self.verdict = verdict
    }

    enum CodingKeys: String, CodingKey {
        case schema, path, size, modified
        case bytesRead = "bytes_read"
        case verdict, cause, error, format, alternatives, facts, declared, loading, evidence, findings, files, draft
    }
}

/// The format of an artifact, and how much stands behind that.
public struct FormatGuess: Codable, Hashable, Sendable {
    /// Stable: `torch-export`.
    public var id: String
    public var name: String
    public var variant: String?
    /// Version of the format itself, as the artifact spells it.
    public var version: String?
    public var confidence: ProbeResult.Confidence

    public init(
        id: String, name: String, variant: String? = nil, version: String? = nil, confidence: ProbeResult.Confidence
    ) {
        self.id = id
        self.name = name
        self.variant = variant
        self.version = version
        self.confidence = confidence
    }
}

/// Another format that recognises the artifact.
public struct Alternative: Codable, Hashable, Sendable {
    public var id: String
    public var reason: String

    public init(id: String, reason: String) {
        self.id = id
        self.reason = reason
    }
}

/// Why an artifact could not be read to its end.
public struct Failure: Codable, Hashable, Sendable {
    public var reason: InspectionError.Reason
    public var message: String
    /// Entry and byte.
    public var `where`: String?

    public init(_ error: InspectionError) {
        reason = error.reason
        message = error.message
        self.where = error.place
    }
}
