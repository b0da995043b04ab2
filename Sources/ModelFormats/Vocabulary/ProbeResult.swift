/// What a probe has found so far. It is filled as the structure is read, so nothing is lost when an error ends the probe.
public struct ProbeResult {
    public enum Verdict: Hashable, Sendable {
        case model
        /// Recognised, but no model; why: `data`, `dump`, `companion`, `empty`, `git-lfs-pointer`, `html` …
        case notAModel(cause: String)
    }

    /// How much of the artifact stands behind the format's id.
    public enum Confidence: String, Codable, CaseIterable, Sendable {
        /// The structure was read to its end.
        case parsed
        case structure
        case signature
        case plausible
        case nameOnly = "name-only"
    }

    public var identity: FormatIdentity
    public var variant: String?
    /// Version of the format itself, as the artifact spells it.
    public var version: String?
    public var confidence = Confidence.signature
    public var verdict = Verdict.model
    public var facts = ModelFacts()
    /// MLM metadata that the artifact carries.
    public var declared: EmbeddedMetadata?
    public var loading: Loading?
    public private(set) var evidence: [FieldProvenance] = []
    public private(set) var findings: [Finding] = []
    /// The same findings, so that one is reported once however often it is met.
    private var reported: Set<Finding> = []
    public var files: [FileMember] = []
    /// The file is compressed as a whole, so that the last ending of its name is that of the compression.
    public var isCompressed = false

    public init(_ identity: FormatIdentity) {
        self.identity = identity
        setIdentity(identity)
    }

    /// Takes over what is the same for all artifacts of `identity`. A probe calls it once it knows which of its ids this is.
    public mutating func setIdentity(_ identity: FormatIdentity) {
        self.identity = identity
        facts.framework = identity.framework?.name
        facts.artifactType = identity.artifactType
        facts.roles = identity.artifactType == nil ? nil : ["mlm:model"] + identity.roles
        facts.mediaType = identity.mediaType
        facts.compileMethod = identity.compileMethod
    }

    /// Says that the artifact is no model; there will be no draft.
    public mutating func markNotAModel(because cause: String) {
        verdict = .notAModel(cause: cause)
        facts.roles = nil
    }

    /// Says where a field of the facts comes from.
    public mutating func note(_ field: String, _ origin: FieldProvenance.Origin, _ place: String) {
        evidence.append(FieldProvenance(field: field, origin: origin, where: place))
    }

    public mutating func report(
        _ severity: Finding.Severity, code: String, _ message: String, at place: String? = nil
    ) {
        let finding = Finding(severity: severity, code: code, message: message, where: place)
        if reported.insert(finding).inserted { findings.append(finding) }
    }

    /// Takes over what was found in a member of this artifact.
    public mutating func take(_ inner: ProbeResult, from entry: String) {
        for finding in inner.findings {
            report(
                finding.severity, code: finding.code, finding.message,
                at: finding.where.map { "\(entry): \($0)" } ?? entry
            )
        }
        for item in inner.evidence { note(item.field, item.origin, "\(entry): \(item.where)") }
    }
}

/// Where a field of the facts comes from.
public struct FieldProvenance: Codable, Hashable, Sendable {
    public enum Origin: String, Codable, CaseIterable, Sendable {
        case read, derived, assumed
    }

    /// A key of the facts.
    public var field: String
    public var origin: Origin
    /// Entry, key or offset; for a derived field also the rule.
    public var `where`: String

    public init(field: String, origin: Origin, where place: String) {
        self.field = field
        self.origin = origin
        self.where = place
    }
}

/// Something a person should know about the artifact.
public struct Finding: Codable, Hashable, Sendable {
    public enum Severity: String, Codable, OrderedCases, Sendable {
        case note, warning, danger
    }

    public var severity: Severity
    /// Stable: `torch.compiled-module`.
    public var code: String
    public var message: String
    public var `where`: String?

    public init(severity: Severity, code: String, message: String, where place: String? = nil) {
        self.severity = severity
        self.code = code
        self.message = message
        self.where = place
    }
}

/// A file that belongs to the artifact: a shard, external data, a member of a directory.
public struct FileMember: Codable, Hashable, Sendable {
    /// Relative to the artifact's folder.
    public var path: String
    public var role: String?
    public var present: Bool?
    public var size: Int?
    /// Multihash of its bytes, when that was asked for.
    public var checksum: String?

    public init(path: String, role: String? = nil, present: Bool? = nil, size: Int? = nil) {
        self.path = path
        self.role = role
        self.present = present
        self.size = size
    }
}
