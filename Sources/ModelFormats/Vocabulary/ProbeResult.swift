/// What a probe has found so far. It is filled as the structure is read, so nothing is lost when an error ends the probe.
package struct ProbeResult {
    /// Whether the artifact is a model.
    public enum Verdict: Hashable, Sendable {
        case model
        /// Recognised, but not a model; the cause: `data`, `dump`, `companion`, `empty`, `git-lfs-pointer`, `html` …
        case notAModel(cause: String)
    }

    /// How much of the artifact supports the format.
    public enum Confidence: String, Codable, CaseIterable, Sendable {
        /// The structure was read to its end.
        case parsed
        case structure
        case signature
        case plausible
        case nameOnly = "name-only"
    }

    /// The format whose id the record gets.
    package var identity: FormatIdentity
    /// A variety of the format, such as `PT2 archive`.
    package var variant: String?
    /// Version of the format itself, as the artifact spells it.
    package var version: String?
    /// How much of the artifact supports the format.
    package var confidence = Confidence.signature
    /// Whether the artifact is a model, and why not.
    package var verdict = Verdict.model
    /// What was read or derived.
    package var facts = ModelFacts()
    /// MLM metadata that the artifact carries.
    package var declared: EmbeddedMetadata?
    /// What loading the artifact needs.
    package var loading: Loading?
    /// Where the facts come from.
    package private(set) var evidence: [FieldProvenance] = []
    /// What a person should know.
    package private(set) var findings: [Finding] = []
    /// Findings beyond those that are listed, of each severity: the small do not hide the large.
    package private(set) var unlistedFindings: [Finding.Severity: Int] = [:]
    private var listedFindings: [Finding.Severity: Int] = [:]
    private static let mostFindings = 1_024
    /// The same findings, so that one is reported once however often it is met.
    private var reported: Set<Finding> = []
    /// Opcodes of the pickles that were looked at.
    var pickleOperations = 0
    /// The files that belong to the artifact.
    package var files: [FileMember] = []
    /// The file is compressed as a whole, so that the last ending of its name is that of the compression.
    package var isCompressed = false
    /// Receives every tensor or operator; nil in an inspection.
    package var listing: Listing?

    /// A result that says nothing but its format.
    package init(_ identity: FormatIdentity, listing: Listing? = nil) {
        self.identity = identity
        self.listing = listing
        setIdentity(identity)
    }

    /// Takes over what is the same for all artifacts of `identity`. A probe calls it once it knows which of its ids this is.
    package mutating func setIdentity(_ identity: FormatIdentity) {
        self.identity = identity
        facts.framework = identity.framework?.name
        facts.artifactType = identity.artifactType
        facts.roles = identity.artifactType == nil ? nil : ["mlm:model"] + identity.roles
        facts.mediaType = identity.mediaType
        facts.compileMethod = identity.compileMethod
    }

    /// Marks the artifact as not a model, so there is no draft.
    package mutating func markNotAModel(because cause: String) {
        verdict = .notAModel(cause: cause)
        facts.roles = nil
    }

    /// Says where a field of the facts comes from.
    package mutating func note(_ field: String, _ origin: FieldProvenance.Origin, _ place: String) {
        evidence.append(FieldProvenance(field: field, origin: origin, where: place))
    }

    /// Adds a finding, unless the same one was added before.
    package mutating func report(
        _ severity: Finding.Severity, code: String, _ message: String, at place: String? = nil
    ) {
        report(Finding(severity: severity, code: code, message: message, where: place))
    }

    mutating func report(_ finding: Finding) {
        guard !reported.contains(finding) else { return }
        guard listedFindings[finding.severity, default: 0] < Self.mostFindings else {
            unlistedFindings[finding.severity, default: 0] += 1
            return
        }
        listedFindings[finding.severity, default: 0] += 1
        reported.insert(finding)
        findings.append(finding)
    }

    /// Takes over what was found in a member of this artifact.
    package mutating func take(_ inner: ProbeResult, from entry: String) {
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
    /// How the value came about.
    public enum Origin: String, Codable, CaseIterable, Sendable {
        /// `read` as stored in the artifact; `derived` from it by a rule; `assumed` where the artifact does not
        /// decide it.
        case read, derived, assumed
    }

    /// A key of the facts.
    public var field: String
    /// How the value came about.
    public var origin: Origin
    /// Entry, key or offset; for a derived field also the rule.
    public var `where`: String

    /// Creates the provenance of a field.
    public init(field: String, origin: Origin, where place: String) {
        self.field = field
        self.origin = origin
        self.where = place
    }
}

/// Something a person should know about the artifact.
public struct Finding: Codable, Hashable, Sendable {
    /// How serious a finding is.
    public enum Severity: String, Codable, OrderedCases, Sendable {
        /// `note` is information, `warning` may change how the model loads or runs, `danger` may do harm.
        case note, warning, danger
    }

    /// How serious it is.
    public var severity: Severity
    /// Stable: `torch.compiled-module`.
    public var code: String
    /// What was found, in a sentence.
    public var message: String
    /// Entry, key or offset.
    public var `where`: String?

    /// Creates a finding.
    public init(severity: Severity, code: String, message: String, where place: String? = nil) {
        self.severity = severity
        self.code = code
        self.message = message
        self.where = place
    }

    /// What is said of a list that was cut.
    package static func listCut(_ count: Int, _ what: String, to most: Int) -> Finding {
        Finding(
            severity: .note, code: "record.list-cut",
            message: "\(count) \(what), but only the first \(most) are listed")
    }
}

/// A file that belongs to the artifact: a shard, external data, a member of a directory.
public struct FileMember: Codable, Hashable, Sendable {
    /// Relative to the artifact's folder.
    public var path: String
    /// What the file is for, such as `weights`.
    public var role: String?
    /// Whether the file exists.
    public var present: Bool?
    /// Its size in bytes.
    public var size: Int?
    /// Multihash of its bytes, when that was asked for.
    public var checksum: String?

    /// Creates a member.
    public init(path: String, role: String? = nil, present: Bool? = nil, size: Int? = nil) {
        self.path = path
        self.role = role
        self.present = present
        self.size = size
    }
}
