public import ModelBytes

/// One format family: how it is recognised, and how its structure becomes facts.
///
/// To add one: a folder beside the others with a type of this protocol, and a line in `Formats.swift`.
public protocol Format: Sendable {
    /// Every id its probe may answer, with what is the same for all artifacts of that id.
    static var identities: [FormatIdentity] { get }

    /// Ids of less special formats that also recognise such a file: this one wins over them, whatever they have seen.
    static var refines: [String] { get }

    /// Whether a folder that it recognises is one model as a whole, so that a scan does not look for others in it. False
    /// where the format knows a folder by one file of several that may lie there, which is an artifact of its own.
    static var ownsFolder: Bool { get }

    /// Looks at head, tail, listing or an archive's directory; nil when the artifact is none of its own.
    static func sniff(_ subject: InspectedArtifact) -> SniffMatch?

    /// Parses the structure. What is found goes into `result` at once, so that it is kept when an error ends the probe.
    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError)
}

extension Format {
    public static var refines: [String] { [] }
    public static var ownsFolder: Bool { true }

    /// The identity with this id; a misspelt one is a fault of the format's own code.
    static func identity(_ id: String) -> FormatIdentity {
        guard let identity = identities.first(where: { $0.id == id }) else {
            preconditionFailure("\(Self.self) has no identity \(id)")
        }
        return identity
    }
}

/// What is the same for every artifact of one format id.
public struct FormatIdentity: Hashable, Sendable {
    /// Stable; it is in every record.
    public let id: String
    /// For people.
    public let name: String
    /// The call that writes it, spelt as its framework spells it; nil when it is no artifact that loads.
    public let artifactType: String?
    /// As MLM spells it.
    public let framework: String?
    /// Roles beside `mlm:model`.
    public let roles: [String]
    /// `mlm:compile_method` where the format itself decides it.
    public let compileMethod: String?
    public let mediaType: String?
    /// Usual extensions, without the dot. Never evidence: a name that is usual for other formats only is reported.
    public let extensions: [String]
    /// What is read of it, for `mlm-inspect formats`.
    public let reads: String

    public init(
        _ id: String, _ name: String, artifactType: String? = nil, framework: String? = nil, roles: [String] = [],
        compileMethod: String? = nil, mediaType: String? = nil, extensions: [String] = [], reads: String
    ) {
        self.id = id
        self.name = name
        self.artifactType = artifactType
        self.framework = framework
        self.roles = roles
        self.compileMethod = compileMethod
        self.mediaType = mediaType
        self.extensions = extensions
        self.reads = reads
    }
}
