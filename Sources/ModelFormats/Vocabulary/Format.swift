package import ModelBytes

/// One format family: how it is recognised, and how its structure becomes facts.
///
/// To add one: a folder beside the others with a type of this protocol, and a line in `Formats.swift`.
package protocol Format: Sendable {
    /// Every id its probe may answer, with what is the same for all artifacts of that id.
    static var identities: [FormatIdentity] { get }

    /// Ids of less special formats that also recognise such a file: this one wins over them, whatever they have seen.
    static var refines: [String] { get }

    /// Limits of its own, beside those of the containers it reads.
    static var limits: [Limits.Limit] { get }

    /// Whether a folder that it recognises is one model as a whole, so that a scan does not look for others in it. False
    /// where the format knows a folder by one file of several that may lie there, which is an artifact of its own.
    static var ownsFolder: Bool { get }

    /// Whether its loader takes a file that is compressed as a whole, so that it reads such a file itself.
    static var readsCompressed: Bool { get }

    /// What its probe lists for those who ask, while it walks over it: tensors, or the operators of a graph as well.
    static var lists: Set<Listing.Part> { get }

    /// Looks at head, tail, listing or an archive's directory; nil when the artifact is not of this format.
    static func sniff(_ subject: InspectedArtifact) -> SniffMatch?

    /// Parses the structure. What is found goes into `result` at once, so that it is kept when an error ends the probe.
    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError)
}

extension Format {
    package static var refines: [String] { [] }
    package static var limits: [Limits.Limit] { [] }
    package static var ownsFolder: Bool { true }
    package static var readsCompressed: Bool { false }
    package static var lists: Set<Listing.Part> { [] }

    /// The identity with this id; a misspelt one is a fault of the format's own code.
    static func identity(_ id: String) -> FormatIdentity {
        guard let identity = identities.first(where: { $0.id == id }) else {
            preconditionFailure("\(Self.self) has no identity \(id)")
        }
        return identity
    }
}
