public import ModelBytes
public import ModelContainers
public import ModelFormats
import STAC

/// Inspects model files: open → sniff → resolve → probe → draft. Never throws: a failure is a record that says what went wrong.
///
///     let record = Inspector().inspect("models/unet.pt2")
///     print(record.facts?.parameters?.total ?? 0)
public struct Inspector: Sendable {
    /// The limits that every file is read within.
    public var limits: Limits
    /// MLM metadata from a separate file, used instead of the metadata inside the artifact.
    public var metadata: EmbeddedMetadata?
    /// Whether links beside or inside an artifact are followed out of its folder.
    public var followsLinks = false
    private let formats: FormatList
    private let hdf5Reader: HDF5Reader

    /// Creates an inspector. Several inspectors can share one `hdf5Reader`.
    public init(limits: Limits = Limits(), hdf5Reader: HDF5Reader = HDF5Reader()) {
        self.init(limits: limits, formats: .all, hdf5Reader: hdf5Reader)
    }

    /// Creates an inspector that knows only the formats in `formats`, for tests and for tools with a list of their
    /// own.
    package init(limits: Limits = Limits(), formats: FormatList, hdf5Reader: HDF5Reader = HDF5Reader()) {
        self.limits = limits
        self.formats = formats
        self.hdf5Reader = hdf5Reader
    }

    /// Inspects the file or folder at `path`.
    public func inspect(_ path: String) -> Record {
        do throws(InspectionError) {
            return inspect(try Artifact.open(path, limits: limits, followsLinks: followsLinks))
        } catch {
            return failed(path, error)
        }
    }

    /// Inspects standard input. A regular file is read in place; a pipe is kept in memory, up to a limit.
    public func inspectStandardInput() -> Record {
        do throws(InspectionError) {
            return inspect(try Artifact.standardInput(limits: limits))
        } catch {
            return failed("-", error)
        }
    }

    /// Inspects an artifact that is already open.
    public func inspect(_ artifact: Artifact) -> Record { inspect(subject(artifact)) }

    /// What the formats look at.
    func subject(_ artifact: Artifact) -> InspectedArtifact {
        InspectedArtifact(artifact, limits: limits, formats: formats, hdf5Reader: hdf5Reader)
    }

    /// Inspects the file or folder at `path`, and also returns what the formats saw.
    func examine(_ path: PathBytes) -> (record: Record, subject: InspectedArtifact?) {
        do throws(InspectionError) {
            let artifact = try Artifact.open(path, limits: limits, followsLinks: followsLinks)
            let subject = subject(artifact)
            return (inspect(subject), subject)
        } catch {
            return (failed(path.spelling, error), nil)
        }
    }

    /// Inspects a member of an archive; `reference` leads to it from the folder of the archive.
    func inspect(member artifact: Artifact, of archive: InspectedArtifact, reference: String) -> Record {
        var record = inspect(archive.member(artifact), reference: reference)
        // Its bytes are counted for the archive.
        record.bytesRead = nil
        return record
    }

    private func inspect(_ subject: InspectedArtifact, reference: String? = nil) -> Record {
        let artifact = subject.artifact
        let recognition = subject.recognise()
        guard let best = recognition.best else { return unrecognised(subject) }

        var result = ProbeResult(best.format.identities[0])
        var failure: InspectionError?
        do throws(InspectionError) {
            try best.format.probe(subject, into: &result)
        } catch {
            failure = error
        }
        if failure == nil {
            CompanionFiles.read(beside: subject, isModel: ModelExtensions.expectsModel, into: &result)
        }
        // A loader may go on where the reading broke off.
        if failure != nil { result.loading?.leaveIncomplete() }
        OtherReaders.look(at: subject, besides: &result)
        // A loader follows them.
        if !artifact.isFile, !artifact.refusedLinks.isEmpty { result.loading?.leaveIncomplete() }
        NameCheck(formats: formats).compare(artifact, &result)
        if recognition.isAmbiguous {
            result.report(
                .warning, code: "format.ambiguous", "more than one format matches this file; see alternatives")
        }

        var record = Record(path: artifact.path, verdict: .model)
        record.alternatives = nonEmpty(
            recognition.candidates.dropFirst().filter { candidate in
                candidate.match.strength >= best.match.strength
                    && !best.format.refines.contains(candidate.format.identities[0].id)
            }
            .map { Alternative(id: $0.format.identities[0].id, reason: $0.match.reason) })
        fill(&record, from: result, failure: failure, artifact: artifact, reference: reference ?? artifact.name)
        return record
    }

    private func fill(
        _ record: inout Record, from result: ProbeResult, failure: InspectionError?, artifact: Artifact,
        reference: String
    ) {
        record.size = artifact.size
        record.isDirectory = !artifact.isFile
        record.format = FormatGuess(
            id: result.identity.id, name: result.identity.name, variant: result.variant, version: result.version,
            confidence: result.confidence)
        var facts = result.facts
        var evidence = result.evidence
        var findings = result.findings + result.moreFindings + links(of: artifact)
        findings += facts.cutLists(to: limits.listedValues.value)
        let declared = metadata ?? result.declared
        switch (failure, result.verdict) {
        case (let failure?, _):
            record.verdict = .failed
            record.error = Failure(failure)
        case (nil, .notAModel(let cause)):
            record.verdict = .notAModel
            record.cause = cause
        case (nil, .model):
            record.verdict = .model
            record.fingerprint = Fingerprint(facts.parameters)
            // Standard input has no name.
            if facts.name == nil, artifact.path != "-" {
                facts.name = artifact.modelName
                evidence.append(FieldProvenance(field: "name", origin: .derived, where: "name of the file"))
            }
            let declaration = declared.map(Declaration.init)
            if let declaration { findings += self.findings(declaration, at: declared?.where, facts, artifact) }
            record.draft = Draft(
                facts, declaration: declaration, href: "./" + reference, title: artifact.name,
                size: artifact.isFile ? artifact.size : nil)
        }
        // It is in the fingerprint, and no key of the facts.
        facts.parameters?.structure = nil
        record.facts = facts == ModelFacts() ? nil : facts
        record.declared = declared
        record.loading = result.loading?.withoutDangerousCall
        findings += record.loading?.cutLists(to: limits.listedValues.value) ?? []
        record.evidence = nonEmpty(evidence)
        record.findings = nonEmpty(findings)
        record.files = nonEmpty(result.files)
        record.bytesRead = artifact.bytesRead
    }

    /// Links that were not followed, or could not be.
    private func links(of artifact: Artifact) -> [Finding] {
        let refused = artifact.refusedLinks.map { link in
            Finding(
                severity: .warning, code: "file.link-outside",
                message: "this link leads out of the folder, and was not followed", where: link)
        }
        return refused
            + artifact.danglingLinks.map { link in
                Finding(
                    severity: .warning, code: "file.link-dangling",
                    message: "this link leads to a file that is not there", where: link)
            }
    }

    /// Findings on metadata that was not accepted, or that the artifact contradicts.
    private func findings(
        _ declaration: Declaration, at place: String?, _ facts: ModelFacts, _ artifact: Artifact
    ) -> [Finding] {
        declaration.findings
            + Agreement(facts, size: artifact.isFile ? artifact.size : nil, formats: formats)
            .contradictions(properties: declaration.properties, asset: declaration.asset)
            .map { Finding(severity: .warning, code: "metadata.contradiction", message: $0.message, where: place) }
    }

    private func unrecognised(_ subject: InspectedArtifact) -> Record {
        var record = Record(path: subject.artifact.path, verdict: .unrecognised)
        if subject.listing != nil {
            record.findings = [
                Finding(
                    severity: .note, code: "format.directory",
                    message: "a folder that is not a model itself")
            ]
        }
        switch subject.zip {
        case .failure(let error)?:
            // Its content is unknown, because it cannot be opened.
            record.verdict = .failed
            record.error = Failure(error)
        case .success(let layout)?:
            record.findings = [
                Finding(severity: .note, code: "format.zip", message: Self.zipMessage(layout))
            ]
        case nil: break
        }
        if let finding = compression(subject) { record.findings = [finding] }
        let links = links(of: subject.artifact)
        if !links.isEmpty { record.findings = links + (record.findings ?? []) }
        if let other = OtherReaders.look(at: subject) {
            record.loading = other.loading?.withoutDangerousCall
            record.findings = (record.findings ?? []) + other.findings + other.moreFindings
        }
        record.size = subject.artifact.size
        record.isDirectory = !subject.artifact.isFile
        record.bytesRead = subject.artifact.bytesRead
        return record
    }

    /// What the archive is, and which entries are named like models: a bundle of MediaPipe's has several.
    private static func zipMessage(_ layout: ArchiveLayout) -> String {
        let models = layout.archive.entries.map(\.name).filter(ModelExtensions.expectsModel)
        guard !models.isEmpty else { return "a zip archive without the entries of a model" }
        let list = ShortList.text(models)
        return "a zip archive with files named like models in it: \(list); unpack it and inspect each of them"
    }

    /// A finding on a compressed file whose content was not recognised.
    private func compression(_ subject: InspectedArtifact) -> Finding? {
        guard case .success(let inflated)? = subject.inflated else { return nil }
        let name = inflated.compression.rawValue
        let message: String
        do throws(InspectionError) {
            guard try !ByteSource(inflated).bytes(at: 0, upTo: 1).isEmpty else { return nil }
            if let members = subject.tarContent.flatMap(modelsInTar) {
                return Finding(
                    severity: .note, code: "format.tar",
                    message:
                        "a tar archive, compressed with \(name), that holds \(members): unpack it with tar -xf and "
                        + "inspect what is in it")
            }
            message =
                "compressed with \(name); the content is not a known format or is too large to examine: "
                + "decompress it and inspect the result"
        } catch {
            message = "looks like \(name) data, but cannot be decompressed: \(error.message)"
        }
        return Finding(severity: .note, code: "format.compressed", message: message)
    }

    /// The members of a tar archive whose names are those of models; nil when it is not one, or has no such members.
    private func modelsInTar(_ content: ByteSource) -> String? {
        guard let archive = try? TarArchive(content, limits: limits) else { return nil }
        let names = archive.entries.filter { $0.kind == .file && ModelExtensions.expectsModel(at: $0.name) }.map(\.name)
        guard !names.isEmpty else { return nil }
        return ShortList.text(names)
    }

    func failed(_ path: String, _ error: InspectionError) -> Record {
        var record = Record(path: path, verdict: .failed)
        record.error = Failure(error)
        return record
    }

    private func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
}
