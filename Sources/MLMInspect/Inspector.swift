public import ModelBytes
public import ModelContainers
public import ModelFormats
import STAC

/// The whole line: open → sniff → resolve → probe → draft. Never throws: what fails is a record that says so.
///
///     let record = Inspector().inspect("models/unet.pt2")
///     print(record.facts?.parameters?.total ?? 0)
public struct Inspector: Sendable {
    public var limits: Limits
    /// What somebody declares of the model in a file of its own, in place of what the artifact carries.
    public var metadata: EmbeddedMetadata?
    private let formats: FormatList
    private let hdf5Reader: HDF5Reader

    /// With `hdf5Reader` several inspectors share one reader of HDF5 files.
    public init(limits: Limits = Limits(), hdf5Reader: HDF5Reader = HDF5Reader()) {
        self.init(limits: limits, formats: .all, hdf5Reader: hdf5Reader)
    }

    package init(limits: Limits = Limits(), formats: FormatList, hdf5Reader: HDF5Reader = HDF5Reader()) {
        self.limits = limits
        self.formats = formats
        self.hdf5Reader = hdf5Reader
    }

    /// Inspects the file or directory at `path`.
    public func inspect(_ path: String) -> Record {
        do throws(InspectionError) {
            return inspect(try Artifact.open(path, limits: limits))
        } catch {
            return failed(path, error)
        }
    }

    /// Inspects standard input: a regular file in place, a pipe kept in memory within its limit.
    public func inspectStandardInput() -> Record {
        do throws(InspectionError) {
            return inspect(try Artifact.standardInput(limits: limits))
        } catch {
            return failed("-", error)
        }
    }

    /// Inspects what is already open.
    public func inspect(_ artifact: Artifact) -> Record {
        inspect(InspectedArtifact(artifact, limits: limits, formats: formats, hdf5Reader: hdf5Reader))
    }

    /// As `inspect`, and what stood behind the record.
    func examine(_ path: PathBytes) -> (record: Record, subject: InspectedArtifact?) {
        do throws(InspectionError) {
            let artifact = try Artifact.open(path, limits: limits)
            let subject = InspectedArtifact(artifact, limits: limits, formats: formats, hdf5Reader: hdf5Reader)
            return (inspect(subject), subject)
        } catch {
            return (failed(path.spelling, error), nil)
        }
    }

    /// Inspects a member of an archive; `reference` leads to it from the folder of the archive.
    func inspect(member artifact: Artifact, of archive: InspectedArtifact, reference: String) -> Record {
        var record = inspect(archive.member(artifact), reference: reference)
        // Its bytes were those of the archive.
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
        NameCheck(formats: formats).compare(artifact, &result)
        if recognition.isAmbiguous {
            result.report(
                .warning, code: "format.ambiguous", "more than one format recognises this file; see alternatives")
        }

        var record = Record(path: artifact.path, verdict: .model)
        record.alternatives = nonEmpty(
            recognition.candidates.dropFirst().filter { $0.evidence.strength >= best.evidence.strength }
                .map { Alternative(id: $0.format.identities[0].id, reason: $0.evidence.reason) })
        fill(&record, from: result, failure: failure, artifact: artifact, reference: reference ?? artifact.name)
        return record
    }

    private func fill(
        _ record: inout Record, from result: ProbeResult, failure: InspectionError?, artifact: Artifact,
        reference: String
    ) {
        record.size = artifact.size
        record.format = FormatGuess(
            id: result.identity.id, name: result.identity.name, variant: result.variant, version: result.version,
            confidence: result.confidence)
        var facts = result.facts
        var evidence = result.evidence
        var findings = result.findings
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
            // Standard input has no name.
            if facts.name == nil, artifact.path != "-" {
                facts.name = artifact.modelName
                evidence.append(FieldProvenance(field: "name", origin: .derived, where: "name of the file"))
            }
            let isFile = if case .file = artifact.content { true } else { false }
            let declaration = declared.map(Declaration.init)
            if let declaration { findings += self.findings(declaration, at: declared?.where, facts, artifact) }
            record.draft = Draft(
                facts, declaration: declaration, href: "./" + reference, title: artifact.name,
                size: isFile ? artifact.size : nil)
        }
        record.facts = facts == ModelFacts() ? nil : facts
        record.declared = declared
        record.loading = result.loading
        record.evidence = nonEmpty(evidence)
        record.findings = nonEmpty(findings)
        record.files = nonEmpty(result.files)
        record.bytesRead = artifact.bytesRead
    }

    /// What is declared and not accepted, and what the artifact contradicts.
    private func findings(
        _ declaration: Declaration, at place: String?, _ facts: ModelFacts, _ artifact: Artifact
    ) -> [Finding] {
        let isFile = if case .file = artifact.content { true } else { false }
        return declaration.findings
            + Agreement(facts, size: isFile ? artifact.size : nil, formats: formats)
            .contradictions(properties: declaration.properties, asset: declaration.asset)
            .map { Finding(severity: .warning, code: "metadata.contradiction", message: $0.message, where: place) }
    }

    private func unrecognised(_ subject: InspectedArtifact) -> Record {
        var record = Record(path: subject.artifact.path, verdict: .unrecognised)
        if subject.listing != nil {
            record.findings = [
                Finding(
                    severity: .note, code: "format.directory",
                    message: "a directory that is no model itself; inspect the files in it")
            ]
        }
        switch subject.zip {
        case .failure(let error)?:
            // Whatever it holds cannot be told, since it cannot be opened.
            record.verdict = .failed
            record.error = Failure(error)
        case .success?:
            record.findings = [
                Finding(
                    severity: .note, code: "format.zip",
                    message: "a zip archive, but none of its entries is what a model has")
            ]
        case nil: break
        }
        if let finding = compression(subject) { record.findings = [finding] }
        record.size = subject.artifact.size
        record.bytesRead = subject.artifact.bytesRead
        return record
    }

    /// That a file begins like a compressed stream, in which nothing was recognised.
    private func compression(_ subject: InspectedArtifact) -> Finding? {
        guard case .success(let inflated)? = subject.inflated else { return nil }
        let name = inflated.compression.rawValue
        let message: String
        do throws(InspectionError) {
            guard try !ByteSource(inflated).bytes(at: 0, upTo: 1).isEmpty else { return nil }
            message =
                "compressed with \(name); what is inside is no known format, or too large to be looked at: "
                + "decompress it and inspect the result"
        } catch {
            message = "begins like \(name) data, but cannot be decompressed: \(error.message)"
        }
        return Finding(severity: .note, code: "format.compressed", message: message)
    }

    func failed(_ path: String, _ error: InspectionError) -> Record {
        var record = Record(path: path, verdict: .failed)
        record.error = Failure(error)
        return record
    }

    private func nonEmpty<Element>(_ list: [Element]) -> [Element]? { list.isEmpty ? nil : list }
}
