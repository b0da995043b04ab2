public import ModelFormats

/// One artifact from which an Item is made.
public struct ItemSource: Sendable {
    /// The draft of the artifact.
    public var draft: Draft
    /// What was read or derived.
    public var facts: ModelFacts
    /// Where the facts come from.
    public var evidence: [FieldProvenance]
    /// The format of the artifact.
    package var format: FormatIdentity
    /// Metadata that the model carries.
    package var declaration: Declaration?
    /// Members of an artifact of several files.
    public var files: [FileMember]
    /// Whether the artifact is a folder.
    public var isDirectory: Bool
    /// The name of the file or directory.
    public var name: String
    /// The link from the Item to the artifact; nil if it has none, as standard input.
    public var href: String?

    /// Creates the source of an Item.
    package init(
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
