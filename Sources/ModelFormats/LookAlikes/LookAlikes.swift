import ModelBytes
import ModelContainers

/// What often lies where a model should, or beside one: nothing, a pointer to the model, an error page, a STAC document,
/// an image, a tokenizer, a licence. Each is named as what it is.
enum LookAlikes: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            FormatIdentity.notAModel, "no model",
            extensions: [
                "json", "txt", "md", "model", "zip", "whl", "tar", "so", "nc", "tif", "parquet", "png", "jpg",
                "llamafile",
            ],
            reads:
                "empty files, Git LFS pointers, HTML pages, STAC documents, images, GeoTIFF, NetCDF, Parquet, tokenizers, "
                + "configurations, licences, READMEs, archives of code, programs and llamafiles are named as what they are"
        )
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil else { return nil }
        return cause(subject).map { SniffMatch($0.strength, $0.reason) }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity(FormatIdentity.notAModel))
        guard let cause = cause(subject) else { return }
        result.markNotAModel(because: cause.word)
        result.report(cause.severity, code: "not-a-model.\(cause.word)", cause.message)
        if cause.word == LookAlike.tokenizer, subject.headContains("\"chat_template\"") {
            ChatTemplate.report(at: "chat_template", into: &result)
        }
        result.confidence = cause.strength == .structure ? .structure : .plausible
    }

    private static func cause(_ subject: InspectedArtifact) -> LookAlike? {
        if subject.head.isEmpty {
            return LookAlike("empty", seen: "no bytes", "the file is empty; fetch it again", .warning)
        }
        let text = subject.leadingText
        guard text.isEmpty else {
            return InsteadOfModel.look(at: text, subject) ?? JSONLookAlikes.look(at: text, subject)
                ?? TextLookAlikes.look(at: text) ?? ArchiveOfCode.look(at: subject)
        }
        return DataFiles.look(at: subject) ?? Programs.look(at: subject) ?? ArchiveOfCode.look(at: subject)
            ?? SentencePiece.look(at: subject)
    }
}

/// What something is that is no model.
struct LookAlike {
    /// The cause in the record.
    let word: String
    /// What was seen, for people.
    let reason: String
    let message: String
    let severity: Finding.Severity
    let strength: SniffMatch.Strength

    static let tokenizer = "tokenizer"

    init(
        _ word: String, seen reason: String, _ message: String, _ severity: Finding.Severity = .note,
        _ strength: SniffMatch.Strength = .structure
    ) {
        self.word = word
        self.reason = reason
        self.message = message
        self.severity = severity
        self.strength = strength
    }
}
