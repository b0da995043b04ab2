/// What is the same for every artifact of one format id.
package struct FormatIdentity: Hashable, Sendable {
    /// Stable; it is in every record.
    package let id: String
    /// For people.
    package let name: String
    /// The call that writes it, spelt as its framework spells it; nil when it is no artifact that loads.
    package let artifactType: String?
    /// The framework of all such artifacts; nil where the probe finds it out.
    package let framework: Framework?
    /// Frameworks without a format of their own whose models come as such artifacts.
    package let otherOrigins: [Framework]
    /// Roles beside `mlm:model`.
    package let roles: [String]
    /// `mlm:compile_method` where the format itself decides it.
    package let compileMethod: String?
    /// Media type of the asset; nil where the probe finds it out, or there is none.
    package let mediaType: String?
    /// Usual extensions, without the dot. Never evidence: a name that is usual for other formats only is reported.
    package let extensions: [String]
    /// Calls of one family write the same artifacts, and those of two families never do; nil when that is not known.
    package let writerFamily: String?
    /// Every call that writes such an artifact.
    package let writers: Set<String>
    /// Whether it tells parameters from buffers, so that their numbers are exact: it holds the whole model, and no
    /// conversion has folded or added any.
    package let countsExactly: Bool
    /// Whether its members lie within its one file, so that they are no files of their own.
    package let isArchive: Bool
    /// Its loader, and what the probe looks at as that loader reads it.
    package let ownReader: OwnReader
    /// What the version in a record is one of, in words before it: `IR version`.
    package let versionName: String
    /// What is read of it, for `mlm-inspect formats`.
    package let reads: String

    /// An identity with no more than what is said; `writers` are the artifact type and `otherWriters`.
    package init(
        _ id: String, _ name: String, artifactType: String? = nil, framework: Framework? = nil,
        otherOrigins: [Framework] = [], roles: [String] = [], compileMethod: String? = nil, mediaType: String? = nil,
        extensions: [String] = [], writerFamily: String? = nil, otherWriters: Set<String> = [],
        countsExactly: Bool = false, isArchive: Bool = false, ownReader: OwnReader = OwnReader(),
        versionName: String = usualVersionName, reads: String
    ) {
        self.id = id
        self.name = name
        self.artifactType = artifactType
        self.framework = framework
        self.otherOrigins = otherOrigins
        self.roles = roles
        self.compileMethod = compileMethod
        self.mediaType = mediaType
        self.extensions = extensions
        self.writerFamily = writerFamily
        self.writers = artifactType.map { otherWriters.union([$0]) } ?? otherWriters
        self.countsExactly = countsExactly
        self.isArchive = isArchive
        self.ownReader = ownReader
        self.versionName = versionName
        self.reads = reads
    }

    /// The loader that reads such artifacts, in a word.
    var reader: String { ownReader.name ?? framework?.name.lowercased() ?? id }

    /// Of a format that numbers itself.
    package static let usualVersionName = "format version"

    /// The one id of everything that is named as what it is and is no model.
    package static let notAModel = "not-a-model"
}
