public import ModelBytes
public import ModelFormats
public import STAC

/// The result of inspecting one artifact. Its JSON is what `-f json` prints; keys appear only if they are known.
public struct Record: Codable, Hashable, Sendable {
    /// Changes when a key changes its meaning.
    public static let schema = "mlm-inspect/record/1"

    /// What an inspection found.
    public enum Verdict: String, Codable, CaseIterable, Sendable {
        /// A model; `format` and `draft` are set.
        case model
        /// Recognised, but not a model; `cause` says what it is, such as `tokenizer` or `html`.
        case notAModel = "not-a-model"
        /// No format recognised it, and nothing prevented reading it.
        case unrecognised
        /// It could not be read to its end; `error` says why. What was read before that is kept.
        case failed
    }

    /// Version of the record, `Record.schema`.
    public var schema = Record.schema
    /// The path as given. Bytes that are not UTF-8 are percent-encoded; a member of an archive is `ARCHIVE!/MEMBER`.
    public var path: String
    /// Bytes of the file, or of all files in the folder.
    public var size: Int?
    /// When it was last changed on this disk (RFC 3339, UTC). Only a scan that can be resumed sets it.
    public var modified: String?
    /// Bytes read from the artifact and the files beside it.
    public var bytesRead: Int?
    /// Whether the artifact is a model.
    public var verdict: Verdict
    /// Why it is not a model.
    public var cause: String?
    /// Why the artifact could not be read to its end. Present if the verdict is `failed`.
    public var error: Failure?
    /// The format that was recognised.
    public var format: FormatGuess?
    /// Other formats it could have.
    public var alternatives: [Alternative]?
    /// What was read or derived.
    public var facts: ModelFacts?
    /// Of the model's structure. Missing if not all of its tensors are known by type and shape.
    public var fingerprint: Fingerprint?
    /// What the model's own MLM metadata says.
    public var declared: EmbeddedMetadata?
    /// What loading the artifact needs, and whether it runs code.
    public var loading: Loading?
    /// Where the facts come from.
    public var evidence: [FieldProvenance]?
    /// What a person should know about the artifact.
    public var findings: [Finding]?
    /// The files that belong to the artifact.
    public var files: [FileMember]?
    /// Its STAC MLM metadata. Present if the verdict is `model`.
    public var draft: Draft?

    /// Whether the artifact is a directory. Not a key of the JSON, where a draft's asset has no size then.
    public var isDirectory = false
    /// Multihash of the file, when it was asked for. Not a key of the JSON, where it is one of the draft's asset.
    public var checksum: String?

    /// A record that says nothing but its verdict.
    public init(path: String, verdict: Verdict) {
        self.path = path
        self.verdict = verdict
    }

    enum CodingKeys: String, CodingKey {
        case schema, path, size, modified
        case bytesRead = "bytes_read"
        case verdict, cause, error, format, alternatives, facts, fingerprint, declared, loading, evidence, findings,
            files, draft
    }
}

/// The format of an artifact, and how certain it is.
public struct FormatGuess: Codable, Hashable, Sendable {
    /// Stable: `torch-export`.
    public var id: String
    /// The name of the format for people.
    public var name: String
    /// A variety of the format, such as `PT2 archive`.
    public var variant: String?
    /// Version of the format itself, as the artifact spells it.
    public var version: String?
    /// How much of the artifact supports the format.
    public var confidence: ProbeResult.Confidence

    /// Creates the description of a format.
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
    /// The id of the format.
    public var id: String
    /// Why it could be this format.
    public var reason: String

    /// Creates an alternative.
    public init(id: String, reason: String) {
        self.id = id
        self.reason = reason
    }
}

/// Why an artifact could not be read to the end.
public struct Failure: Codable, Hashable, Sendable {
    /// The kind of failure.
    public var reason: InspectionError.Reason
    /// What went wrong, in a sentence.
    public var message: String
    /// Entry and byte.
    public var `where`: String?

    /// The failure that an error describes.
    public init(_ error: InspectionError) {
        reason = error.reason
        message = error.message
        self.where = error.place
    }
}
