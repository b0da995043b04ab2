public import ModelFormats

/// One artifact as an Item is made of it.
public struct ItemSource: Sendable {
    public var draft: Draft
    public var facts: ModelFacts
    public var evidence: [FieldProvenance]
    public var format: FormatIdentity
    /// What the model declares of itself.
    public var declaration: Declaration?
    /// Members of an artifact of several files.
    public var files: [FileMember]
    public var isDirectory: Bool
    /// The name of the file or directory.
    public var name: String
    /// Where it is, as seen from the Item; nil when it has no place, as standard input has none.
    public var href: String?

    public init(
        draft: Draft, facts: ModelFacts, evidence: [FieldProvenance], format: FormatIdentity, files: [FileMember],
        isDirectory: Bool, name: String, href: String?
    ) {
        self.draft = draft
        self.facts = facts
        self.evidence = evidence
        self.format = format
        self.files = files
        self.isDirectory = isDirectory
        self.name = name
        self.href = href
    }
}
